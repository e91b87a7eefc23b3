using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// What one kWh more makes a country's plants emit, by the year (<c>grid-marginal.csv</c>). It answers another question than
/// the average does: it may be less than it, and the two are never mixed or divided.
/// </summary>
/// <param name="Code">ISO 3166-1 code of the country.</param>
/// <param name="Name">The country's name.</param>
/// <param name="Intensity">Operating margin, gCO2e per kWh: of the plants that run.</param>
/// <param name="Combined">Combined margin for consumption: of those that run and those that are built.</param>
/// <param name="Basis"><c>direct</c>.</param>
/// <param name="Year">The year of the figure.</param>
/// <param name="Source">Where the figure comes from.</param>
internal sealed record MarginalIntensity(string Code, string Name, CarbonIntensity Intensity, CarbonIntensity Combined, string Basis, int Year, string Source)
{
    /// <summary>That of the country in which a grid is; <see langword="null"/> when nobody says.</summary>
    public static MarginalIntensity? Of(GridIntensity grid)
    {
        foreach (var row in new CsvScan(ProductData.Bytes("grid-marginal.csv")))
        {
            if (row.Is(0, grid.Country))
            {
                return new MarginalIntensity(
                    Code: row.Text(0),
                    Name: row.Text(1),
                    Intensity: CarbonIntensity.FromGramsPerKilowattHour(row.Number(3)),
                    Combined: CarbonIntensity.FromGramsPerKilowattHour(row.Number(6)),
                    Basis: row.Text(8),
                    Year: row.Integer(9),
                    Source: row.Text(10));
            }
        }

        return null;
    }
}
