using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What was used in a stretch of time; a difference of two readings can be a little below zero.</summary>
internal readonly record struct TrackerUse(TimeSpan Duration, Energy Energy, Emissions Emissions, double? Cost)
{
    public static TrackerUse operator +(TrackerUse left, TrackerUse right) =>
        new(left.Duration + right.Duration, left.Energy + right.Energy, left.Emissions + right.Emissions, Sum(left.Cost, right.Cost, 1));

    public static TrackerUse operator -(TrackerUse left, TrackerUse right) =>
        new(left.Duration - right.Duration, left.Energy - right.Energy, left.Emissions - right.Emissions, Sum(left.Cost, right.Cost, -1));

    private static double? Sum(double? left, double? right, int sign) => left is null && right is null ? null : (left ?? 0) + (sign * (right ?? 0));
}
