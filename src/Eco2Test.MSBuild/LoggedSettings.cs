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

    private readonly IReadOnlyList<string> _files = PropertyPlace.FilesOf(entry == folder ? Path.Combine(folder, NoProject) : entry);

    /// <summary>Those of the build, with what projects say that stands in files of the whole build.</summary>
    /// <param name="said">What each project said.</param>
    public BuildSettings OfBuild(IEnumerable<SaidSettings> said) => Read([.. said.SelectMany(project => project.Properties).Where(IsOfBuild)]);

    /// <summary>Those of the build, with what prices it that only projects say.</summary>
    /// <param name="agreed">On what they agree.</param>
    public BuildSettings PricedBy(IReadOnlyList<WrittenProperty> agreed) => Read(agreed);

    /// <summary>A property that holds for the whole build, by its name without the prefix.</summary>
    public string? Property(string name) => new BuildProperties(given, [], _files).Value(name);

    /// <summary>The budgets of the build: its own, and those that projects have among their properties.</summary>
    /// <param name="own">Settings of the build.</param>
    /// <param name="said">What each project said.</param>
    public IReadOnlyList<BuildBudget> Budgets(BuildSettings own, IEnumerable<SaidSettings> said) =>
    [
        .. own.Budgets,
        .. said.SelectMany(project => Read(project.Properties).Budgets).Where(budget => BuildBudgets.IsOfProperty(budget) && own.Budgets.All(known => known.Place != budget.Place)),
    ];

    /// <summary>Those of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="said">What its task said; <see langword="null"/>: it has none.</param>
    public BuildSettings OfProject(BuiltProject project, SaidProject? said)
    {
        var files = PropertyPlace.FilesOf(project.File);
        var properties = new BuildProperties(given, said?.Properties ?? [], files);
        var framework = project.TargetFramework ?? said?.TargetFramework ?? PropertyPlace.Find("TargetFramework", files)?.Value;
        return BuildSettings.Read(
            new BuildSubject(Path.GetDirectoryName(project.File)!, entry == folder ? null : entry, project.File, framework, project.Configuration ?? Given("Configuration"), Given("ArtifactsPath")),
            environment, properties.Value, properties.Place);
    }

    private BuildSettings Read(IReadOnlyList<WrittenProperty> said)
    {
        var properties = new BuildProperties(given, said, _files);
        return BuildSettings.Read(
            new BuildSubject(folder, Solution: entry, Configuration: Given("Configuration"), ArtifactsPath: Given("ArtifactsPath")),
            environment, properties.Value, properties.Place);
    }

    private bool IsOfBuild(WrittenProperty property) => property.Place?.File is { } file && _files.Contains(file);

    private string? Given(string name) => given.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
