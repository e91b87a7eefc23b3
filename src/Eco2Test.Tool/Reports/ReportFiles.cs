using System.Text.Json;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Finds and reads reports, and the journals of runs that ended before theirs was written.</summary>
internal static class ReportFiles
{
    // A run of 100,000 tests takes about 120 MB; what is larger is something else.
    private const long LargestFile = 256L * 1024 * 1024;

    // Links are not followed: they can lead in a circle.
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>
    /// Reads what the paths name, those of a folder in the order of their names, each run once: test platforms leave copies of a
    /// report below the folder of results. Of several the longest counts, since the others were made before the run's end, and
    /// of equal ones that which lies nearest to the path that was given.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="logs">Makes reports of binary logs; <see langword="null"/>: they are none.</param>
    /// <exception cref="InputException">There is no such path, or nothing in it.</exception>
    public static FoundReports ReadAll(IEnumerable<string> paths, BinaryLogs? logs = null)
    {
        var (found, faults) = (new List<FoundReport>(), new List<InputException>());
        foreach (var (path, depth) in paths.SelectMany(path => FindOne(path, logs)).DistinctBy(file => file.Path))
        {
            try
            {
                found.Add(new FoundReport(path, depth, logs is not null && BinaryLog.Is(path) ? logs.Read(path) : Read(path)));
            }
            catch (InputException wrong)
            {
                // One broken file hides none of the others.
                faults.Add(wrong);
            }
        }

        var best = found.GroupBy(file => ReportIdentity.AllOf(file.Report).ToHashSet(), HashSet<ReportIdentity>.CreateSetComparer()).Select(Best).ToHashSet();
        return new([.. found.Where(best.Contains)], [.. found.Where(file => !best.Contains(file) && !best.Any(file.IsCopyOf))], faults);
    }

    private static FoundReport Best(IEnumerable<FoundReport> ofOneRun) => ofOneRun
        .OrderByDescending(file => file.Report.Run.DurationSeconds)
        .ThenByDescending(file => file.Report.Windows.Count)
        .ThenBy(file => file.Depth)
        .ThenByDescending(file => file.Report.Prices?.Count ?? 0)
        .ThenBy(file => IsJournal(file.Path))
        .First();

    private static EmissionsReport Read(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            if (size > LargestFile)
            {
                throw new InputException(ToolCodes.FileTooLarge, $"'{path}' is too large to be a report: {size / (1024 * 1024)} MiB; at most {LargestFile / (1024 * 1024)} MiB are read.");
            }

            return IsJournal(path) ? ReadJournal(path) : ReadJson(path);
        }
        catch (FormatException fault)
        {
            throw new InputException(ToolCodes.NotAReport, $"'{path}' is no report: {fault.Message.TrimEnd('.')}. Give a file that Eco2Test wrote.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.NotAReport, $"'{path}' cannot be read: {fault.Message}");
        }
    }

    /// <summary>A report as it was written, with what this version does not know.</summary>
    public static string Text(string path) => File.ReadAllText(path);

    public static bool IsJournal(string path) => path.EndsWith(ResultsFolder.JournalExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of the report that is made from a journal: that of the journal, so that it replaces no other run's.</summary>
    public static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var extension in (string[])[ResultsFolder.ReportExtension, ResultsFolder.JournalExtension, ".json"])
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^extension.Length];
            }
        }

        return name;
    }

    private static IEnumerable<(string Path, int Depth)> FindOne(string path, BinaryLogs? logs)
    {
        if (File.Exists(path))
        {
            return [(Path.GetFullPath(path), 0)];
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(ToolCodes.PathNotFound, $"There is no file or folder '{path}'. Give a report (*{ResultsFolder.ReportExtension}) or the folder of test results.");
        }

        var found = WithoutDoubles(Directory.EnumerateFiles(path, "*", Below).Where(file => IsWanted(file) || (logs is not null && BinaryLog.Is(file) && logs.HasSamples(file))).Order(StringComparer.Ordinal));
        return found.Count > 0 ? found.Select(file => (Path.GetFullPath(file), DepthBelow(path, file))) : throw new InputException(
            ToolCodes.NoReport, $"The folder '{path}' holds no report (*{ResultsFolder.ReportExtension}). Run the tests first: a project that references Eco2Test writes one.");
    }

    private static int DepthBelow(string folder, string file) => Path.GetRelativePath(folder, file).Count(letter => letter == Path.DirectorySeparatorChar) + 1;

    // What one test attached is in the report of its run.
    private static bool IsWanted(string path) =>
        (IsJournal(path) && !ResultsFolder.IsSuperseded(path)) || (path.EndsWith(ResultsFolder.ReportExtension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(path) != WindowAttachment.FileName);

    // Of a journal and the report that was made from it before, the newer counts: the run may have gone on.
    private static List<string> WithoutDoubles(IEnumerable<string> files) =>
        [.. files.GroupBy(file => Path.Combine(Path.GetDirectoryName(file)!, Stem(file))).Select(same => same.MaxBy(File.GetLastWriteTimeUtc)!)];

    private static EmissionsReport ReadJournal(string path) => JournalReader.Read(path);

    private static EmissionsReport ReadJson(string path)
    {
        var json = File.ReadAllText(path);
        try
        {
            return ReportJson.Read(json);
        }
        catch (FormatException) when (SchemaOf(json) is { } schema && schema != EmissionsReport.CurrentSchema)
        {
            // Another schema has other members: that they are missing is not what is wrong.
            throw new FormatException($"its schema is '{schema}'; this version reads '{EmissionsReport.CurrentSchema}'");
        }
    }

    private static string? SchemaOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("schema", out var schema) && schema.ValueKind is JsonValueKind.String
                ? schema.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A report that was found.</summary>
/// <param name="Path">Its file, or the journal that it is made of.</param>
/// <param name="Depth">How far below the path that was given it lies.</param>
/// <param name="Report">What is in it.</param>
internal sealed record FoundReport(string Path, int Depth, EmissionsReport Report)
{
    /// <summary>Whether nothing can be learned from it beside the other.</summary>
    public bool IsCopyOf(FoundReport other) => ReportIdentity.AllOf(Report).SequenceEqual(ReportIdentity.AllOf(other.Report))
        && Report.Totals == other.Report.Totals && Report.Run.DurationSeconds == other.Report.Run.DurationSeconds && Report.Windows.Count <= other.Report.Windows.Count;
}

/// <summary>What was found.</summary>
/// <param name="Runs">One report of each run.</param>
/// <param name="Others">Other reports of these runs, copies left out.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record FoundReports(IReadOnlyList<FoundReport> Runs, IReadOnlyList<FoundReport> Others, IReadOnlyList<InputException> Faults);
