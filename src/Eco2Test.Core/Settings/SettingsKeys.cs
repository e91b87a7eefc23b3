using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Settings;

/// <summary>A name that a settings file may have. Self-contained, because the generator compiles this file too.</summary>
/// <param name="Name">As it is written in the file.</param>
/// <param name="Property">As the MSBuild property is called, without its prefix; by this the run-time finds it.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Problem">What is wrong with a value, or <see langword="null"/>.</param>
internal sealed record SettingsKey(string Name, string Property, JsonKind Kind, Func<string, string?> Problem)
{
    /// <summary>Whether it is one of builds only: no run of tests has it.</summary>
    public bool IsOfBuilds { get; init; }

    /// <summary>Whether its values are looser and tighter.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether a file can lock it for nearer ones.</summary>
    public bool CanBeLocked { get; init; } = true;

    /// <summary>Whether the first of two values that can be read is looser than the second, which is locked; what has no order cannot be changed at all.</summary>
    public Func<string, string, bool> Loosens { get; init; } = (value, locked) => !string.Equals(value.Trim(), locked.Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>All names that a settings file may have.</summary>
internal static class SettingsKeys
{
    public const string Extends = "extends";
    public const string Regions = "regions";
    public const string Budgets = "budgets";

    public const string Builds = "builds";
    public const string Locked = "locked";
    public const string Mode = "mode";

    private static readonly string[] _severities = ["warn", "error"];

    public static readonly IReadOnlyList<SettingsKey> All =
    [
        new(Extends, "Extends", JsonKind.Text, _ => null) { CanBeLocked = false },
        // Which regions there are is known when the chain is: the analyzer judges these.
        new("region", "Region", JsonKind.Text, _ => null),
        new("actualRegion", "ActualRegion", JsonKind.Text, _ => null),
        new(Regions, "Regions", JsonKind.Text, _ => null) { CanBeLocked = false },
        Quantity("energyBudget", "EnergyBudget", QuantityParser.Energy),
        Quantity("emissionsBudget", "EmissionsBudget", QuantityParser.Emissions),
        Quantity("runEnergyBudget", "RunEnergyBudget", QuantityParser.Energy),
        Quantity("runEmissionsBudget", "RunEmissionsBudget", QuantityParser.Emissions),
        // What is in the list has problems with places of their own.
        new(Budgets, "Budgets", JsonKind.List, _ => null),
        new("intercept", "Intercept", JsonKind.Boolean, _ => null) { CanBeLocked = false },
        new("attachments", "Attachments", JsonKind.Boolean, _ => null),
        new("pue", "Pue", JsonKind.Number, PueProblem),
        OneOf("budgetBound", "BudgetBound", ["lower", "central", "upper"]),
        OneOf("notMeasurable", "NotMeasurable", ["ignore", "warn", "error"]),
        new("cpuPower", "CpuPower", JsonKind.Text, text => QuantityParser.Power.Read(text, out _)),
        new("cpuModel", "CpuModel", JsonKind.Text, ProblemIn("best", "tdp")),
        new("gpus", "Gpus", JsonKind.Text, GpusProblem),
        new("runnerOwnership", "RunnerOwnership", JsonKind.Text, ProblemIn("owned", "leased", "hosted")),

        // The run reads these by parsers of its own, and says what is wrong with them.
        new("electricityPrice", "ElectricityPrice", JsonKind.Text, _ => null),
        new("embodied", "Embodied", JsonKind.Text, _ => null),
        new("functionalUnit", "FunctionalUnit", JsonKind.Text, _ => null),

        Quantity("buildEnergyBudget", "BuildEnergyBudget", QuantityParser.Energy) with { IsOfBuilds = true },
        Quantity("buildEmissionsBudget", "BuildEmissionsBudget", QuantityParser.Emissions) with { IsOfBuilds = true },
        Quantity("projectEnergyBudget", "ProjectEnergyBudget", QuantityParser.Energy) with { IsOfBuilds = true },
        Quantity("projectEmissionsBudget", "ProjectEmissionsBudget", QuantityParser.Emissions) with { IsOfBuilds = true },
        OneOf("buildBudgetSeverity", "BuildBudgetSeverity", _severities) with { IsOfBuilds = true },
        OneOf("projectBudgetSeverity", "ProjectBudgetSeverity", _severities) with { IsOfBuilds = true },
        new("buildBudgetMode", "BuildBudgetMode", JsonKind.Text, BuildModeParts.Problem) { IsOfBuilds = true },
        OneOf(Mode, "Mode", ["shadow", "enforce"]) with { IsOfBuilds = true },
        new(Builds, "Builds", JsonKind.List, _ => null) { IsOfBuilds = true, Loosens = (_, _) => false },
        new(Locked, "Locked", JsonKind.List, _ => null) { CanBeLocked = false },
    ];

    /// <summary>The names whose value is a region.</summary>
    public static readonly IReadOnlyList<string> OfRegions = ["region", "actualRegion"];

    public static SettingsKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    /// <summary>What is wrong with a severity, or <see langword="null"/>.</summary>
    public static string? ProblemOfSeverity(string text) => ProblemIn(_severities)(text);

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

    /// <summary>A limit: a larger one is looser.</summary>
    private static SettingsKey Quantity(string name, string property, QuantityParser parser) => new(name, property, JsonKind.Text, text => parser.Read(text, out _))
    {
        IsOrdered = true,
        Loosens = (value, locked) => parser.Read(value, out var mine) is null && parser.Read(locked, out var limit) is null && mine > limit,
    };

    /// <summary>One of some values, the loosest first.</summary>
    private static SettingsKey OneOf(string name, string property, string[] values) => new(name, property, JsonKind.Text, ProblemIn(values))
    {
        IsOrdered = true,
        Loosens = (value, locked) => Rank(values, value) >= 0 && Rank(values, value) < Rank(values, locked),
    };

    private static int Rank(string[] values, string value) => Array.FindIndex(values, known => string.Equals(known, value.Trim(), StringComparison.OrdinalIgnoreCase));

    private static Func<string, string?> ProblemIn(params string[] values) => text =>
        values.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is none of {string.Join(", ", values)}";
}
