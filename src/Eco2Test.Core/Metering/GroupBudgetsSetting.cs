using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The budgets of the run and of groups, as settings have them and as a journal takes them to whoever makes the report.</summary>
internal static class GroupBudgetsSetting
{
    /// <summary>By what name the build left the list of <c>eco2test.json</c> in the assembly.</summary>
    public const string InAssembly = "Budgets";

    /// <summary>Reads them. One that cannot be read is there all the same, with its problem, and fails the run.</summary>
    public static IReadOnlyList<GroupBudget> Read(WrittenValue energyOfRun, WrittenValue emissionsOfRun, string? listed, List<string> problems)
    {
        var run = RunBudgets.Read(energyOfRun, emissionsOfRun).Group;
        var groups = new List<GroupBudget>();
        if (run is not null)
        {
            groups.Add(run);
        }

        if (!string.IsNullOrEmpty(listed))
        {
            groups.AddRange(BudgetEntry.Read(listed).Select(Of));
        }

        problems.AddRange(groups.Where(group => group.Problem is not null).SelectMany(group => group.Problem!.Split('\n')));
        return groups;
    }

    /// <summary>What the header of a journal says of them; <see langword="null"/> when there is nothing to say.</summary>
    public static JournalBudgets? InJournal(RunSettings settings, IReadOnlyList<string> problems) =>
        settings.GroupBudgets.Count == 0 && settings.Budgets == default ? null : new JournalBudgets
        {
            Policy = settings.Budgets.Report,
            Problems = settings.GroupBudgets.Count == 0 ? [] : problems,
            Groups = [.. settings.GroupBudgets.Select(group => new JournalBudget
            {
                Scope = group.Scope,
                Pattern = group.Pattern,
                EnergyJoules = group.Energy?.Limit.Joules,
                EmissionsGrams = group.Emissions?.Limit.Grams,
                Problem = group.Problem,
            })],
        };

    private static GroupBudget Of(BudgetEntry entry)
    {
        if (entry.Problem is { } problem)
        {
            return new(entry.Scope, entry.Pattern, null, null) { Problem = $"{DiagnosticCodes.SettingUnreadable}: budgets in eco2test.json: {entry.Scope} '{entry.Pattern}': {problem}" };
        }

        return new(
            entry.Scope, entry.Pattern,
            entry.Energy is null ? null : new EnergyBudget(Energy.Parse(entry.Energy)),
            entry.Emissions is null ? null : new EmissionsBudget(Emissions.Parse(entry.Emissions)));
    }
}
