namespace Eco2Test.Reports;

/// <summary>Which windows of a report include others, and which are roots: only roots are in sums.</summary>
internal static class ReportTree
{
    /// <summary>The windows that no other includes.</summary>
    public static IReadOnlyList<ReportWindow> Roots(IReadOnlyList<ReportWindow> windows)
    {
        var opened = Opened(windows);
        return [.. windows.Where(window => !IsInside(window, opened))];
    }

    /// <summary>The numbers of all windows.</summary>
    public static HashSet<int> Opened(IReadOnlyList<ReportWindow> windows) => [.. windows.Select(window => window.Seq)];

    /// <summary>A parent opens before its children: this also rules out that windows include each other in a circle.</summary>
    public static bool IsInside(ReportWindow window, HashSet<int> opened) =>
        window.Parent is { } parent && parent < window.Seq && opened.Contains(parent);
}
