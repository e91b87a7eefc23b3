using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>
/// Whether a sum of windows can be measured though windows in it cannot. Two things make a short window unsure, and they
/// add up differently: the cost of its edges, about 10 µs each, is there in every window, so the sum is as good as its mean
/// window is long; what a counter shows too late or too early is random, so it grows by the root of their number only.
/// See "Sums" in docs/methodology.md.
/// </summary>
internal static class GroupResolution
{
    /// <summary>A window this long is more window than edge.</summary>
    private const double EdgeSeconds = 200e-6;

    /// <summary>What a window needs for ±5 % by RAPL: 16 refreshes of 1 ms.</summary>
    private const double CpuSeconds = 0.016;

    /// <summary>The same by the slowest GPU counter: 16 refreshes of 0.1 s.</summary>
    private const double GpuSeconds = 1.6;

    /// <summary>Energy of a GPU that is less than this part says nothing of its counter.</summary>
    private const double NegligibleGpuShare = 0.01;

    /// <summary>Windows that are less than this part of the sum cannot make it unsure.</summary>
    private const double NegligibleShare = 0.05;

    /// <summary>What a sum of windows is worth.</summary>
    public static MeasurementQuality QualityOf(IReadOnlyList<ReportWindow> windows) =>
        windows.Any(window => window.Quality == MeasurementQuality.Incomplete) ? MeasurementQuality.Incomplete
        : !IsMeasurable(windows) ? MeasurementQuality.BelowResolution
        : windows.Any(window => window.Quality == MeasurementQuality.Overlapped) ? MeasurementQuality.Overlapped
        : MeasurementQuality.Ok;

    /// <summary>Why a sum is not measurable, as the end of a sentence; <see langword="null"/> when it is.</summary>
    public static string? WhyNotMeasurable(IReadOnlyList<ReportWindow> windows) => QualityOf(windows) switch
    {
        MeasurementQuality.Incomplete => "the process ended before all of it did",
        MeasurementQuality.BelowResolution when Short.Of(windows) is var part =>
            $"{part.Runs} of its windows ran for {Milliseconds(part.Seconds / part.Runs)} ms on average, too short to be measured, also together",
        _ => null,
    };

    private static string Milliseconds(double seconds) => QuantityText.Digits(seconds * 1e3);

    private static bool IsMeasurable(IReadOnlyList<ReportWindow> windows)
    {
        var part = Short.Of(windows);
        if (part.Runs == 0 || part.Joules <= windows.Sum(window => window.Energy.Joules) * NegligibleShare)
        {
            return true;
        }

        var needed = part.GpuJoules > part.Joules * NegligibleGpuShare ? GpuSeconds : CpuSeconds;
        return part.Seconds / part.Runs >= EdgeSeconds && part.Seconds >= needed * Math.Sqrt(part.Runs);
    }

    /// <summary>The windows that are below resolution, together.</summary>
    private readonly record struct Short(long Runs, double Seconds, double Joules, double GpuJoules)
    {
        public static Short Of(IReadOnlyList<ReportWindow> windows)
        {
            var part = default(Short);
            foreach (var window in windows.Where(window => window.Quality == MeasurementQuality.BelowResolution))
            {
                part = new(part.Runs + window.Count, part.Seconds + window.DurationSeconds, part.Joules + window.Energy.Joules, part.GpuJoules + window.Energy.GpuJoules);
            }

            return part;
        }
    }
}
