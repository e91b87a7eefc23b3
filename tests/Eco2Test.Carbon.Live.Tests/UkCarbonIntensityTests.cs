namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What only the UK Carbon Intensity API does.</summary>
public sealed class UkCarbonIntensityTests
{
    private static readonly Script Uk = new UkScript();

    [Fact]
    public async Task It_tells_what_consumption_emits_at_the_stacks()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));

        var series = await stage.ReadAsync();

        (series.Source, series.Kind, series.Basis, series.Boundary).ShouldBe(("UK Carbon Intensity API", IntensityKind.Average, "direct", "consumption"));
        stage.Questions.ShouldHaveSingleItem().ShouldBe("/intensity/2025-11-21T18:00Z/2025-11-21T19:00Z");
    }

    [Fact]
    public async Task What_was_counts_before_what_was_forecast()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Answers(Answers.Json(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Payloads", "ukci-intensity.json"))));

        var point = (await stage.ReadAsync(new(2018, 1, 20, 12, 0, 0, TimeSpan.Zero), new(2018, 1, 20, 12, 30, 0, TimeSpan.Zero))).Points.ShouldHaveSingleItem();

        (point.Intensity.GramsPerKilowattHour, point.IsEstimated).ShouldBe((263, false));
    }

    [Fact]
    public async Task A_region_is_asked_for_by_its_number_and_always_estimated()
    {
        await using var stage = await Stage.SetAsync(Uk);
        var list = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Payloads", "ukci-regional.json"))).Trim();
        foreach (var body in new[] { list, list.Replace("\"data\":[{\"regionid\"", "\"data\":{\"regionid\"", StringComparison.Ordinal)[..^2] + "}" })
        {
            stage.Open(zone: "3", useCache: false);
            stage.Answers(Answers.Json(body));

            var series = await stage.ReadAsync(new(2018, 1, 20, 12, 0, 0, TimeSpan.Zero), new(2018, 1, 20, 12, 30, 0, TimeSpan.Zero));

            var point = series.Points.ShouldHaveSingleItem();
            (series.Zone, point.Intensity.GramsPerKilowattHour, point.IsEstimated).ShouldBe(("3", 266, true));
        }

        stage.Questions[0].ShouldBe("/regional/intensity/2018-01-20T12:00Z/2018-01-20T12:30Z/regionid/3");
    }

    [Fact]
    public async Task Another_region_than_was_asked_for_is_refused()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Open(zone: "13");
        stage.Answers(Answers.Json(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Payloads", "ukci-regional.json"))));

        (await stage.ReadsNothingAsync()).ShouldContain("region 3 instead of 13");
    }

    [Fact]
    public async Task Two_days_ahead_are_asked_for()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Tells([.. Enumerable.Range(0, 96).Select(step => stage.Value(step, 100, isEstimated: true))]);
        (await stage.ReadAsync(Stage.Now, Stage.Now.AddHours(40), isForecast: true)).Notices.ShouldBeEmpty();
        stage.Questions.ShouldHaveSingleItem().ShouldBe("/intensity/2025-11-21T19:00Z/fw48h");

        stage.Open(zone: "13");
        await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync(Stage.Now, Stage.Now.AddHours(40), isForecast: true));

        stage.Questions[1].ShouldBe("/regional/intensity/2025-11-21T19:00Z/fw48h/regionid/13");
    }

    [Fact]
    public async Task Long_intervals_are_asked_for_two_weeks_at_a_time()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Tells(stage.Value(-2, 44));

        await stage.ReadAsync(stage.At(-20 * 48), stage.At(0));

        stage.Questions.ShouldBe(["/intensity/2025-11-01T19:00Z/2025-11-15T19:00Z", "/intensity/2025-11-15T19:00Z/2025-11-21T19:00Z"]);
    }

    [Fact]
    public async Task The_half_hour_before_the_interval_is_not_of_it()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Tells(stage.Value(-3, 99), stage.Value(-2, 44), stage.Value(-1, 46));

        (await stage.ReadAsync()).Points.Select(point => point.Intensity.GramsPerKilowattHour).ShouldBe([44, 46]);
    }

    [Theory]
    [InlineData("FR", null, "Great Britain only, and FR is not that; name it by --region GB")]
    [InlineData("GB", "18", "from 1 (North Scotland) to 17 (Wales)")]
    [InlineData("GB", "London", "such as 13 for London")]
    [InlineData("GB", "-1", "from 1")]
    public async Task Other_places_are_refused_without_asking(string region, string? zone, string says)
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Open(zone);

        (await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync(stage.At(-2), stage.At(0), region: region))).Message.ShouldContain(says);
        stage.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cloud_in_Britain_is_in_Britain()
    {
        await using var stage = await Stage.SetAsync(Uk);
        stage.Tells(stage.Value(-2, 44), stage.Value(-1, 46));

        (await stage.ReadAsync(stage.At(-2), stage.At(0), region: "azure:uksouth")).Zone.ShouldBe("GB");
    }
}
