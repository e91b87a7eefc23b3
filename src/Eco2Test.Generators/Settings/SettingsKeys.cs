using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Generators.Settings;

/// <summary>A name that a settings file may have.</summary>
/// <param name="Name">As it is written in the file.</param>
/// <param name="Property">As the MSBuild property is called, without its prefix; by this the run-time finds it.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Problem">What is wrong with a value, or <see langword="null"/>.</param>
internal sealed record SettingsKey(string Name, string Property, JsonKind Kind, Func<string, string?> Problem);

/// <summary>All names that a settings file may have.</summary>
internal static class SettingsKeys
{
    public const string Extends = "extends";
    public const string Regions = "regions";
    public const string Budgets = "budgets";

    public static readonly IReadOnlyList<SettingsKey> All =
    [
        new(Extends, "Extends", JsonKind.Text, _ => null),
        // Which regions there are is known when the chain is: the analyzer judges these.
        new("region", "Region", JsonKind.Text, _ => null),
        new("actualRegion", "ActualRegion", JsonKind.Text, _ => null),
        new(Regions, "Regions", JsonKind.Text, _ => null),
        new("energyBudget", "EnergyBudget", JsonKind.Text, text => QuantityParser.Energy.Read(text, out _)),
        new("emissionsBudget", "EmissionsBudget", JsonKind.Text, text => QuantityParser.Emissions.Read(text, out _)),
        new("runEnergyBudget", "RunEnergyBudget", JsonKind.Text, text => QuantityParser.Energy.Read(text, out _)),
        new("runEmissionsBudget", "RunEmissionsBudget", JsonKind.Text, text => QuantityParser.Emissions.Read(text, out _)),
        // What is in the list has problems with places of their own.
        new(Budgets, "Budgets", JsonKind.List, _ => null),
        new("intercept", "Intercept", JsonKind.Boolean, _ => null),
        new("attachments", "Attachments", JsonKind.Boolean, _ => null),
        new("pue", "Pue", JsonKind.Number, PueProblem),
        new("budgetBound", "BudgetBound", JsonKind.Text, OneOf("lower", "central", "upper")),
        new("notMeasurable", "NotMeasurable", JsonKind.Text, OneOf("warn", "error", "ignore")),
        new("cpuPower", "CpuPower", JsonKind.Text, text => QuantityParser.Power.Read(text, out _)),
        new("cpuModel", "CpuModel", JsonKind.Text, OneOf("best", "tdp")),
        new("gpus", "Gpus", JsonKind.Text, GpusProblem),
        new("runnerOwnership", "RunnerOwnership", JsonKind.Text, OneOf("owned", "leased", "hosted")),

        // The run reads these by parsers of its own, and says what is wrong with them.
        new("electricityPrice", "ElectricityPrice", JsonKind.Text, _ => null),
        new("embodied", "Embodied", JsonKind.Text, _ => null),
        new("functionalUnit", "FunctionalUnit", JsonKind.Text, _ => null),
    ];

    /// <summary>The names whose value is a region.</summary>
    public static readonly IReadOnlyList<string> OfRegions = ["region", "actualRegion"];

    public static SettingsKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    /// <summary>The name that was probably meant: the same in another case, or with at most a third of its letters wrong.</summary>
    public static string? Nearest(string name) => Nearest(name, All.Select(key => key.Name));

    /// <summary>The one of these names that was probably meant.</summary>
    public static string? Nearest(string name, IEnumerable<string> names) => names
        .Select(known => (Name: known, Distance: EditDistance.Between(known, name)))
        .Where(near => near.Distance <= Math.Max(1, near.Name.Length / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.Name)
        .FirstOrDefault();

    private static string? PueProblem(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var pue) && pue is >= 1 and <= 10
            ? null
            : $"'{text}' is not a power usage effectiveness; write a number from 1 to 10, such as 1.2";

    private static string? GpusProblem(string text) =>
        text.Split(',').All(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? null
            : $"'{text}' is no list of GPUs; write their numbers, such as \"0\" or \"0,1\"";

    private static Func<string, string?> OneOf(params string[] values) => text =>
        values.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is none of {string.Join(", ", values)}";
}
