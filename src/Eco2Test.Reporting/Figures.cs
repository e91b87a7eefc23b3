using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>
/// Figures as people read them: three significant digits, at most <see cref="MaxLength"/> characters whatever the value,
/// and no figure where there is none (a file can carry infinities).
/// </summary>
internal static class Figures
{
    public const int MaxLength = 11;

    private const string None = "n/a";

    // Outside this range a quantity is written so that it neither reads as zero nor fills the line.
    private const double Smallest = 1e-9;
    private const double Largest = 1e12;
    private const double LongestSeconds = 1e9;

    private static readonly (double From, double Size, string Symbol)[] Times =
        [(0, 1e-6, "µs"), (1e-3, 1e-3, "ms"), (1, 1, "s"), (100, 60, "min"), (6_000, 3_600, "h")];

    public static string Joules(double value) => Quantity(value, "J", v => Energy.FromJoules(v).ToString());

    public static string Grams(double value) => Quantity(value, "g", v => Emissions.FromGrams(v).ToString());

    public static string JoulesRange(double low, double high) => Range(low, high, QuantityText.Energy, Joules);

    public static string GramsRange(double low, double high) => Range(low, high, QuantityText.Emissions, Grams);

    public static string Seconds(double value) => Quantity(value, "s", v =>
    {
        if (Math.Abs(v) >= LongestSeconds)
        {
            return $"{Scientific(v)} s";
        }

        // 999.6 ms would be written as "1000 ms": it belongs to the next unit.
        var (_, size, symbol) = v == 0 ? Times[2] : Times.Last(unit => Math.Abs(v) >= unit.From * 0.9995);
        return $"{QuantityText.Digits(v / size)} {symbol}";
    });

    /// <summary>A number without a unit, such as a metric.</summary>
    public static string Number(double value) =>
        !double.IsFinite(value) ? None
        : value == 0 || (Math.Abs(value) >= 1e-4 && Math.Abs(value) < 1e9) ? QuantityText.Digits(value)
        : Scientific(value);

    private static string Quantity(double value, string unit, Func<double, string> write) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => None,
        > 0 and < Smallest => $"<1 n{unit}",
        >= Largest => $"{Scientific(value)} {unit}",
        _ => write(value),
    };

    private static string Range(double low, double high, QuantityText.Scale scale, Func<double, string> one) =>
        double.IsFinite(low) && double.IsFinite(high) && Math.Abs(high) is >= Smallest and < Largest && Math.Abs(low) < Largest
            ? QuantityText.WriteRange(low, high, scale)
            : $"{one(low)} to {one(high)}";

    private static string Scientific(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
