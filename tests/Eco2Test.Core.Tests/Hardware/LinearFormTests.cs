using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

/// <summary>How far the linear form is off over the power curves that are known: the figures of docs/methodology.md.</summary>
public sealed class LinearFormTests
{
    [Theory]
    [InlineData(50, 95, 0.74, 1.07)]
    [InlineData(25, 25, 0.87, 1.43)]
    public void Over_known_curves_active_power_is_within_these_factors_of_the_line(int fromLoad, int toLoad, double least, double most)
    {
        var factors = Curves()
            .Where(curve => curve.Key != "macos-14-mac-mini-m1")
            .SelectMany(curve => FactorsOf(curve.ToDictionary(point => point.Load, point => point.Watts)))
            .Where(point => point.Load >= fromLoad && point.Load <= toLoad)
            .Select(point => point.Factor)
            .ToList();

        factors.Min().ShouldBe(least, 0.005);
        factors.Max().ShouldBe(most, 0.005);
    }

    private static ILookup<string, (int Load, double Watts)> Curves()
    {
        using var table = ProductData.Open("machine-power-curves.csv");
        return CsvTable.Rows(table).ToLookup(row => row[0], row => (int.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<(int Load, double Factor)> FactorsOf(Dictionary<int, double> watts) =>
        watts.Keys.Where(load => load > 0).Select(load => (load, (watts[load] - watts[0]) / ((watts[100] - watts[0]) * load / 100.0)));
}
