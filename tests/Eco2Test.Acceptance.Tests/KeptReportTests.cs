using Eco2Test.Reports;
using Eco2Test.TestKit;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What lies in the results folder after a program, after two runs, and after a run that was killed.</summary>
public sealed class KeptReportTests(KeptReportTests.Projects projects) : IClassFixture<KeptReportTests.Projects>
{
    private readonly Workspace _workspace = projects.Workspace;

    [Fact]
    public async Task A_console_program_that_starts_windows_leaves_its_report_when_it_exits()
    {
        var run = await _workspace.DotnetAsync("run", "--project", "Program/Program.csproj", "--configuration", "Release");

        run.ExitCode.ShouldBe(0, run.ToString());
        var file = Directory.GetFiles(_workspace.PathOf("eco2test-results")).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe("Program_net10.0.eco2test.json");
        var report = ReportJson.Read(File.ReadAllText(file));
        report.Run.Kind.ShouldBe("program");
        report.Windows.Select(window => (window.Id, window.Parent, window.Count > 1)).ShouldBe([("inside", 1, false), ("work", null, false), ("short", null, true)]);
        report.Windows.Single(window => window.Id == "work").Metrics["accuracy"].ShouldBe(0.5);
    }

    [Fact]
    public async Task A_run_loses_neither_the_report_of_the_one_before_nor_that_of_one_that_was_killed()
    {
        var folder = _workspace.PathOf("results", "kept");
        var first = await TestAsync(folder, []);
        var killed = Path.Combine(folder, "Suite_net10.0.5e55.2147483646.eco2test.journal");
        File.WriteAllText(killed, JournalOf(ReadPlain(folder), "killed"));
        var second = await TestAsync(folder, []);

        (first.ExitCode, second.ExitCode).ShouldBe((0, 0), first.ToString() + second);
        second.Output.ShouldContain("An earlier run was cut off; its report: ");
        File.Exists(killed).ShouldBeFalse();
        var reports = Directory.GetFiles(folder, "*.eco2test.json").Select(file => ReportJson.Read(File.ReadAllText(file)).Run.Id).ToList();
        reports.Distinct().Count().ShouldBe(3, string.Join(", ", Directory.GetFiles(folder)));
        reports.ShouldContain("killed");
        reports.ShouldContain(ReadPlain(folder).Run.Id);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_fails_what_has_a_budget_and_names_its_place()
    {
        var byVariable = await TestAsync(_workspace.PathOf("results", "variable"), new() { ["ECO2TEST_GPUS"] = "abc" });
        var byProperty = await TestAsync(_workspace.PathOf("results", "property"), [], "-p:Eco2TestGpus=abc");

        byVariable.ExitCode.ShouldNotBe(0, byVariable.ToString());
        byVariable.Output.ShouldContain("ECO2004: the environment variable ECO2TEST_GPUS: 'abc' is no list of GPUs; write their numbers, such as '0' or '0,1'");
        byProperty.ExitCode.ShouldNotBe(0, byProperty.ToString());
        byProperty.Output.ShouldContain("ECO2TEST_GPUS: 'abc' is no list of GPUs");
    }

    private Task<CommandResult> TestAsync(string folder, Dictionary<string, string?> environment, params string[] more) => _workspace.DotnetAsync(
        environment, ["test", "Suite/Suite.csproj", "--configuration", "Release", "--no-build", "--results-directory", folder, .. more]);

    private static EmissionsReport ReadPlain(string folder) => ReportJson.Read(File.ReadAllText(Path.Combine(folder, "Suite_net10.0.eco2test.json")));

    private static string JournalOf(EmissionsReport report, string id) => SampleReports.Journal(report with { Run = report.Run with { Id = id } });

    /// <summary>A test project and a console program, built once.</summary>
    public sealed class Projects : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(KeptReportTests), feed);
            Workspace.Write(TestProject.Parse($$"""
                #file Program/Program.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                  </ItemGroup>
                </Project>
                #file Program/Program.cs
                using Eco2Test;

                using var synchronizer = TrackingWindow.SynchronizeWith(() => { });
                var window = TrackingWindow.Start("work");
                window.Record("accuracy", 0.5);
                using (TrackingWindow.Start("inside"))
                {
                    Thread.SpinWait(1_000_000);
                }

                window.Stop();
                using var repeated = TrackingWindow.Start("short");
                repeated.Repeat(TimeSpan.FromMilliseconds(50), () => Thread.SpinWait(1_000));
                repeated.Stop();
                Directory.SetCurrentDirectory(Path.GetTempPath());
                #file Suite/Suite.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                    <PackageReference Include="xunit.v3" Version="3.2.2" />
                    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                    <Using Include="Xunit" />
                  </ItemGroup>
                </Project>
                #file Suite/Tests.cs
                using Eco2Test;

                namespace Suite;

                public class Tests
                {
                    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "500 kJ")]
                    public void Works() => Thread.SpinWait(10_000_000);
                }
                """));
            var build = await Workspace.DotnetAsync("build", "Suite/Suite.csproj", "--configuration", "Release");
            build.ExitCode.ShouldBe(0, build.ToString());
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
