using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>
/// The report of a program that starts windows itself: made when it exits, since nobody waits for its end as a test
/// platform does for that of a host. What does not get so far, because the program was killed, leaves its journal, and the
/// next exit of the same program makes the report of that one too.
/// </summary>
internal static class ProgramReport
{
    /// <summary>Makes the report when the process exits, unless whoever started it does.</summary>
    public static void WriteAtExitOf(TrackingRun run)
    {
        if (run.Settings is { Skip: false, Session: null })
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Write(run);
        }
    }

    private static void Write(TrackingRun run)
    {
        try
        {
            if (run.End() is not { } journal)
            {
                return;
            }

            var reports = new KeptReports(run.Folder);
            var report = WithFault(JournalReader.Read(journal), run.JournalFaultForReport);
            var stem = ResultsFolder.Stem(report.Run);
            reports.Write(stem, Files(report));
            ResultsFolder.DeleteJournal(journal);
            foreach (var abandoned in AbandonedJournals.Of(run.Folder, stem))
            {
                reports.WriteEarlier(stem, abandoned.EndedAt, Files(JournalReader.Read(abandoned.Path)));
                ResultsFolder.DeleteJournal(abandoned.Path);
            }
        }
        catch (Exception)
        {
            // Whatever it is (a file that is too large is an ArgumentOutOfRangeException), it would end the program with a
            // crash. The journal is still there, and eco2test report reads it.
        }
    }

    private static EmissionsReport WithFault(EmissionsReport report, string? fault) => fault is null ? report : report with
    {
        Notices = [.. report.Notices, new ReportNotice { Code = DiagnosticCodes.JournalFault, Message = $"{fault} What came after that is missing here." }],
    };

    private static IReadOnlyList<(string Extension, string Content)> Files(EmissionsReport report) =>
        [(ResultsFolder.ReportExtension, ReportJson.Write(report))];
}
