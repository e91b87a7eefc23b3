using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Makes one row of windows that differ in nothing but their figures, as a loop leaves them: else a table would show the
/// same name over and over. What is read by name or by verdict stays by itself.
/// </summary>
internal static class AlikeWindows
{
    /// <summary>So many of one name are still shown one by one.</summary>
    private const int MostByThemselves = 5;

    /// <summary>The windows, each merged one in the place of its first.</summary>
    public static IReadOnlyList<ReportWindow> Merge(IReadOnlyList<ReportWindow> windows)
    {
        var including = windows.Where(window => window.Parent is not null).Select(window => window.Parent!.Value).ToHashSet();
        var alike = windows
            .Where(window => window is { Budget: null, Comparison: null, Verdict: BudgetVerdict.None, Metrics.Count: 0 } && !including.Contains(window.Seq))
            .GroupBy(window => (window.Id, window.Kind, window.Attempt, window.Parent, window.Intensity))
            .Select(group => group.ToList())
            .Where(group => group.Count > MostByThemselves)
            .ToList();
        if (alike.Count == 0)
        {
            return windows;
        }

        var merged = alike.ToDictionary(group => group[0].Seq, Merge);
        var gone = alike.SelectMany(group => group.Skip(1)).Select(window => window.Seq).ToHashSet();
        return [.. windows.Where(window => !gone.Contains(window.Seq)).Select(window => merged.GetValueOrDefault(window.Seq, window))];
    }

    private static ReportWindow Merge(List<ReportWindow> windows)
    {
        var (count, joules) = (windows.Sum(window => window.Count), windows.Sum(window => window.Energy.Joules));
        var squares = windows.Sum(window => window.Count * (Square(EachOf(window)) + Square(window.Spread?.StandardDeviationJoules ?? 0)));
        return windows.Aggregate(WindowAddition.Sum) with
        {
            Spread = new()
            {
                LeastJoules = windows.Min(window => window.Spread?.LeastJoules ?? EachOf(window)),
                MostJoules = windows.Max(window => window.Spread?.MostJoules ?? EachOf(window)),
                StandardDeviationJoules = Math.Sqrt(Math.Max(0, (squares / count) - Square(joules / count))),
            },
        };
    }

    private static double EachOf(ReportWindow window) => window.Energy.Joules / window.Count;

    private static double Square(double value) => value * value;
}
