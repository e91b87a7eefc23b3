using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The timelines of several reports as one. Intervals begin at whole multiples of their length, so they fit onto each other.</summary>
internal sealed class MergedTimeline
{
    /// <summary>A year of five minutes each; runs that are further apart have no common timeline.</summary>
    private const int MostIntervals = 366 * 24 * 12;

    private MergedTimeline(ReportTimeline sum) => Sum = sum;

    /// <summary>The sum.</summary>
    public ReportTimeline Sum { get; }

    /// <summary><see langword="null"/> when a report has none, one of other intervals, or they are too far apart.</summary>
    public static MergedTimeline? Of(IReadOnlyList<EmissionsReport> reports)
    {
        var timelines = reports.Select(report => report.Timeline).OfType<ReportTimeline>().ToList();
        if (timelines.Count < reports.Count || timelines.DistinctBy(timeline => timeline.IntervalSeconds).Count() > 1)
        {
            return null;
        }

        var (start, interval) = (timelines.Min(timeline => timeline.StartedAt), timelines[0].IntervalSeconds);
        var (firsts, count) = (timelines.Select(timeline => First(timeline, start)).ToList(), 0.0);
        for (var i = 0; i < timelines.Count; i++)
        {
            if (firsts[i] != Math.Floor(firsts[i]))
            {
                return null;
            }

            count = Math.Max(count, firsts[i] + timelines[i].TrackedJoules.Count);
        }

        if (count > MostIntervals)
        {
            return null;
        }

        var (tracked, untracked) = (new double[(int)count], new double[(int)count]);
        for (var i = 0; i < timelines.Count; i++)
        {
            for (var at = 0; at < timelines[i].TrackedJoules.Count; at++)
            {
                tracked[(int)firsts[i] + at] += timelines[i].TrackedJoules[at];
                untracked[(int)firsts[i] + at] += timelines[i].UntrackedJoules[at];
            }
        }

        return new(new ReportTimeline { StartedAt = start, IntervalSeconds = interval, TrackedJoules = tracked, UntrackedJoules = untracked });
    }

    /// <summary>The number that the first interval of a report has in the sum.</summary>
    public int FirstOf(EmissionsReport report) => (int)First(report.Timeline!, Sum.StartedAt);

    private static double First(ReportTimeline timeline, DateTimeOffset start) => (timeline.StartedAt - start).TotalSeconds / timeline.IntervalSeconds;
}
