namespace Eco2Test.Metering;

/// <summary>A stretch in which somebody compiled, by the system's clock.</summary>
internal readonly record struct CompilerSpan(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// The part of what the compiler server did in a stretch that is of whoever compiled then: the server works for all, and its
/// CPU time does not say for whom. While several compile, each has an equal part.
/// </summary>
/// <param name="Low">Of the stretches in which nobody else compiled.</param>
/// <param name="Central">With equal parts of those in which others did.</param>
/// <param name="High">With all of those.</param>
internal readonly record struct CompilerShare(double Low, double Central, double High)
{
    /// <summary>Nobody else compiled.</summary>
    public static CompilerShare Whole { get; } = new(1, 1, 1);

    /// <summary>Whether others compiled at the same time.</summary>
    public bool IsOverlapped => Low < 1;

    /// <param name="own">The stretch.</param>
    /// <param name="others">Those of all others, whenever they were.</param>
    public static CompilerShare Of(CompilerSpan own, IEnumerable<CompilerSpan> others)
    {
        var length = (own.End - own.Start).TotalSeconds;
        var overlapping = others.Where(other => other.Start < own.End && other.End > own.Start).ToList();
        if (length <= 0 || overlapping.Count == 0)
        {
            return Whole;
        }

        var (alone, share, at, count) = (0.0, 0.0, own.Start, 0);
        foreach (var (when, change) in Edges(own, overlapping).OrderBy(static edge => edge.When))
        {
            var part = (when - at).TotalSeconds / length;
            alone += count == 0 ? part : 0;
            share += part / (1 + count);
            (at, count) = (when, count + change);
        }

        return new CompilerShare(alone, share, 1);
    }

    private static IEnumerable<(DateTimeOffset When, int Change)> Edges(CompilerSpan own, List<CompilerSpan> others)
    {
        foreach (var other in others)
        {
            yield return (other.Start > own.Start ? other.Start : own.Start, 1);
            yield return (other.End < own.End ? other.End : own.End, -1);
        }

        yield return (own.End, 0);
    }
}

/// <summary>What the compiler server did while a project compiled: it does not say for whom.</summary>
/// <param name="Share">The project's part.</param>
/// <param name="CpuTime">All of it.</param>
internal readonly record struct CompilerWork(CompilerShare Share, TimeSpan CpuTime);
