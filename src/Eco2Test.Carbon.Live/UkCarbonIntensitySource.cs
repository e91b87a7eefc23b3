using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// The Carbon Intensity API of Great Britain's system operator (NESO): the average intensity of what is consumed, half hour by
/// half hour, of the country or of one of its regions. It needs no account.
/// </summary>
/// <remarks>
/// https://carbon-intensity.github.io/api-definitions. Its methodology counts the CO2 of generating only (wind, sun, water and
/// nuclear power are 0), imports and losses of the grid included. 14 days are told at a time, 48 hours ahead.
/// </remarks>
internal sealed class UkCarbonIntensitySource(ServiceClient client, AnswerCache cache, TimeProvider time, string? region) : LiveSource(client, cache, time)
{
    public const string SourceName = "uk-carbon-intensity";
    public const string ServiceName = "the UK Carbon Intensity API";
    public const string OwnAddress = "https://api.carbonintensity.org.uk/";
    public const string AddressVariable = "ECO2TEST_UK_CARBON_INTENSITY_URL";

    private const string Country = "GB";
    private const int LastRegion = 17;

    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(14);

    /// <inheritdoc/>
    public override string Name => SourceName;

    /// <inheritdoc/>
    protected override string Source => "UK Carbon Intensity API";

    /// <inheritdoc/>
    public override IntensityKind Kind => IntensityKind.Average;

    /// <inheritdoc/>
    protected override string Basis => "direct";

    /// <inheritdoc/>
    protected override string Boundary => "consumption";

    /// <inheritdoc/>
    protected override string Credentials => $"it needs no account: check {AddressVariable}, or a proxy";

    /// <inheritdoc/>
    protected override string WhenForbidden => $"it needs no account: check {AddressVariable}, or a proxy";

    /// <inheritdoc/>
    protected override Zone ZoneOf(Place place) =>
        place.Grid.Country != Country ? throw new IntensitySourceException($"the UK Carbon Intensity API tells Great Britain only, and {place.Key} is not that; name it by --region GB, or use electricity-maps")
        : region is null || region == Country ? new(Country)
        : int.TryParse(region, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= LastRegion ? new(id.ToString(CultureInfo.InvariantCulture))
        : throw new IntensitySourceException($"the zone that --zone names is no region of the UK Carbon Intensity API; use its number, from 1 (North Scotland) to {LastRegion} (Wales), such as 13 for London");

    /// <inheritdoc/>
    protected override async Task AskAsync(IntensityQuery query, Reading reading, CancellationToken cancelled)
    {
        var from = Floor(query.From, HalfHour);
        if (query.IsForecast)
        {
            await AskAsync(Question.Open(Path($"{IsoTime.Minute(from)}/fw48h", reading)), reading, cancelled).ConfigureAwait(false);
            return;
        }

        var (to, now) = (Ceiling(query.To, HalfHour), Ceiling(reading.Now, HalfHour));
        to = to < now || now <= from ? to : now;
        foreach (var piece in Pieces(from, to, LongestRange))
        {
            await AskAsync(new Question(Path($"{IsoTime.Minute(piece.From)}/{IsoTime.Minute(piece.To)}", reading), piece.From, piece.To), reading, cancelled).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override void Read(Answer answer, Reading reading, PointSieve sieve)
    {
        var data = Parse(answer, UkJsonContext.Default.UkAnswer).Data;
        foreach (var value in reading.Zone.Name == Country ? Values(data, answer) : OfRegion(data, answer, reading))
        {
            if (value?.Intensity is not { } intensity)
            {
                throw Unexpected(answer);
            }

            sieve.Add(value.From, value.To, intensity.Actual ?? intensity.Forecast, isEstimated: intensity.Actual is null);
        }
    }

    /// <summary>One region stands alone in some answers and in a list in others.</summary>
    private List<UkValue> OfRegion(JsonElement data, Answer answer, Reading reading)
    {
        var element = data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 ? data[0] : data;
        var region = Element(element, UkJsonContext.Default.UkRegion, answer);
        return region.Regionid?.ToString(CultureInfo.InvariantCulture) == reading.Zone.Name
            ? Values(region.Data, answer)
            : throw new IntensitySourceException($"the UK Carbon Intensity API answered with region {region.Regionid?.ToString(CultureInfo.InvariantCulture) ?? "none"} instead of {reading.Zone.Name}; try again later, or use another source");
    }

    private List<UkValue> Values(JsonElement data, Answer answer) =>
        data.ValueKind == JsonValueKind.Array ? Element(data, UkJsonContext.Default.ListUkValue, answer) : throw Unexpected(answer);

    private T Element<T>(JsonElement element, JsonTypeInfo<T> type, Answer answer)
        where T : class
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? element.Deserialize(type) ?? throw Unexpected(answer) : throw Unexpected(answer);
        }
        catch (JsonException)
        {
            throw Unexpected(answer);
        }
    }

    private static string Path(string interval, Reading reading) =>
        reading.Zone.Name == Country ? $"intensity/{interval}" : $"regional/intensity/{interval}/regionid/{reading.Zone.Name}";
}

/// <summary>What the service answers: half hours of the country, or a region with its half hours.</summary>
internal sealed record UkAnswer(JsonElement Data);

/// <summary>A region with its half hours.</summary>
internal sealed record UkRegion(int? Regionid, JsonElement Data);

/// <summary>One half hour.</summary>
internal sealed record UkValue(string? From, string? To, UkIntensity? Intensity);

/// <summary>gCO2/kWh; what was is known for the country only, and after the half hour.</summary>
internal sealed record UkIntensity(double? Forecast, double? Actual);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(UkAnswer))]
[JsonSerializable(typeof(UkRegion))]
[JsonSerializable(typeof(List<UkValue>))]
internal sealed partial class UkJsonContext : JsonSerializerContext;
