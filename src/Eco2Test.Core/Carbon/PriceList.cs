using System.Collections.Concurrent;
using System.Globalization;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// Turns energy into emissions: kWh × PUE × gCO2e/kWh of the place that was declared. A place that nobody declared is the
/// world, and the price says that it is assumed.
/// </summary>
/// <param name="catalog">The places that are known.</param>
/// <param name="runRegion">Where the run is declared to be.</param>
/// <param name="pue">What the user says of the building, which comes before what is known of the place.</param>
internal sealed class PriceList(RegionCatalog catalog, string? runRegion, double? pue)
{
    private readonly ConcurrentDictionary<string, Price> _declared = new(StringComparer.Ordinal);

    /// <summary>The price of what no window declares otherwise.</summary>
    public Price OfRun { get; } = runRegion is null
        ? new Price(catalog.FindPlace("WORLD")!, Assumed: true, pue)
        : Declared(runRegion, (catalog, pue));

    /// <summary>The price of a region as it was written; <see langword="null"/>: that of the run.</summary>
    /// <exception cref="FormatException">It is no known region; the message says which is nearest.</exception>
    public Price Of(string? region) => region is null ? OfRun : _declared.GetOrAdd(region, Declared, (catalog, pue));

    private static Price Declared(string region, (RegionCatalog Catalog, double? Pue) of) =>
        new(of.Catalog.FindPlace(region) ?? throw new FormatException(of.Catalog.Explain(region)), Assumed: false, of.Pue);
}

/// <summary>What the energy of a window emits.</summary>
/// <param name="Place">Where.</param>
/// <param name="Assumed">Whether nobody declared the place.</param>
/// <param name="SetPue">What the user says of the building; <see langword="null"/>: what is known of the place, else 1.</param>
internal sealed record Price(Place Place, bool Assumed, double? SetPue)
{
    /// <summary>The grid of the place.</summary>
    public GridIntensity Grid => Place.Grid;

    /// <summary>Energy of the building over energy of the device.</summary>
    public double Pue { get; } = SetPue ?? Place.Cloud?.Pue ?? 1;

    /// <summary>What windows refer to it by.</summary>
    public string Key { get; } = KeyOf(Place, Assumed);

    /// <summary>As the report has it.</summary>
    public ReportIntensity Report { get; } = new()
    {
        Key = KeyOf(Place, Assumed),
        Region = Place.Grid.Code,
        Name = Place.Grid.Name,
        GramsPerKilowattHour = Place.Grid.Intensity.GramsPerKilowattHour,
        Kind = Place.Grid.Kind,
        Basis = Place.Grid.Basis,
        Boundary = Place.Grid.Boundary,
        Year = Place.Grid.Year,
        Source = Place.Grid.Source,
        Assumed = Assumed,
        Pue = SetPue ?? Place.Cloud?.Pue ?? 1,
        PueSource = SourceOfPue(Place.Cloud, SetPue),
        Marginal = MarginalOf(Place.Grid),
    };

    public BoundedEmissions Emissions(BoundedEnergy energy) => energy * Pue * Grid.Intensity;

    private static string KeyOf(Place place, bool assumed) => assumed ? $"{place.Key} (assumed)" : place.Key;

    private static ReportMarginal? MarginalOf(GridIntensity grid) => MarginalIntensity.Of(grid) is not { } marginal ? null : new ReportMarginal
    {
        Region = marginal.Code,
        GramsPerKilowattHour = marginal.Intensity.GramsPerKilowattHour,
        Basis = marginal.Basis,
        Year = marginal.Year,
        Source = marginal.Source,
    };

    private static string SourceOfPue(CloudRegion? cloud, double? set) =>
        set is not null ? "set"
        : cloud?.Pue is null ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{cloud.PueSource}, {(cloud.PueYear is { } year ? year : "undated")}");
}
