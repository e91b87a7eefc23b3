using Eco2Test.Hardware;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>
/// What a test assembly was built from, and the reports of that build, which go with the report of its tests: that of the
/// whole build, and that of the project. The targets of the packages say it: <c>Shop.Tests.csproj|net10.0|artifacts</c>,
/// paths in it seen from the folder of the assembly.
/// </summary>
/// <param name="Project">Full path of the project.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>.</param>
/// <param name="ArtifactsPath">Full path of the artifacts of the SDK, where they are used.</param>
internal sealed record BuildOfTests(string Project, string? TargetFramework, string? ArtifactsPath)
{
    /// <summary>What the targets call it: a setting of the collector, and metadata of the assembly.</summary>
    public const string Setting = "Build";

    private const string WholeBuild = "build" + ResultsFolder.ReportExtension;
    private const string Projects = "projects";

    /// <summary>A file system may keep the time of an assembly no better.</summary>
    private static readonly TimeSpan Coarseness = TimeSpan.FromSeconds(2);

    private string Name => Path.GetFileNameWithoutExtension(Project);

    private string FullName => TargetFramework is null ? Name : $"{Name} ({TargetFramework})";

    /// <summary>
    /// The reports of the build that an assembly is of. One of a build that ended before the assembly was written is of an
    /// earlier one, which these tests did not need: it is left out. So is what cannot be read: it is no fault of the tests.
    /// </summary>
    /// <param name="setting">What the targets wrote; <see langword="null"/>: nothing.</param>
    /// <param name="assembly">Full path of the assembly.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="property">An MSBuild property, by its name without the prefix <c>Eco2Test</c>.</param>
    public static IReadOnlyList<BuildFile> Reports(string? setting, string assembly, EnvironmentVariables environment, Func<string, string?> property)
    {
        try
        {
            return Read(setting, Path.GetDirectoryName(assembly)!)?.Reports(UserFile.WrittenAt(assembly), environment, property) ?? [];
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // What is no path names nothing.
            return [];
        }
    }

    private static BuildOfTests? Read(string? setting, string folder)
    {
        var parts = setting?.Split('|') ?? [];
        return Part(0) is { } project ? new BuildOfTests(Path.GetFullPath(project, folder), Part(1), Part(2) is { } artifacts ? Path.GetFullPath(artifacts, folder) : null) : null;

        string? Part(int index) => parts.Length > index && parts[index].Trim() is { Length: > 0 } part ? part : null;
    }

    private IReadOnlyList<BuildFile> Reports(DateTimeOffset built, EnvironmentVariables environment, Func<string, string?> property)
    {
        var stem = ResultsFolder.Stem(Name, TargetFramework);
        var folders = Folders(environment, property).ToList();
        return [.. First(WholeBuild, WholeBuild, IsIn), .. First(Path.Combine(Projects, stem + ResultsFolder.ReportExtension), $"build.{stem}{ResultsFolder.ReportExtension}", IsOf)];

        IEnumerable<BuildFile> First(string file, string name, Func<EmissionsReport, bool> isOurs) =>
            folders.Select(folder => Find(Path.Combine(folder, file), name, built, isOurs)).OfType<BuildFile>().Take(1);
    }

    /// <summary>Where the build may have written: a whole build starts from its solution.</summary>
    private IEnumerable<string> Folders(EnvironmentVariables environment, Func<string, string?> property)
    {
        var folder = Path.GetDirectoryName(Project)!;
        return BuildFolder.RootsOf(folder)
            .SelectMany(root => new[] { folder, root }.Select(from => BuildFolder.ResultsOf(new BuildSubject(from, ArtifactsPath: ArtifactsPath), root, environment, property)))
            .Distinct();
    }

    private static BuildFile? Find(string path, string name, DateTimeOffset built, Func<EmissionsReport, bool> isOurs)
    {
        try
        {
            if (!UserFile.IsThere(path))
            {
                return null;
            }

            var text = UserFile.Read(path);
            var report = ReportJson.Read(text);
            return isOurs(report) && report.Run.StartedAt.AddSeconds(report.Run.DurationSeconds) + Coarseness >= built ? new BuildFile(path, name, text) : null;
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private bool IsIn(EmissionsReport build) =>
        build.Windows.Any(window => window.Kind == WindowKind.Project && (window.DisplayName == Name || window.DisplayName == FullName));

    private bool IsOf(EmissionsReport project) => project.Run.Project == Name && (project.Run.TargetFramework ?? TargetFramework) == TargetFramework;
}

/// <summary>A report of the build.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What it is called beside the report of the tests, which may have the same name.</param>
/// <param name="Content">What is in it.</param>
internal sealed record BuildFile(string Path, string Name, string Content);
