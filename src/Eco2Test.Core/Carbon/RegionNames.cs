namespace Eco2Test.Carbon;

/// <summary>
/// Turns what people call a region into its code: ISO 3166-1 and -2 codes, names, aliases and regions of clouds, in any
/// case. Self-contained, because the generator compiles this file too, so that what compiles is what the run-time accepts.
/// </summary>
internal sealed class RegionNames
{
    /// <summary>Longer than any name; what is longer still is near to none.</summary>
    private const int LongestName = 100;

    private readonly Dictionary<string, string> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _clouds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads the tables <c>grid-intensity.csv</c> (code, name), <c>grid-aliases.csv</c> (alias, code) and
    /// <c>cloud-regions.csv</c> (provider, region, location, code).
    /// </summary>
    public RegionNames(TextReader intensities, TextReader aliases, TextReader clouds)
    {
        foreach (var row in CsvTable.Rows(intensities))
        {
            _codes[row[0]] = row[0];
            _names[row[0]] = row[1];
        }

        foreach (var row in CsvTable.Rows(aliases))
        {
            // A code is never hidden by an alias of the same letters.
            if (!_codes.ContainsKey(row[0]))
            {
                _codes[row[0]] = row[1];
            }
        }

        foreach (var row in CsvTable.Rows(clouds))
        {
            _clouds[$"{row[0]}:{row[1]}"] = row[3];
        }
    }

    /// <summary>The code that <paramref name="text"/> means, or <see langword="null"/>.</summary>
    public string? CodeOf(string? text) =>
        text is null ? null
        : _codes.TryGetValue(text.Trim(), out var code) || _clouds.TryGetValue(text.Trim(), out code) ? code
        : null;

    /// <summary>Whether <paramref name="text"/> is a region of a cloud, such as <c>aws:eu-west-3</c>.</summary>
    public bool IsOfCloud(string text) => _clouds.ContainsKey(text.Trim());

    /// <summary>The name of a code.</summary>
    public string NameOf(string code) => _names.TryGetValue(code, out var name) ? name : code;

    /// <summary>Why <paramref name="text"/> is no region, with the nearest that is one: <c>did you mean 'FR' (France)?</c></summary>
    public string Explain(string text)
    {
        var nearest = Suggest(text);
        text = Printable(text);
        return nearest is null
            ? $"'{text}' is not a known region; use an ISO 3166 code such as 'FR' or 'US-CA', or a name such as 'France'"
            : $"'{text}' is not a known region; did you mean '{nearest}' ({NameOf(CodeOf(nearest)!)})?";
    }

    /// <summary>The region that was probably meant by what is none: its code, or its name in a cloud; <see langword="null"/> when nothing is near.</summary>
    public string? Suggest(string text) => Nearest(text.Trim());

    /// <summary>As it was written, but without what would move a terminal's cursor or fill its screen.</summary>
    private static string Printable(string text)
    {
        var start = text.Length > LongestName ? text.Substring(0, LongestName) + "…" : text;
        return new string(Array.ConvertAll(start.ToCharArray(), c => char.IsControl(c) ? ' ' : c));
    }

    /// <summary>The code of the nearest name, or the nearest region of a cloud where the text looks like one.</summary>
    private string? Nearest(string text)
    {
        if (text.Length is 0 or > LongestName)
        {
            return null;
        }

        var ofCloud = text.IndexOf(':') > 0;
        string? best = null;
        var bestDistance = Math.Max(1, text.Length / 3) + 1;
        foreach (var pair in ofCloud ? _clouds : _codes)
        {
            // Codes of two or three letters are near to everything: only names and longer codes are compared.
            if (pair.Key.Length < 4 || Math.Abs(pair.Key.Length - text.Length) >= bestDistance)
            {
                continue;
            }

            var meant = ofCloud ? pair.Key : pair.Value;
            var distance = Distance(text.ToUpperInvariant(), pair.Key.ToUpperInvariant());
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(meant, best) < 0))
            {
                best = meant;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Damerau–Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
