namespace Eco2Test.Units;

/// <summary>An amount of energy.</summary>
public readonly record struct Energy : IComparable<Energy>
{
    private Energy(double value) => Joules = value;

    /// <summary>None.</summary>
    public static Energy Zero => default;

    /// <summary>The amount in joules.</summary>
    public double Joules { get; }

    /// <summary>The amount in watt-hours: J / 3,600.</summary>
    public double WattHours => Joules / 3_600;

    /// <summary>The amount in kilowatt-hours: J / 3,600,000.</summary>
    public double KilowattHours => Joules / 3_600_000;

    /// <summary>An amount in joules.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static Energy FromJoules(double joules) =>
        double.IsFinite(joules) ? new(joules) : throw new ArgumentOutOfRangeException(nameof(joules), joules, "Energy must be a finite number.");

    /// <summary>An amount in kilowatt-hours.</summary>
    public static Energy FromKilowattHours(double kilowattHours) => FromJoules(kilowattHours * 3_600_000);

    /// <summary>Reads a quantity with its unit, such as <c>500 J</c>.</summary>
    /// <exception cref="FormatException">The text has no such form; the message says what would be right.</exception>
    public static Energy Parse(string text) =>
        QuantityParser.Energy.Read(text, out var value) is { } problem ? throw new FormatException(problem) : new(value);

    /// <summary>Reads a quantity with its unit; <see langword="false"/> when the text has no such form.</summary>
    public static bool TryParse(string? text, out Energy result)
    {
        var read = QuantityParser.Energy.Read(text, out var value) is null;
        result = new(value);
        return read;
    }

    /// <summary>The sum.</summary>
    public static Energy operator +(Energy left, Energy right) => new(left.Joules + right.Joules);

    /// <summary>The difference.</summary>
    public static Energy operator -(Energy left, Energy right) => new(left.Joules - right.Joules);

    /// <summary>The multiple.</summary>
    public static Energy operator *(Energy left, double factor) => new(left.Joules * factor);

    /// <summary>The part.</summary>
    public static Energy operator /(Energy left, double divisor) => new(left.Joules / divisor);

    /// <summary>The ratio, without a unit.</summary>
    public static double operator /(Energy left, Energy right) => left.Joules / right.Joules;

    /// <summary>The mean power over a time.</summary>
    public static Power operator /(Energy energy, TimeSpan time) => Power.FromWatts(energy.Joules / time.TotalSeconds);

    /// <summary>What generating this energy emits: kWh × gCO2e/kWh.</summary>
    public static Emissions operator *(Energy energy, CarbonIntensity intensity) =>
        Emissions.FromGrams(energy.KilowattHours * intensity.GramsPerKilowattHour);

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(Energy left, Energy right) => left.Joules < right.Joules;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(Energy left, Energy right) => left.Joules > right.Joules;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(Energy left, Energy right) => left.Joules <= right.Joules;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(Energy left, Energy right) => left.Joules >= right.Joules;

    /// <inheritdoc/>
    public int CompareTo(Energy other) => Joules.CompareTo(other.Joules);

    /// <summary>Three significant digits in the unit that reads best: <c>612 J</c>.</summary>
    public override string ToString() => QuantityText.Write(Joules, QuantityText.Energy);
}
