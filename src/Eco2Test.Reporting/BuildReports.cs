using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>Turns what a build leaves into its report, judges its budgets, and writes it. A fault of the disk is said, never thrown: it is none of the build's.</summary>
internal static class BuildReports
{
    /// <summary>Makes, judges and writes the report.</summary>
    /// <param name="outcome">What the build leaves.</param>
    /// <param name="folder">Where reports go.</param>
    /// <param name="name">What its files are called, without extension.</param>
    /// <param name="judge">Holds the report against budgets; there may be none.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="complete">What a front end knows better than it did at the start.</param>
    public static ReportedBuild Write(
        BuildOutcome outcome, ResultsFolder folder, string name, Func<EmissionsReport?, BuildJudgement> judge, BudgetPolicy policy,
        Func<EmissionsReport, EmissionsReport>? complete = null)
    {
        var (report, fault) = Read(outcome);
        report = report is null || complete is null ? report : complete(report);
        var judgement = judge(report);
        if (report is null)
        {
            return new(null, judgement, [], fault);
        }

        report = judgement.In(report, policy);
        try
        {
            return new(report, judgement, new RunReports(folder).Write(outcome.Journal!, report, name), null);
        }
        catch (Exception failed) when (IsOfDisk(failed))
        {
            return new(report, judgement, [], FaultText.Of(failed));
        }
    }

    private static (EmissionsReport? Report, string? Fault) Read(BuildOutcome outcome)
    {
        if (outcome.Journal is null)
        {
            return (null, outcome.JournalFault ?? "its folder cannot be written");
        }

        try
        {
            return (outcome.Report(), null);
        }
        catch (Exception failed) when (failed is FormatException || IsOfDisk(failed))
        {
            return (null, FaultText.Of(failed));
        }
    }

    private static bool IsOfDisk(Exception failed) => failed is IOException or UnauthorizedAccessException;
}

/// <summary>The report of a build, as far as there is one.</summary>
/// <param name="Report">The report; <see langword="null"/> when nothing could be kept of the build.</param>
/// <param name="Judgement">What its budgets say.</param>
/// <param name="Files">Its files, the JSON first; none when they could not be written.</param>
/// <param name="Fault">Why something could not be written, to be said with <see cref="DiagnosticCodes.BuildReportFault"/>; <see langword="null"/> when all was.</param>
internal sealed record ReportedBuild(EmissionsReport? Report, BuildJudgement Judgement, IReadOnlyList<string> Files, string? Fault);
