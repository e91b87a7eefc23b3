using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>A row of a table: a window, or (without one) what was folded into a line, such as <c>3 more tests</c>.</summary>
internal sealed record ReportRow(ReportWindow? Window, int Depth, string Folded, double Joules, double Grams, double Seconds)
{
    public static ReportRow Of(ReportWindow window, int depth) =>
        new(window, depth, "", window.Energy.Joules, window.EmissionsGrams, window.DurationSeconds);

    public static ReportRow Fold(IReadOnlyCollection<ReportWindow> windows, int depth) => new(
        null, depth, depth == 0 ? ReportWords.CountMore(windows) : $"{windows.Count} more inside",
        windows.Sum(w => w.Energy.Joules), windows.Sum(w => w.EmissionsGrams), windows.Sum(w => w.DurationSeconds));

    /// <summary>The same of windows that could not be measured: <c>37 more tests below resolution</c>.</summary>
    public static ReportRow FoldShort(IReadOnlyCollection<ReportWindow> windows, int depth)
    {
        var row = Fold(windows, depth);
        return row with { Folded = $"{row.Folded}{(depth == 0 ? "" : ",")} below resolution" };
    }
}

/// <summary>
/// The rows of a report, most expensive first, each followed by the windows inside it. What is beyond the limit is
/// folded into one row, and what is below resolution into another, so that the rows of depth 0 always add up to what is
/// tracked.
/// </summary>
internal sealed class ReportRows
{
    private const int Deepest = 3;
    private const int FewestFolded = 2;

    private readonly bool _all;

    private readonly ILookup<int, ReportWindow> _children;
    private readonly List<ReportRow> _rows = [];
    private int _nestedLeft;

    private ReportRows(IReadOnlyList<ReportWindow> windows, int limit, bool all)
    {
        _all = all;
        var opened = ReportTree.Opened(windows);
        Roots = ReportTree.Roots(windows);
        _nestedLeft = limit;

        var shown = AlikeWindows.Merge(windows);
        _children = shown.Where(window => ReportTree.IsInside(window, opened)).ToLookup(window => window.Parent!.Value);
        AddRoots([.. shown.Where(window => !ReportTree.IsInside(window, opened))], limit);
    }

    /// <summary>The windows that no other includes: only they are in sums.</summary>
    public IReadOnlyList<ReportWindow> Roots { get; }

    public IReadOnlyList<ReportRow> Rows => _rows;

    /// <summary>At most <paramref name="limit"/> roots, and as many windows inside them; with <paramref name="all"/>, every root.</summary>
    public static ReportRows Of(EmissionsReport report, int limit, bool all = false) => new(report.Windows, all ? int.MaxValue : limit, all);

    private void AddRoots(IReadOnlyList<ReportWindow> all, int limit)
    {
        var (roots, unsure) = SetAside(all);
        // A budget that is exceeded is what the reader must see, however small it is.
        var ordered = roots.OrderByDescending(w => w.Verdict is BudgetVerdict.Exceeded).ThenByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq).ToList();
        foreach (var root in ordered.Take(limit).OrderByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq))
        {
            AddWithInside(root, 0);
        }

        AddFold(ordered.Skip(limit).ToList(), 0);
        AddShort(unsure, 0);
    }

    /// <summary>Those that are shown, and those below resolution that nobody reads by name or by verdict.</summary>
    private (IReadOnlyList<ReportWindow> Shown, List<ReportWindow> Short) SetAside(IEnumerable<ReportWindow> windows)
    {
        var all = windows.ToList();
        var unsure = _all ? [] : all.FindAll(IsSilent);
        return unsure.Count < FewestFolded ? (all, []) : (all.FindAll(window => !IsSilent(window)), unsure);

        bool IsSilent(ReportWindow window) =>
            window is { Quality: MeasurementQuality.BelowResolution, Budget: null, Comparison: null, Verdict: BudgetVerdict.None, Metrics.Count: 0 } && !_children.Contains(window.Seq);
    }

    private void AddWithInside(ReportWindow window, int depth)
    {
        _rows.Add(ReportRow.Of(window, depth));

        var (notable, unsure) = SetAside(_children[window.Seq]);
        var inside = notable.OrderByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq).ToList();
        var shown = 0;
        while (shown < inside.Count && depth < Deepest && _nestedLeft > 0)
        {
            _nestedLeft--;
            AddWithInside(inside[shown++], depth + 1);
        }

        AddFold(inside.Skip(shown).ToList(), depth + 1);
        AddShort(unsure, depth + 1);
    }

    private void AddShort(List<ReportWindow> folded, int depth)
    {
        if (folded.Count > 0)
        {
            _rows.Add(ReportRow.FoldShort(folded, depth));
        }
    }

    private void AddFold(List<ReportWindow> folded, int depth)
    {
        if (folded.Count > 0)
        {
            _rows.Add(ReportRow.Fold(folded, depth));
        }
    }
}
