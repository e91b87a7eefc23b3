using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// When to start work that then runs through, so that the mean intensity while it runs is the least ("flexible start" of
/// Dodge et al., Measuring the Carbon Intensity of AI in Cloud Instances, FAccT 2022). The mean over a window that slides
/// over stretches of constant intensity changes linearly between the moments at which an edge of the window passes an edge
/// of a stretch, so that its least value is at one of those: the answer is exact.
/// </summary>
/// <param name="Start">When to start.</param>
/// <param name="Mean">The mean intensity from then until it is done.</param>
internal sealed record FlexibleStart(DateTimeOffset Start, CarbonIntensity Mean)
{
    // Sums in another order differ in the last bits: a later start must be better by more than that.
    private const double Noise = 1e-9;

    /// <summary>The earliest of the best starts; <see langword="null"/> when the forecast has no stretch that is long enough without a gap.</summary>
    public static FlexibleStart? Find(IntensityForecast forecast, TimeSpan duration)
    {
        FlexibleStart? best = null;
        foreach (var stretch in forecast.Stretches().Where(stretch => stretch.Length >= duration))
        {
            foreach (var start in Candidates(forecast, stretch, duration))
            {
                var mean = forecast.Mean(start, duration)!.Value;
                if (best is null || mean.GramsPerKilowattHour < best.Mean.GramsPerKilowattHour - (Noise * Math.Abs(best.Mean.GramsPerKilowattHour)))
                {
                    best = new FlexibleStart(start, mean);
                }
            }
        }

        return best;
    }

    /// <summary>The starts at which the window begins or ends with a point, in the order of time.</summary>
    private static SortedSet<DateTimeOffset> Candidates(IntensityForecast forecast, TimeStretch stretch, TimeSpan duration)
    {
        var candidates = new SortedSet<DateTimeOffset> { stretch.From, stretch.To - duration };
        foreach (var point in forecast.Points)
        {
            candidates.Add(point.From);
            candidates.Add(point.To - duration);
        }

        candidates.RemoveWhere(start => start < stretch.From || start > stretch.To - duration);
        return candidates;
    }
}
