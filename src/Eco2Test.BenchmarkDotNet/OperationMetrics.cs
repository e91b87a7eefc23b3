using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;

namespace Eco2Test;

/// <summary>The figures of a benchmark as BenchmarkDotNet's metrics, of which it makes columns and exports. What is not known is not a number, and never zero.</summary>
internal static class OperationMetrics
{
    public static IReadOnlyList<Metric> Of(BenchmarkFigure figure)
    {
        var (energy, emissions) = (figure.Cost?.Energy, figure.Cost?.Emissions);
        var (joules, grams) = ($"of the devices, without the empty loop ({figure.EnergySource})", figure.EmissionsSource);
        return
        [
            Metric(0, "JoulesPerOperation", "J/op", "J", $"Energy per operation in joules, {joules}", energy?.Central.Joules),
            Metric(1, "LowJoulesPerOperation", "J/op low", "J", "Lower bound of J/op", energy?.Low.Joules),
            Metric(2, "HighJoulesPerOperation", "J/op high", "J", "Upper bound of J/op", energy?.High.Joules),
            Metric(3, "GramsPerOperation", "gCO2e/op", "g", $"Emissions per operation in grams of CO2e ({grams})", emissions?.Central.Grams),
            Metric(4, "LowGramsPerOperation", "gCO2e/op low", "g", "Lower bound of gCO2e/op", emissions?.Low.Grams),
            Metric(5, "HighGramsPerOperation", "gCO2e/op high", "g", "Upper bound of gCO2e/op", emissions?.High.Grams),
        ];
    }

    private static Metric Metric(int place, string id, string name, string unit, string legend, double? value) =>
        new(new Descriptor(id, name, legend, unit, place), value ?? double.NaN);

    /// <summary>Four significant digits, whatever the magnitude: an operation may take nanojoules or kilojoules.</summary>
    private sealed record Descriptor(string Id, string DisplayName, string Legend, string Unit, int PriorityInCategory) : IMetricDescriptor
    {
        public string NumberFormat => "G4";

        public UnitType UnitType => UnitType.Dimensionless;

        public bool TheGreaterTheBetter => false;

        public bool GetIsAvailable(Metric metric) => true;
    }
}
