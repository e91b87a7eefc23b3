using System.Globalization;

namespace Eco2Test.Units;

/// <summary>
/// Reads a quantity with its unit, such as <c>500 J</c> or <c>2.5mWh</c>: an invariant number, at most one space,
/// a case-sensitive unit. Self-contained, because the generator compiles this file too.
/// </summary>
internal sealed class QuantityParser
{
    /// <summary>Energy, to joules.</summary>
    public static readonly QuantityParser Energy = new("an energy", "500 J",
        ("uJ", 0.000001m), ("µJ", 0.000001m), ("μJ", 0.000001m), ("mJ", 0.001m), ("J", 1m), ("kJ", 1000m), ("MJ", 1000000m),
        ("mWh", 3.6m), ("Wh", 3600m), ("kWh", 3600000m));

    /// <summary>Emissions, to grams of CO2e.</summary>
    public static readonly QuantityParser Emissions = new("emissions", "10 mg",
        ("ug", 0.000001m), ("µg", 0.000001m), ("μg", 0.000001m), ("mg", 0.001m), ("g", 1m), ("kg", 1000m), ("t", 1000000m));

    /// <summary>Power, to watts.</summary>
    public static readonly QuantityParser Power = new("a power", "65 W",
        ("mW", 0.001m), ("W", 1m), ("kW", 1000m));

    /// <summary>Carbon intensity, to grams of CO2e per kilowatt-hour.</summary>
    public static readonly QuantityParser CarbonIntensity = new("a carbon intensity", "44 g/kWh",
        ("g/kWh", 1m));

    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly string _what;
    private readonly string _example;
    private readonly (string Symbol, decimal Factor)[] _units;

    private QuantityParser(string what, string example, params (string Symbol, decimal Factor)[] units)
    {
        _what = what;
        _example = example;
        _units = units;
    }

    /// <summary>
    /// Reads <paramref name="text"/>; the value is in the base unit of this parser. The decimal number is multiplied by
    /// the decimal factor of its unit before it is rounded to a <see langword="double"/>, so conversions are exact.
    /// </summary>
    /// <returns><see langword="null"/> when it was read, else what is wrong with it and what would be right.</returns>
    public string? Read(string? text, out double value)
    {
        value = 0;
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0)
        {
            return $"it is empty; write {_what} such as '{_example}'";
        }

        var split = UnitStart(trimmed);
        var number = trimmed.Substring(0, split);
        if (number.EndsWith(" ", StringComparison.Ordinal))
        {
            number = number.Substring(0, number.Length - 1);
        }

        var symbol = trimmed.Substring(split);
        if (!decimal.TryParse(number, Number, CultureInfo.InvariantCulture, out var amount))
        {
            if (double.TryParse(number, Number, CultureInfo.InvariantCulture, out var beyond))
            {
                return beyond < 0 ? Negative(trimmed) : TooLarge(trimmed);
            }

            return $"'{trimmed}' does not begin with a number (digits, with '.' as the decimal point); write {_what} such as '{_example}'";
        }

        if (amount < 0)
        {
            return Negative(trimmed);
        }

        foreach (var (known, factor) in _units)
        {
            if (string.Equals(known, symbol, StringComparison.Ordinal))
            {
                return Scale(trimmed, amount, factor, out value);
            }
        }

        return symbol.Length == 0
            ? $"'{trimmed}' has no unit; write {_what} such as '{_example}'"
            : $"'{symbol}' is not a unit of {_what}{SameButForCase(symbol)}; use one of {Symbols()}";
    }

    /// <summary>What was probably meant by a text that cannot be read: the same with a decimal point, or with its unit's own case; <see langword="null"/> when that is not a quantity either.</summary>
    public string? Suggest(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var number = trimmed.Substring(0, UnitStart(trimmed)).TrimEnd();
        var symbol = trimmed.Substring(UnitStart(trimmed));
        if (UnitMeantBy(symbol) is not { } unit)
        {
            return null;
        }

        // A comma before three digits may separate thousands.
        var decimals = number.Split(',');
        var meant = $"{(decimals.Length == 2 && decimals[1].Length != 3 ? number.Replace(',', '.') : number)} {unit}";
        return Read(meant, out _) is null ? meant : null;
    }

    /// <summary>Milli and mega differ by their case only: where that is wrong, nobody can tell which was meant.</summary>
    private string? UnitMeantBy(string symbol)
    {
        string? meant = null;
        foreach (var (known, _) in _units)
        {
            if (string.Equals(known, symbol, StringComparison.Ordinal))
            {
                return known;
            }

            if (string.Equals(known, symbol, StringComparison.OrdinalIgnoreCase))
            {
                if (meant is not null || (known[0] is 'm' or 'M' && known[0] != symbol[0]))
                {
                    return null;
                }

                meant = known;
            }
        }

        return meant;
    }

    private string? Scale(string text, decimal amount, decimal factor, out double value)
    {
        try
        {
            value = (double)(amount * factor);
            return null;
        }
        catch (OverflowException)
        {
            value = 0;
            return TooLarge(text);
        }
    }

    private string Negative(string text) => $"'{text}' is negative; write {_what} such as '{_example}'";

    private string TooLarge(string text) => $"'{text}' is too large; write {_what} such as '{_example}'";

    private static int UnitStart(string text)
    {
        var index = text.Length;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var exponent = (c is 'e' or 'E') && i > 0 && i + 1 < text.Length && (char.IsDigit(text[i + 1]) || text[i + 1] is '+' or '-');
            if (!exponent && c != ' ' && (char.IsLetter(c) || c is '/' or '%'))
            {
                index = i;
                break;
            }
        }

        return index;
    }

    private string SameButForCase(string symbol)
    {
        if (UnitMeantBy(symbol) is { } meant)
        {
            return $" (did you mean '{meant}'? units are case-sensitive)";
        }

        // Never 'mWh' for a megawatt-hour: it is off by a billion.
        return symbol[0] is 'm' or 'M' && IsUnit(symbol, StringComparison.OrdinalIgnoreCase)
            ? $" (units are case-sensitive: 'm' is milli, 'M' is mega{Largest(symbol.Substring(1))})"
            : "";
    }

    private string Largest(string unit) => IsUnit("M" + unit, StringComparison.Ordinal) || !IsUnit("k" + unit, StringComparison.Ordinal)
        ? ""
        : $"; the largest here is 'k{unit}'";

    private bool IsUnit(string symbol, StringComparison comparison)
    {
        foreach (var (known, _) in _units)
        {
            if (string.Equals(known, symbol, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private string Symbols()
    {
        var symbols = new List<string>();
        foreach (var (symbol, _) in _units)
        {
            if (symbol[0] != 'μ')
            {
                symbols.Add(symbol);
            }
        }

        return string.Join(", ", symbols);
    }
}
