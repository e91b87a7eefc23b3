using System.IO.Compression;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class BinaryLogReportTests(TinyBuild build) : IClassFixture<TinyBuild>, IDisposable
{
    /// <summary>What the summary of a build says of each.</summary>
    private const string Once = "Targets that cost most";

    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_log_and_the_samples_of_its_build_are_a_report_by_project_target_and_task()
    {
        var log = build.CopyTo(_folder);

        var run = ToolRun.Of("report", log);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        var report = Read("build.binlog.eco2test.json");
        var lib = report.Windows.Single(window => window is { Kind: WindowKind.Project, Id: "Lib/Lib.proj (net10.0)" });
        report.Windows.Where(window => window.Kind == WindowKind.Target && window.Parent == lib.Seq).Select(window => window.DisplayName).ShouldContain("Build");
        report.Windows.Single(window => window is { Kind: WindowKind.Task, DisplayName: "Exec" }).Energy.Joules.ShouldBeGreaterThan(0);
        report.Windows.Select(window => window.Seq).ShouldBeUnique();
        report.Build.ShouldNotBeNull().Mode.ShouldBe("nodes=1 reuse=off compiler=none server=off graph=off");
        report.Build.EngineCpuSeconds.ShouldBeGreaterThan(0);
        File.Exists(_folder.At("build.binlog.eco2test.md")).ShouldBeTrue();
    }

    [Fact]
    public void No_joule_is_made_or_lost_and_no_path_of_the_machine_is_written()
    {
        ToolRun.Of("report", build.CopyTo(_folder)).ExitCode.ShouldBe(0);

        var (report, measured) = (Read("build.binlog.eco2test.json"), Read("build.eco2test.json"));
        report.Totals.ShouldBe(measured.Totals);
        foreach (var window in report.Windows)
        {
            var inside = report.Windows.Where(child => child.Parent == window.Seq).Sum(child => child.Energy.Joules);
            window.Energy.SelfJoules.ShouldBe(window.Energy.Joules - inside, 1e-9);
            inside.ShouldBeLessThanOrEqualTo(window.Energy.Joules + 1e-9);
        }

        File.ReadAllText(_folder.At("build.binlog.eco2test.json")).ShouldNotContain(build.Folder.Path);
    }

    [Fact]
    public void What_a_logger_has_cut_out_of_the_same_build_is_cut_anew_and_other_builds_stay()
    {
        var log = build.CopyTo(_folder);
        var command = Read("build.eco2test.json");
        ReportWindow Inside(int seq, WindowKind kind, int parent, double later = 0) => command.Windows[0] with
        {
            Seq = seq, Id = $"window {seq}", Kind = kind, Parent = parent, StartedAt = command.Windows[0].StartedAt.AddSeconds(later),
            Energy = command.Windows[0].Energy with { Joules = 40, SelfJoules = 40 },
        };
        _folder.Add("build.eco2test.json", command with
        {
            Windows = [.. command.Windows, Inside(2, WindowKind.Build, 1), Inside(3, WindowKind.Project, 2), Inside(4, WindowKind.Task, 3), Inside(5, WindowKind.Build, 1, 600), Inside(6, WindowKind.Project, 5)],
        });

        ToolRun.Of("report", log).ExitCode.ShouldBe(0);

        var windows = Read("build.binlog.eco2test.json").Windows;
        windows.Select(window => window.Seq).Where(seq => seq <= 6).ShouldBe([1, 2, 5, 6]);
        windows.Where(window => window.Kind == WindowKind.Project && window.Seq > 6).ShouldAllBe(window => window.Parent == 2);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("artifacts/eco2test/command")]
    public void Samples_are_found_beside_the_log_and_among_the_reports_of_builds(string samples)
    {
        var run = ToolRun.Of("report", build.CopyTo(_folder, samples));

        run.ExitCode.ShouldBe(0, run.Error);
    }

    [Fact]
    public void Samples_that_are_named_come_before_all_others()
    {
        var log = build.CopyTo(_folder, "far/away");
        ToolRun.Of("report", log).ShouldBeWrongInput("ECO4047");

        ToolRun.Of("report", log, "--samples", _folder.At("far/away.eco2test.samples")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_log_without_samples_has_durations_and_no_energy() =>
        ToolRun.Of("report", build.CopyTo(_folder, samples: null)).ShouldBeWrongInput("ECO4047", "alone are no energy", "eco2test run --samples", "dotnet build -bl");

    [Theory]
    [InlineData(5)]
    [InlineData(-3600)]
    public void Samples_of_another_time_are_of_another_build(int secondsLater) =>
        ToolRun.Of("report", build.CopyTo(_folder, later: TimeSpan.FromSeconds(secondsLater))).ShouldBeWrongInput("ECO4047", "is of another build than the samples", "set TZ");

    [Fact]
    public void Of_several_samples_those_of_its_build_are_taken()
    {
        var log = build.CopyTo(_folder, later: TimeSpan.FromHours(1));
        File.Delete(log);
        build.CopyTo(_folder, "build.20260314T092653Z");

        ToolRun.Of("report", log).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Samples_whose_report_is_gone_say_so()
    {
        var log = build.CopyTo(_folder);
        File.Delete(_folder.At("build.eco2test.json"));

        ToolRun.Of("report", log).ShouldBeWrongInput("ECO4047", "build.eco2test.samples", "put it beside them");
    }

    [Fact]
    public void A_report_of_tests_is_none_of_a_build()
    {
        var log = build.CopyTo(_folder);
        _folder.Add("build.eco2test.json", SampleReports.Shop());

        ToolRun.Of("report", log).ShouldBeWrongInput("ECO4047", "put it beside them");
    }

    [Fact]
    public void The_report_of_the_wrapper_may_have_another_name_and_place()
    {
        var log = build.CopyTo(_folder);
        Directory.CreateDirectory(_folder.At("artifacts/eco2test"));
        File.Move(_folder.At("build.eco2test.json"), _folder.At("artifacts/eco2test/command.eco2test.json"));

        ToolRun.Of("report", log).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eco2test-samples/v9\n")]
    [InlineData("eco2test-samples/v1\nsample yesterday\nnode 1 1\n")]
    public void Samples_that_cannot_be_read_say_so(string text)
    {
        var log = build.CopyTo(_folder);
        _folder.AddText("build.eco2test.samples", text);

        ToolRun.Of("report", log).ShouldBeWrongInput("ECO4047", "build.eco2test.samples");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no log")]
    public void Text_is_no_log(string text) =>
        ToolRun.Of("report", _folder.AddText("build.binlog", text)).ShouldBeWrongInput("ECO4046", "build.binlog", "dotnet build -bl");

    [Fact]
    public void Compressed_bytes_of_something_else_are_no_log()
    {
        using (var zip = new GZipStream(File.Create(_folder.At("build.binlog")), CompressionLevel.Fastest))
        {
            zip.Write("something else, long enough to have a version and a length in its first bytes"u8);
        }

        ToolRun.Of("report", _folder.At("build.binlog")).ShouldBeWrongInput("ECO4046");
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void A_log_that_was_cut_off_is_refused(double part)
    {
        var log = build.CopyTo(_folder);
        var bytes = File.ReadAllBytes(log);
        File.WriteAllBytes(log, bytes[..(int)(bytes.Length * part)]);

        ToolRun.Of("report", log).ShouldBeWrongInput("ECO4046");
    }

    [Fact]
    public void A_folder_with_a_log_its_samples_and_their_report_is_one_run_shown_with_its_parts()
    {
        build.CopyTo(_folder);

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        run.Output.Split(Once).Length.ShouldBe(2);
        Read("build.binlog.eco2test.json").Windows.ShouldContain(window => window.Kind == WindowKind.Project);
        ToolRun.Of("report", _folder.Path).Output.Split(Once).Length.ShouldBe(2, "what was written is the same run");
    }

    [Fact]
    public void A_log_in_a_folder_of_which_nobody_kept_samples_is_nobodys_business()
    {
        build.CopyTo(_folder, samples: null);
        _folder.Add("Shop.Tests_net10.0.eco2test.json");

        var run = ToolRun.Of("report", _folder.Path);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Other_commands_say_that_a_log_is_no_report() =>
        ToolRun.Of("inventory", build.CopyTo(_folder, samples: null)).ExitCode.ShouldBe(2);

    private EmissionsReport Read(string name) => ReportJson.Read(File.ReadAllText(_folder.At(name)));
}
