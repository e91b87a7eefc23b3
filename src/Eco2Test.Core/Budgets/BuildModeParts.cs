using System.Globalization;

namespace Eco2Test.Budgets;

/// <summary>
/// Parts of how a build was run, as a budget names them: <c>compiler=warm reuse=on</c>. Self-contained, because the
/// generator compiles this file too.
/// </summary>
internal static class BuildModeParts
{
    private const string Number = "a number from 1";

    /// <summary>What a mode is made of, and what each part can be.</summary>
    private static readonly IReadOnlyList<(string Name, string[] Values)> _parts =
    [
        ("nodes", [Number]),
        ("reuse", ["on", "off"]),
        ("compiler", ["warm", "cold", "off", "none"]),
        ("server", ["on", "off"]),
        ("graph", ["on", "off"]),
    ];

    /// <summary>What is wrong with such a text and what would be right, or <see langword="null"/>.</summary>
    public static string? Problem(string text)
    {
        var parts = Split(text);
        return parts.Count == 0
            ? "it is empty; write parts of a mode, such as 'compiler=warm reuse=on'"
            : parts.Select(ProblemOf).FirstOrDefault(problem => problem is not null)
                ?? (parts.GroupBy(part => part.Name).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"'{twice.Key}' is in it twice" : null);
    }

    /// <summary>The names of the parts of <paramref name="wanted"/> that a mode says nothing of.</summary>
    /// <param name="wanted">Parts of a mode.</param>
    /// <param name="mode">What is known of the mode of a build.</param>
    public static IReadOnlyList<string> Unknown(string wanted, string mode) =>
        [.. Split(wanted).Select(part => part.Name).Except(Split(mode).Select(part => part.Name))];

    /// <summary>What of <paramref name="wanted"/> the mode of a build is not, as that mode has it; empty when it is all of it, as far as it is known.</summary>
    /// <param name="wanted">Parts of a mode.</param>
    /// <param name="mode">The whole mode of a build.</param>
    public static string Differing(string wanted, string mode)
    {
        var (needed, had) = (Split(wanted), Split(mode));
        return string.Join(" ", needed.SelectMany(part => had.Where(own => own.Name == part.Name && own.Value != part.Value && !IsLess(own))).Select(own => $"{own.Name}={own.Value}"));
    }

    /// <summary>Of a build that compiled nothing it does not matter how it would have: a limit holds for it as well.</summary>
    private static bool IsLess((string Name, string Value) own) => own is ("compiler", "none");

    private static List<(string Name, string Value)> Split(string text) =>
        [.. text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(part => part.IndexOf('=') is >= 0 and var sign ? (part.Substring(0, sign), part.Substring(sign + 1)) : (part, ""))];

    private static string? ProblemOf((string Name, string Value) part)
    {
        var values = _parts.Where(known => known.Name == part.Name).Select(known => known.Values).FirstOrDefault();
        return values is null ? $"'{part.Name}' is no part of a mode; there are {string.Join(", ", _parts.Select(known => known.Name))}"
            : values[0] == Number ? int.TryParse(part.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? null : $"'{part.Value}' is no number of nodes; write 'nodes=2'"
            : values.Contains(part.Value) ? null
            : $"'{part.Value}' is nothing that '{part.Name}' can be; there are {string.Join(", ", values)}";
    }
}
