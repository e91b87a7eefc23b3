using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>What a kWh from a fuel emits (<c>fuel-factors.csv</c>).</summary>
/// <param name="Fuel">Such as <c>gas</c>.</param>
/// <param name="Direct">By burning it.</param>
/// <param name="Lifecycle">With building the plant and bringing the fuel.</param>
/// <param name="Source">Where the figures come from.</param>
internal sealed record FuelFactor(string Fuel, CarbonIntensity Direct, CarbonIntensity Lifecycle, string Source)
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<FuelFactor> All()
    {
        var all = new List<FuelFactor>();
        foreach (var row in new CsvScan(ProductData.Bytes("fuel-factors.csv")))
        {
            all.Add(new FuelFactor(
                row.Text(0), CarbonIntensity.FromGramsPerKilowattHour(row.Number(1)), CarbonIntensity.FromGramsPerKilowattHour(row.Number(2)), row.Text(3)));
        }

        return all;
    }
}
