namespace Eco2Test.Reports;

/// <summary>
/// Where the energy went by time, in intervals of equal length that begin at whole multiples of it (UTC): what a price that
/// changes with the time of day needs. Its sums are those of the report's totals.
/// </summary>
public sealed record ReportTimeline
{
    /// <summary>The start of the first interval, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The length of each interval.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>Energy of root windows, joules, interval by interval.</summary>
    public required IReadOnlyList<double> TrackedJoules { get; init; }

    /// <summary>Energy of no window, joules, interval by interval; a correction can make it negative.</summary>
    public required IReadOnlyList<double> UntrackedJoules { get; init; }
}

/// <summary>
/// The energy of a window by time, where it is in more than one interval of the report's timeline, or in another than that
/// in which it started: the system's clock was set meanwhile, or nothing is known of when it used its energy.
/// </summary>
public sealed record ReportWindowTimeline
{
    /// <summary>The number of its first interval in the report's timeline, from 0.</summary>
    public required int First { get; init; }

    /// <summary>Energy, joules, interval by interval; the sum is the window's.</summary>
    public required IReadOnlyList<double> Joules { get; init; }
}
