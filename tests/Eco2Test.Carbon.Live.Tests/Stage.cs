using System.Text.Json;
using Eco2Test.Hardware;
using Microsoft.AspNetCore.Http;

namespace Eco2Test.Carbon.Live.Tests;

/// <summary>A value as a test says it.</summary>
internal sealed record Value(DateTimeOffset At, double? Grams, bool IsEstimated = false);

/// <summary>What one service is called, what it is asked for, and how it says a value.</summary>
internal abstract record Script(string Name, string AddressVariable, string Region, string? Zone, string ZoneName, TimeSpan Step)
{
    /// <summary>The credentials that must never be seen, by their variables.</summary>
    public abstract IReadOnlyDictionary<string, string> Credentials { get; }

    /// <summary>All that proves who asks, in every form in which it is sent.</summary>
    public virtual IReadOnlyList<string> Secrets => [.. Credentials.Values];

    /// <summary>Whether a secret is sent as a part of another only.</summary>
    public virtual bool IsInsideAnother(string secret) => false;

    /// <summary>The answer to a path, with these values.</summary>
    public abstract string Body(string path, IEnumerable<Value> values);

    /// <summary>Whether the service says what is estimated.</summary>
    public abstract bool SaysEstimated { get; }
}

internal sealed record ElectricityMapsScript() : Script("electricity-maps", "ECO2TEST_ELECTRICITY_MAPS_URL", "FR", null, "FR", TimeSpan.FromHours(1))
{
    public const string Token = "em-T0ken/with+marks=";

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string> { ["ECO2TEST_ELECTRICITY_MAPS_TOKEN"] = Token };

    public override bool SaysEstimated => true;

    public override string Body(string path, IEnumerable<Value> values)
    {
        var all = values.Select(value => new Dictionary<string, object?>
        {
            ["zone"] = ZoneName,
            ["carbonIntensity"] = value.Grams,
            ["datetime"] = value.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["emissionFactorType"] = "lifecycle",
            ["isEstimated"] = value.IsEstimated,
        }).ToList();
        return path.Contains("/latest", StringComparison.Ordinal) ? JsonSerializer.Serialize(all[^1])
            : path.Contains("/forecast", StringComparison.Ordinal) ? JsonSerializer.Serialize(new
            {
                zone = ZoneName,
                forecast = all.Select(value => new { carbonIntensity = value["carbonIntensity"], datetime = value["datetime"] }),
            })
            : path.Contains("/history", StringComparison.Ordinal) ? JsonSerializer.Serialize(new { zone = ZoneName, history = all })
            : JsonSerializer.Serialize(new { zone = ZoneName, data = all });
    }
}

internal sealed record WattTimeScript() : Script("watttime", "ECO2TEST_WATTTIME_URL", "US-CA", "CAISO_NORTH", "CAISO_NORTH", TimeSpan.FromMinutes(5))
{
    public const string Password = "pa55word-of-watttime";
    public const string Bearer = "header.payload.signature-1";

    private static readonly string Basic = Convert.ToBase64String("somebody-at-watttime:pa55word-of-watttime"u8);

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["ECO2TEST_WATTTIME_USERNAME"] = "somebody-at-watttime", ["ECO2TEST_WATTTIME_PASSWORD"] = Password,
    };

    public override bool SaysEstimated => false;

    public override IReadOnlyList<string> Secrets => [.. Credentials.Values, Bearer, Basic];

    public override bool IsInsideAnother(string secret) => Credentials.Values.Contains(secret);

    public override string Body(string path, IEnumerable<Value> values) => JsonSerializer.Serialize(new
    {
        data = values.Select(value => new
        {
            point_time = value.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", System.Globalization.CultureInfo.InvariantCulture),
            value = value.Grams / 0.45359237,
        }),
        meta = new
        {
            region = ZoneName, signal_type = "co2_moer", units = "lbs_co2_per_mwh", data_point_period_seconds = 300,
            generated_at = path.Contains("/forecast", StringComparison.Ordinal) ? "2025-11-21T19:05:00+00:00" : null,
            model = new { date = "2024-06-01" },
        },
    });
}

internal sealed record UkScript() : Script("uk-carbon-intensity", "ECO2TEST_UK_CARBON_INTENSITY_URL", "GB", null, "GB", TimeSpan.FromMinutes(30))
{
    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>();

    public override bool SaysEstimated => true;

    public override string Body(string path, IEnumerable<Value> values) => JsonSerializer.Serialize(new
    {
        data = values.Select(value => new
        {
            from = IsoTime.Minute(value.At), to = IsoTime.Minute(value.At + Step),
            intensity = new { forecast = value.Grams is null ? null : value.Grams, actual = value.IsEstimated ? null : value.Grams, index = "low" },
        }),
    });
}

/// <summary>One source, its service on this machine, a clock and a folder for answers.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>A quarter past seven in the evening.</summary>
    public static readonly DateTimeOffset Now = new(2025, 11, 21, 19, 15, 0, TimeSpan.Zero);

    private Stage(FakeService service, Script script)
    {
        (Service, Script) = (service, script);
        Time = new RetryTime(Now, Patience.Default);
        service.Clock = Time.GetUtcNow;
        var variables = new Dictionary<string, string>(script.Credentials) { [script.AddressVariable] = service.Address, ["ECO2TEST_CACHE"] = Folder };
        Environment = new EnvironmentVariables(variables.GetValueOrDefault);
        Source = Open();
    }

    public FakeService Service { get; }

    public Script Script { get; }

    public RetryTime Time { get; }

    /// <summary>The account, the service's address and the folder for answers.</summary>
    public EnvironmentVariables Environment { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("eco2test").FullName;

    public IIntensitySource Source { get; private set; }

    /// <summary>What the service was asked for, without logins.</summary>
    public List<string> Questions => [.. Service.Questions.Where(question => question != "/login")];

    public int Logins => Service.Questions.Count(question => question == "/login");

    public static async Task<Stage> SetAsync(Script script) => new(await FakeService.StartAsync(), script);

    /// <summary>The same again, as another run of the command has it: only files stay.</summary>
    public IIntensitySource Open(string? zone = null, bool useCache = true)
    {
        var cache = useCache ? AnswerCache.Of(Environment, Time) : new AnswerCache(null, Time);
        return Source = new LiveSources(Environment, Time, cache).Open(Script.Name, zone ?? Script.Zone)!;
    }

    /// <summary>The service answers all but logins so.</summary>
    public void Answers(Func<HttpContext, Task> answer) => Service.Answer = context =>
        context.Request.Path == "/login" ? Tests.Answers.Json($$"""{"token":"{{WattTimeScript.Bearer}}"}""")(context) : answer(context);

    /// <summary>The service answers with these values, in the form of what it is asked.</summary>
    public void Tells(params Value[] values) => Answers(context => Tests.Answers.Json(Script.Body(context.Request.Path, values))(context));

    public Task<IntensitySeries> ReadAsync(DateTimeOffset from, DateTimeOffset to, bool isForecast = false, string? region = null) =>
        Source.ReadAsync(new IntensityQuery(RegionCatalog.Default.FindPlace(region ?? Script.Region)!, from, to) { IsForecast = isForecast }, CancellationToken.None);

    /// <summary>The last two steps before now, which all services tell without much ado.</summary>
    public Task<IntensitySeries> ReadAsync() => ReadAsync(At(-2), At(0));

    /// <summary>Why the last two steps are not told.</summary>
    public async Task<string> ReadsNothingAsync() => (await Should.ThrowAsync<IntensitySourceException>(ReadAsync())).Message;

    /// <summary>The start of a step, counted from the one in which now is.</summary>
    public DateTimeOffset At(int step) => new(Now.Ticks - (Now.Ticks % Script.Step.Ticks) + (step * Script.Step.Ticks), TimeSpan.Zero);

    /// <summary>A value at a step.</summary>
    public Value Value(int step, double? grams, bool isEstimated = false) => new(At(step), grams, isEstimated);

    public async ValueTask DisposeAsync()
    {
        (Source as IDisposable)?.Dispose();
        await Service.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
