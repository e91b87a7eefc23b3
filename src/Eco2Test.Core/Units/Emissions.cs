namespace Eco2Test.Units;

/// <summary>An amount of greenhouse gas, as grams of CO2 equivalent.</summary>
public readonly record struct Emissions : IComparable<Emissions>
{
    private Emissions(double value) => Grams = value;

    /// <summary>None.</summary>
    public static Emissions Zero => default;

    /// <summary>The amount in grams of CO2e.</summary>
    public double Grams { get; }

    /// <summary>An amount in grams of CO2e.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static Emissions FromGrams(double grams) =>
        double.IsFinite(grams) ? new(grams) : throw new ArgumentOutOfRangeException(nameof(grams), grams, "Emissions must be a finite number.");

    /// <summary>Reads a quantity with its unit, such as <c>10 mg</c>.</summary>
    /// <exception cref="FormatException">The text has no such form; the message says what would be right.</exception>
    public static Emissions Parse(string text) =>
        QuantityParser.Emissions.Read(text, out var value) is { } problem ? throw new FormatException(problem) : new(value);

    /// <summary>Reads a quantity with its unit; <see langword="false"/> when the text has no such form.</summary>
    public static bool TryParse(string? text, out Emissions result)
    {
        var read = QuantityParser.Emissions.Read(text, out var value) is null;
        result = new(value);
        return read;
    }

    /// <summary>The sum.</summary>
    public static Emissions operator +(Emissions left, Emissions right) => new(left.Grams + right.Grams);

    /// <summary>The difference.</summary>
    public static Emissions operator -(Emissions left, Emissions right) => new(left.Grams - right.Grams);

    /// <summary>The multiple.</summary>
    public static Emissions operator *(Emissions left, double factor) => new(left.Grams * factor);

    /// <summary>The part.</summary>
    public static Emissions operator /(Emissions left, double divisor) => new(left.Grams / divisor);

    /// <summary>The ratio, without a unit.</summary>
    public static double operator /(Emissions left, Emissions right) => left.Grams / right.Grams;

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(Emissions left, Emissions right) => left.Grams < right.Grams;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(Emissions left, Emissions right) => left.Grams > right.Grams;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(Emissions left, Emissions right) => left.Grams <= right.Grams;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(Emissions left, Emissions right) => left.Grams >= right.Grams;

    /// <inheritdoc/>
    public int CompareTo(Emissions other) => Grams.CompareTo(other.Grams);

    /// <summary>Three significant digits in the unit that reads best: <c>6.42 mg</c>.</summary>
    public override string ToString() => QuantityText.Write(Grams, QuantityText.Emissions);
}
