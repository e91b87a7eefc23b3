using System.Globalization;

namespace Eco2Test.Units;

/// <summary>Writes a quantity with three significant digits in the unit that reads best, always invariant.</summary>
internal static class QuantityText
{
    /// <summary>A scale of units: each with the size of one in the base unit, smallest first.</summary>
    internal readonly record struct Scale(params (double Size, string Symbol)[] Units);

    public static readonly Scale Energy = new((1e-6, "µJ"), (1e-3, "mJ"), (1, "J"), (1e3, "kJ"), (1e6, "MJ"));
    /// <summary>Of watt-hours, as bills and papers have energy.</summary>
    public static readonly Scale WattHours = new((1e-3, "mWh"), (1, "Wh"), (1e3, "kWh"), (1e6, "MWh"), (1e9, "GWh"));

    public static readonly Scale Emissions = new((1e-6, "µg"), (1e-3, "mg"), (1, "g"), (1e3, "kg"), (1e6, "t"));
    public static readonly Scale Power = new((1e-3, "mW"), (1, "W"), (1e3, "kW"));

    /// <summary>The value and its unit: <c>612 J</c>, <c>1.54 kJ</c>, <c>0 J</c>.</summary>
    public static string Write(double value, Scale scale)
    {
        var unit = UnitFor(value, scale);
        return $"{Digits(value / unit.Size)} {unit.Symbol}";
    }

    /// <summary>A range in one unit, that of its upper end: <c>540–900 J</c>.</summary>
    public static string WriteRange(double low, double high, Scale scale)
    {
        var unit = UnitFor(high, scale);
        return $"{Digits(low / unit.Size)}–{Digits(high / unit.Size)} {unit.Symbol}";
    }

    /// <summary>Three significant digits, without an exponent: <c>612</c>, <c>1.54</c>, <c>0.044</c>.</summary>
    public static string Digits(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var magnitude = Math.Floor(Math.Log10(Math.Abs(value)));
        var decimals = (int)Math.Clamp(2 - magnitude, 0, 15);
        var rounded = decimals == 0 ? Math.Round(value, MidpointRounding.AwayFromZero) : Math.Round(value, decimals);

        // Formats of one's own are compiled at their first use, which costs the first window of a process milliseconds: only where the shortest text has an exponent.
        return rounded == 0 ? "0"
            : Math.Abs(rounded) is >= 1e-4 and < 1e15 ? rounded.ToString(CultureInfo.InvariantCulture)
            : rounded.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    private static (double Size, string Symbol) UnitFor(double value, Scale scale)
    {
        var magnitude = Math.Abs(value);
        if (magnitude == 0)
        {
            return Array.Find(scale.Units, unit => unit.Size == 1);
        }

        var best = scale.Units[0];
        foreach (var unit in scale.Units)
        {
            // 999.5 would be written as "1000": it belongs to the next unit.
            if (magnitude >= unit.Size * 0.9995)
            {
                best = unit;
            }
        }

        return best;
    }
}
