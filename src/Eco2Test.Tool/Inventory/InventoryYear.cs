using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>
/// Which part of a run belongs to a year (UTC). A run belongs to the year in which it started; one that crosses the end of a year
/// and says by time where its energy went is divided there.
/// </summary>
internal sealed class InventoryYear
{
    private const double LongestInterval = 86_400;

    private readonly EmissionsReport _report;
    private readonly int _year;
    private readonly ReportTimeline? _timeline;

    public InventoryYear(EmissionsReport report, int year)
    {
        (_report, _year) = (report, year);
        var (start, seconds) = (report.Run.StartedAt.UtcDateTime, report.Run.DurationSeconds);
        var before = (start.Year == DateTime.MaxValue.Year ? TimeSpan.MaxValue : Begin(start.Year + 1) - start).TotalSeconds;
        Crosses = seconds > before;
        _timeline = Crosses && report.Timeline is { IntervalSeconds: > 0 and <= LongestInterval } timeline ? timeline : null;
        TimeShare = !IsDivided ? Whole(start.Year) : start.Year == year ? before / seconds : start.Year + 1 == year ? (seconds - before) / seconds : 0;
    }

    /// <summary>Whether the run goes on into another year.</summary>
    public bool Crosses { get; }

    /// <summary>Whether it is divided between the two.</summary>
    public bool IsDivided => _timeline is not null;

    /// <summary>The share of its time.</summary>
    public double TimeShare { get; }

    /// <summary>The share of the energy of no window.</summary>
    public double OfUntracked() => _timeline is null ? Whole(_report.Run.StartedAt.UtcDateTime.Year) : ShareOf(_timeline.UntrackedJoules, first: 0, TimeShare);

    /// <summary>The share of a window's energy.</summary>
    public double Of(ReportWindow window) =>
        _timeline is null ? Whole(_report.Run.StartedAt.UtcDateTime.Year)
        : window.Timeline is { } parts ? ShareOf(parts.Joules, parts.First, Whole(window.StartedAt.UtcDateTime.Year))
        : Whole(window.StartedAt.UtcDateTime.Year);

    private static DateTime Begin(int year) => new(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private double Whole(int year) => year == _year ? 1 : 0;

    private double ShareOf(IReadOnlyList<double> joules, int first, double otherwise)
    {
        var (all, ofYear) = (0.0, 0.0);
        var (begin, end) = ((Begin(_year) - _timeline!.StartedAt.UtcDateTime).TotalSeconds, (Begin(_year + 1) - _timeline.StartedAt.UtcDateTime).TotalSeconds);
        for (var i = 0; i < joules.Count; i++)
        {
            var at = ((double)first + i) * _timeline.IntervalSeconds;
            all += joules[i];
            ofYear += begin <= at && at < end ? joules[i] : 0;
        }

        // Corrections can cancel all of it.
        return all == 0 ? otherwise : ofYear / all;
    }
}
