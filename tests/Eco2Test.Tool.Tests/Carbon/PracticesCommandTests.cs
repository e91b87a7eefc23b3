using System.Text.Json;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class PracticesCommandTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_see_the_four_practices(string culture)
    {
        var path = _folder.Add("a.eco2test.json", Models());
        var run = InCulture.Run(culture, () => ToolRun.Of("practices", path, "--top", "3"));

        run.ExitCode.ShouldBe(0, run.Error);
        Approved.Matches(run.Output, "Practices.of-a-run");
    }

    [Fact]
    public void They_fit_eighty_columns()
    {
        var path = _folder.Add("a.eco2test.json", Models());

        ToolRun.Of("practices", path, "--top", "1000", "--performance", Speeds("AMD EPYC 7763,10,a b c\nXeon Gold 6148,1,our training loop as it was in spring")).Output.Split('\n')
            .ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void I_can_name_the_folder_and_get_markdown()
    {
        _folder.Add("a.eco2test.json", Models());
        var run = ToolRun.Of("practices", _folder.Path, "--format", "md");

        run.Output.ShouldStartWith("## The four practices: `Shop.Tests (net10.0)`\n\n### Map: ");
        run.Output.ShouldContain("| Full | 1 kJ |");
    }

    [Fact]
    public void Where_the_electricity_of_the_run_emits_nothing_the_bounds_are_those_of_other_regions()
    {
        var report = Models();
        var path = _folder.Add("a.eco2test.json", report with
        {
            Intensities = [.. report.Intensities.Select(intensity => intensity with { GramsPerKilowattHour = 0 })],
            Totals = report.Totals with { EmissionsGrams = 0, UntrackedGrams = 0, LowGrams = 0, HighGrams = 0 },
            Windows = [.. report.Windows.Select(window => window with { EmissionsGrams = 0, LowGrams = 0, HighGrams = 0 })],
        });

        var output = ToolRun.Of("practices", path).Output;

        output.ShouldContain(" % of its figure.");
        output.ShouldNotContain("n/a");
    }

    [Fact]
    public void Json_has_every_region_and_device()
    {
        var path = _folder.Add("a.eco2test.json", Models());
        using var json = JsonDocument.Parse(ToolRun.Of("practices", path, "--format", "json", "--top", "1").Output);

        var map = json.RootElement.GetProperty("map");
        map.GetProperty("ranked").GetArrayLength().ShouldBeGreaterThan(200);
        map.GetProperty("unranked").GetArrayLength().ShouldBeGreaterThan(150);
        json.RootElement.GetProperty("machine")[0].GetProperty("others").GetArrayLength().ShouldBeGreaterThan(30);
        json.RootElement.GetProperty("model")[0].GetProperty("ranked")[0].GetProperty("id").GetString().ShouldBe("Shop.Tests.ModelTests.Small");
    }

    [Fact]
    public void I_can_put_them_into_the_report_and_take_them_again()
    {
        var path = _folder.Add("my report, 1.eco2test.json", Models());
        var run = ToolRun.Of("practices", path, "--save", "--metric", "bytes:more", "--format", "json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldStartWith("Saved: ");
        var saved = ReportJson.Read(File.ReadAllText(path));
        ReportJson.Write(saved.Practices!).ShouldBe(run.Output.TrimEnd('\n'));
        ReportJson.Write(saved with { Practices = null }).ShouldBe(ReportJson.Write(Models()));
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
        ToolRun.Of("practices", path).Output.ShouldContain("More bytes is better (as set).");
    }

    [Fact]
    public void My_table_of_speeds_makes_the_figures_real()
    {
        var path = _folder.Add("a.eco2test.json", Models());
        var run = ToolRun.Of("practices", path, "--performance", Speeds("AMD EPYC 7763,2,ours\nXeon Gold 6148,1,theirs"));

        run.Output.ShouldContain("Xeon Gold 6148");
        run.Output.ShouldContain("0.5 ×  theirs");
        run.Output.ShouldNotContain("No performance of these devices is known");
    }

    [Fact]
    public void A_run_without_comparisons_says_how_to_make_one() =>
        ToolRun.Of("practices", _folder.Add("a.eco2test.json")).Output.ShouldContain("No test carries a comparison.");

    [Fact]
    public void A_journal_can_be_looked_at_and_not_saved_to()
    {
        var path = _folder.AddText("a.eco2test.journal", SampleReports.Journal(Models()));

        ToolRun.Of("practices", path).ExitCode.ShouldBe(0);
        ToolRun.Of("practices", path, "--save").ExitCode.ShouldBe(2);
        ToolRun.Of("practices", path, "--save").Error.ShouldContain("ECO4036");
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_place()
    {
        var path = _folder.Add("a.eco2test.json", Models());
        ToolRun.Of("practices", path, "--top", "0").ShouldBeWrongInput("ECO4000", "'0' is not possible for --top: a whole number from 1");
        ToolRun.Of("practices", path, "--top", "many").ShouldBeWrongInput("ECO4000", "'many' is not possible for --top: a whole number from 1");
        ToolRun.Of("practices", path, "--format", "xml").ShouldBeWrongInput("ECO4000", "xml");
        ToolRun.Of("practices", "missing").ShouldBeWrongInput("ECO4001", "'missing'");
        ToolRun.Of("practices", path, "--metric", "recall").ShouldBeWrongInput("ECO4035", "'recall'", "accuracy, bytes");
        ToolRun.Of("practices", _folder.Add("shop.eco2test.json"), "--metric", "recall").ShouldBeWrongInput("ECO4035", "No test with a comparison recorded a metric");
        ToolRun.Of("practices", path, "--performance", "missing.csv").ShouldBeWrongInput("ECO4034", "'missing.csv'");
        ToolRun.Of("practices", path, "--performance", Speeds("Abacus,1,s")).ShouldBeWrongInput("ECO4034", "line 2", "'Abacus'");
        ToolRun.Of("practices", path, "--performance", Speeds("Xeon Gold 6148,1,s")).ShouldBeWrongInput("ECO4034", "not how fast 'AMD EPYC 7763' is");
        _folder.Add("other.eco2test.json", Models() with { Run = Models().Run with { Id = "run-2" } });
        ToolRun.Of("practices", _folder.Path).ShouldBeWrongInput("ECO4000", "holds reports of 2 runs");
    }

    [Fact]
    public void A_folder_with_a_report_and_its_copies_is_one_run()
    {
        _folder.Add("0f8e/a.eco2test.json", Models());
        _folder.Add("a.eco2test.json", Models());

        ToolRun.Of("practices", _folder.Path).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"pue\": 1", "\"pue\": 0.5")]
    [InlineData("\"energyJoules\": 26", "\"energyJoules\": 1e999, \"x\": 26")]
    public void Figures_that_cannot_be_reckoned_with_are_refused(string part, string damaged)
    {
        var text = ReportJson.Write(Models());
        text.ShouldContain(part);

        ToolRun.Of("practices", _folder.AddText("a.eco2test.json", text.Replace(part, damaged))).ShouldBeWrongInput("ECO4037", "a.eco2test.json");
    }

    private string Speeds(string lines) => _folder.AddText($"{Guid.NewGuid():N}.csv", $"device,speed,source\n{lines}\n");

    private static EmissionsReport Models() => SampleReports.Of(
        Model(1, "Full", 1_000, 0.912), Model(2, "Small", 100, 0.88), Model(3, "Wasteful", 1_500, 0.9),
        SampleReports.Window(4, "Shop.Tests.ModelTests.Other", 3));

    private static ReportWindow Model(int seq, string name, double joules, double accuracy) =>
        SampleReports.Window(seq, $"Shop.Tests.ModelTests.{name}", joules, joules / 100) with
        {
            Comparison = "sentiment", Metrics = new Dictionary<string, double> { ["accuracy"] = accuracy, ["bytes"] = joules },
        };
}
