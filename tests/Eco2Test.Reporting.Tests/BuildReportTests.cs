using Eco2Test.Budgets;
using Eco2Test.Core.Tests;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

/// <summary>The report of a build, for people and for those that add reports up.</summary>
public sealed class BuildReportTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void A_build_is_summed_up_by_projects_targets_tasks_and_processes(string culture) =>
        Approved.Matches(Written.By(new SummaryExporter(), SampleReports.Build(), culture), "Summary.of-a-build");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void A_build_has_a_document_of_its_own(string culture) =>
        Approved.Matches(Written.By(new MarkdownExporter(), SampleReports.Build(), culture), "Markdown.of-a-build");

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Written.Lines(new SummaryExporter(width), SampleReports.Build()).ShouldAllBe(line => line.Length <= width);

    [Fact]
    public void Of_300_projects_the_most_expensive_are_named_and_the_rest_is_a_line()
    {
        var report = SampleReports.Build();
        var build = report.Windows[^1] with { Energy = report.Windows[^1].Energy with { Joules = 50_000 } };
        report = report with { Windows = [build, .. Enumerable.Range(2, 300).Select(seq => SampleReports.Window(seq, $"src/P{seq}.csproj", seq) with { Parent = 1, Kind = WindowKind.Project, DisplayName = $"P{seq}" })] };

        var lines = Written.Lines(new SummaryExporter(), report);

        lines.Count(line => line.StartsWith('P')).ShouldBe(20 + 3, "and the headings of projects and processes");
        lines.ShouldContain(line => line.StartsWith("... 280 more projects", StringComparison.Ordinal));
        Written.Lines(new SummaryExporter(all: true), report).Count(line => line.StartsWith('P')).ShouldBe(300 + 3);
    }

    [Fact]
    public void A_build_that_was_cut_off_says_so_and_one_without_steps_has_no_empty_tables()
    {
        var report = SampleReports.Build();
        report = report with { Windows = [report.Windows[^1] with { Quality = MeasurementQuality.Incomplete }], Build = new ReportBuild() };

        var summary = Written.By(new SummaryExporter(), report);

        summary.ShouldContain("It was cut off");
        summary.ShouldNotContain("Projects");
        summary.ShouldNotContain("Mode:");
    }

    [Fact]
    public void What_a_report_says_of_a_build_is_read_as_it_was_written()
    {
        var report = SampleReports.Build();
        report = report with { Build = report.Build! with { Contains = [Contained(SampleReports.Shop())] } };

        var read = ReportJson.Read(ReportJson.Write(report));

        ReportJson.Write(read).ShouldBe(ReportJson.Write(report));
        read.Build!.Processes.Count.ShouldBe(4);
        read.Build.Contains!.Single().Run.Project.ShouldBe("Shop.Tests");
    }

    [Theory]
    [InlineData("\"role\": \"entry\"", "\"role\": null")]
    [InlineData("\"processes\": [", "\"processes\": [ null,")]
    public void Nulls_in_it_make_a_damaged_file(string sound, string damaged)
    {
        var json = ReportJson.Write(SampleReports.Build());
        json.ShouldContain(sound);

        Should.Throw<FormatException>(() => ReportJson.Read(json.Replace(sound, damaged, StringComparison.Ordinal))).Message.ShouldContain("'build'");
    }

    [Fact]
    public void A_report_that_another_one_contains_is_never_added_to_it()
    {
        var (build, tests) = (SampleReports.Build(), SampleReports.Shop());
        var command = SampleReports.Of(SampleReports.Window(1, "dotnet test", 500) with { Kind = WindowKind.Build });
        command = command with { Run = command.Run with { Kind = "command", Project = "dotnet test" }, Build = new ReportBuild { Contains = [Contained(build), Contained(tests)] } };
        var other = SampleReports.Nothing() with { Run = SampleReports.Nothing().Run with { Project = "Till.Tests" } };

        var merged = ReportMerger.Merge([tests, build, command, other]);
        var again = ReportMerger.Merge([merged.Report, build]);

        merged.LeftOut.ShouldBe([tests, build], ignoreOrder: true);
        merged.Report.Totals.EnergyJoules.ShouldBe(command.Totals.EnergyJoules + other.Totals.EnergyJoules, 1e-9);
        again.LeftOut.ShouldBe([build]);
        again.Report.Totals.EnergyJoules.ShouldBe(merged.Report.Totals.EnergyJoules);
    }

    [Theory]
    [InlineData("Shop.Core", "net10.0", 1, true)]
    [InlineData("Shop.Tests", "net10.0", 12, true)]
    [InlineData("Till", "net10.0", 1, false)]
    [InlineData("Shop.Core", "net9.0", 1, false)]
    [InlineData("Shop.Core", "net10.0", -1, false)]
    [InlineData("Shop.Core", "net10.0", 13, false)]
    public void What_the_package_has_measured_of_a_project_is_in_the_build_that_was_watched_and_is_not_added(string name, string framework, double second, bool isContained)
    {
        var build = SampleReports.Build();
        var project = OfProject(build, name, framework, second);
        var command = build with { Run = build.Run with { Kind = "command", Project = "dotnet test" }, Build = new ReportBuild(), Windows = [build.Windows[^1]] };

        ReportMerger.Merge([project, build]).LeftOut.ShouldBe(isContained ? [project] : []);
        ReportMerger.Merge([project with { Run = project.Run with { Id = "another" } }, build]).LeftOut.ShouldBeEmpty();
        ReportMerger.Merge([project, command]).LeftOut.ShouldBe(second is >= 0 and <= 12.7 ? [project] : [], "a command that has no rows has watched all that it started");
    }

    [Fact]
    public void Projects_of_a_build_that_nobody_watched_add_up()
    {
        var build = SampleReports.Build();
        var (core, tests) = (OfProject(build, "Shop.Core", "net10.0", 1), OfProject(build, "Shop.Tests", "net10.0", 3));

        ReportMerger.Merge([core, tests]).Report.Totals.EnergyJoules.ShouldBe(core.Totals.EnergyJoules + tests.Totals.EnergyJoules, 1e-9);
    }

    [Fact]
    public void A_build_and_its_tests_are_added_up_with_the_budgets_of_both()
    {
        var (build, tests) = (SampleReports.Build(), SampleReports.Shop());

        var merged = ReportMerger.Merge([build, tests]).Report;

        merged.Build.ShouldBeNull();
        merged.Totals.EnergyJoules.ShouldBe(build.Totals.EnergyJoules + tests.Totals.EnergyJoules, 1e-9);
        merged.Budgets!.Select(budget => (budget.Scope, budget.Pattern, budget.Project)).ShouldBe([("build", null, "Shop.slnx"), ("project", "Shop.Core (net8.0)", "Shop.slnx")]);
        RollUps.Of(merged, RollUpBy.Class).Rows.Single(row => row.Name == "(build)").Joules.ShouldBe(100, 1e-9);
        RollUps.Of(merged, RollUpBy.Project).Rows.Single(row => row.Name == "Shop.slnx").Joules.ShouldBe(100, 1e-9);
    }

    [Fact]
    public void The_report_is_written_with_its_verdicts_and_its_journal_is_gone()
    {
        using var folder = new TempFolder();
        var (outcome, judged) = Left(folder, "build");

        var written = BuildReports.Write(outcome, new ResultsFolder(folder), "build", report => Judged(report, judged), default, report => report with { Run = report.Run with { Project = "Renamed.slnx" } });

        written.Fault.ShouldBeNull();
        written.Files.Select(Path.GetFileName).ShouldBe(["build.eco2test.json", "build.eco2test.md"]);
        var read = ReportJson.Read(File.ReadAllText(written.Files[0]));
        (read.Run.Project, read.Build!.Mode, read.Budgets!.Single().Scope).ShouldBe(("Renamed.slnx", "nodes=1", "build"));
        File.Exists(outcome.Journal).ShouldBeFalse();
    }

    [Fact]
    public void Where_it_cannot_be_written_that_is_said_and_budgets_are_judged()
    {
        using var folder = new TempFolder();
        var (outcome, judged) = Left(folder, "journal");
        var taken = Path.Combine(folder, "taken");
        File.WriteAllText(taken, "");

        var written = BuildReports.Write(outcome, new ResultsFolder(taken), "build", report => Judged(report, judged), default);

        written.Fault.ShouldNotBeNullOrEmpty();
        written.Files.ShouldBeEmpty();
        written.Report!.Budgets!.Single().Scope.ShouldBe("build");
    }

    [Fact]
    public void Where_nothing_was_kept_there_is_no_report_and_budgets_hear_of_it()
    {
        using var folder = new TempFolder();
        var heard = new List<EmissionsReport?>();

        var written = BuildReports.Write(new BuildOutcome(null, new ReportBuild()) { JournalFault = "read-only" }, new ResultsFolder(folder), "build", report =>
        {
            heard.Add(report);
            return BuildJudgement.None;
        }, default);

        (written.Report, written.Fault).ShouldBe((null, "read-only"));
        heard.ShouldBe([null]);
    }

    private static (BuildOutcome Outcome, ReportGroupBudget Judged) Left(string folder, string name)
    {
        var report = SampleReports.Build();
        var journal = Path.Combine(folder, name + ResultsFolder.JournalExtension);
        File.WriteAllText(journal, SampleReports.Journal(report));
        return (new BuildOutcome(journal, new ReportBuild { Mode = "nodes=1" }), report.Budgets![0]);
    }

    private static BuildJudgement Judged(EmissionsReport? report, ReportGroupBudget judged) => report is null ? BuildJudgement.None : new([], [judged], []);

    /// <summary>As the tasks of the package write it.</summary>
    private static EmissionsReport OfProject(EmissionsReport build, string name, string framework, double second)
    {
        var report = SampleReports.Of(SampleReports.Window(1, $"{name} ({framework})", 10) with { Kind = WindowKind.Project });
        return report with { Run = build.Run with { Project = name, TargetFramework = framework, StartedAt = build.Run.StartedAt.AddSeconds(second), DurationSeconds = 0.5 }, Build = null };
    }

    private static ReportPart Contained(EmissionsReport report) => new()
    {
        Run = report.Run, Testbed = report.Testbed, Method = report.Method, Totals = report.Totals, Windows = report.Windows.Count, Name = report.Run.Project,
    };
}
