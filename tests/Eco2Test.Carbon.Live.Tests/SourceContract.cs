using Microsoft.AspNetCore.Http;

namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What each source does with what its service says, and with what it does not.</summary>
public abstract class SourceContract
{
    private protected abstract Script Script { get; }

    [Fact]
    public async Task The_latest_value_is_told()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(0, 58.77));

        var series = await stage.ReadAsync(stage.At(0), stage.At(1));

        series.Points.ShouldHaveSingleItem().From.ShouldBe(stage.At(0));
        series.Points[0].To.ShouldBe(stage.At(1));
        series.Points[0].Intensity.GramsPerKilowattHour.ShouldBe(58.77, 1e-9);
        series.Zone.ShouldBe(Script.ZoneName);
        series.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task History_is_told()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-4, 44), stage.Value(-3, 46), stage.Value(-2, 48), stage.Value(-1, 50));

        var series = await stage.ReadAsync(stage.At(-4), stage.At(0));

        series.Points.Select(point => point.From).ShouldBe([stage.At(-4), stage.At(-3), stage.At(-2), stage.At(-1)]);
        series.Points.Select(point => Math.Round(point.Intensity.GramsPerKilowattHour, 9)).ShouldBe([44, 46, 48, 50]);
        series.Points.ShouldAllBe(point => !point.IsEstimated);
        series.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public async Task History_is_told_alike_in_every_culture(string culture)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-48, 44.5), stage.Value(-47, null));
        var expected = await stage.ReadAsync(stage.At(-48), stage.At(-46));
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);

        // Once from the file, and once from the service by the same question.
        var kept = await stage.ReadAsync(stage.At(-48), stage.At(-46));
        stage.Open(useCache: false);
        var asked = await stage.ReadAsync(stage.At(-48), stage.At(-46));

        foreach (var series in new[] { kept, asked })
        {
            series.Points.ShouldBe(expected.Points);
            series.Notices.ShouldBe(expected.Notices);
        }

        stage.Questions.ShouldBe([stage.Questions[0], stage.Questions[0]]);
    }

    [Fact]
    public async Task A_forecast_is_told_as_estimates_and_says_where_it_ends()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(0, 52, isEstimated: true), stage.Value(1, 47, isEstimated: true));

        var series = await stage.ReadAsync(stage.At(0), stage.At(4), isForecast: true);

        series.Points.Count.ShouldBe(2);
        series.Points.ShouldAllBe(point => point.IsEstimated);
        series.Notices.ShouldHaveSingleItem().ShouldContain($"ends at {IsoTime.Minute(stage.At(2))}");
    }

    [Fact]
    public async Task A_missing_value_is_left_out_and_said()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-3, 44), stage.Value(-2, null), stage.Value(-1, 50));

        var series = await stage.ReadAsync(stage.At(-3), stage.At(0));

        series.Points.Select(point => point.From).ShouldBe([stage.At(-3), stage.At(-1)]);
        series.Notices.ShouldHaveSingleItem().ShouldEndWith("no value");
    }

    [Fact]
    public async Task Values_of_which_none_is_known_are_no_series()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-2, null), stage.Value(-1, null));

        (await stage.ReadsNothingAsync()).ShouldContain("has no value for");
    }

    [Fact]
    public async Task Estimates_are_said_to_be_where_the_service_tells()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-2, 44, isEstimated: true), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        series.Points.Select(point => point.IsEstimated).ShouldBe([Script.SaysEstimated, false]);
        series.Notices.Count(notice => notice.StartsWith("1 of 2 values are estimates")).ShouldBe(Script.SaysEstimated ? 1 : 0);
    }

    [Theory]
    [InlineData(401, """{"error":"Invalid auth-token"}""")]
    [InlineData(403, "Access denied")]
    [InlineData(403, """{"message":"Token unauthorized for zoneKey=FR"}""")]
    [InlineData(404, """{"message":"no such zone"}""")]
    [InlineData(400, """{"error":{"code":"400 Bad Request","message":"string"}}""")]
    public async Task A_refusal_is_said_with_its_reason_and_not_asked_again(int status, string body)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(status, body));

        var message = await stage.ReadsNothingAsync();

        message.ShouldContain(status.ToString());
        message.ShouldContain(body);
        stage.Questions.Count.ShouldBe(1);
        stage.Time.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_says_what_to_check()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(401));
        (await stage.ReadsNothingAsync()).ShouldContain(Script.Credentials.Keys.LastOrDefault() ?? "needs no account");
        stage.Answers(Answers.Status(403, "Access denied"));
        (await stage.ReadsNothingAsync()).ShouldContain(Script.Credentials.Keys.FirstOrDefault() ?? "needs no account");
        stage.Answers(Answers.Status(404));
        (await stage.ReadsNothingAsync()).ShouldContain("--zone");
    }

    [Fact]
    public async Task Who_asks_too_often_waits_as_many_seconds_as_the_service_says()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.InTurn(Answers.Status(429, headers: ("Retry-After", "7")), context => Answers.Json(Two(stage, context))(context)));

        (await stage.ReadAsync()).Points.Count.ShouldBe(2);

        stage.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task A_time_until_which_to_wait_is_of_the_services_own_clock()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Service.Clock = () => stage.Time.GetUtcNow().AddHours(1);
        var until = Stage.Now.AddHours(1).AddSeconds(9);
        stage.Answers(Answers.InTurn(Answers.Status(429, headers: ("Retry-After", until.ToString("R"))), context => Answers.Json(Two(stage, context))(context)));

        (await stage.ReadAsync()).Points.Count.ShouldBe(2);

        stage.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(9)]);
    }

    [Fact]
    public async Task Nobody_waits_for_an_hour()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(429, "slow down", headers: ("Retry-After", "3600")));

        (await stage.ReadsNothingAsync()).ShouldContain("try again in 3600 s");

        stage.Time.Pauses.ShouldBeEmpty();
        stage.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_said_to_be()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(429, "slow down", headers: ("Retry-After", "30")));

        (await stage.ReadsNothingAsync()).ShouldContain("asked too often (429: slow down); try again in 30 s");

        stage.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)]);
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_seen()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.InTurn(Answers.Status(500), Answers.Status(503), context => Answers.Json(Two(stage, context))(context)));

        (await stage.ReadAsync()).Points.Count.ShouldBe(2);

        stage.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
    }

    [Fact]
    public async Task A_fault_that_stays_is_said_after_four_calls()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(500, "<html>Internal Server Error</html>"));

        (await stage.ReadsNothingAsync()).ShouldContain("out of order (500");

        stage.Questions.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Silence_is_not_waited_for()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Silence(stage.Time));

        (await stage.ReadsNothingAsync()).ShouldContain("did not answer");

        stage.Questions.Count.ShouldBe(4);
        (stage.Time.GetUtcNow() - Stage.Now).ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_for_again()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.InTurn(context => Answers.Half(Two(stage, context))(context), context => Answers.Json(Two(stage, context))(context)));

        (await stage.ReadAsync()).Points.Count.ShouldBe(2);

        stage.Questions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Half_a_body_is_no_answer()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(context => Answers.Half(Two(stage, context))(context));
        (await stage.ReadsNothingAsync()).ShouldContain("broke off");

        stage.Answers(context => Answers.Json(Two(stage, context)[..40])(context));
        (await stage.ReadsNothingAsync()).ShouldContain("something else than was asked for");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_said()
    {
        await using var stage = await Stage.SetAsync(Script);
        await stage.Service.DisposeAsync();

        (await stage.ReadsNothingAsync()).ShouldContain("was not reached at 127.0.0.1");
    }

    [Theory]
    [InlineData("", "answered nothing")]
    [InlineData("null", "something else")]
    [InlineData("Access denied", "(Access denied)")]
    [InlineData("<html><body>Sign in to the hotel's network</body></html>", "hotel")]
    [InlineData("[]", "something else")]
    [InlineData("42", "something else")]
    [InlineData("""{"data":"none"}""", "something else")]
    [InlineData("""{"data":[null],"history":[null],"forecast":[null]}""", "something else")]
    [InlineData("""{"zone":"FR","history":{"a":1}}""", "something else")]
    [InlineData("\u001b[2Jcleared\u0007 the\r\nscreen", "( [2Jcleared the screen)")]
    public async Task A_body_of_another_shape_is_said_to_be_one(string body, string says)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Json(body));

        var message = await stage.ReadsNothingAsync();

        message.ShouldContain(says.Replace("( [", "([", StringComparison.Ordinal));
        message.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_body_without_end_is_not_read_to_its_end()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Endless());

        (await stage.ReadsNothingAsync()).ShouldContain("more than 16 MB");

        stage.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_answer_quotes_is_short()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(403, new string('x', 100_000)));

        (await stage.ReadsNothingAsync()).Length.ShouldBeLessThan(600);
    }

    public static TheoryData<string> Payloads { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Payloads")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Every_answer_that_any_service_gives_is_survived(string payload)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Json(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Payloads", payload))));

        var outcomes = new List<string>();
        foreach (var isForecast in new[] { false, true })
        {
            try
            {
                var series = await stage.ReadAsync(new(2025, 11, 21, 18, 0, 0, TimeSpan.Zero), new(2025, 11, 21, 22, 0, 0, TimeSpan.Zero), isForecast);
                series.Points.ShouldNotBeEmpty();
                outcomes.Add("series");
            }
            catch (IntensitySourceException wrong)
            {
                wrong.Message.ShouldNotBeNullOrWhiteSpace();
                outcomes.Add("said");
            }
        }

        outcomes.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_is_said_and_nothing_is_shifted(int hours)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Service.Clock = () => stage.Time.GetUtcNow().AddHours(hours);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        series.Points.Select(point => point.From).ShouldBe([stage.At(-2), stage.At(-1)]);
        series.Notices.ShouldHaveSingleItem().ShouldContain("differ by 60 minutes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_forecast_of_another_clock_counts_by_its_own_times(int hours)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Service.Clock = () => stage.Time.GetUtcNow().AddHours(hours);
        var steps = (int)(TimeSpan.FromHours(1) / Script.Step) * hours;
        stage.Tells([.. Enumerable.Range(steps, 30).Select(step => stage.Value(step, 100 + step, isEstimated: true))]);

        var series = await stage.ReadAsync(Stage.Now, stage.At(16), isForecast: true);

        series.Points.ShouldAllBe(point => point.Intensity.GramsPerKilowattHour - 100 - Math.Round((point.From - stage.At(0)) / Script.Step) < 1e-9);
        series.Points[0].From.ShouldBe(hours > 0 ? stage.At(steps) : stage.At(0));
        series.Notices.ShouldContain(notice => notice.Contains("differ by 60 minutes"));
    }

    [Fact]
    public async Task Where_nothing_is_told_for_another_clock_the_clock_is_named()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Service.Clock = () => stage.Time.GetUtcNow().AddHours(-1);
        stage.Tells(stage.Value(-14, 44));

        (await stage.ReadsNothingAsync()).ShouldContain("differ by 60 minutes");
    }

    [Fact]
    public async Task Values_out_of_order_are_put_in_order()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-1, 50), stage.Value(-3, 44), stage.Value(-2, 48));

        var series = await stage.ReadAsync(stage.At(-3), stage.At(0));

        series.Points.Select(point => Math.Round(point.Intensity.GramsPerKilowattHour, 9)).ShouldBe([44, 48, 50]);
        series.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_values_for_one_time_one_counts_and_it_is_said()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46), stage.Value(-1, 60), stage.Value(-1, null));

        var series = await stage.ReadAsync();

        series.Points.Select(point => Math.Round(point.Intensity.GramsPerKilowattHour, 9)).ShouldBe([44, 60]);
        series.Notices.ShouldHaveSingleItem().ShouldStartWith("2 values");
    }

    [Fact]
    public async Task A_value_that_overlaps_the_next_ends_where_that_begins()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-2, 44), new Value(stage.At(-2) + (Script.Step / 5), 80), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        series.Points.Select(point => (point.From, point.To)).ShouldBe(
        [
            (stage.At(-2), stage.At(-2) + (Script.Step / 5)), (stage.At(-2) + (Script.Step / 5), stage.At(-1)), (stage.At(-1), stage.At(0)),
        ]);
        series.Notices.ShouldHaveSingleItem().ShouldContain("overlapped the next");
    }

    [Theory]
    [InlineData(-1.5)]
    [InlineData(1e6)]
    [InlineData(1e300)]
    public async Task A_value_that_no_intensity_has_is_refused_and_said(double absurd)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(stage.Value(-2, absurd), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        series.Points.ShouldHaveSingleItem().From.ShouldBe(stage.At(-1));
        series.Notices.ShouldContain(notice => notice.StartsWith("1 value") && notice.Contains("left out"));
    }

    [Fact]
    public async Task Not_a_number_is_refused_and_said()
    {
        await using var stage = await Stage.SetAsync(Script);
        var odd = (77777 / (Script is WattTimeScript ? 0.45359237 : 1)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        stage.Answers(context => Answers.Json(Script.Body(context.Request.Path, [stage.Value(-2, 77777), stage.Value(-1, 46)]).Replace(odd, "\"NaN\""))(context));

        var series = await stage.ReadAsync();

        series.Points.ShouldHaveSingleItem().From.ShouldBe(stage.At(-1));
        series.Notices.ShouldContain(notice => notice.StartsWith("1 value") && notice.Contains("left out"));
    }

    [Fact]
    public async Task A_number_without_bounds_and_a_time_without_offset_are_refused()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(context => Answers.Json(
            Script.Body(context.Request.Path, [stage.Value(-3, 77777), stage.Value(-2, 46), stage.Value(-1, 46)])
                .Replace((77777 / (Script is WattTimeScript ? 0.45359237 : 1)).ToString("R", System.Globalization.CultureInfo.InvariantCulture), "1e999")
                .Replace($"{stage.At(-2):yyyy-MM-ddTHH:mm}:00.000Z", $"{stage.At(-2):yyyy-MM-ddTHH:mm}:00")
                .Replace($"\"from\":\"{stage.At(-2):yyyy-MM-ddTHH:mm}Z", $"\"from\":\"{stage.At(-2):yyyy-MM-ddTHH:mm}")
                .Replace($"{stage.At(-2):yyyy-MM-ddTHH:mm}:00\\u002B00:00", $"{stage.At(-2):yyyy-MM-ddTHH:mm}:00"))(context));

        var series = await stage.ReadAsync(stage.At(-3), stage.At(0));

        series.Points.ShouldHaveSingleItem().From.ShouldBe(stage.At(-1));
        series.Notices.ShouldContain(notice => notice.StartsWith("2 values"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var stage = await Stage.SetAsync(Script);
        await using var other = await FakeService.StartAsync();
        other.Clock = stage.Time.GetUtcNow;
        stage.Answers(Answers.Status(302, headers: ("Location", $"{other.Address}/v3/somewhere")));

        (await stage.ReadsNothingAsync()).ShouldContain("not followed");

        other.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_are_seen_by_the_service_and_nobody_else()
    {
        await using var stage = await Stage.SetAsync(Script);
        var secrets = Script.Secrets;
        var seen = new List<string>();
        foreach (var status in new[] { 200, 201, 204, 302, 400, 401, 403, 404, 429, 500 })
        {
            // A hostile service sends back all that it was sent, as it is, as JSON and as a part of an address.
            stage.Answers(async context =>
            {
                var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
                var all = headers + System.Text.Json.JsonSerializer.Serialize(headers) + Uri.EscapeDataString(headers)
                    + string.Join('\n', secrets.Select(secret => $"{secret} {Uri.EscapeDataString(secret)} \"zone\":\"{secret}\" {secret.Insert(3, "\u0001")}"));
                await (status == 204 ? Answers.Status(status) : Answers.Status(status, all, headers: ("Location", "/" + Uri.EscapeDataString(all))))(context);
            });
            seen.Add((await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync())).ToString());
        }

        foreach (var secret in secrets)
        {
            stage.Answers(context => Answers.Json(Two(stage, context).Replace(Script.ZoneName, secret, StringComparison.Ordinal).Replace("lifecycle", secret).Replace("lbs_co2_per_mwh", secret))(context));
            try
            {
                seen.AddRange((await stage.ReadAsync()).Notices);
            }
            catch (IntensitySourceException wrong)
            {
                seen.Add(wrong.ToString());
            }
        }

        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46, isEstimated: true));
        seen.Add(System.Text.Json.JsonSerializer.Serialize((await stage.ReadAsync()).Notices));
        var files = Directory.EnumerateFiles(stage.Folder, "*", SearchOption.AllDirectories).ToList();
        files.ShouldNotBeEmpty();
        seen.AddRange(files);
        seen.AddRange(files.Select(File.ReadAllText));
        seen.AddRange(stage.Questions);

        // Whatever stands between its letters, it is not there.
        secrets.Where(secret => seen.Exists(text => Letters(text).Contains(Letters(secret), StringComparison.OrdinalIgnoreCase) || text.Contains(Uri.EscapeDataString(secret), StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();
        secrets.ShouldAllBe(secret => stage.Service.Headers.Any(header => header.Contains(secret)) || Script.IsInsideAnother(secret));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    private string Two(Stage stage, HttpContext context) => Script.Body(context.Request.Path, [stage.Value(-2, 44), stage.Value(-1, 46)]);
}

public sealed class ElectricityMapsContractTests : SourceContract
{
    private protected override Script Script => new ElectricityMapsScript();
}

public sealed class WattTimeContractTests : SourceContract
{
    private protected override Script Script => new WattTimeScript();
}

public sealed class UkCarbonIntensityContractTests : SourceContract
{
    private protected override Script Script => new UkScript();
}
