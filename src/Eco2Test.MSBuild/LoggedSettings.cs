using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Settings;

namespace Eco2Test.MSBuild;

/// <summary>
/// The settings of a build as its logger sees them: its own, which one project alone cannot change, what projects with the
/// package say of the whole build, and those of each project that nobody else judges.
/// </summary>
/// <param name="environment">Environment variables.</param>
/// <param name="given">Properties of the command line.</param>
/// <param name="entry">Full path of what is built; of a folder, where nobody has named it yet.</param>
/// <param name="folder">The folder that settings are looked for from.</param>
internal sealed class LoggedSettings(EnvironmentVariables environment, IReadOnlyDictionary<string, string> given, string entry, string folder)
{
    /// <summary>In the place of a project that nobody has named yet: the files of its folder are looked for all the same.</summary>
    private const string NoProject = "_";

    /// <summary>What prices and measures the build from its first moment.</summary>
    private static readonly string[] NeededAtStart = ["Region", "ActualRegion", "Regions", "Pue", "CpuPower", "CpuModel"];

    private readonly IReadOnlyList<string> _files = PropertyPlace.FilesOf(entry == folder ? Path.Combine(folder, NoProject) : entry);

    /// <summary>Those of the build, with what projects say that stands in files of the whole build.</summary>
    /// <param name="said">What each project said.</param>
    public BuildSettings OfBuild(IEnumerable<IReadOnlyList<WrittenProperty>> said) => Read([.. said.SelectMany(properties => properties).Where(IsOfBuild)]);

    /// <summary>The budgets of the build: its own, and those that projects have among their properties.</summary>
    /// <param name="own">Settings of the build.</param>
    /// <param name="said">What each project said.</param>
    public IReadOnlyList<BuildBudget> Budgets(BuildSettings own, IEnumerable<IReadOnlyList<WrittenProperty>> said) =>
    [
        .. own.Budgets,
        .. said.SelectMany(properties => Read(properties).Budgets).Where(budget => BuildBudgets.IsOfProperty(budget) && own.Budgets.All(known => known.Place != budget.Place)),
    ];

    /// <summary>What is said too late: a project has it, and the build began without it.</summary>
    /// <param name="said">What each project said.</param>
    public IEnumerable<WrittenProperty> TooLate(IEnumerable<IReadOnlyList<WrittenProperty>> said)
    {
        var properties = new BuildProperties(given, [], _files);
        return said.SelectMany(each => each).Where(each => NeededAtStart.Contains(each.Name) && properties.Value(each.Name) != each.Value).DistinctBy(each => (each.Name, each.Value));
    }

    /// <summary>Those of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="said">What its task said; <see langword="null"/>: it has none.</param>
    public BuildSettings OfProject(BuiltProject project, SaidProject? said)
    {
        var files = PropertyPlace.FilesOf(project.File);
        var properties = new BuildProperties(given, said?.Properties ?? [], files);
        var framework = project.TargetFramework ?? said?.TargetFramework ?? PropertyPlace.Find("TargetFramework", files)?.Value;
        return BuildSettings.Read(
            new BuildSubject(Path.GetDirectoryName(project.File)!, entry == folder ? null : entry, project.File, framework, project.Configuration ?? Property("Configuration"), Property("ArtifactsPath")),
            environment, properties.Value, properties.Place);
    }

    private BuildSettings Read(IReadOnlyList<WrittenProperty> said)
    {
        var properties = new BuildProperties(given, said, _files);
        return BuildSettings.Read(
            new BuildSubject(folder, Solution: entry, Configuration: Property("Configuration"), ArtifactsPath: Property("ArtifactsPath")),
            environment, properties.Value, properties.Place);
    }

    private bool IsOfBuild(WrittenProperty property) => property.Place?.File is { } file && _files.Contains(file);

    private string? Property(string name) => given.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
