namespace Eco2Test.Reports;

/// <summary>
/// The run's wall time, shared out: an instant goes in equal parts to the root windows that are open in it, and to nobody where
/// none is. A sum of many windows does not say when they were open: such sums have the time of which nobody else has any, in
/// proportion to their durations and never more than these. All parts add up to the run's duration.
/// </summary>
internal sealed class WindowTime
{
    private readonly Dictionary<int, double> _seconds = [];

    private WindowTime()
    {
    }

    /// <summary>Time of no window.</summary>
    public double UntrackedSeconds { get; private set; }

    /// <summary>Shares out the time of a run.</summary>
    public static WindowTime Of(EmissionsReport report)
    {
        var time = new WindowTime();
        var roots = report.Windows.Where(window => window.Parent is null).ToList();
        var alone = time.ShareOut([.. roots.Where(window => window.Spread is null)], report.Run);
        time.UntrackedSeconds = alone - time.ShareOutSums([.. roots.Where(window => window.Spread is not null)], alone);
        return time;
    }

    /// <summary>The part of a root window, seconds.</summary>
    public double SecondsOf(ReportWindow window) => _seconds[window.Seq];

    /// <summary>Shares out what windows of known times were open for; returns the seconds in which none was.</summary>
    private double ShareOut(IReadOnlyList<ReportWindow> windows, ReportRun run)
    {
        var edges = new List<(double At, bool Opens, int Seq)>(2 * windows.Count);
        foreach (var window in windows)
        {
            var opened = Within((window.StartedAt - run.StartedAt).TotalSeconds, run);
            edges.Add((opened, true, window.Seq));
            edges.Add((Math.Max(opened, Within(opened + window.DurationSeconds, run)), false, window.Seq));
        }

        // What opens at the instant at which another closes opens first, so that a window never closes before it has opened.
        edges.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : other.Opens.CompareTo(one.Opens));

        // What a window that has been open from the start would have by now.
        var (share, alone, now, open) = (0.0, 0.0, 0.0, 0);
        foreach (var (at, opens, seq) in edges)
        {
            if (open == 0)
            {
                alone += at - now;
            }
            else
            {
                share += (at - now) / open;
            }

            now = at;
            open += opens ? 1 : -1;
            _seconds[seq] = opens ? share : share - _seconds[seq];
        }

        return alone + (run.DurationSeconds - now);
    }

    /// <summary>Shares out the seconds in which no other window was open; returns how many of them sums have.</summary>
    private double ShareOutSums(IReadOnlyList<ReportWindow> sums, double alone)
    {
        var wanted = sums.Sum(window => window.DurationSeconds);
        var part = wanted <= alone ? 1 : alone / wanted;
        foreach (var window in sums)
        {
            _seconds[window.Seq] = window.DurationSeconds * part;
        }

        return wanted * part;
    }

    /// <summary>Clocks that were set, and windows that closed after the last reading, reach beyond the run.</summary>
    private static double Within(double seconds, ReportRun run) => Math.Max(0, Math.Min(seconds, run.DurationSeconds));
}
