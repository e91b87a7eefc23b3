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
}

/// <summary>
/// The rows of a report, most expensive first, each followed by the windows inside it. What is beyond the limit is
/// folded into one row, so that the rows of depth 0 always add up to what is tracked.
/// </summary>
internal sealed class ReportRows
{
    private const int Deepest = 3;

    private readonly ILookup<int, ReportWindow> _children;
    private readonly List<ReportRow> _rows = [];
    private int _nestedLeft;

    private ReportRows(IReadOnlyList<ReportWindow> windows, int limit)
    {
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

    /// <summary>At most <paramref name="limit"/> roots, and as many windows inside them.</summary>
    public static ReportRows Of(EmissionsReport report, int limit) => new(report.Windows, limit);

    private void AddRoots(IReadOnlyList<ReportWindow> roots, int limit)
    {
        // A budget that is exceeded is what the reader must see, however small it is.
        var ordered = roots.OrderByDescending(w => w.Verdict is BudgetVerdict.Exceeded).ThenByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq).ToList();
        foreach (var root in ordered.Take(limit).OrderByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq))
        {
            AddWithInside(root, 0);
        }

        AddFold(ordered.Skip(limit).ToList(), 0);
    }

    private void AddWithInside(ReportWindow window, int depth)
    {
        _rows.Add(ReportRow.Of(window, depth));

        var inside = _children[window.Seq].OrderByDescending(w => w.Energy.Joules).ThenBy(w => w.Seq).ToList();
        var shown = 0;
        while (shown < inside.Count && depth < Deepest && _nestedLeft > 0)
        {
            _nestedLeft--;
            AddWithInside(inside[shown++], depth + 1);
        }

        AddFold(inside.Skip(shown).ToList(), depth + 1);
    }

    private void AddFold(List<ReportWindow> folded, int depth)
    {
        if (folded.Count > 0)
        {
            _rows.Add(ReportRow.Fold(folded, depth));
        }
    }
}
