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

    /// <summary>As above, for work whose user also says what its building adds, or what its electricity emits.</summary>
    public Price Of(string? region, double? setPue, CarbonIntensity? setIntensity) =>
        setPue is null && setIntensity is null ? Of(region) : Of(region).Set(setPue, setIntensity);

    private static Price Declared(string region, (RegionCatalog Catalog, double? Pue) of) =>
        new(of.Catalog.FindPlace(region) ?? throw new FormatException(of.Catalog.Explain(region)), Assumed: false, of.Pue);
}

/// <summary>What the energy of a window emits.</summary>
/// <param name="Place">Where.</param>
/// <param name="Assumed">Whether nobody declared the place.</param>
/// <param name="SetPue">What the user says of the building; <see langword="null"/>: what is known of the place, else 1.</param>
/// <param name="SetKey">What it is called where a user sets more than a place; <see langword="null"/>: by its place.</param>
internal sealed record Price(Place Place, bool Assumed, double? SetPue, string? SetKey = null)
{
    private const string Unknown = "unknown";

    private static readonly GridIntensity Nowhere = new(Unknown, "not declared", "", CarbonIntensity.Zero, Unknown, Unknown, Unknown, null, "", null);

    /// <summary>The grid of the place.</summary>
    public GridIntensity Grid => Place.Grid;

    /// <summary>Energy of the building over energy of the device.</summary>
    public double Pue { get; } = SetPue ?? Place.Cloud?.Pue ?? 1;

    /// <summary>What windows refer to it by.</summary>
    public string Key { get; } = SetKey ?? KeyOf(Place, Assumed);

    /// <summary>As the report has it.</summary>
    public ReportIntensity Report { get; } = new()
    {
        Key = SetKey ?? KeyOf(Place, Assumed),
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

    /// <summary>The price that a report was made with.</summary>
    public static Price Of(ReportIntensity said) => new(
        new Place(new GridIntensity(said.Region, said.Name, "", CarbonIntensity.FromGramsPerKilowattHour(said.GramsPerKilowattHour), said.Kind, said.Basis, said.Boundary, said.Year, said.Source, null)),
        said.Assumed, said.Pue, said.Key);

    public BoundedEmissions Emissions(BoundedEnergy energy) => energy * Pue * Grid.Intensity;

    /// <summary>
    /// The same place with what its user says of it. An intensity that is set is said to be that, and nothing more is known of
    /// it; where nobody declared a place either, there is none.
    /// </summary>
    public Price Set(double? pue, CarbonIntensity? intensity)
    {
        var grid = intensity is not { } set ? Grid : (Assumed ? Nowhere : Grid) with
        {
            Intensity = set, Kind = Unknown, Basis = Unknown, Boundary = Unknown, Year = null, Source = "set by the user", Note = null,
        };
        var place = Place with { Grid = grid };
        var said = string.Join(", ", new[] { intensity is null ? null : $"set to {grid.Intensity.GramsPerKilowattHour.ToString(CultureInfo.InvariantCulture)} g/kWh", pue is null ? null : string.Create(CultureInfo.InvariantCulture, $"PUE {pue}") }.Where(part => part is not null));
        return new Price(place, Assumed && intensity is null, pue ?? SetPue, $"{KeyOf(place, Assumed && intensity is null)} ({said})");
    }

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
