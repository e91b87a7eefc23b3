using System.CommandLine;
using System.Globalization;

namespace Eco2Test.Tool;

/// <summary>Options that are numbers, read alike in every culture; what is wrong with one says what would be right.</summary>
internal static class NumberOption
{
    /// <summary>A number between two bounds, the lower one included or not.</summary>
    public static Option<double?> Create(string name, string description, double from, double to, string example, bool includesFrom = true) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = given =>
        {
            var read = double.TryParse(given.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (!read || !(number >= from) || number > to || (number == from && !includesFrom))
            {
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"'{given.Tokens[0].Value}' is not possible for {name}: a number {(includesFrom ? "from" : "above")} {from} {(includesFrom ? "to" : "and up to")} {to}, such as {example}."));
            }

            return number;
        },
    };

    /// <summary>A whole number of things.</summary>
    public static Option<int?> Count(string name, string description, int to = 1_000_000) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = given =>
        {
            if (!int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > to)
            {
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"'{given.Tokens[0].Value}' is not possible for {name}: a whole number from 1 to {to}."));
            }

            return number;
        },
    };
}
