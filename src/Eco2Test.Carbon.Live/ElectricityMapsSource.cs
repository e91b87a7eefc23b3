using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// Electricity Maps, version 3: the average intensity of the electricity that a zone consumes, imports included, with what
/// building and fuelling the plants emits, hour by hour.
/// </summary>
/// <remarks>
/// https://app.electricitymaps.com/developer-hub/api/reference. Free tokens tell one zone's <c>latest</c> and <c>history</c> (24 hours); <c>past-range</c>
/// gives 10 days at a time.
/// </remarks>
internal sealed class ElectricityMapsSource(ServiceClient client, AnswerCache cache, TimeProvider time, string token, string? zone) : LiveSource(client, cache, time)
{
    public const string SourceName = "electricity-maps";
    public const string ServiceName = "Electricity Maps";
    public const string OwnAddress = "https://api.electricitymaps.com/";
    public const string AddressVariable = "ECO2TEST_ELECTRICITY_MAPS_URL";
    public const string TokenVariable = "ECO2TEST_ELECTRICITY_MAPS_TOKEN";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(10);

    /// <inheritdoc/>
    public override string Name => SourceName;

    /// <inheritdoc/>
    protected override string Source => "Electricity Maps v3";

    /// <inheritdoc/>
    public override IntensityKind Kind => IntensityKind.Average;

    /// <inheritdoc/>
    protected override string Basis => "lifecycle";

    /// <inheritdoc/>
    protected override string Boundary => "consumption";

    /// <inheritdoc/>
    protected override string Credentials => $"check {TokenVariable}";

    /// <inheritdoc/>
    protected override string WhenForbidden =>
        $"the token of {TokenVariable} is wrong, or its plan has not this zone, forecasts, or more than the last 24 hours: see 'https://api.electricitymaps.com/v3/zones' with the token";

    /// <inheritdoc/>
    protected override Zone ZoneOf(Place place) =>
        zone is not null ? new(Checked(zone))
        : ElectricityMapsZone.Of(place) is { } known ? new(known.Zone, known.Notice)
        : throw new IntensitySourceException($"Electricity Maps has no zone for {place.Key}, which is more than one country; name a place by --region, or a zone by --zone");

    /// <inheritdoc/>
    protected override Task AskAsync(IntensityQuery query, Reading reading, CancellationToken cancelled) =>
        query.IsForecast ? ForecastAsync(query, reading, cancelled) : PastAsync(query, reading, cancelled);

    /// <inheritdoc/>
    protected override void Authorise(HttpRequestHeaders headers) => headers.Add("auth-token", token);

    /// <inheritdoc/>
    protected override void Read(Answer answer, Reading reading, PointSieve sieve)
    {
        var said = Parse(answer, ElectricityMapsJsonContext.Default.ElectricityMapsAnswer);
        var values = said.History ?? said.Data ?? said.Forecast ?? (said.Datetime is null ? throw Unexpected(answer) : [said]);
        Verify(said, reading);
        foreach (var value in values)
        {
            if (value is null)
            {
                throw Unexpected(answer);
            }

            Verify(value, reading);
            sieve.Add(value.Datetime, Hour, value.CarbonIntensity, reading.IsForecast || value.IsEstimated == true);
        }
    }

    private async Task PastAsync(IntensityQuery query, Reading reading, CancellationToken cancelled)
    {
        var thisHour = Floor(reading.Now, Hour);
        if (query.From < reading.Now - Day)
        {
            var to = Ceiling(query.To, Hour);
            foreach (var piece in Pieces(Floor(query.From, Hour), to < thisHour + Hour ? to : thisHour + Hour, LongestRange))
            {
                await AskAsync(new Question(Path("past-range", reading, $"&start={Time(piece.From)}&end={Time(piece.To)}"), piece.From, piece.To), reading, cancelled).ConfigureAwait(false);
            }
        }
        else if (query.From < thisHour)
        {
            await AskAsync(Question.Open(Path("history", reading)) with { Until = thisHour + Hour }, reading, cancelled).ConfigureAwait(false);
        }

        if (query.To > thisHour && !reading.Points.Exists(point => point.To > thisHour))
        {
            await LatestAsync(reading, cancelled).ConfigureAwait(false);
        }
    }

    private async Task LatestAsync(Reading reading, CancellationToken cancelled)
    {
        try
        {
            await AskAsync(Question.Open(Path("latest", reading)) with { Until = Floor(reading.Now, Hour) + Hour }, reading, cancelled).ConfigureAwait(false);
        }
        catch (IntensitySourceException missing) when (reading.Points.Count > 0)
        {
            reading.Notices.Add($"the current hour is not known: {missing.Message}");
        }
    }

    /// <summary>24 hours without being asked, 48 and 72 where the plan has them.</summary>
    private async Task ForecastAsync(IntensityQuery query, Reading reading, CancellationToken cancelled)
    {
        var hours = (query.To - reading.Now).TotalHours switch { <= 24 => 24, <= 48 => 48, _ => 72 };
        if (hours > 24 && await AskAsync(
            Question.Open(Path("forecast", reading, $"&horizonHours={hours}")), reading, cancelled, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden).ConfigureAwait(false))
        {
            return;
        }

        await AskAsync(Question.Open(Path("forecast", reading)), reading, cancelled).ConfigureAwait(false);
        if (hours > 24)
        {
            reading.Notices.Add($"Electricity Maps does not forecast {hours} hours for this token");
        }
    }

    private void Verify(ElectricityMapsAnswer value, Reading reading)
    {
        // Where it knows no zone, the service may answer for where the caller seems to be.
        var problem = value.Zone is { } answered && !answered.Equals(reading.Zone.Name, StringComparison.OrdinalIgnoreCase) ? $"zone '{Quote(answered)}' instead of {reading.Zone.Name}"
            : value.EmissionFactorType is not (null or "lifecycle") ? $"emissions of the kind '{Quote(value.EmissionFactorType)}' instead of lifecycle"
            : value.TemporalGranularity is not (null or "hourly") ? $"values of the kind '{Quote(value.TemporalGranularity)}' instead of hourly"
            : null;
        if (problem is not null)
        {
            throw new IntensitySourceException($"Electricity Maps answered with {problem}; name one of its zones by --zone");
        }
    }

    private static string Path(string endpoint, Reading reading, string more = "") =>
        $"v3/carbon-intensity/{endpoint}?zone={Uri.EscapeDataString(reading.Zone.Name)}&emissionFactorType=lifecycle&temporalGranularity=hourly&shouldUseFallbackCallerLookup=false{more}";

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(IsoTime.Minute(time));
}

/// <summary>What Electricity Maps answers: one value (<c>latest</c>), or many of them (<c>history</c>, <c>past-range</c> as data, <c>forecast</c>).</summary>
internal sealed record ElectricityMapsAnswer
{
    public string? Zone { get; init; }

    public string? Datetime { get; init; }

    /// <summary>gCO2e/kWh; <see langword="null"/> for an hour that is not known.</summary>
    public double? CarbonIntensity { get; init; }

    public bool? IsEstimated { get; init; }

    public string? EmissionFactorType { get; init; }

    public string? TemporalGranularity { get; init; }

    public IReadOnlyList<ElectricityMapsAnswer>? History { get; init; }

    public IReadOnlyList<ElectricityMapsAnswer>? Data { get; init; }

    public IReadOnlyList<ElectricityMapsAnswer>? Forecast { get; init; }
}

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ElectricityMapsAnswer))]
internal sealed partial class ElectricityMapsJsonContext : JsonSerializerContext;
