using Eco2Test.Budgets;
using Eco2Test.Units;

namespace Eco2Test.Settings;

/// <summary>Reads and judges the list <c>budgets</c> of a settings file: each entry limits a class, a category or names.</summary>
internal static class BudgetList
{
    private const string Energy = "energyBudget";
    private const string Emissions = "emissionsBudget";

    private static readonly IReadOnlyList<string> _names = [.. BudgetEntry.Scopes, Energy, Emissions];

    /// <summary>
    /// The entries as the run reads them. What is wrong is added to <paramref name="problems"/>, and stays in: the run fails
    /// of it too, where nobody minds the compiler. An empty list is one: it takes away what a file has that is extended.
    /// </summary>
    public static string Read(JsonMember list, List<SettingsProblem> problems) => BudgetEntry.Write(list.Items.Select(item => Entry(item, problems)));

    private static BudgetEntry Entry(JsonItem item, List<SettingsProblem> problems)
    {
        if (item.Kind != JsonKind.Object)
        {
            problems.Add(Problem(item.Span, "an entry in braces is expected, such as { \"category\": \"slow\", \"emissionsBudget\": \"1 g\" }"));
            return new("", "", null, null);
        }

        var sound = item.Members.Where(member => IsSound(member, item.Members, problems)).ToList();
        var scopes = sound.Where(member => BudgetEntry.Scopes.Contains(member.Name)).ToList();
        var entry = new BudgetEntry(
            scopes.Count == 1 ? scopes[0].Name : "", scopes.Count == 1 ? Clean(scopes[0].Value) : "",
            ValueOf(Energy), ValueOf(Emissions));

        if (scopes.Count != 1)
        {
            problems.Add(Problem(item.Span, scopes.Count == 0
                ? "an entry says what it is a budget of: write one of \"class\", \"category\" and \"name\""
                : $"an entry is a budget of one thing: '{scopes[0].Name}' and '{scopes[1].Name}' go into entries of their own"));
        }
        else if (BudgetEntry.ProblemOfPattern(entry.Scope, scopes[0].Value) is { } pattern)
        {
            problems.Add(Problem(scopes[0].ValueSpan, pattern));
        }

        if (!item.Members.Any(member => member.Name is Energy or Emissions))
        {
            problems.Add(Problem(item.Span, BudgetEntry.WithoutLimit));
        }

        return entry;

        string? ValueOf(string name) => sound.Find(member => member.Name == name) is { } member ? Clean(member.Value) : null;
    }

    private static bool IsSound(JsonMember member, IReadOnlyList<JsonMember> all, List<SettingsProblem> problems)
    {
        var problem = !_names.Contains(member.Name)
                ? SettingsKeys.Nearest(member.Name, _names) is { } meant
                    ? $"'{member.Name}' is nothing that an entry has; did you mean '{meant}'?"
                    : $"'{member.Name}' is nothing that an entry has; there are {string.Join(", ", _names)}"
            : all.First(other => other.Name == member.Name) != member ? $"{member.Name}: it is set twice"
            : member.Kind != JsonKind.Text ? $"{member.Name}: it must be a text in double quotes"
            : member.Name == Energy && QuantityParser.Energy.Read(member.Value, out _) is { } energy ? $"{member.Name}: {energy}"
            : member.Name == Emissions && QuantityParser.Emissions.Read(member.Value, out _) is { } emissions ? $"{member.Name}: {emissions}"
            : null;
        if (problem is not null)
        {
            problems.Add(Problem(_names.Contains(member.Name) ? member.ValueSpan : member.NameSpan, problem));
        }

        // A limit that cannot be read stays in the entry, which then cannot be read either.
        return problem is null || (member.Name is Energy or Emissions && member.Kind == JsonKind.Text);
    }

    /// <summary>On one line without tabs, which part the fields of an entry; no name or limit has one, and the problem is said.</summary>
    private static string Clean(string value) => new([.. value.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static SettingsProblem Problem(SettingsSpan span, string message) =>
        new(SettingsFault.Unreadable, span, $"{SettingsKeys.Budgets}: {message}");
}
