using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Finds and reads the samples of builds, and the reports that lie beside them.</summary>
internal static class SamplesFiles
{
    /// <summary>
    /// The samples that may be of the build of a log, the likeliest first: that of the same name beside it, others beside it,
    /// and those in the folder of build reports.
    /// </summary>
    public static IEnumerable<string> Near(string log, EnvironmentVariables environment)
    {
        var same = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(log))!, Path.GetFileNameWithoutExtension(log) + BuildSamplesFile.Extension);
        return FilesIn(Folders(log, environment), BuildSamplesFile.Extension).OrderByDescending(file => file == same);
    }

    /// <summary>Reads a file of samples.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static BuildSamples Read(string path)
    {
        try
        {
            return BuildSamplesFile.Read(path);
        }
        catch (FormatException fault)
        {
            throw new InputException(ToolCodes.NoSamplesOfBuild, $"'{path}' is no file of samples of a build: {fault.Message}. Give a file that 'eco2test run --samples' wrote.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.NoSamplesOfBuild, $"'{path}' cannot be read: {fault.Message}");
        }
    }

    /// <summary>The reports that may be of the run in which samples were taken: those beside them, beside the log and of builds. What cannot be read is none.</summary>
    public static IEnumerable<EmissionsReport> ReportsFor(string samples, string log, EnvironmentVariables environment) =>
        FilesIn(Folders(log, environment).Prepend(Path.GetDirectoryName(Path.GetFullPath(samples))!), ResultsFolder.ReportExtension).Select(ReadReport).OfType<EmissionsReport>();

    private static IEnumerable<string> FilesIn(IEnumerable<string> folders, string extension) => folders.Distinct().Where(Directory.Exists)
        .SelectMany(each => Directory.EnumerateFiles(each, $"*{extension}").Order(StringComparer.Ordinal));

    /// <summary>That of a log, and those in which reports of builds lie.</summary>
    private static IEnumerable<string> Folders(string log, EnvironmentVariables environment)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(log))!;
        return BuildFolder.RootsOf(folder).Select(root => BuildFolder.ResultsOf(new BuildSubject(root), root, environment, _ => null)).Prepend(folder);
    }

    private static EmissionsReport? ReadReport(string path)
    {
        try
        {
            return ReportJson.Read(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether there is such a file.</summary>
    public static bool IsThere(string path) => File.Exists(path);
}
