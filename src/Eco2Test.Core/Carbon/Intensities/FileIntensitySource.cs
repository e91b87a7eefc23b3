using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>A time series of the user's, from a CSV or JSON file.</summary>
internal sealed class FileIntensitySource : IIntensitySource
{
    private const string Unstated = "unstated";

    private readonly List<IntensityPoint> _points;
    private readonly string _basis;
    private readonly string _boundary;
    private readonly IReadOnlyList<string> _notices;

    private FileIntensitySource(string name, List<IntensityFileRow> rows)
    {
        Name = name;
        _points = Points(rows);
        Kind = Same(rows, row => row.Kind, "kind")?.ToUpperInvariant() == "MARGINAL" ? IntensityKind.Marginal : IntensityKind.Average;
        _basis = Same(rows, row => row.Basis, "basis") ?? Unstated;
        _boundary = Same(rows, row => row.Boundary, "boundary") ?? Unstated;
        _notices = Notices(rows);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IntensityKind Kind { get; }

    /// <summary>
    /// Reads a table with a header: <c>from,to,gCO2_per_kWh</c>, or <c>datetime,gCO2_per_kWh</c>, where a value holds until the
    /// next row; <c>estimated</c>, <c>kind</c>, <c>basis</c> and <c>boundary</c> may follow, other columns are left alone.
    /// </summary>
    /// <exception cref="FormatException">The table is none; the message names line and column, and what would be right.</exception>
    public static FileIntensitySource ReadCsv(string name, TextReader reader) => new(name, IntensityCsv.Rows(reader));

    /// <summary>
    /// Reads an array of objects with <c>from</c>, <c>to</c> and <c>gramsPerKilowattHour</c>, or what Electricity Maps answers
    /// (<c>history</c>, <c>data</c> or <c>forecast</c>).
    /// </summary>
    /// <exception cref="FormatException">As above.</exception>
    public static FileIntensitySource ReadJson(string name, TextReader reader) => new(name, IntensityJson.Rows(reader.ReadToEnd()));

    /// <inheritdoc/>
    public Task<IntensitySeries> ReadAsync(IntensityQuery query, CancellationToken cancelled)
    {
        var points = _points.FindAll(point => point.To > query.From && point.From < query.To);
        if (points.Count == 0)
        {
            throw new IntensitySourceException(
                $"{Name} has values from {IsoTime.Minute(_points[0].From)} to {IsoTime.Minute(_points[^1].To)}, and none between {IsoTime.Minute(query.From)} and {IsoTime.Minute(query.To)}; name a file of that time");
        }

        var gap = IntensityGaps.Notice(points, query.From, query.To);
        return Task.FromResult(new IntensitySeries
        {
            Source = Name,
            Zone = query.Place.Key,
            Kind = Kind,
            Basis = _basis,
            Boundary = _boundary,
            Points = points,
            Notices = gap is null ? _notices : [.. _notices, gap],
        });
    }

    private static List<IntensityPoint> Points(List<IntensityFileRow> rows)
    {
        if (rows.Count == 0)
        {
            throw new FormatException("there is no row with a value; a row is like '2026-03-01T14:00Z,2026-03-01T15:00Z,44.2'");
        }

        rows.Sort((a, b) => a.From.CompareTo(b.From));
        var points = new List<IntensityPoint>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, next) = (rows[i], i + 1 < rows.Count ? rows[i + 1] : null);
            if (next is not null && (next.From == row.From || row.To > next.From))
            {
                throw new FormatException($"{next.Where}: {IsoTime.Minute(next.From)} is already told by {row.Where}; two values of one time contradict each other");
            }

            if (row.GramsPerKilowattHour is { } grams)
            {
                points.Add(new(row.From, row.To ?? next?.From ?? LastEnd(rows), CarbonIntensity.FromGramsPerKilowattHour(grams)) { IsEstimated = row.IsEstimated });
            }
        }

        return points.Count > 0 ? points : throw new FormatException($"{rows[0].Where}: no row has a value in gCO2/kWh");
    }

    /// <summary>The last row, which nothing follows, holds as long as the one before.</summary>
    private static DateTimeOffset LastEnd(List<IntensityFileRow> rows) => rows.Count > 1
        ? rows[^1].From + (rows[^1].From - rows[^2].From)
        : throw new FormatException($"{rows[0].Where}: a single row does not say until when its value holds; add a column 'to'");

    private static string? Same(List<IntensityFileRow> rows, Func<IntensityFileRow, string?> column, string name)
    {
        var first = column(rows[0]);
        return rows.Find(row => column(row) != first) is { } other
            ? throw new FormatException($"{other.Where}: {name} is '{column(other)}', and '{first}' in {rows[0].Where}; a file holds one {name} of intensity")
            : first;
    }

    private static string[] Notices(List<IntensityFileRow> rows)
    {
        var steps = rows.Zip(rows.Skip(1), (row, next) => (Row: row, Step: next.From - row.From)).Where(pair => pair.Row.To is null).ToList();
        if (steps.Count == 0)
        {
            return [];
        }

        var usual = steps.GroupBy(pair => pair.Step).MaxBy(group => group.Count())!.Key;
        var longer = steps.Where(pair => pair.Step > usual).ToList();
        return longer.Count == 0
            ? []
            : [$"{longer.Count} of {rows.Count} values hold longer than the usual {usual.TotalMinutes:0} minutes, the first of them in {longer[0].Row.Where}: rows may be missing"];
    }
}

/// <summary>One row of a file, and where it stands: <c>line 3</c>.</summary>
/// <param name="Where">Where it stands: <c>line 3</c>.</param>
/// <param name="From">From when its value holds.</param>
/// <param name="To">Until when; <see langword="null"/>: until the next row.</param>
/// <param name="GramsPerKilowattHour">gCO2e/kWh; <see langword="null"/> when it is not known.</param>
internal sealed record IntensityFileRow(string Where, DateTimeOffset From, DateTimeOffset? To, double? GramsPerKilowattHour)
{
    public bool IsEstimated { get; init; }

    public string? Kind { get; init; }

    public string? Basis { get; init; }

    public string? Boundary { get; init; }
}
