using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>The power of a whole machine by its utilisation: 21 knots from rest to full load, linear between them.</summary>
internal sealed class PowerCurve : IEquatable<PowerCurve>
{
    private const int Knots = 21;
    private const int PercentPerKnot = 5;

    private readonly double[] _watts;

    private PowerCurve(string name, int logicalProcessors, double[] watts) => (Name, LogicalProcessors, _watts) = (name, logicalProcessors, watts);

    /// <summary>As <c>machine-power-curves.csv</c> calls the machine.</summary>
    public string Name { get; }

    /// <summary>Logical CPUs of the machine whose power it is.</summary>
    public int LogicalProcessors { get; }

    /// <summary>A curve of the product's table; <see langword="null"/> when it has none of this name or lacks a knot.</summary>
    public static PowerCurve? Find(string name, int logicalProcessors)
    {
        var watts = new double[Knots];
        var found = 0;
        foreach (var row in new CsvScan(ProductData.Bytes("machine-power-curves.csv")))
        {
            if (row.Is(0, name))
            {
                watts[row.Integer(1) / PercentPerKnot] = row.Number(2);
                found++;
            }
        }

        return found == Knots ? new PowerCurve(name, logicalProcessors, watts) : null;
    }

    /// <summary>The machine's power when this part of its CPUs' time is busy; 0 is rest, 1 is full load, and what is outside is taken for the nearer of them.</summary>
    public Power PowerAt(double utilisation) => Power.FromWatts(WattsAt(utilisation));

    /// <summary>What the machine draws above rest, as a factor of the straight line from rest to full load; at rest that of the first knot.</summary>
    public double FactorOfLine(double utilisation)
    {
        var load = Math.Max(double.IsNaN(utilisation) ? 0 : Math.Min(utilisation, 1), PercentPerKnot / 100.0);
        return (WattsAt(load) - _watts[0]) / ((_watts[^1] - _watts[0]) * load);
    }

    public bool Equals(PowerCurve? other) =>
        other is not null && Name == other.Name && LogicalProcessors == other.LogicalProcessors && _watts.AsSpan().SequenceEqual(other._watts);

    public override bool Equals(object? obj) => Equals(obj as PowerCurve);

    public override int GetHashCode() => HashCode.Combine(Name, LogicalProcessors);

    private double WattsAt(double utilisation)
    {
        var at = double.IsNaN(utilisation) ? 0 : Math.Clamp(utilisation, 0, 1) * (Knots - 1);
        var knot = Math.Min((int)at, Knots - 2);
        return _watts[knot] + ((_watts[knot + 1] - _watts[knot]) * (at - knot));
    }
}
