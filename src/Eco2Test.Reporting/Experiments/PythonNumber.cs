using System.Globalization;

namespace Eco2Test.Reporting;

/// <summary>Numbers as Python's <c>repr</c> writes them: the shortest text that gives the number, <c>0.0001</c>, <c>1e-05</c>, <c>1.0</c>, <c>1e+16</c>.</summary>
internal static class PythonNumber
{
    // Where repr begins to use an exponent.
    private const int LeastExponent = -4;
    private const int MostExponent = 16;

    public static string Write(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        // Shortest digits with an exponent: "-1.2345E-005".
        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var exponent = value == 0 ? 0 : int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = double.IsNegative(value) ? "-" : "";
        return exponent is >= LeastExponent and < MostExponent
            ? sign + Plain(digits, exponent)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>Reads what Python writes; <see langword="false"/> for what is no finite number.</summary>
    public static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>The significant digits, without sign, point, exponent and outer zeros.</summary>
    private static string Digits(string number)
    {
        var end = number.IndexOf('E');
        var digits = (end < 0 ? number : number[..end]).Replace("-", "").Replace(".", "").Trim('0');
        return digits.Length == 0 ? "0" : digits;
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return $"{whole[..(exponent + 1)]}.{(whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0")}";
    }
}
