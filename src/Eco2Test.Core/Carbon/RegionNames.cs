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
    private readonly Dictionary<string, string> _withoutFigure = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads the tables <c>grid-intensity.csv</c> (code, name), <c>grid-aliases.csv</c> (alias, code),
    /// <c>cloud-regions.csv</c> (provider, region, location, code) and <c>iso-3166-1.csv</c> (code, alpha-3, numeric, name).
    /// </summary>
    public RegionNames(TextReader intensities, TextReader aliases, TextReader clouds, TextReader countries)
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

        foreach (var row in CsvTable.Rows(countries))
        {
            if (!_names.ContainsKey(row[0]))
            {
                _withoutFigure[row[0]] = _withoutFigure[row[1]] = _withoutFigure[row[2]] = _withoutFigure[row[3]] = row[3];
            }
        }
    }

    /// <summary>Those of a table, and before them what a user's own says.</summary>
    public RegionNames(RegionNames table, IEnumerable<UserRegion> own)
    {
        _codes = new(table._codes, StringComparer.OrdinalIgnoreCase);
        _names = new(table._names, StringComparer.Ordinal);
        (_clouds, _withoutFigure) = (table._clouds, table._withoutFigure);
        foreach (var region in own)
        {
            _codes[region.Code] = _codes[region.Name] = region.Code;
            _names[region.Code] = region.Name;
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

    /// <summary>
    /// Why <paramref name="text"/> is no region, with the nearest that is one: <c>did you mean 'FR' (France)?</c>; of a country
    /// whose grid nobody knows, that this is so.
    /// </summary>
    public string Explain(string text)
    {
        if (WithoutFigure(text) is { } known)
        {
            return known;
        }

        var nearest = Suggest(text);
        text = Printable(text);
        return nearest is null
            ? $"'{text}' is not a known region; use an ISO 3166 code such as 'FR' or 'US-CA', or a name such as 'France'"
            : $"'{text}' is not a known region; did you mean '{nearest}' ({NameOf(CodeOf(nearest)!)})?";
    }

    /// <summary>That <paramref name="text"/> is a country whose grid nobody knows; <see langword="null"/> when it is none.</summary>
    public string? WithoutFigure(string text) => _withoutFigure.TryGetValue(text.Trim(), out var country)
        ? $"'{text.Trim()}' is {country}, for which no source gives a figure; name the region whose grid feeds it"
        : null;

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
            var distance = EditDistance.Between(text, pair.Key);
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(meant, best) < 0))
            {
                best = meant;
                bestDistance = distance;
            }
        }

        return best;
    }
}
