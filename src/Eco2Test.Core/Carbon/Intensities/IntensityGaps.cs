using System.Globalization;

namespace Eco2Test.Carbon;

/// <summary>What a series leaves out of an interval, and what no intensity can be.</summary>
internal static class IntensityGaps
{
    /// <summary>
    /// Nothing that burns gives a kWh for more: lignite in an old plant emits 1,300 g, oil in a small one under 2,000 g. A value
    /// above it is of another unit, or wrong. In gCO2e/kWh.
    /// </summary>
    public const double HighestGramsPerKilowattHour = 5000;

    /// <summary>Whether a number of gCO2e/kWh can be an intensity.</summary>
    public static bool IsCredible(double gramsPerKilowattHour) => gramsPerKilowattHour is >= 0 and <= HighestGramsPerKilowattHour;

    /// <summary>How much of an interval has no value; <see langword="null"/> when all has one.</summary>
    /// <param name="points">In the order of time, without overlaps.</param>
    /// <param name="from">The start of the interval.</param>
    /// <param name="to">Its end.</param>
    public static string? Notice(IReadOnlyList<IntensityPoint> points, DateTimeOffset from, DateTimeOffset to)
    {
        var asked = to - from;
        var missing = asked - points.Aggregate(TimeSpan.Zero, (known, point) => known + Overlap(point, from, to));
        return missing <= TimeSpan.Zero ? null : $"{Hours(missing)} of {Hours(asked)} hours {(missing.TotalHours == 1 ? "has" : "have")} no value";
    }

    private static TimeSpan Overlap(IntensityPoint point, DateTimeOffset from, DateTimeOffset to)
    {
        var (start, end) = (point.From > from ? point.From : from, point.To < to ? point.To : to);
        return end > start ? end - start : TimeSpan.Zero;
    }

    // A gap of seconds is said too.
    private static string Hours(TimeSpan time) => time.TotalHours.ToString(time.TotalHours < 0.1 ? "0.####" : "0.##", CultureInfo.InvariantCulture);
}
