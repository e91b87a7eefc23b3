namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What only Electricity Maps does.</summary>
public sealed class ElectricityMapsTests
{
    private static readonly Script Maps = new ElectricityMapsScript();

    [Fact]
    public async Task It_tells_the_average_with_building_and_imports()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        (series.Source, series.Kind, series.Basis, series.Boundary).ShouldBe(("Electricity Maps v3", IntensityKind.Average, "lifecycle", "consumption"));
        stage.Service.Headers.ShouldContain($"auth-token: {ElectricityMapsScript.Token}");
    }

    [Fact]
    public async Task The_last_day_is_asked_for_as_history_which_every_token_may()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([.. Enumerable.Range(-23, 23).Select(step => stage.Value(step, 40))]);
        await stage.ReadAsync(stage.At(-23), stage.At(0));

        stage.Questions.ShouldHaveSingleItem().ShouldBe(
            "/v3/carbon-intensity/history?zone=FR&emissionFactorType=lifecycle&temporalGranularity=hourly&shouldUseFallbackCallerLookup=false");
    }

    [Fact]
    public async Task What_is_older_is_asked_for_ten_days_at_a_time()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([.. Enumerable.Range(-600, 600).Select(step => stage.Value(step, 40))]);

        var series = await stage.ReadAsync(stage.At(-600).AddMinutes(20), stage.At(0));

        series.Points.Count.ShouldBe(600);
        series.Notices.ShouldBeEmpty();
        stage.Questions.Select(question => question[question.IndexOf("&start", StringComparison.Ordinal)..]).ShouldBe(
        [
            "&start=2025-10-27T19%3A00Z&end=2025-11-06T19%3A00Z", "&start=2025-11-06T19%3A00Z&end=2025-11-16T19%3A00Z", "&start=2025-11-16T19%3A00Z&end=2025-11-21T19%3A00Z",
        ]);
        stage.Questions.ShouldAllBe(question => question.StartsWith("/v3/carbon-intensity/past-range?zone=FR&"));
    }

    [Fact]
    public async Task The_current_hour_is_added_to_history()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => Answers.Json(Maps.Body(context.Request.Path, context.Request.Path.Value!.EndsWith("latest", StringComparison.Ordinal)
            ? [stage.Value(0, 60)] : [stage.Value(-1, 50)]))(context));

        (await stage.ReadAsync(stage.At(-1), Stage.Now)).Points.Select(point => point.Intensity.GramsPerKilowattHour).ShouldBe([50, 60]);
    }

    [Fact]
    public async Task A_current_hour_that_is_refused_does_not_cost_the_others()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => (context.Request.Path.Value!.EndsWith("latest", StringComparison.Ordinal)
            ? Answers.Status(403, "Access denied") : Answers.Json(Maps.Body(context.Request.Path, [stage.Value(-1, 50)])))(context));

        var series = await stage.ReadAsync(stage.At(-1), Stage.Now);

        series.Points.ShouldHaveSingleItem();
        series.Notices.ShouldContain(notice => notice.StartsWith("the current hour is not known") && notice.Contains("Access denied"));
        series.Notices.ShouldContain("0.25 of 1.25 hours have no value");
    }

    [Theory]
    [InlineData(20, "")]
    [InlineData(40, "&horizonHours=48")]
    [InlineData(70, "&horizonHours=72")]
    public async Task A_long_forecast_is_asked_for_as_one(int hours, string asked)
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([.. Enumerable.Range(0, 80).Select(step => stage.Value(step, 40))]);

        await stage.ReadAsync(stage.At(0), stage.At(hours), isForecast: true);

        stage.Questions.ShouldHaveSingleItem().ShouldEndWith($"shouldUseFallbackCallerLookup=false{asked}");
    }

    [Fact]
    public async Task Where_the_plan_has_no_long_forecast_the_short_one_is_taken_and_said()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => (context.Request.QueryString.Value!.Contains("horizonHours", StringComparison.Ordinal)
            ? Answers.Status(403, "Access denied") : Answers.Json(Maps.Body(context.Request.Path, [stage.Value(0, 50), stage.Value(1, 40)])))(context));

        var series = await stage.ReadAsync(stage.At(0), stage.At(40), isForecast: true);

        series.Points.Count.ShouldBe(2);
        series.Notices.ShouldContain("Electricity Maps does not forecast 48 hours for this token");
    }

    [Theory]
    [InlineData("FR", "FR", null)]
    [InlineData("aws:us-west-1", "US-CAL-CISO", null)]
    [InlineData("US-CA", "US", "--zone chooses one of")]
    [InlineData("DK", "DK", null)]
    [InlineData("CA-QC", "CA-QC", null)]
    public async Task The_zone_is_that_of_the_place_and_what_is_not_exact_is_said(string region, string zone, string? notice)
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => Answers.Json(Maps.Body(context.Request.Path, [stage.Value(-2, 44), stage.Value(-1, 46)]).Replace("\"FR\"", $"\"{zone}\""))(context));
        var series = await stage.ReadAsync(stage.At(-2), stage.At(0), region: region);

        series.Zone.ShouldBe(zone);
        (series.Notices.FirstOrDefault() ?? "").ShouldContain(notice ?? "");
        series.Notices.Count.ShouldBe(notice is null ? 0 : 1);
    }

    [Fact]
    public async Task The_world_is_no_zone()
    {
        await using var stage = await Stage.SetAsync(Maps);

        (await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync(stage.At(-2), stage.At(0), region: "WORLD"))).Message.ShouldContain("--zone");
        stage.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("FR&zone=DE")]
    [InlineData("../../login")]
    [InlineData("")]
    public async Task A_zone_that_can_be_none_is_not_asked_for(string zone)
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Open(zone);

        (await stage.ReadsNothingAsync()).ShouldContain("--zone");
        stage.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"zone\":\"FR\"", "\"zone\":\"DK-DK1\"", "zone 'DK-DK1' instead of FR")]
    [InlineData("lifecycle", "direct", "'direct' instead of lifecycle")]
    [InlineData("\"isEstimated\":false", "\"temporalGranularity\":\"daily\"", "'daily' instead of hourly")]
    public async Task An_answer_to_another_question_is_refused(string asked, string answered, string says)
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => Answers.Json(Maps.Body(context.Request.Path, [stage.Value(-2, 44), stage.Value(-1, 46)]).Replace(asked, answered))(context));

        (await stage.ReadsNothingAsync()).ShouldContain(says);
    }

    [Fact]
    public async Task Its_own_examples_are_read()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(context => Answers.Json(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", context.Request.Path.Value!.Split('/')[^1] switch
        {
            "history" => "em-history.json", "latest" => "em-latest.json", _ => "em-forecast.json",
        })))(context));

        var past = await stage.ReadAsync(new(2025, 11, 21, 18, 0, 0, TimeSpan.Zero), new(2025, 11, 21, 20, 0, 0, TimeSpan.Zero));
        past.Points.Select(point => (point.From.Hour, point.Intensity.GramsPerKilowattHour, point.IsEstimated)).ShouldBe([(18, 41, true), (19, 58.765447504659946, false)]);

        var future = await stage.ReadAsync(Stage.Now, Stage.Now.AddHours(3), isForecast: true);
        future.Points.Select(point => (point.From.Hour, point.Intensity.GramsPerKilowattHour, point.IsEstimated)).ShouldBe([(20, 52, true), (21, 47, true)]);
    }
}
