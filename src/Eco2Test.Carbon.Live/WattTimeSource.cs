using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// WattTime, version 3: what one kWh more makes the plants of a region emit (marginal operating emissions rate, CO2 of the
/// stacks), every five minutes. An average is never made of it.
/// </summary>
/// <remarks>https://docs.watttime.org. A login holds 30 minutes; values are asked for 30 days at a time, and both ends are included.</remarks>
internal sealed class WattTimeSource(ServiceClient client, AnswerCache cache, TimeProvider time, WattTimeAccount account, string? region) : LiveSource(client, cache, time)
{
    public const string SourceName = "watttime";
    public const string ServiceName = "WattTime";
    public const string OwnAddress = "https://api.watttime.org/";
    public const string AddressVariable = "ECO2TEST_WATTTIME_URL";
    public const string UsernameVariable = "ECO2TEST_WATTTIME_USERNAME";
    public const string PasswordVariable = "ECO2TEST_WATTTIME_PASSWORD";

    private const string Signal = "co2_moer";
    private const string Unit = "lbs_co2_per_mwh";

    /// <summary>The pound is 453.59237 g by definition.</summary>
    private const double GramsPerKilowattHour = 453.59237 / 1000;

    private static readonly TimeSpan LoginHolds = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = time;
    private Login? _login;

    /// <inheritdoc/>
    public override string Name => SourceName;

    /// <inheritdoc/>
    protected override string Source => "WattTime v3";

    /// <inheritdoc/>
    public override IntensityKind Kind => IntensityKind.Marginal;

    /// <inheritdoc/>
    protected override string Basis => "direct";

    /// <inheritdoc/>
    protected override string Boundary => "production";

    /// <inheritdoc/>
    protected override string Credentials => $"check {UsernameVariable} and {PasswordVariable}";

    /// <inheritdoc/>
    protected override string WhenForbidden => $"the plan of {UsernameVariable} has not this region (CAISO_NORTH is free), or the account is not confirmed";

    /// <inheritdoc/>
    protected override Zone ZoneOf(Place place) =>
        region is not null ? new(Checked(region))
        : WattTimeRegion.Of(place, out var candidates) is { } known ? new(known.Region, known.Notice)
        : throw new IntensitySourceException(
            $"which region of WattTime {place.Key} is in is not known{(candidates.Count > 0 ? $": {string.Join(", ", candidates)} are" : "")}; name one by --zone, such as CAISO_NORTH, or the region of a cloud, such as 'aws:us-west-1'");

    /// <inheritdoc/>
    protected override async Task AskAsync(IntensityQuery query, Reading reading, CancellationToken cancelled)
    {
        var signal = $"?region={Uri.EscapeDataString(reading.Zone.Name)}&signal_type={Signal}";
        if (query.IsForecast)
        {
            var hours = (query.To - reading.Now).TotalHours switch { <= 24 => 24, <= 48 => 48, _ => 72 };
            await AskAsync(Question.Open($"v3/forecast{signal}&horizon_hours={hours}"), reading, cancelled).ConfigureAwait(false);
            return;
        }

        var from = Floor(query.From, Step);
        var to = Ceiling(query.To < reading.Now ? query.To : reading.Now, Step);
        foreach (var piece in Pieces(from, to > from ? to : from + Step, LongestRange))
        {
            var interval = $"&start={Time(piece.From)}&end={Time(piece.To - Step)}";
            await AskAsync(new Question($"v3/historical{signal}{interval}", piece.From, piece.To), reading, cancelled).ConfigureAwait(false);
        }
    }

    /// <summary>With a login that still holds; one that is refused is renewed once.</summary>
    protected override async Task<Answer> CallAsync(string path, CancellationToken cancelled)
    {
        var wasKept = _login is not null && _time.GetUtcNow() - _login.At < LoginHolds;
        var answer = await CallAsync(path, wasKept ? _login! : await LoginAsync(cancelled).ConfigureAwait(false), cancelled).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.Unauthorized && wasKept
            ? await CallAsync(path, await LoginAsync(cancelled).ConfigureAwait(false), cancelled).ConfigureAwait(false)
            : answer;
    }

    /// <inheritdoc/>
    protected override void Read(Answer answer, Reading reading, PointSieve sieve)
    {
        var said = Parse(answer, WattTimeJsonContext.Default.WattTimeAnswer);
        if (said.Data is not { } values || said.Meta is not { } meta)
        {
            throw Unexpected(answer);
        }

        Verify(meta, reading);
        var length = meta.DataPointPeriodSeconds is { } seconds and > 0 && seconds <= LongestStep.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Step;
        foreach (var value in values)
        {
            if (value is null)
            {
                throw Unexpected(answer);
            }

            sieve.Add(value.PointTime, length, value.Value * GramsPerKilowattHour, reading.IsForecast);
        }
    }

    private Task<Answer> CallAsync(string path, Login login, CancellationToken cancelled) =>
        Client.GetAsync(path, headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", login.Token), cancelled);

    private async Task<Login> LoginAsync(CancellationToken cancelled)
    {
        var basic = account.Basic;
        var answer = await Client.GetAsync("login", headers => headers.Authorization = new AuthenticationHeaderValue("Basic", basic), cancelled).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Forbidden)
        {
            throw new IntensitySourceException($"WattTime refuses the login (403: {Quote(answer.Text)}); {Credentials}");
        }

        // The answer to a login is never quoted: what is in it may be a token in a form that is not known here.
        var said = Token(Accepted(answer, "the account"));
        Client.Secrets.Add(said);
        return _login = new Login(said, _time.GetUtcNow());
    }

    private string Token(Answer answer)
    {
        try
        {
            var token = Parse(answer, WattTimeJsonContext.Default.WattTimeLogin).Token;
            if (token is { Length: > 0 } && token.All(c => c is > ' ' and <= '~'))
            {
                return token;
            }
        }
        catch (IntensitySourceException)
        {
        }

        throw new IntensitySourceException($"WattTime answered the login with something else than a token; check {AddressVariable}, or try again later");
    }

    private void Verify(WattTimeMeta meta, Reading reading)
    {
        var problem = meta.Units != Unit ? $"values in '{Quote(meta.Units)}' instead of {Unit}"
            : meta.SignalType != Signal ? $"the signal '{Quote(meta.SignalType)}' instead of {Signal}"
            : !reading.Zone.Name.Equals(meta.Region, StringComparison.OrdinalIgnoreCase) ? $"region '{Quote(meta.Region)}' instead of {reading.Zone.Name}"
            : null;
        if (problem is not null)
        {
            throw new IntensitySourceException($"WattTime answered with {problem}, which is not taken for what was asked; use another source");
        }
    }

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(IsoTime.Minute(time));

    private sealed record Login(string Token, DateTimeOffset At);
}

/// <summary>Who asks WattTime.</summary>
internal sealed class WattTimeAccount(string username, string password)
{
    /// <summary>As HTTP wants it.</summary>
    public string Basic { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));

    /// <summary>What no message may have in it.</summary>
    public string[] Secrets => [password, Basic, username];
}

/// <summary>What WattTime answers to <c>login</c>.</summary>
internal sealed record WattTimeLogin(string? Token);

/// <summary>What WattTime answers to <c>v3/historical</c> and <c>v3/forecast</c>.</summary>
internal sealed record WattTimeAnswer(IReadOnlyList<WattTimeValue>? Data, WattTimeMeta? Meta);

/// <summary>One value of WattTime, in the unit of <see cref="WattTimeMeta.Units"/>.</summary>
internal sealed record WattTimeValue(string? PointTime, double? Value);

/// <summary>What the values are.</summary>
internal sealed record WattTimeMeta(string? Region, string? SignalType, string? Units, int? DataPointPeriodSeconds);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(WattTimeLogin))]
[JsonSerializable(typeof(WattTimeAnswer))]
internal sealed partial class WattTimeJsonContext : JsonSerializerContext;
