using System.CommandLine.Parsing;
using System.Globalization;

namespace Eco2Test.Tool;

/// <summary>A time as people write it: <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>.</summary>
internal static class Duration
{
    private static readonly (string Symbol, TimeSpan Size)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>Reads the value of an option; what is wrong with it becomes an error of the command line.</summary>
    public static TimeSpan Read(ArgumentResult given, TimeSpan least, TimeSpan most)
    {
        var text = given.Tokens[0].Value;
        if (Parse(text) is not { } time)
        {
            given.AddError($"'{text}' is not a time; write a number with its unit, such as 500ms, 1s, 2m or 1h.");
            return default;
        }

        if (time < least || time > most)
        {
            given.AddError($"'{text}' is not possible here; it can be from {Write(least)} to {Write(most)}.");
        }

        return time;
    }

    /// <summary>In the largest unit of which it is at least one: <c>100 ms</c>, <c>1.5 s</c>.</summary>
    public static string Write(TimeSpan time)
    {
        var (symbol, size) = Units.LastOrDefault(unit => time >= unit.Size, Units[0]);
        return string.Create(CultureInfo.InvariantCulture, $"{time / size:0.##} {symbol}");
    }

    private static TimeSpan? Parse(string text)
    {
        var digits = text.TakeWhile(letter => letter is '.' or (>= '0' and <= '9')).Count();
        var unit = Array.Find(Units, unit => unit.Symbol == text[digits..].Trim());
        return double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && unit.Symbol is not null && number * unit.Size.TotalDays < TimeSpan.MaxValue.TotalDays
            ? number * unit.Size
            : null;
    }
}
