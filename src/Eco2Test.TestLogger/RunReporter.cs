using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.TestLogger;

/// <summary>Turns the journals of a session into reports, and says what they say.</summary>
internal sealed class RunReporter(TextWriter output, TextWriter errors)
{
    /// <summary>Reports every journal of the session; a fault is said and leaves the journal where it is.</summary>
    public void Report(string session, string journalFolder, string reportFolder)
    {
        var journals = new ResultsFolder(journalFolder);
        var reports = new ResultsFolder(reportFolder);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var written = journals.JournalsOf(session);
        if (written.Count == 0 && journals.Fault() is { } reason)
        {
            // The hosts said so in the output of their tests, which nobody reads of tests that pass.
            errors.WriteLine($"{DiagnosticCodes.JournalFault}: no report was made: nothing can be written to '{journalFolder}': {reason} Set ECO2TEST_RESULTS to a folder that can be written.");
            return;
        }

        foreach (var journal in written)
        {
            try
            {
                Report(journal, reports, used);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                errors.WriteLine($"{DiagnosticCodes.JournalFault}: no report was made of '{journal}': {fault.Message} It is kept: eco2test report reads it.");
            }
        }

        journals.DeleteAttachments(session);
    }

    private void Report(string journal, ResultsFolder folder, HashSet<string> used)
    {
        var report = JournalReader.Read(journal);

        // Two hosts of one assembly in one session: none overwrites the other.
        var stem = ResultsFolder.Stem(report.Run);
        for (var number = 2; !used.Add(stem); number++)
        {
            stem = $"{ResultsFolder.Stem(report.Run)}.{number}";
        }

        var json = folder.Write(stem + ResultsFolder.ReportExtension, ReportJson.Write(report));
        var markdown = folder.Write($"{stem}.eco2test.md", Text(new MarkdownExporter(), report));
        ResultsFolder.DeleteJournal(journal);
        new SummaryExporter().Write(report, output);
        output.WriteLine($"Report: {json}");
        output.WriteLine($"        {markdown}");
    }

    private static string Text(IReportExporter exporter, EmissionsReport report)
    {
        using var writer = new StringWriter();
        exporter.Write(report, writer);
        return writer.ToString();
    }
}
