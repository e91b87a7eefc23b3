namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What only WattTime does.</summary>
public sealed class WattTimeTests
{
    private static readonly Script WattTime = new WattTimeScript();

    [Fact]
    public async Task It_tells_the_margin_and_never_an_average()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        (series.Source, series.Kind, series.Basis, series.Boundary).ShouldBe(("WattTime v3", IntensityKind.Marginal, "direct", "production"));
    }

    [Fact]
    public async Task Its_own_examples_are_read_in_grams()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Answers(context => Answers.Json(File.ReadAllText(Path.Combine(
            AppContext.BaseDirectory, "Payloads", context.Request.Path.Value!.EndsWith("historical", StringComparison.Ordinal) ? "wt-historical.json" : "wt-forecast.json")))(context));

        var past = await stage.ReadAsync(new(2025, 11, 21, 19, 0, 0, TimeSpan.Zero), new(2025, 11, 21, 19, 10, 0, TimeSpan.Zero));
        past.Points.Select(point => point.Intensity.GramsPerKilowattHour).ShouldBe([870.2 * 0.45359237, 871.9 * 0.45359237]);
        past.Points.Select(point => point.To - point.From).ShouldAllBe(length => length == TimeSpan.FromMinutes(5));

        var future = await stage.ReadAsync(new(2025, 11, 21, 19, 10, 0, TimeSpan.Zero), new(2025, 11, 21, 19, 20, 0, TimeSpan.Zero), isForecast: true);
        future.Points.Select(point => point.Intensity.GramsPerKilowattHour).ShouldBe([868.0 * 0.45359237, 865.5 * 0.45359237]);
        future.Points.ShouldAllBe(point => point.IsEstimated);
    }

    [Theory]
    [InlineData("lbs_co2_per_mwh", "kg_co2_per_mwh", "'kg_co2_per_mwh' instead of lbs_co2_per_mwh")]
    [InlineData("co2_moer", "co2_aoer", "'co2_aoer' instead of co2_moer")]
    [InlineData("CAISO_NORTH", "PJM_DC", "'PJM_DC' instead of CAISO_NORTH")]
    public async Task An_answer_in_another_unit_or_to_another_question_is_refused(string asked, string answered, string says)
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Answers(context => Answers.Json(WattTime.Body(context.Request.Path, [stage.Value(-1, 46)]).Replace(asked, answered))(context));

        (await stage.ReadsNothingAsync()).ShouldContain(says);
    }

    [Fact]
    public async Task One_login_serves_half_an_hour()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Open(useCache: false);
        stage.Tells([.. Enumerable.Range(-20, 20).Select(step => stage.Value(step, 44))]);
        await stage.ReadAsync();
        stage.Time.Advance(TimeSpan.FromMinutes(29));
        await stage.ReadAsync();
        stage.Logins.ShouldBe(1);

        stage.Time.Advance(TimeSpan.FromMinutes(1));
        await stage.ReadAsync();

        stage.Logins.ShouldBe(2);
    }

    [Fact]
    public async Task A_login_that_is_refused_later_is_renewed_once()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Open(useCache: false);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));
        await stage.ReadAsync();
        stage.Answers(Answers.InTurn(Answers.Status(401), context => Answers.Json(WattTime.Body(context.Request.Path, [stage.Value(-2, 44), stage.Value(-1, 46)]))(context)));
        (await stage.ReadAsync()).Points.Count.ShouldBe(2);
        stage.Logins.ShouldBe(2);

        stage.Answers(Answers.Status(401));
        await stage.ReadsNothingAsync();

        stage.Logins.ShouldBe(3);
    }

    [Theory]
    [InlineData(401, "no such user", "ECO2TEST_WATTTIME_PASSWORD")]
    [InlineData(403, "Access denied", "refuses the login (403: Access denied); check ECO2TEST_WATTTIME_USERNAME and ECO2TEST_WATTTIME_PASSWORD")]
    [InlineData(200, "not json", "something else than a token")]
    [InlineData(200, "{}", "something else than a token")]
    [InlineData(200, """{"token":"with\nline"}""", "something else than a token")]
    [InlineData(500, "", "out of order")]
    public async Task A_login_that_fails_is_said(int status, string body, string says)
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Service.Answer = Answers.Status(status, body);

        (await stage.ReadsNothingAsync()).ShouldContain(says);
        stage.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_password_goes_to_the_login_only_and_the_token_to_the_rest()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        var sent = new List<string>();
        stage.Service.Answer = async context =>
        {
            sent.Add($"{context.Request.Path} {context.Request.Headers.Authorization}");
            await (context.Request.Path == "/login" ? Answers.Json("""{"token":"a.b.c"}""") : Answers.Json(WattTime.Body(context.Request.Path, [stage.Value(-1, 46)])))(context);
        };
        await stage.ReadAsync();

        sent.ShouldBe([$"/login Basic {Convert.ToBase64String("somebody-at-watttime:pa55word-of-watttime"u8)}", "/v3/historical Bearer a.b.c"]);
    }

    [Fact]
    public async Task Long_intervals_are_asked_for_thirty_days_at_a_time_both_ends_included()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Tells(stage.Value(-2, 44));

        await stage.ReadAsync(stage.At(-40 * 288), stage.At(0));

        stage.Questions.ShouldBe(
        [
            "/v3/historical?region=CAISO_NORTH&signal_type=co2_moer&start=2025-10-12T19%3A15Z&end=2025-11-11T19%3A10Z",
            "/v3/historical?region=CAISO_NORTH&signal_type=co2_moer&start=2025-11-11T19%3A15Z&end=2025-11-21T19%3A10Z",
        ]);
    }

    [Fact]
    public async Task A_year_of_values_is_put_together_quickly()
    {
        await using var stage = await Stage.SetAsync(WattTime);
        stage.Answers(context =>
        {
            var start = DateTimeOffset.Parse(context.Request.Query["start"]!, System.Globalization.CultureInfo.InvariantCulture);
            var end = DateTimeOffset.Parse(context.Request.Query["end"]!, System.Globalization.CultureInfo.InvariantCulture);
            return Answers.Json(WattTime.Body(context.Request.Path, Enumerable.Range(0, (int)((end - start) / WattTime.Step) + 1).Select(step => new Value(start + (step * WattTime.Step), 400))))(context);
        });

        var series = await stage.ReadAsync(stage.At(-365 * 288), stage.At(0));

        series.Points.Count.ShouldBe(365 * 288);
        series.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("aws:us-west-1", "CAISO_NORTH", 0)]
    [InlineData("US-GA", "SOCO", 1)]
    public async Task The_region_is_that_of_the_cloud_or_the_only_one_that_is_known(string region, string known, int notices)
    {
        await using var stage = await Stage.SetAsync(WattTime with { Zone = null });
        stage.Answers(context => Answers.Json(WattTime.Body(context.Request.Path, [stage.Value(-2, 44), stage.Value(-1, 46)]).Replace("CAISO_NORTH", known))(context));

        var series = await stage.ReadAsync(stage.At(-2), stage.At(0), region: region);

        series.Zone.ShouldBe(known);
        series.Notices.Count.ShouldBe(notices);
        series.Notices.ShouldAllBe(notice => notice.Contains("the only one"));
    }

    [Theory]
    [InlineData("US-CA", "CAISO_NORTH, LDWP are")]
    [InlineData("LU", "is not known; name one by --zone")]
    public async Task Where_there_is_not_one_region_none_is_guessed(string region, string says)
    {
        await using var stage = await Stage.SetAsync(WattTime with { Zone = null });

        (await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync(stage.At(-2), stage.At(0), region: region))).Message.ShouldContain(says);
        stage.Service.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gcp:europe-north1", "NEM_VIC is Victoria in Australia, and this is Finland")]
    [InlineData("azure:westus", "BPA is the north-west, and this is California")]
    [InlineData("azure:northcentralus", "MISO is not the operator of Chicago")]
    [InlineData("aws:us-gov-east-1", "PJM_DC is Washington, and this is Ohio")]
    [InlineData("azure:centralus", "MISO is no region of the third version")]
    [InlineData("azure:southcentralus", "ERCOT is no region of the third version")]
    [InlineData("aws:ap-east-1", "HK is no region; Hong Kong is HKG")]
    [InlineData("gcp:me-west1", "IL is no region; Israel is ISR")]
    public void A_region_that_cannot_be_that_of_the_cloud_is_not_in_the_table(string cloud, string reason) =>
        CloudRegion.Find(cloud)!.WattTimeRegion.ShouldBeNull(reason);
}
