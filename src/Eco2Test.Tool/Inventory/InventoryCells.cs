using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>The table of an inventory for people: what text and Markdown show alike.</summary>
internal static class InventoryCells
{
    public const string Missing = "-";

    public static readonly string[] Headings = ["Place", "Machines", "Runs", "Device", "Building", "Location", "Direct", "Upstream", "Undivided", "Market", "Embodied", "Scope"];

    /// <summary>The columns of figures.</summary>
    public static readonly int[] Figures = [2, 3, 4, 5, 6, 7, 8, 9, 10];

    /// <summary>The same columns in two tables, each of which a terminal of 80 columns holds: what was used, and what that emitted.</summary>
    public static readonly int[][] InTwo = [[0, 1, 2, 3, 4, 10, 11], [0, 1, 5, 6, 7, 8, 9]];

    private static readonly QuantityText.Scale WattHours = new((1e-6, "µWh"), (1e-3, "mWh"), (1, "Wh"), (1e3, "kWh"), (1e6, "MWh"));

    public static string[] Of(InventoryRow row) => Of(row.Place, row.Ownership, row.Runs, row.Figures, row.MarketMethod == "contract" ? "" : "*", Scope(row));

    public static string[] Total(Inventory inventory) => Of("Total", "", inventory.Runs, inventory.Total, inventory.Rows.All(row => row.MarketMethod == "contract") ? "" : "*", "");

    /// <summary>A scope with what it is worth: <c>2, suggested</c>.</summary>
    public static string Scope(InventoryRow row) => row.Scope is { } scope ? $"{scope.Generation}, {row.ScopeStatus}" : "none suggested";

    public static string Grams(double? grams) => grams is { } known ? Reporting.Figures.Grams(known) : Missing;

    /// <summary>What the figures are, below them.</summary>
    public static IEnumerable<string> Legend(Inventory inventory)
    {
        var total = inventory.Total;
        yield return $"Emissions are of CO2e. Device energy is between {Energy(total.LowDeviceKilowattHours)} and {Energy(total.HighDeviceKilowattHours)}, location-based emissions between "
            + $"{Grams(total.LowLocationGrams)} and {Grams(total.HighLocationGrams)}, by the bounds of the energy alone. {Missing} is not known, which is not the same as none.";
        if (inventory.Rows.Any(row => row.MarketMethod != "contract"))
        {
            yield return "* location-based, wholly or in part: no contract is given, and the residual mix is not known.";
        }
    }

    /// <summary>How a row is known.</summary>
    public static string HowKnown(InventoryRow row) =>
        $"{row.Name}, {row.Ownership}: {string.Join("; ", row.Factors.Select(Factor))}; {row.Kind}, {row.Basis}, {row.Boundary}{(row.Assumed ? ", assumed" : "")}. "
        + $"Direct and upstream: {row.Division}. Market-based: {row.MarketSource}."
        + (row.Figures.EmbodiedRuns == 0 ? "" : $" Embodied: known of {row.Figures.EmbodiedRuns} of {row.Runs} runs.")
        + (row.Scope is { } scope ? $" Scopes, {row.ScopeStatus}: {scope.Generation} for generation, {scope.Upstream} for upstream, {scope.Embodied} for the machine." : "");

    /// <summary>What is in a scope.</summary>
    public static string[] Of(InventoryScope scope) =>
        [scope.Scope is { } known ? $"{known}, {scope.Status}" : "none suggested", Grams(scope.LocationGrams), Grams(scope.MarketGrams), Grams(scope.EmbodiedGrams)];

    private static string[] Of(string place, string ownership, int runs, InventoryFigures figures, string mark, string scope) =>
    [
        place, ownership, Invariant(runs), Energy(figures.DeviceKilowattHours), Energy(figures.BuildingKilowattHours), Grams(figures.LocationGrams), Grams(figures.DirectGrams),
        Grams(figures.UpstreamGrams), Grams(figures.UndividedGrams), Grams(figures.MarketGrams) + mark, Grams(figures.EmbodiedGrams), scope,
    ];

    private static string Factor(InventoryFactor factor) =>
        $"{Reporting.Figures.Number(factor.GramsPerKilowattHour)} g/kWh ({(factor.Year is { } year ? Invariant(year) : "undated")}, {factor.Source}), PUE {Reporting.Figures.Number(factor.Pue)} ({factor.PueSource})";

    private static string Energy(double kilowattHours) =>
        double.IsFinite(kilowattHours) && Math.Abs(kilowattHours) is 0 or (>= 1e-12 and < 1e12) ? QuantityText.Write(kilowattHours * 1e3, WattHours) : $"{Reporting.Figures.Number(kilowattHours)} kWh";

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
