namespace Eco2Test.Reports;

/// <summary>
/// Adds to a report what follows from it beyond its energy: what making the machine emitted, and whether the functional unit
/// that the user named was recorded.
/// </summary>
internal static class ReportImpact
{
    /// <summary>The report with all of that.</summary>
    /// <param name="report">What the journal says.</param>
    /// <param name="machine">What making the machine emitted; <see langword="null"/>: nobody says, and the report has none.</param>
    public static EmissionsReport Complete(EmissionsReport report, ReportEmbodiedMachine? machine)
    {
        var complete = machine is null ? report : WithEmbodied(report, machine);
        return complete.Sci.Unit is { Missing: { } missing }
            ? complete with { Notices = [.. complete.Notices, new ReportNotice { Code = DiagnosticCodes.NoFunctionalUnit, Message = missing }] }
            : complete;
    }

    /// <summary>
    /// Each second of the run costs the same, whatever the machine does in it: the machine is reserved. A second goes to the
    /// root windows that are open in it, in equal parts, or to none.
    /// </summary>
    private static EmissionsReport WithEmbodied(EmissionsReport report, ReportEmbodiedMachine machine)
    {
        var gramsPerSecond = machine.TotalGrams * machine.Share / machine.LifetimeSeconds;
        var time = WindowTime.Of(report);
        return report with
        {
            Embodied = new ReportEmbodied
            {
                Machine = machine,
                Grams = report.Run.DurationSeconds * gramsPerSecond,
                UntrackedGrams = time.UntrackedSeconds * gramsPerSecond,
            },
            Windows = [.. report.Windows.Select(window => window.Parent is null ? window with { EmbodiedGrams = time.SecondsOf(window) * gramsPerSecond } : window)],
        };
    }
}
