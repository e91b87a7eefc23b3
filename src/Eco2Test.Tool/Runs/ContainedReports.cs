using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>The one door to the reports that a command has written: those of builds in the folder of results, those of tests where test runs leave them.</summary>
/// <param name="results">Where reports of builds go.</param>
/// <param name="command">The command: what began before it or after its end, or is of another run, is not its own.</param>
internal sealed class ContainedReports(string results, ReportRun command)
{
    // The clock of a file system can be coarse.
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(2);
    private const int MostFolders = 20_000;

    private static readonly string[] NotSearched = [".git", ".vs", "obj", "node_modules"];
    private static readonly string[] ResultFolders = ["TestResults", "eco2test-results"];

    /// <summary>Reports of builds.</summary>
    public IReadOnlyList<EmissionsReport> OfBuilds() => Read(FilesIn(results), "build");

    /// <summary>Reports of tests.</summary>
    /// <param name="folder">The folder of the command, in which all folders of results are looked for.</param>
    /// <param name="others">Further folders of results.</param>
    public IReadOnlyList<EmissionsReport> OfTests(string folder, IEnumerable<string> others) =>
        Read(others.Append(results).Concat(ResultFoldersBelow(folder)).Distinct().SelectMany(FilesBelow).Distinct(), "test");

    private IReadOnlyList<EmissionsReport> Read(IEnumerable<string> files, string kind)
    {
        string[] fresh = [.. files.Where(file => Path.GetFileName(file) != WindowAttachment.FileName && File.GetLastWriteTimeUtc(file) >= (command.StartedAt - Coarse).UtcDateTime)];
        return fresh.Length == 0 ? [] : [.. ReportFiles.ReadAll(fresh).Runs
            .Select(found => found.Report)
            .Where(report => report.Run.Kind == kind && IsOfCommand(report.Run))
            .OrderBy(report => report.Run.Project, StringComparer.Ordinal).ThenBy(report => report.Run.StartedAt)];
    }

    private bool IsOfCommand(ReportRun run) =>
        run.Id == command.Id && run.StartedAt >= command.StartedAt && run.StartedAt <= command.StartedAt.AddSeconds(command.DurationSeconds);

    private static IEnumerable<string> FilesIn(string folder) => Entries(folder, static path => Directory.EnumerateFiles(path, $"*{ResultsFolder.ReportExtension}"));

    private static IEnumerable<string> FilesBelow(string folder) => Entries(folder, static path => Directory.EnumerateFiles(
        path, $"*{ResultsFolder.ReportExtension}", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }));

    /// <summary>Breadth first, so that of a folder too large to be searched all the near ones are.</summary>
    private static IEnumerable<string> ResultFoldersBelow(string folder)
    {
        var waiting = new Queue<string>([folder]);
        for (var seen = 0; waiting.Count > 0 && seen < MostFolders; seen++)
        {
            foreach (var below in Entries(waiting.Dequeue(), static path => Directory.EnumerateDirectories(path, "*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })))
            {
                var name = Path.GetFileName(below);
                if (ResultFolders.Contains(name))
                {
                    yield return below;
                }
                else if (!NotSearched.Contains(name))
                {
                    waiting.Enqueue(below);
                }
            }
        }
    }

    private static IReadOnlyList<string> Entries(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return Directory.Exists(folder) ? [.. list(folder).Select(Path.GetFullPath).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
