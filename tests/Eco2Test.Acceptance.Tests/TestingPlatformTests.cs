using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// The extension of Microsoft.Testing.Platform in real applications, from the packed packages: without an attribute, with
/// budgets of the run, beside other extensions, several times in one process, and where the platform is too old for it.
/// </summary>
public sealed class TestingPlatformTests(TestingPlatformTests.Projects projects) : IClassFixture<TestingPlatformTests.Projects>
{
    private readonly Workspace _workspace = projects.Workspace;

    [Fact]
    public async Task Without_an_attribute_each_test_has_a_row_and_all_add_up()
    {
        var folder = Folder("rows");
        var run = await RunAsync("Suite", "--report-emissions", "--emissions-region", "FR", "--report-trx", "--coverage", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        var report = Read(folder, "Suite");
        report.Windows.Select(window => (window.Id, window.Sampled)).ShouldBe(
            [("Suite.Basics.Burns", true), ("Suite.Basics.Rows(1)", true), ("Suite.Basics.Rows(2)", true), ("Suite.Basics.Sleeps", true), ("Suite.Basics.Tracked", false)],
            ignoreOrder: true);
        ShouldBeConserved(report);
        Of(report, "Burns").Energy.Joules.ShouldBeGreaterThan(Of(report, "Sleeps").Energy.Joules);
        report.Totals.Intensity.ShouldBe("FR");
        report.Notices.ShouldContain(notice => notice.Code == "ECO2045");
        run.Output.ShouldContain("= total");
        Trx.ReadOnlyOneIn(folder).Attachments.Select(Path.GetFileName).Where(file => !file!.EndsWith(".coverage", StringComparison.Ordinal))
            .ShouldBe(["Suite_net10.0.eco2test.json", "Suite_net10.0.eco2test.md"], ignoreOrder: true);
        Directory.GetDirectories(folder, "eco2test-attachments").ShouldBeEmpty("the TRX has its copies");
    }

    [Fact]
    public async Task A_budget_of_the_run_that_is_exceeded_fails_dotnet_test_and_the_TRX()
    {
        var folder = Folder("exceeded");
        var run = await TestAsync("Suite", "--energy-budget", "0.001 uJ", "--report-trx", "--results-directory", folder);

        run.ExitCode.ShouldNotBe(0, run.ToString());
        run.Output.ShouldContain("ECO2001: the whole run of Suite");
        var trx = Trx.ReadOnlyOneIn(folder);
        trx.Outcome.ShouldBe("Failed");
        var failed = trx.Results.Where(result => result.Outcome == "Failed").ShouldHaveSingleItem();
        (failed.Name, failed.ClassName).ShouldBe(("Budget of the run", "Eco2Test.Budgets"));
        failed.Message.ShouldStartWith("ECO2001: the whole run of Suite");
        Read(folder, "Suite").Budgets.ShouldNotBeNull().ShouldHaveSingleItem().Fails.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_TRX_it_fails_the_run_and_is_said_all_the_same()
    {
        var run = await RunAsync("Suite", "--energy-budget", "0.001 uJ", "--filter", "Name=Tracked", "--results-directory", Folder("untold"));

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Output.ShouldContain("Budget of the run", Case.Sensitive, "in colours, where the platform sees a CI");
    }

    [Fact]
    public async Task A_budget_of_the_run_that_suffices_fails_nothing()
    {
        var folder = Folder("kept");
        var run = await TestAsync("Suite", "--energy-budget", "1 MJ", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        Read(folder, "Suite").Budgets.ShouldNotBeNull().ShouldHaveSingleItem().Verdict.ShouldBe(BudgetVerdict.Kept);
    }

    [Fact]
    public async Task Tracked_tests_are_reported_though_nobody_asks_and_nothing_else_is()
    {
        var folder = Folder("tracked");
        var run = await RunAsync("Suite", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        Read(folder, "Suite").Windows.ShouldHaveSingleItem().Id.ShouldBe("Suite.Basics.Tracked");
    }

    [Fact]
    public async Task Listing_tests_leaves_nothing()
    {
        var folder = Folder("list");
        var run = await RunAsync("Suite", "--list-tests", "--report-emissions", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldContain("Burns");
        Directory.EnumerateFiles(_workspace.Folder, "*.eco2test.*", SearchOption.AllDirectories).Where(file => file.StartsWith(folder, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_refused_before_any_test_runs()
    {
        var run = await RunAsync("Suite", "--energy-budget", "2 apples");

        run.ExitCode.ShouldBe(5, run.ToString());
        run.Output.ShouldContain("Option '--energy-budget' has invalid arguments: 'apples' is not a unit of an energy");
    }

    [Fact]
    public async Task Each_attempt_of_a_retried_run_has_its_report()
    {
        var folder = Folder("retried");
        var run = await RunWithAsync(new() { ["SUITE_FLAKY"] = _workspace.PathOf("flaky") }, "Suite", "--report-emissions", "--retry-failed-tests", "1", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        var attempts = Directory.GetFiles(Path.Combine(folder, "Retries"), "Suite_net10.0.eco2test.json", SearchOption.AllDirectories).Select(file => ReportJson.Read(File.ReadAllText(file))).ToList();
        attempts.Select(report => report.Windows.Count).Order().ShouldBe([1, 5]);
        attempts.ForEach(ShouldBeConserved);
    }

    [Fact]
    public async Task Two_sessions_in_one_process_have_a_report_each()
    {
        var folder = Folder("twice");
        var run = await RunAsync("Twice", "--report-emissions", "--results-directory", folder);

        run.ExitCode.ShouldBe(0, run.ToString());
        var reports = Directory.GetFiles(folder, "Twice_net10.0*.eco2test.json").Select(file => ReportJson.Read(File.ReadAllText(file))).OrderBy(report => report.Run.StartedAt).ToList();
        reports.Count.ShouldBe(2);
        reports.ForEach(ShouldBeConserved);
        reports.ShouldAllBe(report => report.Windows.Count == 1 && report.Windows[0].Id == "Twice.Basics.Burns");
        reports[1].Run.StartedAt.ShouldBeGreaterThan(reports[0].Run.StartedAt.AddSeconds(reports[0].Run.DurationSeconds / 2), "it begins where the first ended");
    }

    [Fact]
    public async Task Driven_by_an_editor_each_run_has_a_report_and_looking_for_tests_has_none()
    {
        var folder = Folder("editor");
        await using var editor = await EditorHost.StartAsync(_workspace.PathOf("Suite", "bin", "Release", "net10.0", "Suite.dll"), "--report-emissions", "--results-directory", folder);

        await editor.CallAsync("testing/discoverTests");
        Directory.GetFiles(folder, "*eco2test*", SearchOption.AllDirectories).ShouldBeEmpty("nothing has run");
        await editor.CallAsync("testing/runTests");
        await editor.CallAsync("testing/runTests");

        var reports = Directory.GetFiles(folder, "Suite_net10.0*.eco2test.json").Select(file => ReportJson.Read(File.ReadAllText(file))).ToList();
        reports.Count.ShouldBe(2);
        reports.ForEach(ShouldBeConserved);
        reports.ShouldAllBe(report => report.Windows.Count == 5 && report.Windows.All(window => window.Attempt == 1));
    }

    [Fact]
    public async Task Under_version_1_of_the_platform_tests_run_as_before_and_the_build_says_what_is_missing()
    {
        var build = await _workspace.DotnetAsync("build", "Old/Old.csproj", "--configuration", "Release", "--no-incremental");
        var run = await RunAsync("Old");

        build.ExitCode.ShouldBe(0, build.ToString());
        build.Output.ShouldContain("warning ECO2040: Microsoft.Testing.Platform 1.");
        run.ExitCode.ShouldBe(0, run.ToString());
    }

    private string Folder(string name) => _workspace.PathOf("results", name);

    private Task<CommandResult> RunAsync(string project, params string[] arguments) => RunWithAsync([], project, arguments);

    private Task<CommandResult> RunWithAsync(Dictionary<string, string?> environment, string project, params string[] arguments) => _workspace.DotnetAsync(
        environment, ["exec", _workspace.PathOf(project, "bin", "Release", "net10.0", $"{project}.dll"), .. arguments]);

    private Task<CommandResult> TestAsync(string project, params string[] arguments) =>
        _workspace.DotnetAsync(["test", "--project", $"{project}/{project}.csproj", "--configuration", "Release", "--no-build", .. arguments]);

    private static EmissionsReport Read(string folder, string project) => ReportJson.Read(File.ReadAllText(Path.Combine(folder, $"{project}_net10.0.eco2test.json")));

    private static ReportWindow Of(EmissionsReport report, string method) => report.Windows.Single(window => TestNames.MethodOf(window.Id) == method);

    private static void ShouldBeConserved(EmissionsReport report)
    {
        var (totals, roots) = (report.Totals, report.Windows.Where(window => window.Parent is null).ToList());
        (roots.Sum(root => root.Energy.Joules) + totals.UntrackedJoules).ShouldBe(totals.EnergyJoules, 1e-9 * Math.Max(1, totals.EnergyJoules));
        (roots.Sum(root => root.EmissionsGrams) + totals.UntrackedGrams).ShouldBe(totals.EmissionsGrams, 1e-9);
    }

    /// <summary>Three applications, built once.</summary>
    public sealed class Projects : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(TestingPlatformTests), feed);
            Workspace.Write("global.json", """{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" }, "test": { "runner": "Microsoft.Testing.Platform" } }""");
            Workspace.Write(TestProject.Parse($$"""
                #file Suite/Suite.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <EnableNUnitRunner>true</EnableNUnitRunner>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="NUnit" Version="4.6.1" />
                    <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                    <PackageReference Include="Microsoft.Testing.Extensions.CodeCoverage" Version="18.12.0" />
                    <PackageReference Include="Microsoft.Testing.Extensions.Retry" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.TrxReport" Version="2.5.2" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                  </ItemGroup>
                </Project>
                #file Suite/Basics.cs
                using Eco2Test;
                using NUnit.Framework;

                namespace Suite;

                public class Basics
                {
                    [Test]
                    public void Burns() => Burn(400);

                    [Test]
                    public void Sleeps()
                    {
                        Thread.Sleep(400);
                        if (Environment.GetEnvironmentVariable("SUITE_FLAKY") is { Length: > 0 } file && !File.Exists(file))
                        {
                            File.WriteAllText(file, "");
                            Assert.Fail("the first time");
                        }
                    }

                    [TestCase(1)]
                    [TestCase(2)]
                    public void Rows(int n) => Burn(n * 150);

                    [Test, TrackEmissions(Region = "FR")]
                    public void Tracked() => Burn(100);

                    private static void Burn(int milliseconds)
                    {
                        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.ElapsedMilliseconds < milliseconds;)
                        {
                            Thread.SpinWait(1_000);
                        }
                    }
                }
                #file Twice/Twice.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <EnableMSTestRunner>true</EnableMSTestRunner>
                    <GenerateTestingPlatformEntryPoint>false</GenerateTestingPlatformEntryPoint>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="MSTest.TestFramework" Version="4.5.3" />
                    <PackageReference Include="MSTest.TestAdapter" Version="4.5.3" />
                    <PackageReference Include="Eco2Test.TestingPlatform" Version="{{feed.Version}}" />
                  </ItemGroup>
                </Project>
                #file Twice/Program.cs
                using Microsoft.Testing.Platform.Builder;
                using Microsoft.VisualStudio.TestTools.UnitTesting;

                namespace Twice;

                public static class Program
                {
                    public static async Task<int> Main(string[] args) => await SessionAsync(args) + await SessionAsync(args);

                    private static async Task<int> SessionAsync(string[] args)
                    {
                        var builder = await TestApplication.CreateBuilderAsync(args);
                        SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
                        using var application = await builder.BuildAsync();
                        return await application.RunAsync();
                    }
                }

                [TestClass]
                public class Basics
                {
                    [TestMethod]
                    public void Burns() => Thread.SpinWait(20_000_000);
                }
                #file Old/Old.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <UseMicrosoftTestingPlatformRunner>true</UseMicrosoftTestingPlatformRunner>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="xunit.v3" Version="3.2.2" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                  </ItemGroup>
                </Project>
                #file Old/Basics.cs
                public class Basics
                {
                    [Xunit.Fact, Eco2Test.TrackEmissions(Region = "FR", EnergyBudget = "1 MJ")]
                    public void Works() => System.Threading.Thread.SpinWait(1_000_000);
                }
                """));
            foreach (var project in new[] { "Suite", "Twice" })
            {
                var build = await Workspace.DotnetAsync("build", $"{project}/{project}.csproj", "--configuration", "Release");
                build.ExitCode.ShouldBe(0, build.ToString());
            }
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
