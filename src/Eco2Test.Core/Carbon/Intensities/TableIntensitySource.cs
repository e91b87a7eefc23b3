namespace Eco2Test.Carbon;

/// <summary>The tables that the product ships, as a source: one intensity for the whole of the time, no network, no forecast.</summary>
/// <param name="kind">Which table: of averages, or of marginal intensities.</param>
internal sealed class TableIntensitySource(IntensityKind kind) : IIntensitySource
{
    public const string AverageName = "table";
    public const string MarginalName = "table-marginal";

    public string Name => kind == IntensityKind.Average ? AverageName : MarginalName;

    public IntensityKind Kind => kind;

    public Task<IntensitySeries> ReadAsync(IntensityQuery query, CancellationToken cancelled)
    {
        if (query.IsForecast)
        {
            throw new IntensitySourceException($"'{Name}' is a table of years, and has no forecast.");
        }

        return StaticIntensity.Of(query.Place, kind) is { } known
            ? Task.FromResult(known.Series([new IntensityPoint(query.From, query.To, known.Intensity)]))
            : throw new IntensitySourceException($"No table has the marginal intensity of {query.Place.Grid.Name} ({query.Place.Grid.Country}).");
    }
}
