using System.Collections.Concurrent;
using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// The regions whose grid intensity is known, found by code, name or alias in any case, and the regions of clouds on them
/// (<c>aws:eu-west-3</c>). A run asks for one or two of them: those are looked for in the tables where they lie, and all are
/// read only when somebody wants to see them.
/// </summary>
internal sealed class RegionCatalog
{
    private const string Intensities = "grid-intensity.csv";
    private const string Aliases = "grid-aliases.csv";
    private const string Clouds = "cloud-regions.csv";

    private readonly ConcurrentDictionary<string, Place> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<UserRegion> _ownRows;
    private readonly Dictionary<string, GridIntensity> _own = new(StringComparer.OrdinalIgnoreCase);
    private Everything? _everything;

    /// <summary>The tables that the product ships.</summary>
    public RegionCatalog()
        : this([], "")
    {
    }

    /// <summary>The same, and before them what a user's own table says.</summary>
    /// <param name="own">The rows of that table.</param>
    /// <param name="file">Its name, which its figures say as their source.</param>
    public RegionCatalog(IReadOnlyList<UserRegion> own, string file)
    {
        _ownRows = own;
        foreach (var row in own)
        {
            _own[row.Code] = _own[row.Name] = Region(row, file);
        }
    }

    /// <summary>The tables that the product ships.</summary>
    public static RegionCatalog Default { get; } = new();

    /// <summary>Every region, in the order of codes.</summary>
    public IReadOnlyList<GridIntensity> All => Everyone.Regions;

    // Read twice when two threads ask at once, which does no harm.
    private Everything Everyone => _everything ??= new Everything(this);

    /// <summary>What a user's own table says of regions that the product's has too, one sentence for each.</summary>
    public IEnumerable<string> Replaced()
    {
        foreach (var (text, own) in _own.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Default.Find(text) is { } table && (text == own.Code || table.Code != own.Code))
            {
                yield return $"'{text}' is {Described(own)}, not {Described(table)}";
            }
        }
    }

    /// <summary>
    /// The grid that <paramref name="text"/> means (a code, a name, an alias, or a region of a cloud), or
    /// <see langword="null"/>: never a default.
    /// </summary>
    public GridIntensity? Find(string text) => FindPlace(text)?.Grid;

    /// <summary>As <see cref="Find"/>, with the region of a cloud where the text names one.</summary>
    public Place? FindPlace(string text)
    {
        var wanted = text.Trim();
        if (_found.TryGetValue(wanted, out var found))
        {
            return found;
        }

        // Who asks for what is none asks again, and wants to know why: then all names are read.
        var place = OfCloud(wanted)
            ?? OfGrid(_own.GetValueOrDefault(wanted) ?? (_everything is { } everything ? everything.Find(wanted) : ByCode(wanted) ?? ByAlias(wanted)));
        return place is null ? null : _found.GetOrAdd(wanted, place);
    }

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

    /// <summary>The regions of clouds whose name or location contains <paramref name="query"/>, in any case and with or without accents.</summary>
    public IEnumerable<Place> SearchClouds(string query) =>
        from cloud in CloudRegion.All()
        where NameMatches(cloud.Key, query.Trim()) || NameMatches(cloud.Location, query.Trim())
        select new Place(Everyone.OfCode(cloud.GridCode), cloud);

    /// <summary>All names that mean the region, beside its code.</summary>
    public IReadOnlyList<string> AliasesOf(GridIntensity region) => [.. Everyone.Aliases[region.Code]];

    /// <summary>That <paramref name="text"/> is a country for which no source gives a figure; <see langword="null"/> when it is none.</summary>
    public string? WithoutFigure(string text) => Everyone.Names.WithoutFigure(text);

    /// <summary>Why <paramref name="text"/> is no region, and which is nearest.</summary>
    public string Explain(string text) => Everyone.Names.Explain(text);

    private static Place? OfGrid(GridIntensity? grid) => grid is null ? null : new Place(grid);

    private static string Described(GridIntensity grid) => string.Create(
        CultureInfo.InvariantCulture, $"{grid.Code} with {grid.Intensity.GramsPerKilowattHour} g/kWh ({grid.Source}{(grid.Year is { } year ? $", {year}" : "")})");

    private Place? OfCloud(string text) => CloudRegion.Find(text) is { } cloud ? new Place(ByCode(cloud.GridCode)!, cloud) : null;

    private GridIntensity? ByCode(string code)
    {
        if (_own.TryGetValue(code, out var own) && string.Equals(own.Code, code, StringComparison.OrdinalIgnoreCase))
        {
            return own;
        }

        GridIntensity? found = null;
        foreach (var row in new CsvScan(ProductData.Bytes(Intensities)))
        {
            if (row.Means(0, code))
            {
                found = Region(row);
            }
        }

        return found;
    }

    private GridIntensity? ByAlias(string alias)
    {
        string? code = null;
        foreach (var row in new CsvScan(ProductData.Bytes(Aliases)))
        {
            if (row.Means(0, alias))
            {
                code = row.Text(1);
            }
        }

        return code is null ? null : ByCode(code);
    }

    /// <summary>1: code or name begins with it. 2: code or name contains it. 3: an alias does. Null: nothing.</summary>
    private int? Rank(GridIntensity region, string wanted)
    {
        return Math.Min(Position(region.Code, wanted), Position(region.Name, wanted)) switch
        {
            0 => 1,
            _ when NameMatches(region.Code, wanted) || NameMatches(region.Name, wanted) => 2,
            _ when Everyone.Aliases[region.Code].Any(alias => AliasMatches(alias, wanted)) => 3,
            _ => null,
        };
    }

    // Aliases of two or three characters (alpha-3, numeric) contain too much by chance.
    private static bool AliasMatches(string alias, string wanted) =>
        alias.Length > 3 ? NameMatches(alias, wanted) : string.Equals(alias, wanted, StringComparison.OrdinalIgnoreCase);

    // Two or three letters are in too much by chance, unless a word begins with them.
    private static bool NameMatches(string name, string wanted) => wanted.Length > 3
        ? Position(name, wanted) < int.MaxValue
        : name.Split(':', '-', '/', ' ', '(', ',').Any(word => Position(word, wanted) == 0);

    private static int Position(string text, string wanted)
    {
        var position = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);
        return position < 0 ? int.MaxValue : position;
    }

    private static GridIntensity Region(CsvRow row) => new(
        Code: row.Text(0),
        Name: row.Text(1),
        Country: row.Text(2),
        Intensity: CarbonIntensity.FromGramsPerKilowattHour(row.Number(3)),
        Kind: row.Text(4),
        Basis: row.Text(5),
        Boundary: row.Text(6),
        Year: row.IsEmpty(7) ? null : row.Integer(7),
        Source: row.Text(8),
        Note: row.IsEmpty(9) ? null : row.Text(9));

    private static GridIntensity Region(UserRegion row, string file) => new(
        row.Code, row.Name, row.Country.Length > 0 ? row.Country : Default.Find(row.Code)?.Country ?? "", CarbonIntensity.FromGramsPerKilowattHour(row.GramsPerKilowattHour), row.Kind, row.Basis, row.Boundary, row.Year,
        $"user: {file} ({row.Source})", row.Note);

    /// <summary>All regions; names and aliases only when somebody asks what is near, since they are three times as much.</summary>
    private sealed class Everything
    {
        private readonly Dictionary<string, GridIntensity> _byCode = new(StringComparer.Ordinal);
        private readonly IReadOnlyList<UserRegion> _own;
        private RegionNames? _names;
        private ILookup<string, string>? _aliases;

        public Everything(RegionCatalog catalog)
        {
            _own = catalog._ownRows;
            foreach (var row in new CsvScan(ProductData.Bytes(Intensities)))
            {
                var region = Region(row);
                _byCode.Add(region.Code, region);
            }

            foreach (var region in catalog._own.Values)
            {
                _byCode[region.Code] = region;
            }

            Regions = [.. _byCode.Values.OrderBy(region => region.Code, StringComparer.Ordinal)];
        }

        public IReadOnlyList<GridIntensity> Regions { get; }

        public RegionNames Names => _names ??= _own.Count == 0 ? ReadNames() : new RegionNames(ReadNames(), _own);

        /// <summary>The aliases of a code.</summary>
        public ILookup<string, string> Aliases => _aliases ??= ReadAliases();

        public GridIntensity? Find(string text) => Names.CodeOf(text) is { } code && _byCode.TryGetValue(code, out var region) ? region : null;

        public GridIntensity OfCode(string code) => _byCode[code];

        private static RegionNames ReadNames()
        {
            using var intensities = ProductData.Open(Intensities);
            using var aliases = ProductData.Open(RegionCatalog.Aliases);
            using var clouds = ProductData.Open(Clouds);
            using var countries = ProductData.Open("iso-3166-1.csv");
            return new RegionNames(intensities, aliases, clouds, countries);
        }

        private static ILookup<string, string> ReadAliases()
        {
            using var aliases = ProductData.Open(RegionCatalog.Aliases);
            return CsvTable.Rows(aliases).ToLookup(row => row[1], row => row[0], StringComparer.Ordinal);
        }
    }
}
