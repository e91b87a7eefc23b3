using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// When to run work that can be paused: only while the intensity is at most a limit, until it is done ("pause and resume"
/// of Dodge et al., FAccT 2022). Without a limit the cheapest stretches that suffice are taken, so that the limit is the
/// lowest at which it gets done in time; of the stretches at the limit itself, the earliest.
/// </summary>
/// <param name="Runs">When it runs, in the order of time.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Mean">The mean intensity while it runs.</param>
internal sealed record PauseAndResume(IReadOnlyList<TimeStretch> Runs, CarbonIntensity Limit, CarbonIntensity Mean)
{
    /// <summary>How often it is paused. That it starts late is no pause.</summary>
    public int Pauses => Runs.Count - 1;

    /// <summary>When it is done.</summary>
    public DateTimeOffset End => Runs[^1].To;

    /// <summary>Runs while the intensity is at most the limit, from the first moment on; <see langword="null"/> when that does not suffice.</summary>
    public static PauseAndResume? Under(CarbonIntensity limit, IntensityForecast forecast, TimeSpan duration) =>
        Take(forecast.Points.Where(point => point.Intensity <= limit), limit, duration);

    /// <summary>The cheapest stretches; <see langword="null"/> when the forecast knows less time than it takes.</summary>
    public static PauseAndResume? Cheapest(IntensityForecast forecast, TimeSpan duration)
    {
        var (cheapest, taken) = (new List<IntensityPoint>(), TimeSpan.Zero);
        foreach (var point in forecast.Points.OrderBy(point => point.Intensity).ThenBy(point => point.From))
        {
            if (taken >= duration)
            {
                break;
            }

            cheapest.Add(point with { To = point.From + Least(point.To - point.From, duration - taken) });
            taken += cheapest[^1].To - cheapest[^1].From;
        }

        return cheapest.Count == 0 ? null : Take(cheapest.OrderBy(point => point.From), cheapest[^1].Intensity, duration);
    }

    /// <summary>As much of the points, in the order of time, as it takes.</summary>
    private static PauseAndResume? Take(IEnumerable<IntensityPoint> points, CarbonIntensity limit, TimeSpan duration)
    {
        var (runs, left, mean) = (new List<TimeStretch>(), duration, CarbonIntensity.Zero);
        foreach (var point in points)
        {
            if (left == TimeSpan.Zero)
            {
                break;
            }

            var run = Least(point.To - point.From, left);
            TimeStretch.Add(runs, new TimeStretch(point.From, point.From + run));
            mean += point.Intensity * (run / duration);
            left -= run;
        }

        return left == TimeSpan.Zero ? new PauseAndResume(runs, limit, mean) : null;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
