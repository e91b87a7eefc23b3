using System.Text.Json;
using System.Text.Json.Nodes;
using Eco2Test.Carbon;
using Eco2Test.Carbon.Live;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class PriceCommandTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void I_see_the_declared_price_and_the_new_one_side_by_side_and_both_stay_in_the_report()
    {
        var file = _folder.Add("Shop.Tests_net10.0.eco2test.json", SampleReports.Timed());
        var fake = new FakeIntensity { Hours = [30, 60] };

        var run = ToolRun.On(fake.World(), "price", file, "--intensity", "fake");

        run.ExitCode.ShouldBe(0, run.Error);
        Approved.Matches(run.Output.Replace(_folder.Path, "FOLDER").Replace('\\', '/'), "Price.of-a-run");
        var priced = Read(file);
        priced.Totals.ShouldBe(SampleReports.Timed().Totals);
        var price = priced.Prices!.Single();
        (price.Key, price.Source, price.Zone, price.Place, price.Kind, price.Boundary, price.IsActual).ShouldBe(("fake FR", "Fake Grid v3", "FR-ZONE", "FR", "average", "consumption", false));
        price.PricedAt.ShouldBe(FakeIntensity.Start);
        (priced.Windows.Where(window => window.Parent is null).Sum(window => price.WindowGrams[window.Seq]) + price.UntrackedGrams).ShouldBe(price.EmissionsGrams, 1e-12);
        fake.Asked.Single().ShouldBe(new IntensityQuery(RegionCatalog.Default.FindPlace("FR")!, priced.Timeline!.StartedAt, priced.Timeline.StartedAt.AddMinutes(10)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_can_have_JSON(string culture)
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());

        var run = InCulture.Run(culture, () => ToolRun.On(new FakeIntensity { Hours = [30.5] }.World(), "price", file, "--intensity", "fake", "--format", "json"));

        using var json = JsonDocument.Parse(run.Output);
        var row = json.RootElement.EnumerateArray().Single();
        row.GetProperty("declared").GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(44.18);
        row.GetProperty("price").GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(30.5, 1e-9);
        row.GetProperty("changePercent").GetDouble().ShouldBe(((30.5 / 44.18) - 1) * 100, 1e-6);
        row.GetProperty("report").GetString().ShouldBe(file);
    }

    [Fact]
    public void Pricing_again_replaces_the_price_of_the_same_source_and_place_and_adds_one_of_another()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        ToolRun.On(new FakeIntensity { Hours = [30] }.World(), "price", file, "--intensity", "fake");

        var again = ToolRun.On(new FakeIntensity { Hours = [50] }.World(), "price", file, "--intensity", "fake");
        ToolRun.Of("price", file, "--intensity", "table", "--region", "Poland");
        ToolRun.Of("price", file, "--intensity", "table-marginal");
        ToolRun.On(new FakeIntensity { Hours = [70] }.World(), "price", file, "--intensity", "fake", "--zone", "FR-COR");

        again.Output.ShouldContain("before");
        Read(file).Prices!.Select(price => (price.Key, Math.Round(price.GramsPerKilowattHour, 9), price.Kind)).ShouldBe(
        [
            ("fake FR", 50, "average"), ("table PL", RegionCatalog.Default.Find("PL")!.Intensity.GramsPerKilowattHour, "average"),
            ("table-marginal FR", 158, "marginal"), ("fake FR FR-COR", 70, "average"),
        ]);
    }

    [Fact]
    public void Average_and_marginal_prices_are_not_compared()
    {
        var run = ToolRun.Of("price", _folder.Add("A.eco2test.json", SampleReports.Timed()), "--intensity", "table-marginal");

        run.Output.ShouldContain("different questions");
        run.Output.ShouldNotContain(" % ");
    }

    [Fact]
    public void Where_the_source_cannot_tell_the_table_stands_in_and_that_is_said()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());

        var run = ToolRun.On(new FakeIntensity { Fault = "it answered 503." }.World(), "price", file, "--intensity", "fake");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("ECO2030: 2 of 2 intervals have no value");
        run.Output.ShouldContain("ECO2031: fake could not tell: it answered 503.");
        run.Output.ShouldContain("100 %");
        var price = Read(file).Prices!.Single();
        (price.Key, price.Source, price.Year, price.SourceJoules).ShouldBe(("fake FR", "EMBER", 2024, 0));
        price.EmissionsGrams.ShouldBe(SampleReports.Timed().Totals.EmissionsGrams, 1e-9);
    }

    [Fact]
    public void What_stands_in_for_a_marginal_source_is_marginal_or_nothing()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        var fake = new FakeIntensity { Fault = "it answered 503.", Kind = IntensityKind.Marginal };

        ToolRun.On(fake.World(), "price", file, "--intensity", "fake").ExitCode.ShouldBe(0);
        Read(file).Prices!.Single().ShouldSatisfyAllConditions(
            price => price.Kind.ShouldBe("marginal"),
            price => price.GramsPerKilowattHour.ShouldBe(158, 1e-9));

        ToolRun.On(fake.World(), "price", file, "--intensity", "fake", "--region", "WORLD").ShouldBeWrongInput("ECO4014", "it answered 503.");
    }

    [Fact]
    public void What_stands_in_for_a_marginal_file_of_another_time_is_marginal()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        var marginal = _folder.AddText("mine.csv", "from,to,gCO2_per_kWh,kind\n2020-01-01T00:00Z,2020-01-01T01:00Z,700,marginal\n");

        ToolRun.Of("price", file, "--intensity", marginal).ExitCode.ShouldBe(0);

        var price = Read(file).Prices!.Single();
        (price.Kind, price.SourceJoules, Math.Round(price.GramsPerKilowattHour, 9)).ShouldBe(("marginal", 0, 158));
    }

    [Fact]
    public void A_report_of_an_earlier_version_is_priced_evenly_over_the_time_of_its_run_and_that_is_said()
    {
        var json = JsonNode.Parse(ReportJson.Write(SampleReports.Timed() with { Pue = 1.2 }))!.AsObject();
        json.Remove("timeline");
        json["intensities"]![0]!.AsObject().Remove("pue");
        json["intensities"]![0]!.AsObject().Remove("pueSource");
        json["windows"]!.AsArray().ToList().ForEach(window => window!.AsObject().Remove("timeline"));
        var file = _folder.AddText("A.eco2test.json", json.ToJsonString());

        // It ran from 09:26:53 to 09:32:23: 187 of 330 seconds at 30, and the rest at 60.
        var half = FakeIntensity.Start.AddMinutes(30);
        var hours = _folder.AddText("hours.csv", $"from,to,gCO2_per_kWh\n{half.AddHours(-1):O},{half:O},30\n{half:O},{half.AddHours(1):O},60\n");
        var run = ToolRun.Of("price", file, "--intensity", hours);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain($"{DiagnosticCodes.NoTimeline}: ");
        var (report, price) = (Read(file), Read(file).Prices!.Single());
        price.GramsPerKilowattHour.ShouldBe(((187 * 30) + (143 * 60)) / 330.0, 1e-9);
        (price.Pue, price.FallbackJoules).ShouldBe((1.2, 0));
        price.EmissionsGrams.ShouldBe(report.Totals.EnergyJoules / 3.6e6 * 1.2 * price.GramsPerKilowattHour, 1e-12);
        (report.Windows.Where(window => window.Parent is null).Sum(window => price.WindowGrams[window.Seq]) + price.UntrackedGrams).ShouldBe(price.EmissionsGrams, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void I_can_ask_for_an_error_instead_of_the_table(bool fails)
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        var before = File.ReadAllText(file);

        ToolRun.On(new FakeIntensity { Fault = fails ? "it answered 503." : null, Hours = [null, 5] }.World(), "price", file, "--intensity", "fake", "--strict")
            .ShouldBeWrongInput("ECO4014", "A.eco2test.json", fails ? "503" : "2 of 2 intervals");

        File.ReadAllText(file).ShouldBe(before);
    }

    [Fact]
    public void It_is_priced_where_it_was_said_to_run_unless_I_name_a_place()
    {
        var report = SampleReports.Timed();
        var actual = ActualPrice.Of(report, report.Intensities[0] with { Key = "PL", Region = "PL", GramsPerKilowattHour = 600 });
        var file = _folder.Add("A.eco2test.json", report with { Prices = [actual] });
        var fake = new FakeIntensity();

        ToolRun.On(fake.World(), "price", file, "--intensity", "fake");
        ToolRun.On(fake.World(), "price", file, "--intensity", "fake", "--region", "aws:eu-west-3");

        fake.Asked.Select(query => query.Place.Key).ShouldBe(["PL", "aws:eu-west-3"]);
        Read(file).Prices!.Select(price => (price.Key, price.IsActual, price.Pue > 1)).ShouldBe([("table PL", true, false), ("fake PL", true, false), ("fake aws:eu-west-3", false, true)]);
    }

    [Fact]
    public void The_PUE_that_a_user_set_is_that_of_the_building_whatever_the_place()
    {
        var report = SampleReports.Timed();
        var file = _folder.Add("A.eco2test.json", report with { Pue = 1.5, Intensities = [report.Intensities[0] with { Pue = 1.5, PueSource = "set" }] });

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake", "--region", "aws:eu-west-3");

        Read(file).Prices!.Single().ShouldSatisfyAllConditions(price => price.Pue.ShouldBe(1.5), price => price.PueSource.ShouldBe("set"));
    }

    [Fact]
    public void A_report_whose_region_is_assumed_needs_a_place()
    {
        var report = SampleReports.Timed();
        var file = _folder.Add("A.eco2test.json", report with { Intensities = [report.Intensities[0] with { Assumed = true }] });

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake").ShouldBeWrongInput("ECO4015", "A.eco2test.json", "--region FR");
        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake", "--region", "FR").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void I_can_write_it_to_another_file_and_the_first_stays_as_it_is()
    {
        var file = _folder.Add("A (1).eco2test.json", SampleReports.Timed());
        var before = File.ReadAllText(file);

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake", "--out", _folder.At("B (2).json")).ExitCode.ShouldBe(0);

        File.ReadAllText(file).ShouldBe(before);
        Read(_folder.At("B (2).json")).Prices!.Count.ShouldBe(1);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void What_this_version_does_not_know_stays_in_the_file()
    {
        var file = _folder.AddText("A.eco2test.json", ReportJson.Write(SampleReports.Timed()).Replace("\"schema\"", "\"newerMember\": [1, \"\\ud800\", 1e999, 1.10], \"schema\""));

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake").ExitCode.ShouldBe(0);

        File.ReadAllText(file).ShouldContain("\"newerMember\": [1, \"\\ud800\", 1e999, 1.10]");
    }

    [Fact]
    public void A_journal_is_no_report_yet_and_hides_none_of_the_others()
    {
        _folder.AddText("A.eco2test.journal", SampleReports.Journal(Other()));
        var file = _folder.Add("B.eco2test.json", SampleReports.Timed());

        var run = ToolRun.On(new FakeIntensity().World(), "price", _folder.Path, "--intensity", "fake");

        run.ShouldBeWrongInput("ECO4016", "A.eco2test.journal", "'eco2test report'");
        Read(file).Prices!.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"lowJoules\": 377.", "\"lowJoules\": 1e999, \"x\": 377.")]
    [InlineData("\"pue\": 1,", "\"pue\": 1e300,")]
    [InlineData("300\n    ],", "1e300\n    ],")]
    [InlineData("\"startedAt\": \"2026-03-14T09:25:00", "\"startedAt\": \"9999-12-31T23:25:00")]
    public void Figures_and_times_that_are_none_are_not_priced(string figure, string none)
    {
        var json = ReportJson.Write(SampleReports.Timed());
        json.ShouldContain(figure);
        var file = _folder.AddText("A.eco2test.json", json.Replace(figure, none));

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake").ShouldBeWrongInput("ECO4003", "A.eco2test.json", "figures that no run has, or times that no calendar has");
    }

    [Fact]
    public void A_source_that_cannot_tell_any_more_takes_nothing_away_of_what_it_told()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        ToolRun.On(new FakeIntensity { Hours = [30] }.World(), "price", file, "--intensity", "fake").ExitCode.ShouldBe(0);
        var before = File.ReadAllText(file);

        ToolRun.On(new FakeIntensity { Fault = "it answered 503" }.World(), "price", file, "--intensity", "fake")
            .ShouldBeWrongInput("ECO4014", "cannot be priced by fake: fake could not tell: it answered 503; the price that the report has from it stays.");

        File.ReadAllText(file).ShouldBe(before);
    }

    [Fact]
    public void The_price_of_the_same_table_is_as_high_as_the_declared_one() =>
        ToolRun.Of("price", _folder.Add("A.eco2test.json", SampleReports.Timed()), "--intensity", "table").Output.ShouldContain("The new price is as high as the declared one.");

    [Fact]
    public void Who_interrupts_is_not_told_of_a_fault()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());

        var run = ToolRun.On(new FakeIntensity { IsInterrupted = true }.World(), "price", file, "--intensity", "fake");

        (run.ExitCode, run.Output, run.Error.Trim()).ShouldBe((130, "", "eco2test: interrupted; what was written before stays."));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_said()
    {
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());
        Directory.CreateDirectory(_folder.At("taken"));

        ToolRun.On(new FakeIntensity().World(), "price", file, "--intensity", "fake", "--out", _folder.At("taken")).ShouldBeWrongInput("ECO4006", "taken", "--out");
    }

    [Theory]
    [InlineData("--intensity fake --region Frnace", "ECO4005", "did you mean 'FR' (France)?")]
    [InlineData("--intensity tabel", "ECO4010", "Did you mean 'table'?")]
    [InlineData("", "ECO4000", "--intensity")]
    [InlineData("--intensity fake --out x.json", "ECO4000", "--out names one file, and there are 2 reports")]
    public void Wrong_arguments_are_said(string args, string code, string says)
    {
        _folder.Add("A.eco2test.json", SampleReports.Timed());
        _folder.Add("B.eco2test.json", Other());

        ToolRun.On(new FakeIntensity().World(), ["price", _folder.Path, .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).ShouldBeWrongInput(code, says);
    }

    [Fact]
    public void Help_has_examples_and_fits_eighty_columns()
    {
        var help = ToolRun.Of("price", "--help").Output;

        help.ShouldContain("eco2test price TestResults --intensity electricity-maps");
        LiveSources.Names.ShouldAllBe(name => help.Contains(name));
        help.ShouldContain("ECO2TEST_ELECTRICITY_MAPS_TOKEN");
        help.Split('\n').ShouldAllBe(line => line.Length <= 81);
    }

    [Fact]
    public void Of_a_report_and_its_copies_the_nearest_gets_a_price()
    {
        var copy = _folder.Add("0f8e/A.eco2test.json", SampleReports.Timed());
        var file = _folder.Add("A.eco2test.json", SampleReports.Timed());

        ToolRun.On(new FakeIntensity().World(), "price", _folder.Path, "--intensity", "fake").ExitCode.ShouldBe(0);

        Read(file).Prices!.Count.ShouldBe(1);
        Read(copy).Prices.ShouldBeNull();
    }

    private static EmissionsReport Other() => SampleReports.Timed() with { Run = SampleReports.Timed().Run with { Id = "run-2" } };

    private static EmissionsReport Read(string file) => ReportJson.Read(File.ReadAllText(file));
}
