using System.Text.Json;
using Eco2Test.Carbon;
using Eco2Test.Carbon.Live;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class WhenCommandTests
{
    private static readonly FakeIntensity Day = new() { Hours = [300, 250, 200, 100, 110, 260, 90, 300, 310, 320, 330, 340] };

    [Fact]
    public void I_see_the_best_start_the_best_pauses_and_what_they_save() =>
        Approved.Matches(Day.When("--duration", "3h", "--region", "FR", "--power", "250W", "--within", "12h").Output, "When.of-a-day");

    [Fact]
    public void With_a_limit_it_runs_only_at_or_under_it() =>
        Approved.Matches(Day.When("--duration", "90m", "--limit", "250 g/kWh", "--within", "12h").Output, "When.under-a-limit");

    [Fact]
    public void Savings_of_a_marginal_forecast_are_marginal_and_no_percentages()
    {
        var run = new FakeIntensity { Hours = [300, -50, 200], Kind = IntensityKind.Marginal }.When("--duration", "1h", "--within", "3h", "--energy", "1 kWh");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("350 g");
        run.Output.ShouldNotContain(" %");
        run.Output.ShouldContain("The forecast is marginal");
    }

    [Fact]
    public void A_gap_is_said_and_nothing_is_planned_in_it()
    {
        var run = new FakeIntensity { Hours = [300, null, 100, 100], Notices = ["1 of 4 hours has no value"] }.When("--duration", "3h", "--within", "5h");

        run.Output.ShouldNotContain("Start now");
        run.Output.ShouldNotContain("Flexible start");
        run.Output.ShouldContain("Pause and resume  Sat 14 09:00  Sat 14 13:00");
        var notices = run.Output.Replace('\n', ' ');
        notices.ShouldContain("The forecast has a gap: nothing is planned there.");
        notices.ShouldContain("The forecast ends at 2026-03-14 13:00 UTC");
        notices.ShouldContain("what is saved against starting now is not known");
        notices.ShouldContain("can only be run with pauses");
        notices.ShouldContain("1 of 4 hours has no value");
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_can_have_JSON(string culture)
    {
        var run = InCulture.Run(culture, () => Day.When("--duration", "3h", "--region", "aws:eu-west-3", "--power", "250.5 W", "--within", "12h", "--format", "json"));

        using var json = JsonDocument.Parse(run.Output);
        var answer = json.RootElement;
        answer.GetProperty("energyJoules").GetDouble().ShouldBe(250.5 * 3 * 3600);
        answer.GetProperty("startNow").GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(250, 1e-9);
        var start = answer.GetProperty("flexibleStart");
        start.GetProperty("startsAt").GetDateTimeOffset().ShouldBe(FakeIntensity.Start.AddHours(2));
        start.GetProperty("savesPercent").GetDouble().ShouldBe((1 - (410 / 3.0 / 250)) * 100, 1e-9);
        start.GetProperty("savesGrams").GetDouble().ShouldBe(0.2505 * 3 * answer.GetProperty("pue").GetDouble() * (250 - (410 / 3.0)), 1e-9);
        answer.GetProperty("pauseAndResume").GetProperty("runs").GetArrayLength().ShouldBe(2);
        (answer.GetProperty("pauses").GetInt32(), answer.GetProperty("limitGramsPerKilowattHour").GetDouble()).ShouldBe((1, 110));
    }

    [Fact]
    public void A_file_that_says_no_place_is_of_none_until_I_name_it()
    {
        using var folder = new ReportFolder();
        var file = folder.AddText("mine.csv", $"from,to,gCO2_per_kWh\n{FakeIntensity.Start:O},{FakeIntensity.Start.AddHours(9):O},30\n");
        var world = Day.World();

        var unnamed = ToolRun.On(world, "when", "--duration", "1h", "--intensity", file);
        var named = ToolRun.On(world, "when", "--duration", "1h", "--intensity", file, "--region", "WORLD");

        unnamed.Output.ShouldContain("by the forecast of mine.csv (average");
        unnamed.Output.ShouldNotContain("WORLD");
        named.Output.ShouldContain("by the forecast of mine.csv for WORLD");
        JsonDocument.Parse(ToolRun.On(world, "when", "--duration", "1h", "--intensity", file, "--format", "json").Output)
            .RootElement.GetProperty("zone").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void The_source_is_asked_for_a_forecast_from_now_on_as_far_as_it_matters()
    {
        var fake = new FakeIntensity { Hours = [.. Enumerable.Repeat<double?>(100, 24)] };

        fake.When("--duration", "1h", "--within", "5h", "--region", "FR", "--zone", "FR-COR");

        fake.Asked.Single().ShouldBe(new IntensityQuery(RegionCatalog.Default.FindPlace("FR")!, FakeIntensity.Start, FakeIntensity.Start.AddHours(5)) { IsForecast = true });
        fake.Zones.ShouldBe(["FR-COR"]);
    }

    [Fact]
    public void The_forecast_has_its_own_hours_and_now_is_within_one()
    {
        var run = ToolRun.On(Day.World(FakeIntensity.Start.AddMinutes(30)), "when", "--intensity", "fake", "--duration", "2h", "--within", "6h");

        run.Output.ShouldContain("Start now         Sat 14 09:30  Sat 14 11:30");
        run.Output.ShouldContain("Flexible start    Sat 14 12:00  Sat 14 14:00");
    }

    [Theory]
    [InlineData("table")]
    [InlineData("table-marginal")]
    public void A_table_has_no_forecast_and_the_error_says_who_has(string source) =>
        ToolRun.Of("when", "--duration", "6h", "--intensity", source).ShouldBeWrongInput("ECO4017", $"'{source}'", "electricity-maps, uk-carbon-intensity, watttime, a .csv or .json file");

    [Fact]
    public void A_source_that_cannot_tell_is_said() =>
        new FakeIntensity { Fault = "it answered 401." }.When("--duration", "1h").ShouldBeWrongInput("ECO4014", "fake gives no forecast: it answered 401.");

    [Theory]
    [InlineData("--duration 13h --within 20h", "only 12 h of the time until 2026-03-15 05:00 UTC", "--within")]
    [InlineData("--duration 3h --within 12h --limit 100g/kWh", "not done at 100 g/kWh or less: the lowest limit that suffices is 110 g/kWh", "--limit")]
    public void Work_that_does_not_fit_is_said_with_what_would(string args, string says, string remedy) =>
        Day.When(args.Split(' ')).ShouldBeWrongInput("ECO4018", says, remedy);

    [Theory]
    [InlineData("", "--duration")]
    [InlineData("--duration 6", "'6' is not a time")]
    [InlineData("--duration 1s", "'1s' is not possible here")]
    [InlineData("--duration 30h", "does not fit into '--within' of 24 h")]
    [InlineData("--duration 6h --power 3V", "--power: 'V' is not a unit")]
    [InlineData("--duration 6h --power 3W --energy 3J", "leave out one")]
    [InlineData("--duration 6h --limit 200", "--limit: '200' has no unit")]
    [InlineData("--duration 6h --format xml", "xml")]
    public void Wrong_arguments_are_said(string args, string says) =>
        ToolRun.On(Day.World(), ["when", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).ShouldBeWrongInput("ECO4000", says);

    [Fact]
    public void A_source_that_is_none_is_said_with_those_that_are() =>
        ToolRun.On(Day.World(), "when", "--duration", "6h", "--intensity", "nobody").ShouldBeWrongInput("ECO4010", "'nobody'", "electricity-maps");

    [Fact]
    public void A_region_that_is_none_is_said() => Day.When("--duration", "1h", "--region", "Frnace").ShouldBeWrongInput("ECO4005", "did you mean 'FR' (France)?");

    [Fact]
    public void Help_has_examples_and_fits_eighty_columns()
    {
        var help = ToolRun.Of("when", "--help").Output;

        help.ShouldContain("eco2test when --duration 6h --intensity electricity-maps --region FR");
        LiveSources.Names.ShouldAllBe(name => help.Contains(name));
        help.ShouldContain("ECO2TEST_ELECTRICITY_MAPS_TOKEN");
        help.Split('\n').ShouldAllBe(line => line.Length <= 81);
        ToolRun.Of("--help").Output.ShouldNotContain("Examples");
    }
}

internal static class WhenRuns
{
    /// <summary>Asks the source when to run, at nine o'clock.</summary>
    public static ToolRun When(this FakeIntensity source, params string[] args) => ToolRun.On(source.World(), ["when", "--intensity", source.Name, .. args]);
}
