using System.Globalization;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>What making a machine emitted, and how much of that a time on it is: <c>M = TE × TS × RS</c> of ISO/IEC 21031:2024.</summary>
/// <param name="Total">TE, of the whole machine.</param>
/// <param name="Lifetime">How long it serves.</param>
/// <param name="Share">RS, the part of it that somebody has for themselves, from 0 to 1.</param>
/// <param name="Source">Who says so.</param>
internal sealed record EmbodiedCarbon(Emissions Total, TimeSpan Lifetime, double Share, string Source)
{
    private const double LongestYears = 100;
    private const string Example = "write what making the machine emitted and how many years it serves, such as '1200 kg / 4 y', or '1200 kg / 4 y * 0.25' for a quarter of it";

    // As in the table of runners, in which 4 years are 126,144,000 s.
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>As the report has it.</summary>
    public ReportEmbodiedMachine Report => new() { TotalGrams = Total.Grams, LifetimeSeconds = Lifetime.TotalSeconds, Share = Share, Source = Source };

    /// <summary>Reads <c>1200 kg / 4 y</c> or <c>1200 kg / 4 y * 0.25</c>; a year has 365 days.</summary>
    /// <returns><see langword="null"/> when it was read, else what is wrong with it and what would be right.</returns>
    public static string? Read(string text, out EmbodiedCarbon? embodied)
    {
        embodied = null;
        if (text.Split('/', StringSplitOptions.TrimEntries) is not [var amount, var rest] || rest.Split('*', StringSplitOptions.TrimEntries) is not [var life, .. var shares] || shares.Length > 1)
        {
            return $"'{text}' is no embodied carbon; {Example}";
        }

        if (QuantityParser.Emissions.Read(amount, out var grams) is { } problem)
        {
            return problem;
        }

        if (grams <= 0)
        {
            return $"'{amount}' is not what making a machine emits; {Example}";
        }

        if (!life.EndsWith('y') || Number(life[..^1].TrimEnd()) is not (> 0 and <= LongestYears and var years))
        {
            return $"'{life}' is no lifetime; {Example}";
        }

        var part = shares is [var given] ? given : "1";
        if (Number(part) is not (> 0 and <= 1 and var share))
        {
            return $"'{part}' is no share of a machine; write a number above 0 and up to 1, such as '0.25'";
        }

        embodied = new EmbodiedCarbon(Emissions.FromGrams(grams), years * Year, share, "set");
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
}
