using System.Collections.Concurrent;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// Turns energy into emissions: kWh × PUE × gCO2e/kWh of the region that was declared. A region that nobody declared is
/// the world, and the price says that it is assumed.
/// </summary>
internal sealed class PriceList(RegionCatalog catalog, string? runRegion, double pue)
{
    private readonly ConcurrentDictionary<string, Price> _declared = new(StringComparer.Ordinal);

    /// <summary>The price of what no window declares otherwise.</summary>
    public Price OfRun { get; } = runRegion is null ? Assumed(catalog, pue) : Declared(runRegion, (catalog, pue));

    /// <summary>The price of a region as it was written; <see langword="null"/>: that of the run.</summary>
    /// <exception cref="FormatException">It is no known region; the message says which is nearest.</exception>
    public Price Of(string? region) => region is null ? OfRun : _declared.GetOrAdd(region, Declared, (catalog, pue));

    private static Price Declared(string region, (RegionCatalog Catalog, double Pue) of) =>
        new(of.Catalog.Find(region) ?? throw new FormatException(of.Catalog.Explain(region)), Assumed: false, of.Pue);

    private static Price Assumed(RegionCatalog catalog, double pue) => new(catalog.Find("WORLD")!, Assumed: true, pue);
}

/// <summary>What the energy of a window emits.</summary>
internal sealed record Price(GridIntensity Grid, bool Assumed, double Pue)
{
    /// <summary>What windows refer to it by.</summary>
    public string Key { get; } = KeyOf(Grid, Assumed);

    /// <summary>As the report has it.</summary>
    public ReportIntensity Report { get; } = new()
    {
        Key = KeyOf(Grid, Assumed),
        Region = Grid.Code,
        Name = Grid.Name,
        GramsPerKilowattHour = Grid.Intensity.GramsPerKilowattHour,
        Kind = Grid.Kind,
        Basis = Grid.Basis,
        Boundary = Grid.Boundary,
        Year = Grid.Year,
        Source = Grid.Source,
        Assumed = Assumed,
    };

    public BoundedEmissions Emissions(BoundedEnergy energy) => energy * Pue * Grid.Intensity;

    private static string KeyOf(GridIntensity grid, bool assumed) => assumed ? $"{grid.Code} (assumed)" : grid.Code;
}
