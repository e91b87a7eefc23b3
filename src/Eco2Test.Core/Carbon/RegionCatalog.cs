using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>The regions whose grid intensity is known, found by code, name or alias in any case.</summary>
internal sealed class RegionCatalog
{
    // Reading 1,900 rows takes some milliseconds: once, and only when a region is asked for.
    private static readonly Lazy<RegionCatalog> Embedded = new(() => new(() => ProductData.Open("grid-intensity.csv"), () => ProductData.Open("grid-aliases.csv")));

    private readonly RegionNames _names;
    private readonly Dictionary<string, GridIntensity> _byCode;
    private readonly ILookup<string, string> _aliases;

    /// <summary>Reads a pair of tables, of which each call gives a new reader.</summary>
    internal RegionCatalog(Func<TextReader> intensities, Func<TextReader> aliases)
    {
        _names = Using(intensities, i => Using(aliases, a => new RegionNames(i, a)));
        All = [.. Using(intensities, reader => CsvTable.Rows(reader).Select(Region).ToList()).OrderBy(region => region.Code, StringComparer.Ordinal)];
        _byCode = All.ToDictionary(region => region.Code, StringComparer.Ordinal);
        _aliases = Using(aliases, reader => CsvTable.Rows(reader).ToLookup(row => row[1], row => row[0], StringComparer.Ordinal));
    }

    /// <summary>The tables that the product ships.</summary>
    public static RegionCatalog Default => Embedded.Value;

    /// <summary>Every region, in the order of codes.</summary>
    public IReadOnlyList<GridIntensity> All { get; }

    /// <summary>The region that <paramref name="text"/> means (a code, a name or an alias), or <see langword="null"/>: never a default.</summary>
    public GridIntensity? Find(string text) =>
        _names.CodeOf(text) is { } code && _byCode.TryGetValue(code, out var region) ? region : null;

    /// <summary>
    /// The regions whose code, name or alias contains <paramref name="query"/>, in any case and with or without accents;
    /// the one it means exactly first, then those that begin with it. An empty query is answered with all.
    /// </summary>
    public IEnumerable<GridIntensity> Search(string query)
    {
        var wanted = query.Trim();
        if (wanted.Length == 0)
        {
            return All;
        }

        var exact = Find(wanted);
        return All
            .Select(region => (Region: region, Rank: region == exact ? 0 : Rank(region, wanted)))
            .Where(hit => hit.Rank is not null)
            .OrderBy(hit => hit.Rank)
            .Select(hit => hit.Region);
    }

    /// <summary>Why <paramref name="text"/> is no region, and which is nearest.</summary>
    public string Explain(string text) => _names.Explain(text);

    /// <summary>1: code or name begins with it. 2: code or name contains it. 3: an alias does. Null: nothing.</summary>
    private int? Rank(GridIntensity region, string wanted)
    {
        var best = Math.Min(Position(region.Code, wanted), Position(region.Name, wanted));
        return best switch
        {
            0 => 1,
            < int.MaxValue => 2,
            _ when _aliases[region.Code].Any(alias => AliasMatches(alias, wanted)) => 3,
            _ => null,
        };
    }

    // Aliases of two or three characters (alpha-3, numeric) contain too much by chance.
    private static bool AliasMatches(string alias, string wanted) =>
        alias.Length > 3 ? Position(alias, wanted) < int.MaxValue : string.Equals(alias, wanted, StringComparison.OrdinalIgnoreCase);

    private static int Position(string text, string wanted)
    {
        var position = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);
        return position < 0 ? int.MaxValue : position;
    }

    private static GridIntensity Region(string[] row) => new(
        Code: row[0],
        Name: row[1],
        Intensity: CarbonIntensity.FromGramsPerKilowattHour(double.Parse(row[3], CultureInfo.InvariantCulture)),
        Kind: row[4],
        Basis: row[5],
        Boundary: row[6],
        Year: row[7].Length == 0 ? null : int.Parse(row[7], CultureInfo.InvariantCulture),
        Source: row[8],
        Note: row[9].Length == 0 ? null : row[9]);

    private static T Using<T>(Func<TextReader> open, Func<TextReader, T> read)
    {
        using var reader = open();
        return read(reader);
    }
}
