using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// A forecast as far as it matters: the stretches of one intensity between now and the time by which work must be done.
/// What it leaves out is not known, and nothing is planned there.
/// </summary>
internal sealed class IntensityForecast
{
    /// <summary>The part of a series from a moment until another.</summary>
    public IntensityForecast(IReadOnlyList<IntensityPoint> points, DateTimeOffset now, DateTimeOffset until)
    {
        (Now, Until) = (now, until);
        Points = [.. points
            .Select(point => point with { From = point.From > now ? point.From : now, To = point.To < until ? point.To : until })
            .Where(point => point.To > point.From)];
    }

    /// <summary>The earliest moment at which work can start.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>When it must be done.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<IntensityPoint> Points { get; }

    /// <summary>How much of the time is known.</summary>
    public TimeSpan Known => new(Points.Sum(point => (point.To - point.From).Ticks));

    /// <summary>The stretches of which something is known, without a gap.</summary>
    public IReadOnlyList<TimeStretch> Stretches()
    {
        var stretches = new List<TimeStretch>();
        foreach (var point in Points)
        {
            TimeStretch.Add(stretches, new TimeStretch(point.From, point.To));
        }

        return stretches;
    }

    /// <summary>The mean over a stretch; <see langword="null"/> where a part of it is not known.</summary>
    public CarbonIntensity? Mean(DateTimeOffset from, TimeSpan length)
    {
        var to = from + length;
        var (known, mean) = (0L, CarbonIntensity.Zero);
        foreach (var point in Points)
        {
            var overlap = Math.Min(point.To.UtcTicks, to.UtcTicks) - Math.Max(point.From.UtcTicks, from.UtcTicks);
            if (overlap > 0)
            {
                known += overlap;
                mean += point.Intensity * ((double)overlap / length.Ticks);
            }
        }

        return known == length.Ticks ? mean : null;
    }
}

/// <summary>A stretch of time.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, exclusive.</param>
internal readonly record struct TimeStretch(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>Adds one that is later than all; what follows without a pause becomes one.</summary>
    public static void Add(List<TimeStretch> stretches, TimeStretch added)
    {
        if (stretches.Count > 0 && stretches[^1].To == added.From)
        {
            stretches[^1] = stretches[^1] with { To = added.To };
        }
        else
        {
            stretches.Add(added);
        }
    }
}
