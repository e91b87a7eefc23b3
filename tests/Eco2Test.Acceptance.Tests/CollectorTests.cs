using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A run that is measured from outside: a project that has the collector alone, and one of xUnit v2 that tracks tests.</summary>
public sealed class CollectorTests(CollectorTests.Projects projects) : IClassFixture<CollectorTests.Projects>
{
    private const string Json = ".eco2test.json";

    private readonly Workspace _workspace = projects.Workspace;

    [Fact]
    public async Task A_project_that_tracks_nothing_has_the_report_of_its_run_attached()
    {
        var run = await TestAsync("Plain", "attached", "--collect", "Eco2Test");

        run.ExitCode.ShouldBe(0, run.ToString());
        var trx = Trx.ReadOnlyOneIn(Results("attached"));
        trx.Attachments.Select(file => Path.GetFileName(file)).ShouldBe(["Plain_net10.0.eco2test.json", "Plain_net10.0.eco2test.md"], ignoreOrder: true);
        var attached = File.ReadAllText(trx.Attachments.Single(file => file.EndsWith(Json, StringComparison.Ordinal)));
        var report = ReportJson.Read(attached);
        report.Run.Project.ShouldBe("Plain");
        report.Totals.EnergyJoules.ShouldBeGreaterThan(0);
        report.Totals.UntrackedJoules.ShouldBe(report.Totals.EnergyJoules);
        report.Intensities.ShouldHaveSingleItem().Region.ShouldBe("FR", "the property Eco2TestRegion");
        ReportJson.Read(File.ReadAllText(Path.Combine(Results("attached"), "Plain_net10.0.eco2test.json"))).Run.Id.ShouldBe(report.Run.Id, "the logger writes the same");
        Directory.GetFiles(Results("attached"), "*.journal").ShouldBeEmpty();
        run.Output.ShouldContain("The whole run");
        run.Output.Split("Eco2Test  ").Length.ShouldBe(2, "one summary of one project");
    }

    [Fact]
    public async Task Nothing_is_collected_that_nobody_asked_for()
    {
        var run = await TestAsync("Plain", "off");

        run.ExitCode.ShouldBe(0, run.ToString());
        Trx.ReadOnlyOneIn(Results("off")).Attachments.ShouldBeEmpty();
        run.Output.ShouldNotContain("Eco2Test  ");
    }

    [Fact]
    public async Task A_run_over_its_budget_fails_though_its_tests_pass()
    {
        var run = await TestAsync("Plain", "over", "-p:Eco2TestRunEnergyBudget=1 mJ");

        run.ExitCode.ShouldBe(1, run.ToString());
        var trx = Trx.ReadOnlyOneIn(Results("over"));
        trx.Outcome.ShouldBe("Failed");
        trx.Results.ShouldAllBe(result => result.Outcome == "Passed");
        run.Error.ShouldContain("Data collector 'Eco2Test' message: ECO2001: ");
    }

    [Fact]
    public async Task A_run_within_its_budget_passes()
    {
        var run = await TestAsync("Plain", "within", "-p:Eco2TestRunEnergyBudget=1 MJ");

        run.ExitCode.ShouldBe(0, run.ToString());
        var trx = Trx.ReadOnlyOneIn(Results("within"));
        trx.Outcome.ShouldBe("Completed");
        trx.Attachments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_in_the_settings_file_is_judged_where_no_compiler_reads_it()
    {
        var file = _workspace.PathOf("Plain", "eco2test.json");
        File.WriteAllText(file, """{ "runEnergyBudget": "1 mJ" }""");
        try
        {
            var run = await TestAsync("Plain", "file");

            run.ExitCode.ShouldBe(1, run.ToString());
            run.Error.ShouldContain("Data collector 'Eco2Test' message: ECO2001: ");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_budget_of_a_run_of_which_nothing_is_known_is_not_kept()
    {
        var blocked = _workspace.PathOf("blocked");
        File.WriteAllText(blocked, "");
        var run = await TestWithAsync(new() { ["ECO2TEST_RESULTS"] = Path.Combine(blocked, "below") }, "Plain", "nodata", "-p:Eco2TestRunEnergyBudget=1 MJ");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Error.ShouldContain("Data collector 'Eco2Test' message: ECO2012: ");
        Trx.ReadOnlyOneIn(Results("nodata")).Outcome.ShouldBe("Failed");
    }

    [Fact]
    public async Task Tests_of_xunit_v2_have_what_they_used_attached()
    {
        var run = await TestAsync("Tracked", "v2", "-p:Eco2TestCollect=true");

        run.ExitCode.ShouldBe(0, run.ToString());
        var trx = Trx.ReadOnlyOneIn(Results("v2"));
        var attached = trx.Results.Where(result => result.Attachments.Count > 0).ToDictionary(result => result.Name, result => File.ReadAllText(result.Attachments.ShouldHaveSingleItem()));
        attached.Keys.ShouldBe(["Tracked.Tests.Rows(n: 1)", "Tracked.Tests.Rows(n: 2)", "Tracked.Tests.Works"], ignoreOrder: true);
        attached["Tracked.Tests.Works"].ShouldContain("\"id\": \"Tracked.Tests.Works\"");
        attached["Tracked.Tests.Works"].ShouldContain("eco2test-window/v1");
        attached["Tracked.Tests.Rows(n: 1)"].ShouldNotBe(attached["Tracked.Tests.Rows(n: 2)"]);

        // One report of the one host: its own.
        var report = trx.Attachments.Where(file => file.EndsWith(Json, StringComparison.Ordinal)).ShouldHaveSingleItem();
        ReportJson.Read(File.ReadAllText(report)).Windows.Count.ShouldBe(3);
        Directory.GetFiles(Results("v2"), "*" + Json).ShouldHaveSingleItem();
        Directory.Exists(Path.Combine(Results("v2"), "eco2test-attachments")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_projects_that_share_a_results_folder_keep_both_reports()
    {
        var run = await TestAsync("Both.sln", "both", "--collect", "Eco2Test");

        run.ExitCode.ShouldBe(0, run.ToString());
        Directory.GetFiles(Results("both"), "*" + Json).Select(file => Path.GetFileName(file)).ShouldBe(["Plain_net10.0.eco2test.json", "Tracked_net10.0.eco2test.json"], ignoreOrder: true);
        Directory.GetFiles(Results("both"), "*.trx").SelectMany(file => Trx.Read(file).Attachments).Count(file => file.EndsWith(Json, StringComparison.Ordinal)).ShouldBe(2);

        // Of each project, and of the solution.
        run.Output.Split("Eco2Test  ").Length.ShouldBe(4, run.ToString());
    }

    [Fact]
    public async Task A_quiet_run_says_nothing_unless_its_budget_is_exceeded()
    {
        var quiet = await TestAsync("Plain", "quiet", "--collect", "Eco2Test", "--verbosity", "q");
        var over = await TestAsync("Plain", "quiet-over", "--verbosity", "q", "-p:Eco2TestRunEnergyBudget=1 mJ");

        quiet.ExitCode.ShouldBe(0, quiet.ToString());
        quiet.Output.ShouldNotContain("Eco2Test  ");
        quiet.Output.ShouldNotContain("Report: ");
        Trx.ReadOnlyOneIn(Results("quiet")).Attachments.Count.ShouldBe(2);
        over.ExitCode.ShouldBe(1, over.ToString());
        over.Error.ShouldContain("Data collector 'Eco2Test' message: ECO2001: ");
    }

    [Fact]
    public async Task Another_collector_beside_it_keeps_its_work()
    {
        var run = await TestAsync("Plain", "coverage", "--collect", "XPlat Code Coverage", "--collect", "Eco2Test;Region=DE");

        run.ExitCode.ShouldBe(0, run.ToString());
        var attachments = Trx.ReadOnlyOneIn(Results("coverage")).Attachments;
        attachments.ShouldContain(file => file.EndsWith("coverage.cobertura.xml", StringComparison.Ordinal));
        var report = ReportJson.Read(File.ReadAllText(attachments.Single(file => file.EndsWith(Json, StringComparison.Ordinal))));
        report.Intensities.ShouldHaveSingleItem().Region.ShouldBe("DE", "what the user gives the collector comes before the property");
    }

    [Fact]
    public async Task A_budget_in_the_run_settings_fails_a_run_that_tracks_nothing()
    {
        _workspace.Write("budget.runsettings", """
            <RunSettings><RunConfiguration><EnvironmentVariables>
              <ECO2TEST_RUN_ENERGY_BUDGET>1 mJ</ECO2TEST_RUN_ENERGY_BUDGET>
            </EnvironmentVariables></RunConfiguration></RunSettings>
            """);

        var run = await TestAsync("Plain", "run-settings", "--settings", _workspace.PathOf("budget.runsettings"));

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.ShouldContain("ECO2001: the whole run of Plain");
    }

    [Fact]
    public async Task An_assembly_that_is_tested_without_its_project_is_collected_too()
    {
        var dll = _workspace.PathOf("Plain", "bin", "Release", "net10.0", "Plain.dll");
        var tools = Directory.GetDirectories(projects.PackageFolder, "tools", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var run = await _workspace.DotnetAsync("test", dll, "--collect", "Eco2Test", "--test-adapter-path", tools, "--logger", "trx", "--results-directory", Results("dll"));

        run.ExitCode.ShouldBe(0, run.ToString());
        var report = Trx.ReadOnlyOneIn(Results("dll")).Attachments.Single(file => file.EndsWith(Json, StringComparison.Ordinal));
        ReportJson.Read(File.ReadAllText(report)).Intensities.ShouldHaveSingleItem().Region.ShouldBe("FR", "what the build left in the assembly");
    }

    private string Results(string name) => _workspace.PathOf("results", name);

    private Task<CommandResult> TestAsync(string project, string results, params string[] more) => TestWithAsync([], project, results, more);

    private Task<CommandResult> TestWithAsync(Dictionary<string, string?> environment, string project, string results, params string[] more) => _workspace.DotnetAsync(
        environment, ["test", project, "--configuration", "Release", "--no-build", "--logger", "trx", "--results-directory", Results(results), .. more]);

    /// <summary>Two projects, built once.</summary>
    public sealed class Projects : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        /// <summary>Where the package of the collector is unpacked.</summary>
        public string PackageFolder { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(CollectorTests), feed);
            Workspace.Write(TestProject.Parse($$"""
                #file Plain/Plain.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Eco2TestRegion>FR</Eco2TestRegion>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                    <PackageReference Include="xunit.v3" Version="3.2.2" />
                    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                    <PackageReference Include="coverlet.collector" Version="$Coverlet$" />
                    <PackageReference Include="Eco2Test.Collector" Version="{{feed.Version}}" GeneratePathProperty="true" />
                    <Using Include="Xunit" />
                  </ItemGroup>
                  <Target Name="SayWhereThePackageIs" AfterTargets="Build">
                    <WriteLinesToFile File="../package.txt" Lines="$(PkgEco2Test_Collector)" Overwrite="true" />
                  </Target>
                </Project>
                #file Plain/Tests.cs
                namespace Plain;

                public class Tests
                {
                    [Fact]
                    public void Works() => Thread.SpinWait(10_000_000);
                }
                #file Tracked/Tracked.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                    <PackageReference Include="xunit" Version="2.9.3" />
                    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                    <Using Include="Xunit" />
                  </ItemGroup>
                </Project>
                #file Tracked/Tests.cs
                using Eco2Test;

                namespace Tracked;

                public class Tests
                {
                    [Fact, TrackEmissions(Region = "FR")]
                    public void Works() => Thread.SpinWait(10_000_000);

                    [Theory, InlineData(1), InlineData(2), TrackEmissions(Region = "FR")]
                    public void Rows(int n) => Thread.SpinWait(n * 1_000_000);

                    [Fact]
                    public void IsNotTracked() => Assert.True(true);
                }
                """.Replace("$Coverlet$", "6.0.4")));
            var steps = new[]
            {
                await Workspace.DotnetAsync("new", "sln", "--name", "Both", "--format", "sln"),
                await Workspace.DotnetAsync("sln", "Both.sln", "add", "Plain", "Tracked"),
                await Workspace.DotnetAsync("build", "Both.sln", "--configuration", "Release"),
            };
            steps.ShouldAllBe(step => step.ExitCode == 0, steps[^1].ToString());
            PackageFolder = File.ReadAllText(Workspace.PathOf("package.txt")).Trim();
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
