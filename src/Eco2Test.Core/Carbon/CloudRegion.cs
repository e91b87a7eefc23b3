using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>A region of a cloud: which grid feeds it, and what its buildings add.</summary>
/// <param name="Provider">Such as <c>aws</c>.</param>
/// <param name="Name">As the provider calls it: <c>eu-west-3</c>.</param>
/// <param name="Location">Where it is, as the provider says.</param>
/// <param name="GridCode">Code of its grid in <c>grid-intensity.csv</c>.</param>
/// <param name="ElectricityMapsZone">The zone of Electricity Maps; <see langword="null"/> when it is not known.</param>
/// <param name="WattTimeRegion">The region of WattTime; <see langword="null"/> when it is not known.</param>
/// <param name="Pue">Power usage effectiveness; <see langword="null"/> when nobody says.</param>
/// <param name="PueYear">The year of the figure; <see langword="null"/> when its source is undated.</param>
/// <param name="PueSource">Where the figure comes from.</param>
internal sealed record CloudRegion(
    string Provider, string Name, string Location, string GridCode, string? ElectricityMapsZone, string? WattTimeRegion, double? Pue, int? PueYear, string? PueSource)
{
    private const string Table = "cloud-regions.csv";

    /// <summary>What the provider itself says of the region's electricity; <see langword="null"/> when it says nothing. It is shown, and nothing is priced with it.</summary>
    public PublishedIntensity? Published { get; init; }

    /// <summary>What it is called in settings: <c>aws:eu-west-3</c>.</summary>
    public string Key => $"{Provider}:{Name}";

    /// <summary>The region that is called so, in any case; <see langword="null"/> when none is.</summary>
    public static CloudRegion? Find(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return null;
        }

        foreach (var row in new CsvScan(Hardware.ProductData.Bytes(Table)))
        {
            if (row.Means(0, text[..colon]) && row.Means(1, text[(colon + 1)..]))
            {
                return Of(row);
            }
        }

        return null;
    }

    /// <summary>All of them, in the order of providers and names.</summary>
    public static IReadOnlyList<CloudRegion> All()
    {
        var all = new List<CloudRegion>();
        foreach (var row in new CsvScan(Hardware.ProductData.Bytes(Table)))
        {
            all.Add(Of(row));
        }

        return all;
    }

    private static CloudRegion Of(CsvRow row) => new(
        Provider: row.Text(0),
        Name: row.Text(1),
        Location: row.Text(2),
        GridCode: row.Text(3),
        ElectricityMapsZone: row.IsEmpty(4) ? null : row.Text(4),
        WattTimeRegion: row.IsEmpty(5) ? null : row.Text(5),
        Pue: row.IsEmpty(6) ? null : row.Number(6),
        PueYear: row.IsEmpty(7) ? null : row.Integer(7),
        PueSource: row.IsEmpty(8) ? null : row.Text(8))
    {
        Published = row.IsEmpty(9) ? null : new PublishedIntensity(
            CarbonIntensity.FromGramsPerKilowattHour(row.Number(9)), row.Integer(10), row.Text(11), row.IsEmpty(12) ? null : row.Number(12)),
    };
}

/// <summary>What a provider says of the electricity of its region.</summary>
/// <param name="Intensity">gCO2e per kWh of the grid, by its own account.</param>
/// <param name="Year">The year of the figure.</param>
/// <param name="Source">Where it says so.</param>
/// <param name="CarbonFreeShare">The part of its consumption that it matches with carbon-free electricity hour by hour, from 0 to 1; <see langword="null"/> when it does not say.</param>
internal sealed record PublishedIntensity(CarbonIntensity Intensity, int Year, string Source, double? CarbonFreeShare);
