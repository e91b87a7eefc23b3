namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What is kept of answers, for how long, and what comes of a folder that is not as it should be.</summary>
public sealed class CacheTests
{
    private static readonly Script Maps = new ElectricityMapsScript();

    [Fact]
    public async Task What_is_past_and_measured_is_asked_for_once_for_ever()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([.. Enumerable.Range(-48, 4).Select(step => stage.Value(step, 100 + step))]);
        var first = await stage.ReadAsync(stage.At(-48), stage.At(-44));

        stage.Time.Advance(TimeSpan.FromDays(3650));
        stage.Answers(Answers.Status(500));
        stage.Open();
        var second = await stage.ReadAsync(stage.At(-48), stage.At(-44));

        second.Points.ShouldBe(first.Points);
        second.Notices.ShouldBe(first.Notices);
        stage.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_estimate_is_asked_for_again_after_an_hour()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40, isEstimated: true), stage.Value(-47, 41)]);
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        stage.Time.Advance(TimeSpan.FromMinutes(59));
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        stage.Questions.Count.ShouldBe(1);

        stage.Time.Advance(TimeSpan.FromMinutes(1));
        stage.Tells([stage.Value(-48, 39), stage.Value(-47, 41)]);
        var corrected = await stage.ReadAsync(stage.At(-48), stage.At(-46));

        corrected.Points[0].Intensity.GramsPerKilowattHour.ShouldBe(39);
        stage.Questions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_gap_is_asked_for_again_after_an_hour()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, null)]);
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        stage.Time.Advance(TimeSpan.FromHours(1));
        await stage.ReadAsync(stage.At(-48), stage.At(-46));

        stage.Questions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_forecast_is_asked_for_again_after_an_hour()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([.. Enumerable.Range(0, 24).Select(step => stage.Value(step, 40, isEstimated: true))]);
        await stage.ReadAsync(stage.At(0), stage.At(6), isForecast: true);
        await stage.ReadAsync(stage.At(1), stage.At(8), isForecast: true);
        stage.Questions.Count.ShouldBe(1);

        stage.Time.Advance(TimeSpan.FromHours(1));
        await stage.ReadAsync(stage.At(2), stage.At(8), isForecast: true);

        stage.Questions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_latest_value_is_kept_until_the_next_hour_only()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells(stage.Value(0, 58));
        await stage.ReadAsync(stage.At(0), stage.At(1));
        stage.Time.Advance(TimeSpan.FromMinutes(44));
        await stage.ReadAsync(stage.At(0), stage.At(1));
        stage.Questions.Count.ShouldBe(1);

        stage.Time.Advance(TimeSpan.FromMinutes(1));
        stage.Tells(stage.Value(1, 60));

        (await stage.ReadAsync(stage.At(1), stage.At(2))).Points.ShouldHaveSingleItem().Intensity.GramsPerKilowattHour.ShouldBe(60);
    }

    [Fact]
    public async Task What_was_left_out_is_said_of_a_kept_answer_too()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, -3)]);
        var first = await stage.ReadAsync(stage.At(-48), stage.At(-46));
        var second = await stage.ReadAsync(stage.At(-48), stage.At(-46));

        second.Notices.ShouldBe(first.Notices);
        second.Notices.Count.ShouldBe(2);
        stage.Questions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"schema":"eco2test-intensity/v1","said":"2025-11-21T19:15:00+00:00","points":[null]}""")]
    [InlineData("""{"schema":"eco2test-intensity/v2","said":"2025-11-21T19:15:00+00:00","points":[]}""")]
    [InlineData("""{"schema":"eco2test-intensity/v1","said":"2025-11-21T19:15:00+00:00","points":[{"from":"2025-11-19T19:00:00Z","to":"2025-11-19T20:00:00Z","gramsPerKilowattHour":-1,"estimated":false}]}""")]
    [InlineData("""{"schema":"eco2test-intensity/v1","said":"2025-11-21T19:15:00+00:00","points":[{"from":"2025-11-19T19:00:00Z","to":"2025-11-19T18:00:00Z","gramsPerKilowattHour":1,"estimated":false}]}""")]
    [InlineData("""{"schema":"eco2test-intensity/v1","said":"2099-11-21T19:15:00+00:00","points":[{"from":"2025-11-19T19:00:00Z","to":"2025-11-19T20:00:00Z","gramsPerKilowattHour":1,"estimated":false}]}""")]
    public async Task A_file_that_is_broken_or_from_the_future_is_none(string text)
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, 41)]);
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        var file = Directory.EnumerateFiles(stage.Folder, "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, text);

        (await stage.ReadAsync(stage.At(-48), stage.At(-46))).Points.Count.ShouldBe(2);

        stage.Questions.Count.ShouldBe(2);
        (await File.ReadAllTextAsync(file)).ShouldNotBe(text);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_refusal_or_an_empty_answer()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Answers(Answers.Status(403, "Access denied"));
        await stage.ReadsNothingAsync();
        stage.Tells();
        await stage.ReadsNothingAsync();

        Directory.EnumerateFiles(stage.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_cache_nothing_is_kept_and_nothing_is_read()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, 41)]);
        stage.Open(useCache: false);
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        await stage.ReadAsync(stage.At(-48), stage.At(-46));

        stage.Questions.Count.ShouldBe(2);
        Directory.EnumerateFiles(stage.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_no_folder()
    {
        await using var stage = await Stage.SetAsync(Maps);
        await File.WriteAllTextAsync(Path.Combine(stage.Folder, "intensity"), "in the way");
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, 41)]);

        (await stage.ReadAsync(stage.At(-48), stage.At(-46))).Points.Count.ShouldBe(2);
        (await stage.ReadAsync(stage.At(-48), stage.At(-46))).Points.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_keep_and_read_one_answer_at_once_see_a_whole_one()
    {
        var folder = Directory.CreateTempSubdirectory("eco2test").FullName;
        var said = new Sifted(
            [.. Enumerable.Range(0, 100).Select(step => new IntensityPoint(Stage.Now.AddHours(step), Stage.Now.AddHours(step + 1), Units.CarbonIntensity.FromGramsPerKilowattHour(step)))], 0, 0, 0);
        var caches = Enumerable.Range(0, 4).Select(_ => new AnswerCache(folder, new RetryTime(Stage.Now, Patience.Default))).ToList();

        var seen = await Task.WhenAll(caches.Select(cache => Task.Run(() =>
        {
            var found = new List<Sifted?>();
            for (var i = 0; i < 20; i++)
            {
                cache.Keep("what was asked", said, until: null);
                found.Add(cache.Find("what was asked"));
            }

            return found;
        })));

        seen.SelectMany(found => found).ShouldAllBe(found => found != null && found.Points.SequenceEqual(said.Points));
        Directory.EnumerateFiles(folder).ShouldHaveSingleItem();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Another_zone_and_another_address_are_other_questions()
    {
        await using var stage = await Stage.SetAsync(Maps);
        stage.Tells([stage.Value(-48, 40), stage.Value(-47, 41)]);
        await stage.ReadAsync(stage.At(-48), stage.At(-46));
        stage.Open(zone: "DE");
        await Should.ThrowAsync<IntensitySourceException>(stage.ReadAsync(stage.At(-48), stage.At(-46)));

        stage.Questions.Count.ShouldBe(2);
    }
}
