using Eco2Test.Budgets;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>The budgets of a build and of its projects, as settings have them: one for each limit, each with its place.</summary>
internal static class BuildBudgetsSetting
{
    /// <summary>Reads them. One that cannot be read is there all the same, with its problem, and fails the build.</summary>
    public static IReadOnlyList<BuildBudget> Read(BuildSubject subject, string root, BuildSources sources, List<BuildVerdict> problems)
    {
        var reader = new Reader(subject, root, sources, problems);
        IEnumerable<BuildBudget?> ofBuild = [reader.Energy(isOfProject: false), reader.Emissions(isOfProject: false)];
        IEnumerable<BuildBudget?> ofProject = subject.Project is null ? [] : [reader.Energy(isOfProject: true), reader.Emissions(isOfProject: true)];
        return [.. ofBuild.OfType<BuildBudget>().Where(budget => subject.Project is null || BuildBudgets.IsOfProperty(budget)), .. ofProject.OfType<BuildBudget>()];
    }

    private sealed class Reader(BuildSubject subject, string root, BuildSources sources, List<BuildVerdict> problems)
    {
        public BuildBudget? Energy(bool isOfProject) => Limit(isOfProject, "EnergyBudget", BuildList.Energy, (budget, text) => budget with { Energy = new EnergyBudget(Units.Energy.Parse(text)) });

        public BuildBudget? Emissions(bool isOfProject) => Limit(isOfProject, "EmissionsBudget", BuildList.Emissions, (budget, text) => budget with { Emissions = new EmissionsBudget(Units.Emissions.Parse(text)) });

        private BuildBudget? Limit(bool isOfProject, string limit, string ofEntry, Func<BuildBudget, string, BuildBudget> with)
        {
            var key = Key((isOfProject ? "Project" : "Build") + limit);
            var entries = sources.Chain.Files.ToDictionary(file => file, file => Counts(file) ? BuildEntryMatch.Find(file, isOfProject, ofEntry, subject, root) : null);
            if (sources.NearestOfAny(key, OfFiles(key, ofEntry, entries), problems) is not { } written)
            {
                return null;
            }

            // What an entry says of severity and mode is of its own limit.
            var used = entries
                .Where(pair => pair.Value?.Member(ofEntry) is { } member && pair.Key.PlaceOf(ofEntry, member.ValueSpan) == written.Place)
                .ToDictionary(pair => pair.Key, pair => pair.Value);
            var severity = Key((isOfProject ? "Project" : "Build") + "BudgetSeverity");
            var mode = Key("BuildBudgetMode");
            var budget = new BuildBudget
            {
                IsOfBuild = !isOfProject,
                IsError = !string.Equals(sources.Nearest(severity, OfFiles(severity, BuildList.Severity, used), problems)?.Value, "warn", StringComparison.OrdinalIgnoreCase),
                Mode = sources.Nearest(mode, OfFiles(mode, BuildList.Mode, used), problems)?.Value,
                Place = written.Place,
            };
            return key.Problem(written.Value) is { } problem
                ? budget with { Problem = $"{(written.Place.File is null ? written.Place.Text : written.Place.Name)}: {problem}" }
                : with(budget, written.Value);
        }

        /// <summary>What each file says, the farthest first: by its entry for this build or project, else by the setting for all of them.</summary>
        private IEnumerable<WrittenSetting> OfFiles(SettingsKey key, string ofEntry, Dictionary<SettingsFile, BuildEntry?> entries) =>
            sources.Chain.Files.Reverse().SelectMany(file => entries.GetValueOrDefault(file)?.Member(ofEntry) is { } member
                ? [new WrittenSetting(member.Value, file.PlaceOf(ofEntry, member.ValueSpan), file.Locks(key.Name) || file.Locks(SettingsKeys.Builds))]
                : SettingsChain.ValuesIn(file, key));

        /// <summary>The list of the nearest file that has one counts, and each that is locked.</summary>
        private bool Counts(SettingsFile file) =>
            file.Locks(SettingsKeys.Builds) || sources.Chain.Files.FirstOrDefault(each => each.Member(SettingsKeys.Builds) is not null) == file;

        private static SettingsKey Key(string property) => SettingsKeys.All.First(key => key.Property == property);
    }
}
