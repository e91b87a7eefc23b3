using Eco2Test.Budgets;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.TestLogger;

/// <summary>Turns the journals of a session into reports, and says what they say.</summary>
/// <param name="output">Where the summary goes.</param>
/// <param name="errors">Where faults go.</param>
/// <param name="summary">What writes it.</param>
/// <param name="isCollected">Whether a data collector fails the run over its budgets, and sums up a solution at its end.</param>
internal sealed class RunReporter(TextWriter output, TextWriter errors, SummaryExporter? summary = null, bool isCollected = false)
{
    private readonly SummaryExporter _summary = summary ?? new SummaryExporter();

    /// <summary>Reports every journal of the session; a fault is said and leaves the journal where it is.</summary>
    public void Report(string session, string journalFolder, string reportFolder)
    {
        var journals = new ResultsFolder(journalFolder);
        var reports = new RunReports(new ResultsFolder(reportFolder));
        Try(journalFolder, journals.DeleteSuperseded);
        var written = journals.JournalsOf(session);
        if (written.Count == 0 && journals.Fault() is { } reason)
        {
            // The hosts said so in the output of their tests, which nobody reads of tests that pass.
            errors.WriteLine($"{DiagnosticCodes.JournalFault}: no report was made: nothing can be written to '{journalFolder}': {reason} Set ECO2TEST_RESULTS to a folder that can be written.");
            return;
        }

        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var journal in written)
        {
            Try(journal, () => stems.Add(Report(journal, reports)));
        }

        RemoveAttachments(journals, session);
        foreach (var abandoned in stems.SelectMany(stem => AbandonedJournals.Of(journals, stem).Where(journal => journal.Session != session).Select(journal => (Stem: stem, Journal: journal))))
        {
            Try(abandoned.Journal.Path, () => ReportEarlier(abandoned.Stem, abandoned.Journal, reports));
            RemoveAttachments(journals, abandoned.Journal.Session);
        }

        if (!isCollected && stems.Count > 0)
        {
            SayHowToSumUp(reportFolder, stems);
        }
    }

    private void Try(string journal, Action report)
    {
        try
        {
            report();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.WriteLine($"{DiagnosticCodes.JournalFault}: no report was made of '{journal}': {fault.Message} It is kept: eco2test report reads it.");
        }
    }

    /// <summary>Reports a run that has just ended, and returns the name that all runs of its project share.</summary>
    private string Report(string journal, RunReports reports)
    {
        var written = reports.Write(journal);
        _summary.Write(written.Report, output);
        output.WriteLine($"Report: {written.Files[0]}");
        output.WriteLine($"        {written.Files[1]}");
        if (!isCollected)
        {
            foreach (var failure in GroupBudgets.Failures(written.Report))
            {
                errors.WriteLine($"{failure} The run does not fail by it, since the collector is off: dotnet test --collect:Eco2Test.");
            }
        }

        return written.Stem;
    }

    /// <summary>Reports a run that was killed before its report was made.</summary>
    private void ReportEarlier(string stem, AbandonedJournal journal, RunReports reports)
    {
        if (reports.WriteEarlier(stem, journal) is { } written)
        {
            output.WriteLine($"An earlier run was cut off; its report: {written.Files[0]}");
        }
    }

    /// <summary>Where the projects of a solution share a folder; nobody else sees the end of them all.</summary>
    private void SayHowToSumUp(string folder, IReadOnlyCollection<string> stems)
    {
        try
        {
            if (new ResultsFolder(folder).HasOtherReports(stems))
            {
                output.WriteLine($"All reports of this folder in one: eco2test report {(folder.Contains(' ') ? $"\"{folder}\"" : folder)}");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder that takes reports and shows none: there is nothing to sum up.
        }
    }

    /// <summary>They are copies of what is in the report: what cannot be removed is no loss.</summary>
    private void RemoveAttachments(ResultsFolder folder, string session)
    {
        try
        {
            folder.DeleteAttachments(session);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{DiagnosticCodes.JournalFault}: what was attached to tests cannot be removed: {fault.Message}");
        }
    }
}
