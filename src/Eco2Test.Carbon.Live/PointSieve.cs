using Eco2Test.Units;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// Makes a series of what a service said: in the order of time, one value for each time, and only what can be one. What is left
/// out is counted.
/// </summary>
internal sealed class PointSieve
{
    /// <summary>Longer than any interval of these services.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    private readonly List<Candidate> _candidates = [];
    private int _refused;

    /// <summary>A value for as long as the service's values hold.</summary>
    /// <param name="from">Its start, as the service wrote it.</param>
    /// <param name="length">For how long.</param>
    /// <param name="gramsPerKilowattHour"><see langword="null"/>: the service has none for this time.</param>
    /// <param name="isEstimated">Whether it will be corrected later.</param>
    public void Add(string? from, TimeSpan length, double? gramsPerKilowattHour, bool isEstimated)
    {
        if (IsoTime.TryRead(from, out var start))
        {
            Add(start, start + length, gramsPerKilowattHour, isEstimated);
        }
        else
        {
            _refused++;
        }
    }

    /// <summary>A value with both its times.</summary>
    public void Add(string? from, string? to, double? gramsPerKilowattHour, bool isEstimated)
    {
        if (IsoTime.TryRead(from, out var start) && IsoTime.TryRead(to, out var end))
        {
            Add(start, end, gramsPerKilowattHour, isEstimated);
        }
        else
        {
            _refused++;
        }
    }

    /// <summary>The series of those that start within an interval.</summary>
    public Sifted Sift(DateTimeOffset from, DateTimeOffset to)
    {
        var inside = _candidates.FindAll(candidate => candidate.From >= from && candidate.From < to);
        var byTime = inside.GroupBy(candidate => candidate.From).OrderBy(group => group.Key).Select(Best).ToList();
        var (points, overlapping) = (new List<IntensityPoint>(), 0);
        for (var i = 0; i < byTime.Count; i++)
        {
            var candidate = byTime[i];
            var end = candidate.To;
            if (i + 1 < byTime.Count && byTime[i + 1].From < end)
            {
                end = byTime[i + 1].From;
                overlapping++;
            }

            if (candidate.GramsPerKilowattHour is { } grams)
            {
                points.Add(new(candidate.From, end, CarbonIntensity.FromGramsPerKilowattHour(grams)) { IsEstimated = candidate.IsEstimated });
            }
        }

        return new(points, _refused, inside.Count - byTime.Count, overlapping);
    }

    private void Add(DateTimeOffset from, DateTimeOffset to, double? gramsPerKilowattHour, bool isEstimated)
    {
        if (to <= from || to - from > LongestInterval || gramsPerKilowattHour is { } grams && !IntensityGaps.IsCredible(grams))
        {
            _refused++;
            return;
        }

        _candidates.Add(new(from.ToUniversalTime(), to.ToUniversalTime(), gramsPerKilowattHour, isEstimated));
    }

    /// <summary>Of several values for one time: a measured one before an estimate, an estimate before none, and the last that was said.</summary>
    private static Candidate Best(IEnumerable<Candidate> sameTime) =>
        sameTime.Reverse().OrderBy(candidate => candidate.GramsPerKilowattHour is null ? 2 : candidate.IsEstimated ? 1 : 0).First();

    private sealed record Candidate(DateTimeOffset From, DateTimeOffset To, double? GramsPerKilowattHour, bool IsEstimated);
}

/// <summary>What the sieve let through, and how many it did not.</summary>
/// <param name="Points">In the order of time, without overlaps.</param>
/// <param name="Refused">How many had no time, or a value that no intensity has.</param>
/// <param name="Repeated">How many were second values of one time.</param>
/// <param name="Overlapping">How many were shortened, because the next began before their end.</param>
internal sealed record Sifted(IReadOnlyList<IntensityPoint> Points, int Refused, int Repeated, int Overlapping)
{
    /// <summary>What a reader must know of the values that were left out.</summary>
    public IEnumerable<string> Notices(string service)
    {
        if (Refused > 0)
        {
            yield return $"{Refused} {Values(Refused)} of {service} had no time with an offset, or no intensity from 0 to {IntensityGaps.HighestGramsPerKilowattHour} g/kWh, and were left out";
        }

        if (Repeated > 0)
        {
            yield return $"{Repeated} {Values(Repeated)} of {service} were for a time that had one already; measured values came first, then later ones";
        }

        if (Overlapping > 0)
        {
            yield return $"{Overlapping} {Values(Overlapping)} of {service} overlapped the next, and hold until that begins";
        }
    }

    private static string Values(int count) => count == 1 ? "value" : "values";
}
