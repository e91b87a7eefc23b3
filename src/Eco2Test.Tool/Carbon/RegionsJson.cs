using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary>Regions as JSON, with all that is known of each; the one that is meant comes first.</summary>
internal static class RegionsJson
{
    public static string Write(FoundRegions found)
    {
        IEnumerable<Place> places = found.Grids.Select(grid => new Place(grid)).Concat(found.Clouds);
        if (found.Exactly is { } exactly)
        {
            places = places.Where(place => place.Key != exactly.Key).Prepend(exactly);
        }

        return JsonSerializer.Serialize([.. places.Select(Row)], RegionJsonContext.Readable.ListRegionRow) + "\n";
    }

    private static RegionRow Row(Place place)
    {
        var grid = place.Grid;
        return new(
            place.Key, grid.Name, grid.Code, grid.Intensity.GramsPerKilowattHour, grid.Kind, grid.Basis, grid.Boundary, grid.Year, grid.Source, grid.Note,
            MarginalIntensity.Of(grid) is { } marginal
                ? new MarginalRow(marginal.Code, marginal.Name, marginal.Intensity.GramsPerKilowattHour, marginal.Combined.GramsPerKilowattHour, marginal.Basis, marginal.Year, marginal.Source)
                : null,
            place.Cloud is null ? null : Row(place.Cloud),
            place.Cloud is null ? RegionCatalog.Default.AliasesOf(grid) : null);
    }

    private static CloudRow Row(CloudRegion cloud) => new(
        cloud.Provider, cloud.Name, cloud.Location, cloud.ElectricityMapsZone, cloud.WattTimeRegion, cloud.Pue, cloud.PueYear, cloud.PueSource,
        cloud.Published is { } own ? new PublishedRow(own.Intensity.GramsPerKilowattHour, own.Year, own.Source, own.CarbonFreeShare) : null);
}

/// <summary>A region as JSON, named as in a report: its code or that of a region of a cloud, with the grid whose figure the intensity is.</summary>
internal sealed record RegionRow(
    string Region, string Name, string Grid, double GramsPerKilowattHour, string Kind, string Basis, string Boundary, int? Year, string Source, string? Note,
    MarginalRow? Marginal, CloudRow? Cloud, IReadOnlyList<string>? Aliases);

/// <summary>The marginal intensity of the country that a region is in.</summary>
internal sealed record MarginalRow(
    string Of, string Name, double GramsPerKilowattHour, double CombinedGramsPerKilowattHour, string Basis, int Year, string Source);

/// <summary>A region of a cloud.</summary>
internal sealed record CloudRow(
    string Provider, string Name, string Location, string? ElectricityMapsZone, string? WattTimeRegion, double? Pue, int? PueYear, string? PueSource, PublishedRow? Published);

/// <summary>What a provider says of its electricity: for reference, nothing is priced with it.</summary>
internal sealed record PublishedRow(double GramsPerKilowattHour, int Year, string Source, double? CarbonFreeShare);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<RegionRow>))]
internal sealed partial class RegionJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static RegionJsonContext Readable { get; } = new(ReadableJson.Options());
}
