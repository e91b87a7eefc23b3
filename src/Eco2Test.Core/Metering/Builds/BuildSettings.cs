using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>
/// What is set for a build, or for one project of it: an option first, then <c>ECO2TEST_…</c>, then the MSBuild property
/// <c>Eco2Test…</c>, then the nearest <c>eco2test.json</c> with what it extends. What cannot be read is a problem with its
/// place, never "no budget".
/// </summary>
internal sealed record BuildSettings
{
    /// <summary>What holds for the run that is tracked; without the budgets of tests, and with the folder of results of a build.</summary>
    public required RunSettings Run { get; init; }

    /// <summary>The root that paths are relative to.</summary>
    public required string Root { get; init; }

    /// <summary>Whether nothing is tracked.</summary>
    public bool Skip => Run.Skip;

    /// <summary>Whether what would fail is said, and fails nothing.</summary>
    public bool IsShadow { get; init; }

    /// <summary>
    /// The budgets that hold, one for each limit. Of a subject that is a project: its own, and of those of the whole build what
    /// its properties say, which nobody else sees; <see cref="BuildBudgetJudge.OfBuild"/> takes the nearest of all.
    /// </summary>
    public IReadOnlyList<BuildBudget> Budgets { get; init; } = [];

    /// <summary>What is wrong with the settings, ready to be said: in shadow it fails nothing.</summary>
    public IReadOnlyList<BuildVerdict> Problems { get; init; } = [];

    /// <summary>With an id for the run, unless somebody, or the CI run, has given one.</summary>
    /// <param name="environment">Environment variables.</param>
    /// <param name="id">The id; <see langword="null"/>: the run finds its own.</param>
    public BuildSettings Named(EnvironmentVariables environment, string? id) =>
        (Run.RunId ?? CiContext.Read(environment).RunId) is not null ? this : this with { Run = Run with { RunId = id } };

    /// <summary>Reads all of them.</summary>
    /// <param name="subject">Whose settings they are.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="property">An MSBuild property, by its name without the prefix <c>Eco2Test</c>.</param>
    /// <param name="placeOf">Where such a property is written, by the same name; <see langword="null"/> when nobody knows.</param>
    /// <param name="option">What a command line says, before all else, by the names of properties; its place is the option's name.</param>
    public static BuildSettings Read(
        BuildSubject subject, EnvironmentVariables environment, Func<string, string?> property, Func<string, SettingPlace?> placeOf, Func<string, WrittenValue?>? option = null)
    {
        var root = BuildFolder.RootOf(subject.Folder);
        var files = BuildFiles.Open(subject, environment, property, placeOf);
        var sources = new BuildSources(files.Chain, environment, property, placeOf, option ?? (_ => null));
        var problems = new List<BuildVerdict>(files.Problems);
        var run = BuildRunSettings.Read(subject, sources, problems) with { ResultsFolder = BuildFolder.ResultsOf(subject, root, environment, property) };
        var budgets = BuildBudgetsSetting.Read(subject, root, sources, problems);
        var isShadow = sources.Nearest(SettingsKeys.Find(SettingsKeys.Mode)!, problems) is { } mode && string.Equals(mode.Value, "shadow", StringComparison.OrdinalIgnoreCase);
        var distinct = problems.Distinct().ToList();
        return new()
        {
            Root = root,
            Run = run,
            IsShadow = isShadow,
            Budgets = budgets,
            Problems = isShadow ? BuildBudgetJudge.InShadow(distinct) : distinct,
        };
    }
}
