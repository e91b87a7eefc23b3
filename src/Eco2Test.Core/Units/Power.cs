namespace Eco2Test.Units;

/// <summary>A rate of energy.</summary>
public readonly record struct Power : IComparable<Power>
{
    private Power(double value) => Watts = value;

    /// <summary>None.</summary>
    public static Power Zero => default;

    /// <summary>The rate in watts.</summary>
    public double Watts { get; }

    /// <summary>A rate in watts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static Power FromWatts(double watts) =>
        double.IsFinite(watts) ? new(watts) : throw new ArgumentOutOfRangeException(nameof(watts), watts, "Power must be a finite number.");

    /// <summary>Reads a quantity with its unit, such as <c>65 W</c>.</summary>
    /// <exception cref="FormatException">The text has no such form; the message says what would be right.</exception>
    public static Power Parse(string text) =>
        QuantityParser.Power.Read(text, out var value) is { } problem ? throw new FormatException(problem) : new(value);

    /// <summary>Reads a quantity with its unit; <see langword="false"/> when the text has no such form.</summary>
    public static bool TryParse(string? text, out Power result)
    {
        var read = QuantityParser.Power.Read(text, out var value) is null;
        result = new(value);
        return read;
    }

    /// <summary>The sum.</summary>
    public static Power operator +(Power left, Power right) => new(left.Watts + right.Watts);

    /// <summary>The difference.</summary>
    public static Power operator -(Power left, Power right) => new(left.Watts - right.Watts);

    /// <summary>The multiple.</summary>
    public static Power operator *(Power left, double factor) => new(left.Watts * factor);

    /// <summary>The part.</summary>
    public static Power operator /(Power left, double divisor) => new(left.Watts / divisor);

    /// <summary>The ratio, without a unit.</summary>
    public static double operator /(Power left, Power right) => left.Watts / right.Watts;

    /// <summary>The energy that flows in a time.</summary>
    public static Energy operator *(Power power, TimeSpan time) => Energy.FromJoules(power.Watts * time.TotalSeconds);

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(Power left, Power right) => left.Watts < right.Watts;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(Power left, Power right) => left.Watts > right.Watts;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(Power left, Power right) => left.Watts <= right.Watts;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(Power left, Power right) => left.Watts >= right.Watts;

    /// <inheritdoc/>
    public int CompareTo(Power other) => Watts.CompareTo(other.Watts);

    /// <summary>Three significant digits in the unit that reads best: <c>3.5 W</c>.</summary>
    public override string ToString() => QuantityText.Write(Watts, QuantityText.Power);
}
