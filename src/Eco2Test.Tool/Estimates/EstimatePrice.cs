using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Where an estimate is priced: a region, or an intensity that the user gives.</summary>
internal static class EstimatePrice
{
    /// <summary>The source of an intensity that was given.</summary>
    public const string Given = "--intensity";

    public static Price Find(string? region, CarbonIntensity? intensity, double? pue)
    {
        var place = region is null
            ? null
            : RegionCatalog.Default.FindPlace(region) ?? throw new InputException(ToolCodes.UnknownRegion, $"--region: {RegionCatalog.Default.Explain(region)}");
        if (intensity is { } given)
        {
            // What it is of is the user's to know.
            var grid = new GridIntensity(place?.Grid.Code ?? "-", place?.Grid.Name ?? "not named", place?.Grid.Country ?? "", given, "given", "not stated", "not stated", Year: null, Given, Note: null);
            return new Price(new Place(grid, place?.Cloud), Assumed: false, pue);
        }

        return new Price(place ?? RegionCatalog.Default.FindPlace("WORLD")!, Assumed: place is null, pue);
    }
}
