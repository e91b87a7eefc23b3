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
    public static RunOutcome Nothing { get; } = new("", [], [], []);

    /// <summary>Ends the run, writes its report, and those of earlier runs that were cut off.</summary>
    /// <exception cref="IOException">The report cannot be written; the journal is kept.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="FormatException">It is no journal.</exception>
    public static RunOutcome Of(TrackingRun run, TestTimes times, AskedFor asked)
    {
        var journal = run.End(times.All);
        if (journal is null || run.JournalFault is not null)
        {
            return WithoutReport(run.JournalFault ?? "The journal is not there.", asked.Budgets);
        }

        if (!run.HasWindows && !(asked.IsRun && times.HaveBegun))
        {
            // Nothing was tracked, and nobody asked for more; or an IDE has looked for tests without running any.
            ResultsFolder.DeleteJournal(journal);
            return Nothing;
        }

        var reports = new RunReports(run.Folder);
        var written = reports.Write(journal, asked.FileName);

        return new RunOutcome(
            HeadlineText.Of(written.Report), written.Files, [Summary(written), .. Earlier(run.Folder, written.Stem, reports)],
            [.. (written.Report.Budgets ?? []).Where(budget => budget.Fails).Select(RunFailure.Of)]);
    }

    /// <summary>What a session is told whose run was never begun.</summary>
    public static RunOutcome WithoutRun(string fault, IReadOnlyList<GroupBudget> budgets) =>
        Without($"{DiagnosticCodes.TrackerFault}: the run is not tracked: {fault}", fault, budgets);

    /// <summary>What a session is told whose run has left no report.</summary>
    public static RunOutcome WithoutReport(string fault, IReadOnlyList<GroupBudget> budgets) =>
        Without($"{DiagnosticCodes.JournalFault}: no report was made: {fault}", fault, budgets);

    /// <summary>A budget without data is an error, not a pass.</summary>
    private static RunOutcome Without(string said, string cause, IReadOnlyList<GroupBudget> budgets) => new(
        "", [], [said],
        [.. GroupBudgets.WithoutReport(budgets, cause).Select((message, index) => new RunFailure("Budget of the run", $"run:{index}", message))]);

    /// <summary>What is said of earlier runs; none of them takes anything from this one.</summary>
    private static IEnumerable<string> Earlier(ResultsFolder folder, string stem, RunReports reports)
    {
        foreach (var abandoned in AbandonedJournals.Of(folder, stem))
        {
            string? said;
            try
            {
                said = reports.WriteEarlier(stem, abandoned) is { } report ? $"An earlier run was cut off; its report: {report.Files[0]}" : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                said = $"{DiagnosticCodes.JournalFault}: no report was made of '{abandoned.Path}': {fault.Message} It is kept: eco2test report reads it.";
            }

            if (said is not null)
            {
                yield return said;
            }
        }
    }

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
        var name = NameOf(budget.Scope, budget.Pattern);
        return new(name, $"{budget.Scope}:{budget.Pattern}", budget.Message ?? $"{DiagnosticCodes.BudgetExceeded}: {name} is exceeded.");
    }

    /// <summary>What failed in another process of a run that is retried.</summary>
    /// <param name="id">Its <see cref="Id"/>.</param>
    public static RunFailure OfEarlierAttempt(string id)
    {
        var (scope, pattern) = id.IndexOf(':') is > 0 and var colon ? (id[..colon], id[(colon + 1)..]) : (GroupBudget.Run, "");
        return new(NameOf(scope, pattern), id, $"{DiagnosticCodes.BudgetExceeded}: an earlier attempt of this run has failed it, as its report says; what is spent stays spent.");
    }

    private static string NameOf(string scope, string? pattern) =>
        scope == GroupBudget.Run || string.IsNullOrEmpty(pattern) ? $"Budget of the {scope}" : $"Budget of {scope} {pattern}";
}
