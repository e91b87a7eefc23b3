using Eco2Test.Hardware;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>The folders of a build: the root that paths in its report are relative to, and where its reports go.</summary>
internal static class BuildFolder
{
    /// <summary>Says where reports of builds go.</summary>
    public const string Variable = "ECO2TEST_BUILD_RESULTS";

    private const string Results = "eco2test";
    private const string Repository = ".git";

    private static readonly string[] Marks = [Repository, "Directory.Build.props", "*.sln", "*.slnx"];

    /// <summary>The nearest folder upwards that is the root of a repository, of a solution, or of the settings of MSBuild; else the folder itself.</summary>
    public static string RootOf(string folder) =>
        FilesAbove.NearestWith(folder, Marks) ?? Path.GetFullPath(folder);

    /// <summary>All such folders, the nearest first, up to that of the repository: a solution can lie above the root of a project of it.</summary>
    public static IEnumerable<string> RootsOf(string folder)
    {
        var repository = FilesAbove.NearestWith(folder, Repository);
        var root = RootOf(folder);
        yield return root;
        while (root != repository && Path.GetDirectoryName(root) is { } above && FilesAbove.NearestWith(above, Marks) is { } next)
        {
            yield return root = next;
        }
    }

    /// <summary>
    /// Where reports go: <c>ECO2TEST_BUILD_RESULTS</c>, then the MSBuild property <c>Eco2TestBuildResults</c> (both seen from
    /// the folder of the subject), else <c>eco2test</c> below the artifacts of the SDK where they are used, else
    /// <c>artifacts/eco2test</c> below the root.
    /// </summary>
    public static string ResultsOf(BuildSubject subject, string root, EnvironmentVariables environment, Func<string, string?> property)
    {
        var named = environment[Variable] ?? Given(property("BuildResults"));
        return Path.GetFullPath(
            named is not null ? Path.Combine(subject.Folder, named)
            : Given(subject.ArtifactsPath) is { } artifacts ? Path.Combine(subject.Folder, artifacts, Results)
            : Path.Combine(root, "artifacts", Results));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
