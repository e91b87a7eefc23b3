using System.Diagnostics;
using System.Globalization;

namespace Eco2Test.Reports;

/// <summary>Finds the journals of runs that were killed, whose report nobody has made.</summary>
internal static class AbandonedJournals
{
    /// <summary>The journals of a project's earlier runs whose process no longer lives, in the order in which they ended.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="stem">The project's, as <see cref="ResultsFolder.Stem(ReportRun)"/> gives it.</param>
    public static IReadOnlyList<AbandonedJournal> Of(ResultsFolder folder, string stem) => Directory.Exists(folder.Path)
        ? [.. Directory.EnumerateFiles(folder.Path, $"{stem}.*{ResultsFolder.JournalExtension}")
            .Select(path => Find(path, stem))
            .OfType<AbandonedJournal>()
            .OrderBy(journal => journal.EndedAt).ThenBy(journal => journal.Path, StringComparer.Ordinal)]
        : [];

    /// <summary>Its name is <c>stem.session.process.eco2test.journal</c>; what is named otherwise is not ours.</summary>
    private static AbandonedJournal? Find(string path, string stem)
    {
        var name = Path.GetFileName(path)[(stem.Length + 1)..^ResultsFolder.JournalExtension.Length];
        var dot = name.LastIndexOf('.');
        return dot > 0 && int.TryParse(name[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && !IsHeld(path) && !IsAlive(process)
            ? new AbandonedJournal(path, name[..dot], File.GetLastWriteTimeUtc(path))
            : null;
    }

    /// <summary>Whoever writes it holds it open, in a container or on another machine too.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Where files are not locked, the number of the process must do.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>The journal of a run that was killed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Session">What the run called itself.</param>
/// <param name="EndedAt">When it was written last, UTC.</param>
internal sealed record AbandonedJournal(string Path, string Session, DateTime EndedAt);
