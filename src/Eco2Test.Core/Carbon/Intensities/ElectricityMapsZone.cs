using System.Text;
using Eco2Test.Hardware;

namespace Eco2Test.Carbon;

/// <summary>What Electricity Maps calls a place.</summary>
/// <param name="Zone">Such as <c>FR</c> or <c>US-CAL-CISO</c>.</param>
/// <param name="Notice">What a reader must know, where the zone is not exactly the place.</param>
internal sealed record ElectricityMapsZone(string Zone, string? Notice = null)
{
    private const string Prefix = "EM:";

    /// <summary>
    /// The zone of a cloud's region; else the one whose bounds are those of the grid; else the only one that lies in it; else
    /// that of the country. <see langword="null"/> for a grid of many countries.
    /// </summary>
    public static ElectricityMapsZone? Of(Place place)
    {
        if (place.Cloud?.ElectricityMapsZone is { } known)
        {
            return new(known);
        }

        var grid = place.Grid;
        var (exact, near) = In(grid.Code);
        return exact is not null ? new(exact)
            : near.Count == 1 ? new(near[0], $"Electricity Maps has no zone with the bounds of {grid.Code}; its zone {near[0]}, which lies in it, is taken")
            : grid.Country.Length == 0 ? null
            : grid.Country == grid.Code ? new(grid.Country, $"Electricity Maps is not known to have a zone {grid.Code}, which is tried{Among(near)}")
            : new(grid.Country, $"Electricity Maps has no zone with the bounds of {grid.Code}; that of its country, {grid.Country}, is taken{Among(near)}");
    }

    private static string Among(List<string> near) => near.Count == 0 ? "" : $" (--zone chooses one of {string.Join(", ", near)})";

    private static (string? Exact, List<string> Near) In(string code)
    {
        string? exact = null;
        var near = new List<string>();
        foreach (var row in new CsvScan(ProductData.Bytes("grid-aliases.csv")))
        {
            if (row.Raw(0).StartsWith("EM:"u8) && row.Is(1, code))
            {
                var zone = Encoding.UTF8.GetString(row.Raw(0))[Prefix.Length..];
                if (row.Is(2, "em-zone"))
                {
                    exact = zone;
                }
                else
                {
                    near.Add(zone);
                }
            }
        }

        return (exact, near);
    }
}
