using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Turns the journals of runs into the files that people read, in one folder. Whoever sees the end of a run uses it: a
/// logger, a collector, an extension of the test platform.
/// </summary>
internal sealed class RunReports(ResultsFolder folder)
{
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the report of a run that has just ended, and removes its journal.</summary>
    /// <param name="journal">What the run wrote.</param>
    /// <param name="name">What its files are called, without extension; <see langword="null"/>: by its project and target framework.</param>
    /// <exception cref="FormatException">It is no journal.</exception>
    /// <exception cref="IOException">The report cannot be written; the journal is kept.</exception>
    public WrittenReport Write(string journal, string? name = null)
    {
        var (report, stem) = Read(journal, name);
        return new(report, ResultsFolder.Stem(report.Run), Write(journal, report, stem));
    }

    /// <summary>Writes a report that was read from a journal, and removes that.</summary>
    /// <returns>The report's files, the JSON first.</returns>
    /// <exception cref="IOException">The report cannot be written; the journal is kept.</exception>
    public IReadOnlyList<string> Write(string journal, EmissionsReport report, string stem)
    {
        var files = new KeptReports(folder).Write(stem, Files(report));
        ResultsFolder.DeleteJournal(journal);
        return files;
    }

    /// <summary>The report of a run that has just ended, and what its files are called; nothing is written, and the journal stays.</summary>
    /// <param name="journal">What the run wrote.</param>
    /// <param name="name">As for <see cref="Write(string, string?)"/>.</param>
    /// <exception cref="FormatException">It is no journal.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (EmissionsReport Report, string Stem) Read(string journal, string? name = null)
    {
        var report = JournalReader.Read(journal);

        // Two hosts of one assembly in one session: none is the newer.
        var shared = ResultsFolder.Stem(report.Run);
        var wanted = name ?? shared;
        var stem = wanted;
        for (var number = 2; !_used.Add(stem); number++)
        {
            stem = $"{wanted}.{number}";
        }

        return (report, stem);
    }

    /// <summary>Writes the report of a run that was killed before its report was made; <see langword="null"/> when it is one of another project.</summary>
    /// <param name="stem">The name that all runs of the project share.</param>
    /// <param name="journal">What the run left.</param>
    public WrittenReport? WriteEarlier(string stem, AbandonedJournal journal)
    {
        var report = JournalReader.Read(journal.Path);
        if (ResultsFolder.Stem(report.Run) != stem)
        {
            return null;
        }

        var files = new KeptReports(folder).WriteEarlier(stem, journal.EndedAt, Files(report));
        ResultsFolder.DeleteJournal(journal.Path);
        return new(report, stem, files);
    }

    /// <summary>What is written of a report: what the name of each file ends with, and what is in it.</summary>
    public static IReadOnlyList<(string Extension, string Content)> Files(EmissionsReport report) =>
        [(ResultsFolder.ReportExtension, ReportJson.Write(report)), (".eco2test.md", Text(new MarkdownExporter(), report))];

    private static string Text(IReportExporter exporter, EmissionsReport report)
    {
        using var writer = new StringWriter();
        exporter.Write(report, writer);
        return writer.ToString();
    }
}

/// <summary>A report and where it lies.</summary>
/// <param name="Report">The report.</param>
/// <param name="Stem">The name that all runs of its project share.</param>
/// <param name="Files">Its files, the JSON first.</param>
internal sealed record WrittenReport(EmissionsReport Report, string Stem, IReadOnlyList<string> Files);
