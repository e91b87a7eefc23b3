namespace Eco2Test.Units;

/// <summary>Greenhouse gas per energy of a grid, as grams of CO2 equivalent per kilowatt-hour.</summary>
public readonly record struct CarbonIntensity : IComparable<CarbonIntensity>
{
    private CarbonIntensity(double value) => GramsPerKilowattHour = value;

    /// <summary>None.</summary>
    public static CarbonIntensity Zero => default;

    /// <summary>The factor in gCO2e/kWh.</summary>
    public double GramsPerKilowattHour { get; }

    /// <summary>A factor in gCO2e/kWh.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static CarbonIntensity FromGramsPerKilowattHour(double gramsPerKilowattHour) =>
        double.IsFinite(gramsPerKilowattHour) ? new(gramsPerKilowattHour) : throw new ArgumentOutOfRangeException(nameof(gramsPerKilowattHour), gramsPerKilowattHour, "CarbonIntensity must be a finite number.");

    /// <summary>Reads a quantity with its unit, such as <c>44 g/kWh</c>.</summary>
    /// <exception cref="FormatException">The text has no such form; the message says what would be right.</exception>
    public static CarbonIntensity Parse(string text) =>
        QuantityParser.CarbonIntensity.Read(text, out var value) is { } problem ? throw new FormatException(problem) : new(value);

    /// <summary>Reads a quantity with its unit; <see langword="false"/> when the text has no such form.</summary>
    public static bool TryParse(string? text, out CarbonIntensity result)
    {
        var read = QuantityParser.CarbonIntensity.Read(text, out var value) is null;
        result = new(value);
        return read;
    }

    /// <summary>The sum.</summary>
    public static CarbonIntensity operator +(CarbonIntensity left, CarbonIntensity right) => new(left.GramsPerKilowattHour + right.GramsPerKilowattHour);

    /// <summary>The difference.</summary>
    public static CarbonIntensity operator -(CarbonIntensity left, CarbonIntensity right) => new(left.GramsPerKilowattHour - right.GramsPerKilowattHour);

    /// <summary>The multiple.</summary>
    public static CarbonIntensity operator *(CarbonIntensity left, double factor) => new(left.GramsPerKilowattHour * factor);

    /// <summary>The part.</summary>
    public static CarbonIntensity operator /(CarbonIntensity left, double divisor) => new(left.GramsPerKilowattHour / divisor);

    /// <summary>The ratio, without a unit.</summary>
    public static double operator /(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour / right.GramsPerKilowattHour;

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour < right.GramsPerKilowattHour;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour > right.GramsPerKilowattHour;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour <= right.GramsPerKilowattHour;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour >= right.GramsPerKilowattHour;

    /// <inheritdoc/>
    public int CompareTo(CarbonIntensity other) => GramsPerKilowattHour.CompareTo(other.GramsPerKilowattHour);

    /// <summary>Three significant digits: <c>44.2 g/kWh</c>.</summary>
    public override string ToString() => $"{QuantityText.Digits(GramsPerKilowattHour)} g/kWh";
}
