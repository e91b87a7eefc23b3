namespace Eco2Test.Reports;

/// <summary>
/// Windows that closed after the books were closed for the last time, in a run that was killed. What they had used by then
/// is in the books, as that of open windows; the rest is added, to them, to those that include them, and to the sums, so
/// that tracked and untracked still make the whole.
/// </summary>
internal static class LateWindows
{
    /// <summary>Adds the rest of each late window to the books, and returns the late windows as the report has them.</summary>
    /// <param name="late">Closed after the books.</param>
    /// <param name="open">Open when the books were closed: those that closed late are removed, those that include one grow.</param>
    /// <param name="totals">The sums.</param>
    public static List<ReportWindow> Add(IReadOnlyList<ReportWindow> late, List<ReportWindow> open, ref ReportTotals totals)
    {
        var known = new HashSet<int>(late.Concat(open).Select(window => window.Seq));
        var added = new List<ReportWindow>(late.Count);
        foreach (var line in late)
        {
            // A window that opened after the books and was still open has left no line: what was inside it stands by itself.
            var window = line.Parent is { } parent && !known.Contains(parent) ? line with { Parent = null } : line;
            var before = open.FindIndex(other => other.Seq == window.Seq);
            var rest = before < 0 ? window : Difference(window, open[before]);
            if (before >= 0)
            {
                open.RemoveAt(before);
            }

            if (AddToIncluding(window.Parent, rest, open))
            {
                totals = Sum(totals, rest);
            }

            added.Add(window);
        }

        return added;
    }

    /// <summary>Adds to the windows that include it and are open; <see langword="false"/> when one of them closed late too, and has it in its own line.</summary>
    private static bool AddToIncluding(int? parent, ReportWindow rest, List<ReportWindow> open)
    {
        while (parent is { } seq)
        {
            var including = open.FindIndex(window => window.Seq == seq);
            if (including < 0)
            {
                return false;
            }

            open[including] = Sum(open[including], rest);
            parent = open[including].Parent;
        }

        return true;
    }

    private static ReportWindow Difference(ReportWindow window, ReportWindow before) => window with
    {
        CpuSeconds = window.CpuSeconds - before.CpuSeconds,
        Energy = ReportEnergies.Difference(window.Energy, before.Energy),
        EmissionsGrams = window.EmissionsGrams - before.EmissionsGrams,
        LowGrams = window.LowGrams - before.LowGrams,
        HighGrams = window.HighGrams - before.HighGrams,
    };

    private static ReportWindow Sum(ReportWindow window, ReportWindow inside) => window with
    {
        CpuSeconds = window.CpuSeconds + inside.CpuSeconds,
        Energy = ReportEnergies.Sum(window.Energy, inside.Energy) with { SelfJoules = window.Energy.SelfJoules },
        EmissionsGrams = window.EmissionsGrams + inside.EmissionsGrams,
        LowGrams = window.LowGrams + inside.LowGrams,
        HighGrams = window.HighGrams + inside.HighGrams,
    };

    private static ReportTotals Sum(ReportTotals totals, ReportWindow root) => totals with
    {
        EnergyJoules = totals.EnergyJoules + root.Energy.Joules,
        TrackedJoules = totals.TrackedJoules + root.Energy.Joules,
        LowJoules = totals.LowJoules + root.Energy.LowJoules,
        HighJoules = totals.HighJoules + root.Energy.HighJoules,
        EmissionsGrams = totals.EmissionsGrams + root.EmissionsGrams,
        LowGrams = totals.LowGrams + root.LowGrams,
        HighGrams = totals.HighGrams + root.HighGrams,
    };
}
