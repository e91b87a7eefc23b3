using System.Collections.Immutable;
using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Eco2Test.Units;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>What can be wrong with the values of one attribute, and with the attribute among those around it.</summary>
internal static class AttributeRules
{
    /// <summary>
    /// What a window costs at least that is long enough to be told, in joules: 200 µs, below which a window is not measurable,
    /// at 0.25 W, which is below the lower bound of every CPU that the tables have.
    /// </summary>
    public const double LeastJoules = 0.25 * 200e-6;

    /// <summary>As above in grams, at 19 g/kWh, below which no grid of the table is.</summary>
    public const double LeastGrams = LeastJoules / 3.6e6 * 19;

    private static readonly (string Property, QuantityParser Parser, double Least, string Shown)[] Budgets =
    [
        ("EnergyBudget", QuantityParser.Energy, LeastJoules, "50 uJ"),
        ("EmissionsBudget", QuantityParser.Emissions, LeastGrams, "0.00026 ug"),
    ];

    public static void Check(AttributeUse use, Lazy<RegionNames> regions, Action<Diagnostic> report)
    {
        CheckRegion(use, regions, report);
        foreach (var (property, parser, least, shown) in Budgets)
        {
            if (use.Text(property) is { } text)
            {
                CheckBudget(use, property, text, parser, least, shown, report);
            }
        }

        if (use.Symbol is not IAssemblySymbol && SettingsReader.Around(use.Symbol) is { } around)
        {
            CheckAgainst(use, around, regions, report);
        }
    }

    private static void CheckRegion(AttributeUse use, Lazy<RegionNames> regions, Action<Diagnostic> report)
    {
        if (use.Text("Region") is { } region && regions.Value.Problem(region) is { } problem)
        {
            report(Diagnostic.Create(Descriptors.UnknownRegion, use.LocationOf("Region"), Fix("Region", regions.Value.Suggest(region)), "Region", problem));
        }
    }

    private static void CheckBudget(
        AttributeUse use, string property, string text, QuantityParser parser, double least, string shown, Action<Diagnostic> report)
    {
        if (parser.Read(text, out var amount) is { } problem)
        {
            report(Diagnostic.Create(Descriptors.UnreadableBudget, use.LocationOf(property), Fix(property, parser.Suggest(text)), property, problem));
        }
        else if (amount < least)
        {
            report(Diagnostic.Create(Descriptors.BudgetBelowResolution, use.LocationOf(property), Fix(property, null), property, text, shown));
        }
    }

    private static void CheckAgainst(AttributeUse use, TrackingSettings around, Lazy<RegionNames> regions, Action<Diagnostic> report)
    {
        if (use.Text("Region") is { } mine && around.Region is { } theirs && IsClash(mine, theirs, regions))
        {
            report(Diagnostic.Create(Descriptors.RegionAgainstCloud, use.LocationOf("Region"), Fix("Region", null), Place(mine, regions), Place(theirs, regions)));
        }
    }

    /// <summary>
    /// Two countries, or two regions of clouds, are a comparison that somebody wants. A country inside a region of a cloud that
    /// is elsewhere contradicts it, and so does the reverse.
    /// </summary>
    private static bool IsClash(string mine, string theirs, Lazy<RegionNames> regions) =>
        regions.Value.IsOfCloud(mine) != regions.Value.IsOfCloud(theirs)
        && regions.Value.CodeOf(mine) is { } here
        && regions.Value.CodeOf(theirs) is { } there
        && Country(here) != Country(there);

    private static string Country(string code) => code.Split('-')[0];

    private static string Place(string region, Lazy<RegionNames> regions) => regions.Value.IsOfCloud(region)
        ? string.Format(CultureInfo.InvariantCulture, "'{0}' ({1})", region, regions.Value.CodeOf(region))
        : $"'{region}'";

    /// <summary>What a fix needs to know of an argument.</summary>
    public static ImmutableDictionary<string, string?> Fix(string property, string? suggestion)
    {
        var fix = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Property, property);
        return suggestion is null ? fix : fix.Add(FixProperties.Suggestion, suggestion);
    }
}
