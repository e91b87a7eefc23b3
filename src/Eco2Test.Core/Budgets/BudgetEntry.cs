using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>
/// A budget of a group of windows, as it is written in <c>eco2test.json</c>: of a class, of a category or of names. Its
/// form in an assembly is a line of four fields. Self-contained, because the generator compiles this file too.
/// </summary>
/// <param name="Scope">What <paramref name="Pattern"/> names: <c>class</c>, <c>category</c> or <c>name</c>.</param>
/// <param name="Pattern">Which, <c>*</c> standing for anything.</param>
/// <param name="Energy">The limit of energy as written, or <see langword="null"/>.</param>
/// <param name="Emissions">The limit of emissions as written, or <see langword="null"/>.</param>
internal sealed record BudgetEntry(string Scope, string Pattern, string? Energy, string? Emissions)
{
    private const char Field = '\t';
    private const char Line = '\n';

    /// <summary>What a budget can be of.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["class", "category", "name"];

    /// <summary>What is wrong with it and what would be right, or <see langword="null"/>.</summary>
    public string? Problem =>
        !Scopes.Contains(Scope) ? "it names no class, category or name that it is a budget of"
        : ProblemOfPattern(Scope, Pattern) is { } pattern ? pattern
        : Energy is null && Emissions is null ? WithoutLimit
        : Energy is not null && QuantityParser.Energy.Read(Energy, out _) is { } energy ? $"energyBudget: {energy}"
        : Emissions is not null && QuantityParser.Emissions.Read(Emissions, out _) is { } emissions ? $"emissionsBudget: {emissions}"
        : null;

    /// <summary>What is said of one that limits nothing.</summary>
    public static string WithoutLimit => "it has no limit; write \"energyBudget\": \"500 J\", \"emissionsBudget\": \"10 mg\", or both";

    /// <summary>What is wrong with a pattern, or <see langword="null"/>.</summary>
    public static string? ProblemOfPattern(string scope, string pattern)
    {
        if (pattern.Trim().Length == 0)
        {
            return $"its {scope} is empty; write which, such as \"{Example(scope)}\"";
        }

        foreach (var c in pattern)
        {
            if (char.IsControl(c))
            {
                return $"its {scope} has a line break or another character that no name has";
            }
        }

        return null;
    }

    /// <summary>The entries as one text.</summary>
    public static string Write(IEnumerable<BudgetEntry> entries)
    {
        var lines = new List<string>();
        foreach (var entry in entries)
        {
            lines.Add($"{entry.Scope}{Field}{entry.Pattern}{Field}{entry.Energy}{Field}{entry.Emissions}");
        }

        return string.Join(Line.ToString(), lines);
    }

    /// <summary>The entries of such a text. A line that is none is an entry with a <see cref="Problem"/>, never "no budget".</summary>
    public static IReadOnlyList<BudgetEntry> Read(string text)
    {
        var entries = new List<BudgetEntry>();
        foreach (var line in text.Split(Line))
        {
            var fields = line.Split(Field);
            entries.Add(fields.Length == 4
                ? new(fields[0], fields[1], fields[2].Length == 0 ? null : fields[2], fields[3].Length == 0 ? null : fields[3])
                : new("", line, null, null));
        }

        return entries;
    }

    private static string Example(string scope) => scope switch
    {
        "class" => "Shop.Tests.ModelTests",
        "category" => "slow",
        _ => "Shop.*.Train*",
    };
}
