using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class CommandReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Fact]
    public void The_rows_of_builds_are_inside_the_command_and_are_numbered_anew()
    {
        var report = CommandReport.With(Command(joules: 100), [Build("A.sln", 30, 20), Build("B.sln", 10, 10)]);

        report.Windows.Select(window => (window.Seq, window.Parent, window.Id)).ShouldBe(
            [(1, null, "dotnet test"), (2, 1, "A.sln"), (3, 2, "A.sln/project"), (4, 1, "B.sln"), (5, 4, "B.sln/project")]);
        report.Windows[0].Energy.SelfJoules.ShouldBe(60, 1e-9);
        report.Windows[1].Energy.ShouldBe(Energy(30, 10));
        report.Totals.ShouldBe(Command(joules: 100).Totals);
        ReportJson.Read(ReportJson.Write(report)).Windows.Count.ShouldBe(5);
    }

    [Fact]
    public void Parts_that_come_to_more_than_the_whole_are_made_to_fit_alike()
    {
        var report = CommandReport.With(Command(joules: 20), [Build("A.sln", 30, 20), Build("B.sln", 10, 10)]);

        report.Windows.Where(window => window.Parent == 1).Sum(window => window.Energy.Joules).ShouldBe(20, 1e-9);
        report.Windows[0].Energy.SelfJoules.ShouldBe(0, 1e-9);
        foreach (var window in report.Windows)
        {
            var inside = report.Windows.Where(row => row.Parent == window.Seq).Sum(row => row.Energy.Joules);
            (inside + window.Energy.SelfJoules).ShouldBe(window.Energy.Joules, 1e-9);
        }
    }

    [Fact]
    public void Rows_are_priced_as_the_command_is_whatever_the_build_thought_of_its_region()
    {
        var command = Command(joules: 100);
        var report = CommandReport.With(command, [Build("A.sln", 50, 20) with { Windows = [.. Build("A.sln", 50, 20).Windows.Select(window => window with { Intensity = "PL", EmissionsGrams = 7 })] }]);

        report.Windows[1].EmissionsGrams.ShouldBe(command.Windows[0].EmissionsGrams / 2, 1e-12);
        report.Windows.ShouldAllBe(window => window.Intensity == command.Windows[0].Intensity);
    }

    [Fact]
    public void All_reports_that_the_command_wrote_are_named_so_that_nobody_adds_them_up()
    {
        var tests = Build("Shop.Tests", 40, 40) with { Run = Build("Shop.Tests", 40, 40).Run with { Kind = "test", Project = "Shop.Tests", TargetFramework = "net10.0" } };
        var report = CommandReport.With(Command(joules: 100), [Build("A.sln", 30, 20), tests]);

        report.Build!.Contains!.Select(part => (part.Name, part.Totals.TrackedJoules)).ShouldBe([("A.sln", 30), ("Shop.Tests (net10.0)", 40)]);
        report.Build.Mode.ShouldBe("nodes=2");
        report.Windows.Count.ShouldBe(3);
    }

    [Fact]
    public void A_command_that_was_told_to_end_says_so()
    {
        var report = CommandReport.Interrupted(Command(joules: 5), "SIGINT");

        report.Build!.Succeeded.ShouldBeNull();
        report.Windows.ShouldAllBe(window => window.Quality == MeasurementQuality.Incomplete);
        report.Notices.ShouldContain(notice => notice.Code == "ECO2024" && notice.Message.Contains("SIGINT"));
    }

    [Fact]
    public void The_terminal_shows_one_total_and_says_that_tests_are_inside_test_hosts()
    {
        var tests = Build("Shop.Tests", 40, 40) with { Run = Build("Shop.Tests", 40, 40).Run with { Kind = "test", Project = "Shop.Tests", TargetFramework = "net10.0" } };
        IReadOnlyList<EmissionsReport> parts = [Build("A.sln", 30, 20), tests];
        var report = CommandReport.With(
            Command(joules: 100) with { Build = new() { Processes = [new() { Role = "node", Count = 1, CpuSeconds = 3 }, new() { Role = "testHost", Count = 2, CpuSeconds = 1 }] } }, parts);

        var said = InCulture.Run("de-DE", () =>
        {
            var text = new StringWriter();
            new CommandSummary(report, parts, "nobody asked").Write(text, 80);
            return text.ToString();
        }).ReplaceLineEndings("\n");

        said.ShouldStartWith("\nEco2Test  dotnet test  ");
        said.ShouldContain("The command used 100 J (80–120 J)");
        said.ShouldEndWith("""

            Tests

              build and other processes               75 J  CPU energy, by CPU time
              test hosts                              25 J  CPU energy, by CPU time
                tests of Shop.Tests (net10.0)         40 J  inside test hosts

            No projects, targets and tasks: nobody asked.

            """.ReplaceLineEndings("\n"));
    }

    private static EmissionsReport Command(double joules) =>
        Of("command", "dotnet test", [Window(1, null, "dotnet test", WindowKind.Build, joules, joules) with { CpuSeconds = 4, DurationSeconds = 2 }]);

    private static EmissionsReport Build(string name, double joules, double ofProject) =>
        Of("build", name, [Window(1, null, name, WindowKind.Build, joules, joules - ofProject), Window(2, 1, $"{name}/project", WindowKind.Project, ofProject, ofProject)])
            with { Build = new ReportBuild { Mode = "nodes=2" } };

    private static EmissionsReport Of(string kind, string name, IReadOnlyList<ReportWindow> windows)
    {
        var report = SampleReports.Of([.. windows]);
        return report with
        {
            Run = report.Run with { Kind = kind, Project = name, TargetFramework = null },
            Totals = report.Totals with { TrackedJoules = windows[0].Energy.Joules, EnergyJoules = windows[0].Energy.Joules + report.Totals.UntrackedJoules },
            Windows = windows,
        };
    }

    private static ReportWindow Window(int seq, int? parent, string id, WindowKind kind, double joules, double self) => new()
    {
        Seq = seq, Parent = parent, Id = id, DisplayName = id, Kind = kind, StartedAt = Start, DurationSeconds = 1, CpuSeconds = joules / 100,
        Energy = Energy(joules, self), EmissionsGrams = joules * 12.3e-6, LowGrams = joules * 9e-6, HighGrams = joules * 15e-6, Intensity = "FR", Quality = MeasurementQuality.Ok,
    };

    private static ReportEnergy Energy(double joules, double self) => new()
    {
        Joules = joules, LowJoules = joules * 0.8, HighJoules = joules * 1.2, CpuJoules = joules, GpuJoules = 0, RamJoules = 0, SelfJoules = self,
    };
}
