using System.Globalization;

namespace Eco2Test.Carbon;

/// <summary>What the fields of a file with intensities are called, and what may stand in them: the same for CSV and JSON.</summary>
internal static class IntensityFields
{
    private static readonly Dictionary<string, IntensityField> Names = new()
    {
        ["from"] = IntensityField.From,
        ["start"] = IntensityField.From,
        ["starttime"] = IntensityField.From,
        ["datetime"] = IntensityField.From,
        ["time"] = IntensityField.From,
        ["timestamp"] = IntensityField.From,
        ["pointtime"] = IntensityField.From,
        ["to"] = IntensityField.To,
        ["end"] = IntensityField.To,
        ["endtime"] = IntensityField.To,
        ["until"] = IntensityField.To,
        ["gramsperkilowatthour"] = IntensityField.Intensity,
        ["carbonintensity"] = IntensityField.Intensity,
        ["intensity"] = IntensityField.Intensity,
        ["gco2"] = IntensityField.Intensity,
        ["gperkwh"] = IntensityField.Intensity,
        ["gkwh"] = IntensityField.Intensity,
        ["estimated"] = IntensityField.Estimated,
        ["isestimated"] = IntensityField.Estimated,
        ["kind"] = IntensityField.Kind,
        ["basis"] = IntensityField.Basis,
        ["boundary"] = IntensityField.Boundary,
    };

    /// <summary>What a header means, whatever its case, spaces and marks: <c>gCO2_per_kWh</c>; <see langword="null"/>: nothing here.</summary>
    public static IntensityField? Of(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        letters = letters.EndsWith("utc", StringComparison.Ordinal) ? letters[..^3] : letters;
        return Names.TryGetValue(letters, out var field) ? field
            : IsGrams(letters) ? IntensityField.Intensity
            : null;
    }

    /// <summary>A time of a file.</summary>
    /// <exception cref="FormatException">It is none, or has no offset.</exception>
    public static DateTimeOffset Time(string text, string where, bool isUtc)
    {
        if (IsoTime.TryRead(text, out var time) || (isUtc && IsoTime.TryRead(text.Trim() + "Z", out time)))
        {
            return time;
        }

        throw new FormatException(IsoTime.LacksOffset(text)
            ? $"{where}: '{text}' has no offset from UTC, so that nobody knows which hour it is; write it like '{text.Trim()}Z' or '{text.Trim()}+01:00'"
            : $"{where}: '{Short(text)}' is no time; write it like '2026-03-01T14:00Z'");
    }

    /// <summary>An intensity of a file in gCO2e/kWh; <see langword="null"/> for an empty one.</summary>
    /// <exception cref="FormatException">It is no number, or none that an intensity can be.</exception>
    public static double? Grams(string text, string where)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var grams)
            ? throw new FormatException($"{where}: '{Short(text)}' is no number; write gCO2/kWh with a decimal point, like 44.2")
            : IntensityGaps.IsCredible(grams)
                ? grams
                : throw new FormatException($"{where}: '{Short(text)}' cannot be gCO2/kWh, which is from 0 to {IntensityGaps.HighestGramsPerKilowattHour}");
    }

    /// <summary>A yes or no of a file; empty means no.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static bool Flag(string text, string where) => text.Trim().ToLowerInvariant() switch
    {
        "" or "false" or "0" or "no" => false,
        "true" or "1" or "yes" => true,
        _ => throw new FormatException($"{where}: '{Short(text)}' is neither 'true' nor 'false'"),
    };

    /// <summary>One of two words; <see langword="null"/> for an empty one.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static string? Word(string text, string where, string one, string other)
    {
        var word = text.Trim().ToLowerInvariant();
        return word.Length == 0 ? null
            : word == one || word == other ? word
            : throw new FormatException($"{where}: '{Short(text)}' is neither '{one}' nor '{other}'");
    }

    /// <summary>Makes a row of its fields.</summary>
    /// <param name="where">Where the row stands: <c>line 3</c>.</param>
    /// <param name="field">The text of a field and where it stands; <see langword="null"/> when the row has none.</param>
    /// <param name="isUtc">Whether times are said to be in UTC.</param>
    public static IntensityFileRow Row(string where, Func<IntensityField, (string Text, string Where)?> field, bool isUtc = false)
    {
        var from = field(IntensityField.From) ?? throw new FormatException($"{where}: there is no time");
        var to = field(IntensityField.To) is { } end ? end : default;
        var intensity = field(IntensityField.Intensity) ?? throw new FormatException($"{where}: there is no intensity");
        var row = new IntensityFileRow(where, Time(from.Text, from.Where, isUtc), to.Text is null ? null : Time(to.Text, to.Where, isUtc), Grams(intensity.Text, intensity.Where))
        {
            IsEstimated = field(IntensityField.Estimated) is { } estimated && Flag(estimated.Text, estimated.Where),
            Kind = field(IntensityField.Kind) is { } kind ? Word(kind.Text, kind.Where, "average", "marginal") : null,
            Basis = field(IntensityField.Basis) is { } basis ? Word(basis.Text, basis.Where, "lifecycle", "direct") : null,
            Boundary = field(IntensityField.Boundary) is { } boundary ? Word(boundary.Text, boundary.Where, "production", "consumption") : null,
        };
        return row.To <= row.From ? throw new FormatException($"{to.Where}: '{Short(to.Text!)}' is not later than '{Short(from.Text)}'") : row;
    }

    /// <summary>The start of a text, without what would move a terminal's cursor.</summary>
    public static string Short(string text)
    {
        var start = text.Length > 40 ? text[..40] + "…" : text;
        return string.Concat(start.Select(c => char.IsControl(c) ? ' ' : c));
    }

    /// <summary><c>gCO2_per_kWh</c>, <c>gCO₂eq/kWh</c>, <c>Carbon intensity gCO₂eq/kWh (direct)</c>, and no other unit.</summary>
    private static bool IsGrams(string letters) =>
        letters.Contains("gco", StringComparison.Ordinal) && letters.Contains("kwh", StringComparison.Ordinal) && !letters.Contains("kgco", StringComparison.Ordinal)
        && !letters.Contains("mgco", StringComparison.Ordinal);
}

/// <summary>A field of a file with intensities.</summary>
internal enum IntensityField
{
    From,
    To,
    Intensity,
    Estimated,
    Kind,
    Basis,
    Boundary,
}
