using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.TestingPlatform;

/// <summary>What a session is told of its run.</summary>
/// <param name="Headline">The run in one line.</param>
/// <param name="Files">The report's files.</param>
/// <param name="Texts">For the terminal.</param>
/// <param name="Failures">The budgets that fail the run.</param>
internal sealed record RunOutcome(string Headline, IReadOnlyList<string> Files, IReadOnlyList<string> Texts, IReadOnlyList<RunFailure> Failures)
{
    private static readonly RunOutcome Nothing = new("", [], [], []);

    /// <summary>Ends the run, writes its report, and that of earlier runs that were cut off.</summary>
    /// <exception cref="IOException">The report cannot be written; the journal is kept.</exception>
    /// <exception cref="FormatException">It is no journal.</exception>
    public static RunOutcome Of(TrackingRun run, TestTimes times, AskedFor asked)
    {
        var journal = run.End(times.All);
        if (journal is null || run.JournalFault is not null)
        {
            return WithoutReport(run.JournalFault ?? "The journal is not there.", run.Settings.GroupBudgets);
        }

        if (!run.HasWindows && !(asked.IsRun && times.HaveBegun))
        {
            // Nothing was tracked, and nobody asked for more; or an IDE has looked for tests without running any.
            ResultsFolder.DeleteJournal(journal);
            return Nothing;
        }

        var reports = new RunReports(run.Folder);
        var written = reports.Write(journal, asked.FileName);

        var earlier = AbandonedJournals.Of(run.Folder, written.Stem)
            .Where(abandoned => abandoned.Path != journal)
            .Select(abandoned => reports.WriteEarlier(written.Stem, abandoned))
            .OfType<WrittenReport>()
            .Select(report => $"An earlier run was cut off; its report: {report.Files[0]}");
        return new RunOutcome(
            HeadlineText.Of(written.Report), written.Files, [Summary(written), .. earlier],
            [.. (written.Report.Budgets ?? []).Where(budget => budget.Fails).Select(RunFailure.Of)]);
    }

    /// <summary>A budget without data is an error, not a pass.</summary>
    private static RunOutcome WithoutReport(string fault, IReadOnlyList<GroupBudget> budgets) => new(
        "", [], [$"{DiagnosticCodes.JournalFault}: no report was made: {fault}"],
        [.. GroupBudgets.WithoutReport(budgets, fault).Select((message, index) => new RunFailure("Budget of the run", $"run:{index}", message))]);

    private static string Summary(WrittenReport written)
    {
        using var text = new StringWriter();
        new SummaryExporter().Write(written.Report, text);
        return text.ToString().TrimEnd() + "\n";
    }
}

/// <summary>Why a run fails.</summary>
/// <param name="Name">What is shown in the place of a test's name, such as <c>Energy budget of the run</c>.</param>
/// <param name="Id">What tells it from the others.</param>
/// <param name="Message">For people, beginning with its code.</param>
internal sealed record RunFailure(string Name, string Id, string Message)
{
    public static RunFailure Of(ReportGroupBudget budget)
    {
        var name = budget.Pattern is { } pattern ? $"Budget of {budget.Scope} {pattern}" : $"Budget of the {budget.Scope}";
        return new(name, $"{budget.Scope}:{budget.Pattern}", budget.Message ?? $"{DiagnosticCodes.BudgetExceeded}: {name} is exceeded.");
    }
}
