using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class ReportCommandTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void I_see_the_summary_and_get_Markdown_beside_the_report()
    {
        var report = _folder.Add("Shop.Tests_net10.0.eco2test.json");

        var run = ToolRun.Of("report", report);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("Eco2Test  Shop.Tests (net10.0)  FR 44.2 g/kWh  modeled\n");
        run.Output.ShouldContain("= total");
        run.Output.ShouldContain($"Written: {_folder.At("Shop.Tests_net10.0.eco2test.md")}");
        File.ReadAllText(_folder.At("Shop.Tests_net10.0.eco2test.md")).ShouldStartWith("## Eco2Test: 629 J");
    }

    [Fact]
    public void I_can_give_a_folder_and_get_every_report_in_it_but_no_attachment()
    {
        _folder.Add("a/A.eco2test.json", SampleReports.Shop() with { Run = SampleReports.Shop().Run with { Project = "A.Tests" } });
        _folder.Add("b/deep/B.eco2test.json", SampleReports.Shop() with { Run = SampleReports.Shop().Run with { Project = "B.Tests" } });
        _folder.AddText("b/window.eco2test.json", "{ \"schema\": \"eco2test-window/v1\" }");
        _folder.AddText("b/other.json", "{}");

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.IndexOf("A.Tests").ShouldBeLessThan(run.Output.IndexOf("B.Tests"));
        run.Output.Split("= total").Length.ShouldBe(4, "each, and at the end what they add up to");
    }

    [Fact]
    public void At_the_end_of_several_reports_I_see_a_line_for_each_and_their_sum()
    {
        AddTwo();

        var run = ToolRun.Of("report", _folder.Path);

        var sum = run.Output[run.Output.IndexOf("2 projects", StringComparison.Ordinal)..];
        sum.ShouldContain("\nA.Tests (net10.0) ");
        sum.ShouldContain("\nB.Tests (net10.0) ");
        sum.ShouldMatch(@"= total +1\.26 kJ");
        Directory.GetFiles(_folder.Path, "*.json").Length.ShouldBe(2, "the sum is printed only");
    }

    [Fact]
    public void Copies_of_a_report_are_one_run_and_that_nearest_to_the_folder_is_shown()
    {
        _folder.Add("A/0f8e/R.eco2test.json");
        _folder.Add("R.eco2test.json");
        _folder.Add("_vm_2026-03-14_09_26_53/In/vm/R.eco2test.json");

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split("= total").Length.ShouldBe(2);
        run.Error.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path, "*.md", SearchOption.AllDirectories).ShouldBe([_folder.At("R.eco2test.md")]);
    }

    [Fact]
    public void A_report_that_was_made_before_the_end_of_its_run_is_left_out_and_said()
    {
        var report = SampleReports.Shop();
        var early = _folder.Add("R.eco2test.json", report with { Run = report.Run with { DurationSeconds = 1 } });
        _folder.Add("0f8e/R.eco2test.json", report);

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0);
        run.Output.Split("= total").Length.ShouldBe(2);
        run.Output.ShouldContain(" 30.1 s");
        run.Error.ShouldContain($"Left out: {early} ");
    }

    [Fact]
    public void Copies_of_the_reports_of_a_solution_are_summed_up_once()
    {
        var (a, _) = AddTwo();
        _folder.Add("0f8e/A.eco2test.json", a);

        var run = ToolRun.Of("report", _folder.Path);

        run.Output.ShouldContain("2 projects");
        run.Output.ShouldMatch(@"= total +1\.26 kJ");
        ToolRun.Of("report", _folder.Path, "--by", "project").Output.Split("A.Tests").Length.ShouldBe(2);
    }

    [Fact]
    public void A_report_that_sums_up_others_is_not_added_to_them()
    {
        var (a, b) = AddTwo();
        _folder.Add("all.eco2test.json", Eco2Test.Reporting.ReportMerger.Merge([a, b]).Report);

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split("2 projects").Length.ShouldBe(2, "it is there already");
        run.Output.ShouldNotContain("2.52 kJ");
    }

    [Theory]
    [InlineData("project", "A.Tests (net10.0)")]
    [InlineData("namespace", "Shop.Tests")]
    [InlineData("class", "Shop.Tests.ModelTests")]
    [InlineData("category", "(no category)")]
    public void I_see_what_tests_add_up_to(string by, string row)
    {
        AddTwo();

        var run = ToolRun.Of("report", _folder.Path, "--by", by);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith($"By {by}\n");
        run.Output.ShouldContain($"\n{row} ");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2, "nothing is written");
    }

    [Fact]
    public void I_get_what_tests_add_up_to_as_JSON()
    {
        AddTwo();

        using var json = System.Text.Json.JsonDocument.Parse(ToolRun.Of("report", _folder.Path, "--by", "class", "--format", "json").Output);

        json.RootElement.GetProperty("by").GetString().ShouldBe("class");
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        rows.Sum(row => row.GetProperty("joules").GetDouble()).ShouldBe(2 * SampleReports.Shop().Totals.TrackedJoules, 1e-9);
        rows[0].GetProperty("name").GetString().ShouldBe("Shop.Tests.ModelTests");
        rows[0].GetProperty("quality").GetString().ShouldBe("overlapped");
    }

    [Fact]
    public void What_cannot_be_added_up_by_is_said() =>
        ToolRun.Of("report", _folder.Add("A.eco2test.json"), "--by", "colour").ShouldBeWrongInput("ECO4000", "colour");

    [Fact]
    public void What_is_folded_I_see_with_all()
    {
        var report = _folder.Add("A.eco2test.json", SampleReports.Of([.. Enumerable.Range(1, 60).Select(seq => SampleReports.Test($"A.B.Short_{seq}", 1e-3, 1e-4, seq) with { Quality = MeasurementQuality.BelowResolution })]));

        ToolRun.Of("report", report).Output.ShouldContain("60 more tests below resolution");
        ToolRun.Of("report", report, "--all").Output.ShouldContain("Short_60");
        File.ReadAllText(_folder.At("A.eco2test.md")).ShouldContain("Short_60");
    }

    private (EmissionsReport A, EmissionsReport B) AddTwo()
    {
        var (a, b) = (Of("A.Tests"), Of("B.Tests"));
        _folder.Add("A.eco2test.json", a);
        _folder.Add("B.eco2test.json", b);
        return (a, b);

        static EmissionsReport Of(string project) => SampleReports.Shop() with { Run = SampleReports.Shop().Run with { Project = project } };
    }

    [Fact]
    public void A_report_that_I_name_twice_is_reported_once()
    {
        var report = _folder.Add("A.eco2test.json");

        ToolRun.Of("report", report, _folder.Path, report).Output.Split("= total").Length.ShouldBe(2);
    }

    [Fact]
    public void I_can_write_several_formats_to_another_folder_and_none_replaces_another()
    {
        _folder.Add("a/R.eco2test.json");
        _folder.Add("b/R.eco2test.json", SampleReports.Shop() with { Run = SampleReports.Shop().Run with { Id = "run-2" } });

        var run = ToolRun.Of("report", _folder.At("a"), _folder.At("b"), "--format", "md,json", "--out", _folder.At("out"));

        run.ExitCode.ShouldBe(0, run.Error);
        Directory.GetFiles(_folder.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["R-2.eco2test.json", "R-2.eco2test.md", "R.eco2test.json", "R.eco2test.md"]);
        ReportJson.Read(File.ReadAllText(_folder.At("out/R.eco2test.json"))).Totals.EnergyJoules.ShouldBe(SampleReports.Shop().Totals.EnergyJoules);
    }

    [Fact]
    public void A_report_is_never_written_over_itself()
    {
        var report = _folder.AddText("R.eco2test.json", ReportJson.Write(SampleReports.Shop()).Replace("\"schema\"", "\"newerMember\": 1, \"schema\""));

        ToolRun.Of("report", report, "--format", "json").ExitCode.ShouldBe(0);

        File.ReadAllText(report).ShouldContain("newerMember");
    }

    [Fact]
    public void A_path_that_is_not_there_is_said() =>
        ToolRun.Of("report", _folder.At("missing")).ShouldBeWrongInput("ECO4001", "missing", "*.eco2test.json");

    [Fact]
    public void A_folder_without_reports_is_said() =>
        ToolRun.Of("report", _folder.Path).ShouldBeWrongInput("ECO4002", _folder.Path, "Run the tests first");

    [Theory]
    [InlineData("", "is no report")]
    [InlineData("null", "JSON value null")]
    [InlineData("[]", "is no report")]
    [InlineData("{ \"schema\": \"eco2test/v1\", ", "is no report")]
    [InlineData("{ \"schema\": \"eco2test/v2\" }", "its schema is 'eco2test/v2'; this version reads 'eco2test/v1'")]
    [InlineData("{ \"schema\": \"eco2test-window/v1\" }", "its schema is 'eco2test-window/v1'")]
    [InlineData("{ \"schema\": 1 }", "is no report")]
    [InlineData("\u0000\u0001\u0002", "is no report")]
    public void A_file_that_is_no_report_is_said(string text, string why) =>
        ToolRun.Of("report", _folder.AddText("R.eco2test.json", text)).ShouldBeWrongInput("ECO4003", "R.eco2test.json", why);

    [Theory]
    [InlineData("windows")]
    [InlineData("totals")]
    [InlineData("run")]
    [InlineData("method")]
    [InlineData("intensities")]
    public void A_report_with_a_null_in_it_is_said(string member)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(ReportJson.Write(SampleReports.Shop()))!;
        json[member] = null;

        ToolRun.Of("report", _folder.AddText("R.eco2test.json", json.ToJsonString())).ShouldBeWrongInput("ECO4003", $"'{member}' is null");
    }

    [Fact]
    public void A_report_of_before_that_lacks_members_is_shown()
    {
        var json = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(ReportJson.Write(SampleReports.Shop()))!;
        json.Remove("notices");
        json["testbed"]!.AsObject().Remove("gpus");
        foreach (var window in json["windows"]!.AsArray())
        {
            foreach (var member in new[] { "attempt", "count", "categories", "metrics" })
            {
                window!.AsObject().Remove(member);
            }
        }

        var run = ToolRun.Of("report", _folder.AddText("R.eco2test.json", json.ToJsonString()));

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("ModelTests");
    }

    [Fact]
    public void A_broken_file_hides_none_of_the_others()
    {
        _folder.AddText("a.eco2test.json", "{");
        _folder.Add("b.eco2test.json");

        var run = ToolRun.Of("report", _folder.Path);

        run.ShouldBeWrongInput("ECO4003", "a.eco2test.json");
        run.Output.ShouldContain("= total");
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        using (var file = File.Create(_folder.At("R.eco2test.json")))
        {
            file.SetLength(300L * 1024 * 1024);
        }

        ToolRun.Of("report", _folder.Path).ShouldBeWrongInput("ECO4004", "300 MiB", "at most 256 MiB");
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_said()
    {
        var report = _folder.Add("R.eco2test.json");

        ToolRun.Of("report", report, "--out", report).ShouldBeWrongInput("ECO4006", "--out");
    }

    [Theory]
    [InlineData("html", "'html' is not a format; --format takes md and json")]
    [InlineData(",", "--format names no format")]
    public void A_format_that_is_unknown_is_said(string format, string why) =>
        ToolRun.Of("report", _folder.Add("R.eco2test.json"), "--format", format).ShouldBeWrongInput("ECO4000", why);

    [Fact]
    public void A_run_that_was_killed_becomes_a_report()
    {
        _folder.AddText("R.0a1b.eco2test.journal", SampleReports.Journal(SampleReports.Shop()));

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("ECO2024: ");
        ReportJson.Read(File.ReadAllText(_folder.At("R.0a1b.eco2test.json"))).Windows.Count.ShouldBe(SampleReports.Shop().Windows.Count);
        File.Exists(_folder.At("R.0a1b.eco2test.md")).ShouldBeTrue();
    }

    [Fact]
    public void A_journal_that_became_a_report_is_not_reported_again_until_it_grows()
    {
        var journal = _folder.AddText("R.eco2test.journal", SampleReports.Journal(SampleReports.Shop()));
        ToolRun.Of("report", _folder.Path);

        ToolRun.Of("report", _folder.Path).Output.Split("= total").Length.ShouldBe(2);

        File.SetLastWriteTimeUtc(journal, DateTime.UtcNow.AddMinutes(1));
        ToolRun.Of("report", _folder.Path).Output.Split("= total").Length.ShouldBe(2);
    }

    [Fact]
    public void A_journal_that_is_none_is_said() =>
        ToolRun.Of("report", _folder.AddText("R.eco2test.journal", "x\n")).ShouldBeWrongInput("ECO4003", "R.eco2test.journal", "not a journal");

    [Fact]
    public void A_summary_is_the_same_in_every_culture() =>
        InCulture.Run("de-DE", () => ToolRun.Of("report", _folder.Add("R.eco2test.json"))).Output.ShouldContain("~96.1 J");
}
