using Eco2Test.Budgets;
using Eco2Test.Units;

namespace Eco2Test.Settings;

/// <summary>
/// An entry of the list <c>builds</c>: which builds or projects it is for, and what limits them. Self-contained, because the
/// generator compiles this file too.
/// </summary>
/// <param name="Members">What it says, by names of <see cref="BuildList"/>.</param>
internal sealed record BuildEntry(IReadOnlyList<JsonMember> Members)
{
    /// <summary>Whether it limits each project that matches; else the whole build.</summary>
    public bool IsOfProject => Member(BuildList.Project) is not null;

    /// <summary>What it says by this name, or <see langword="null"/>.</summary>
    public JsonMember? Member(string name) => Members.FirstOrDefault(member => member.Name == name);
}

/// <summary>Reads and judges the list <c>builds</c> of a settings file. Self-contained, because the generator compiles this file too.</summary>
internal static class BuildList
{
    public const string Solution = "solution";
    public const string Configuration = "configuration";
    public const string TargetFramework = "targetFramework";
    public const string Project = "project";
    public const string Energy = "energyBudget";
    public const string Emissions = "emissionsBudget";
    public const string Severity = "severity";
    public const string Mode = "mode";

    /// <summary>What an entry can be for.</summary>
    public static readonly IReadOnlyList<string> Conditions = [Solution, Configuration, TargetFramework, Project];

    private static readonly IReadOnlyList<string> _names = [.. Conditions, Energy, Emissions, Severity, Mode];

    /// <summary>The entries that can be read; what is wrong with the others is added to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<BuildEntry> Read(JsonMember list, List<SettingsProblem> problems) =>
        [.. list.Items.Select(item => Entry(item, problems)).OfType<BuildEntry>()];

    private static BuildEntry? Entry(JsonItem item, List<SettingsProblem> problems)
    {
        var before = problems.Count;
        if (item.Kind != JsonKind.Object)
        {
            problems.Add(Problem(item.Span, "an entry in braces is expected, such as { \"solution\": \"Shop.slnx\", \"energyBudget\": \"5 Wh\" }"));
            return null;
        }

        foreach (var member in item.Members)
        {
            if (!_names.Contains(member.Name))
            {
                problems.Add(Problem(member.NameSpan, SettingsKeys.Nearest(member.Name, _names) is { } meant
                    ? $"'{member.Name}' is nothing that an entry has; did you mean '{meant}'?"
                    : $"'{member.Name}' is nothing that an entry has; there are {string.Join(", ", _names)}"));
            }
            else if (ProblemOf(member, item.Members) is { } problem)
            {
                problems.Add(Problem(member.ValueSpan, $"{member.Name}: {problem}"));
            }
        }

        if (!item.Members.Any(member => member.Name is Energy or Emissions))
        {
            problems.Add(Problem(item.Span, BudgetEntry.WithoutLimit));
        }

        return problems.Count == before ? new(item.Members) : null;
    }

    private static string? ProblemOf(JsonMember member, IReadOnlyList<JsonMember> all) =>
        all.First(other => other.Name == member.Name) != member ? "it is set twice"
        : member.Kind != JsonKind.Text ? "it must be a text in double quotes"
        : member.Name switch
        {
            Energy => QuantityParser.Energy.Read(member.Value, out _),
            Emissions => QuantityParser.Emissions.Read(member.Value, out _),
            Severity => SettingsKeys.ProblemOfSeverity(member.Value),
            Mode => BuildModeParts.Problem(member.Value),
            _ => member.Value.Trim().Length == 0 ? "it is empty; write which, * standing for anything"
                : member.Value.Any(char.IsControl) ? "it has a line break or another character that no name has"
                : null,
        };

    private static SettingsProblem Problem(SettingsSpan span, string message) => new(SettingsFault.Unreadable, span, $"{SettingsKeys.Builds}: {message}");
}
