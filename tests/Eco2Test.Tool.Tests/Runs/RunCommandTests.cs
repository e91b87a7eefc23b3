using Eco2Test.Reports;

namespace Eco2Test.Tool.Tests;

/// <summary>Real commands, run by the tool as a process. They are of a POSIX shell.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string Busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

    private readonly ReportFolder _folder = new();

    private string Usual => _folder.At("artifacts/eco2test/command.eco2test.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_command_has_its_arguments_input_output_and_exit_code_whatever_they_are()
    {
        var run = RunningTool.Run(
            _folder.Path, "run", "--", "sh", "-c", "cat; for a; do printf '[%s]' \"$a\"; done; exit 7", "name", "a \"b\" 'c'", "", "--", "ü 漢 $(x) *", "@file", "--out", "\\");

        run.Output.ShouldBe("input of the command[a \"b\" 'c'][][--][ü 漢 $(x) *][@file][--out][\\]");
        run.ExitCode.ShouldBe(7);
        run.Error.ShouldContain("Eco2Test  sh");
        ReportOf(Usual).Build!.Succeeded.ShouldBe(false);
    }

    [Fact]
    public void What_a_command_starts_is_in_its_report_and_the_tool_is_not()
    {
        RunningTool.Run(_folder.Path, "run", "--region", "FR", "--", "sh", "-c", $"({Busy}) & ({Busy}); wait").ExitCode.ShouldBe(0);
        RunningTool.Run(_folder.Path, "run", "--out", "idle.json", "--", "true").ExitCode.ShouldBe(0);

        var (busy, idle) = (ReportOf(Usual), ReportOf(_folder.At("idle.json")));
        busy.Run.Kind.ShouldBe("command");
        busy.Run.Project.ShouldBe("sh");
        busy.Totals.Intensity.ShouldBe("FR");
        var (used, nothing) = (busy.Windows.ShouldHaveSingleItem(), idle.Windows.ShouldHaveSingleItem());
        used.Energy.Joules.ShouldBeGreaterThan(nothing.Energy.Joules);
        used.CpuSeconds.ShouldBe(busy.Build!.Processes.Sum(processes => processes.CpuSeconds), 1e-6);
        nothing.CpuSeconds.ShouldBeLessThan(used.CpuSeconds / 2);
        File.Exists(_folder.At("idle.eco2test.md")).ShouldBeTrue();
        Directory.EnumerateFiles(_folder.Path, "*.journal", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--energy-budget", "1 uJ", 3, "error ECO3002")]
    [InlineData("--emissions-budget", "1 ug", 3, "error ECO3002")]
    [InlineData("--energy-budget", "5 kWh", 0, "")]
    public void A_budget_decides_where_the_command_succeeded(string option, string budget, int exitCode, string says)
    {
        var run = RunningTool.Run(_folder.Path, "run", option, budget, "--", "sh", "-c", Busy);

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain(says);
        ReportOf(Usual).Budgets!.ShouldHaveSingleItem().Fails.ShouldBe(exitCode == 3);
    }

    [Fact]
    public void The_failure_of_a_command_comes_before_its_budget()
    {
        var run = RunningTool.Run(_folder.Path, "run", "--energy-budget", "1 uJ", "--", "sh", "-c", $"{Busy}; exit 9");

        run.ExitCode.ShouldBe(9);
        run.Error.ShouldContain("ECO3002");
        run.Error.ShouldContain("its exit code 9 is passed on");
    }

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 6)]
    public void A_signal_reaches_the_command_and_the_report_says_that_it_is_incomplete(string signal, int exitCode)
    {
        using var tool = RunningTool.Start(
            _folder.Path, null, "run", "--", "sh", "-c", $"trap 'echo told; exit {exitCode}' {signal}; echo ready; while :; do sleep 0.02; done");
        tool.WaitFor("ready");
        tool.Signal(signal);
        var run = tool.End();

        run.Output.ShouldContain("told");
        run.ExitCode.ShouldBe(exitCode);
        var report = ReportOf(Usual);
        report.Windows.ShouldAllBe(window => window.Quality == MeasurementQuality.Incomplete);
        report.Notices.ShouldContain(notice => notice.Message.Contains($"SIG{signal}"));
    }

    [Fact]
    public void A_command_that_a_signal_ends_has_the_exit_code_that_shells_give_it()
    {
        RunningTool.Run(_folder.Path, "run", "--", "sh", "-c", "kill -KILL $$").ExitCode.ShouldBe(137);
    }

    [Fact]
    public void A_tool_that_is_killed_leaves_a_journal_that_can_be_read()
    {
        using (var tool = RunningTool.Start(_folder.Path, null, "run", "--", "sh", "-c", "echo ready; read nothing; while [ ! -e stop ]; do sleep 0.05; done"))
        {
            tool.WaitFor("ready");
            tool.Kill();
            File.WriteAllText(_folder.At("stop"), "");
            tool.End();
        }

        var journal = Directory.EnumerateFiles(_folder.Path, "*.journal", SearchOption.AllDirectories).ShouldHaveSingleItem();
        JournalReader.Read(journal).Windows.ShouldHaveSingleItem().Quality.ShouldBe(MeasurementQuality.Incomplete);

        var next = RunningTool.Run(_folder.Path, "run", "--", "sh", "-c", "true");
        next.Error.ShouldContain("An earlier run was cut off; its report: ");
        File.Exists(journal).ShouldBeFalse();
        ReportOf(Directory.EnumerateFiles(Path.GetDirectoryName(Usual)!, "sh.*.eco2test.json").ShouldHaveSingleItem()).Windows.ShouldAllBe(window => window.Quality == MeasurementQuality.Incomplete);
    }

    [Theory]
    [InlineData("ECO4040", "run")]
    [InlineData("ECO4040", "run", "true")]
    [InlineData("ECO4040", "run", "--")]
    [InlineData("ECO4041", "run", "--", "no-such-command-anywhere")]
    [InlineData("ECO4041", "run", "--", "")]
    [InlineData("ECO4041", "run", "--", "./no-such-file")]
    [InlineData("ECO4041", "run", "--", "/")]
    [InlineData("ECO4000", "run", "--energy-budget", "5", "--", "true")]
    [InlineData("ECO4000", "run", "--out", ".", "--", "true")]
    public void What_cannot_be_run_is_wrong_input(string code, params string[] args)
    {
        ToolRun.Of(args).ShouldBeWrongInput(code);
    }

    [Fact]
    public void A_region_that_is_none_is_said_before_anything_runs() => ToolRun.Of("run", "--region", "XX", "--", "true").ExitCode.ShouldBe(2);

    [Fact]
    public void A_file_that_may_not_be_executed_is_said()
    {
        ToolRun.Of("run", "--", _folder.AddText("script.sh", "exit 0")).ShouldBeWrongInput("ECO4041", "may not be executed");
    }

    [Fact]
    public void Where_no_report_can_be_written_the_budget_is_judged_all_the_same()
    {
        var inTheWay = _folder.AddText("file", "");
        var run = RunningTool.Run(_folder.Path, "run", "--out", Path.Combine(inTheWay, "report.json"), "--energy-budget", "1 uJ", "--", "sh", "-c", Busy);

        run.ExitCode.ShouldBe(3, run.Error);
        run.Error.ShouldContain("warning ECO4006");
        run.Error.ShouldContain("error ECO3002");
    }

    [Fact]
    public void Tests_that_the_command_has_run_are_named_in_its_report()
    {
        // A dotnet of its own writes what a test run writes; what was there before is none of its work.
        _folder.Add("TestResults/Old.eco2test.json", TestReport("Old", DateTimeOffset.UtcNow.AddHours(-1)));
        var then = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _folder.Add("ours.json", TestReport("Shop.Tests", then, "ours"));
        _folder.Add("theirs.json", TestReport("Other.Tests", then, "theirs"));
        var dotnet = _folder.AddText("bin/dotnet", """
            #!/bin/sh
            mkdir -p Shop.Tests/TestResults
            for each in ours theirs; do
              sed "s/\"ours\"/\"$ECO2TEST_RUN_ID\"/; s/2030-01-01T00:00:00+00:00/$(date -u +%Y-%m-%dT%H:%M:%S.%6N+00:00)/" $each.json > Shop.Tests/TestResults/$each.eco2test.json
            done
            cp theirs.json Shop.Tests/TestResults/Later.eco2test.json

            """.ReplaceLineEndings("\n"));
        RunningTool.Run(_folder.Path, "run", "--out", "chmod.json", "--", "chmod", "+x", dotnet).ExitCode.ShouldBe(0);

        var run = RunningTool.Run(_folder.Path, "run", "--no-logger", "--", dotnet, "test");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("tests of Shop.Tests");
        ReportOf(Usual).Build!.Contains!.ShouldHaveSingleItem().Run.Project.ShouldBe("Shop.Tests");
    }

    [Fact]
    public void A_tool_that_is_switched_off_only_runs_the_command()
    {
        using var tool = RunningTool.Start(_folder.Path, new Dictionary<string, string> { ["ECO2TEST_SKIP"] = "true" }, "run", "--", "sh", "-c", "exit 4");

        var run = tool.End();
        run.ExitCode.ShouldBe(4);
        run.Error.Trim().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_command_starts_is_told_whose_run_it_is_of_and_that_it_is_summed_up()
    {
        RunningTool.Run(_folder.Path, "run", "--", "sh", "-c", "echo $ECO2TEST_BUILD_WRAPPER $ECO2TEST_RUN_ID").Output.Trim().ShouldBe($"run {ReportOf(Usual).Run.Id}");

        using var tool = RunningTool.Start(_folder.Path, new Dictionary<string, string> { ["ECO2TEST_RUN_ID"] = "mine" }, "run", "--", "sh", "-c", "echo $ECO2TEST_RUN_ID");
        tool.End().Output.Trim().ShouldBe("mine");
        ReportOf(Usual).Run.Id.ShouldBe("mine");
    }

    [Fact]
    public void All_that_is_said_fits_into_eighty_columns()
    {
        var run = RunningTool.Run(_folder.Path, "run", "--", "sh", "-c", Busy);

        run.Error.Split('\n').Where(line => !line.StartsWith("Report: ", StringComparison.Ordinal)).ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void Samples_that_are_named_as_the_report_is_stay_beside_the_newest()
    {
        for (var i = 0; i < 2; i++)
        {
            RunningTool.Run(_folder.Path, "run", "--samples", "artifacts/eco2test/command.eco2test.samples", "--", "true").ExitCode.ShouldBe(0);
        }

        Directory.EnumerateFiles(Path.GetDirectoryName(Usual)!, "*.samples").Select(Path.GetFileName).ShouldBe(["command.eco2test.samples"]);
        Directory.EnumerateFiles(Path.GetDirectoryName(Usual)!, "*.eco2test.json").Count().ShouldBe(2);
    }

    private static EmissionsReport ReportOf(string path) => ReportJson.Read(File.ReadAllText(path));

    private static EmissionsReport TestReport(string project, DateTimeOffset startedAt, string id = "old")
    {
        var report = TestKit.SampleReports.Shop();
        return report with { Run = report.Run with { Id = id, Project = project, Kind = "test", StartedAt = startedAt } };
    }
}
