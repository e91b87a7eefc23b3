using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What else people pass to <c>dotnet test</c>, and have in their test projects.</summary>
public sealed class LivingWithOthersTests(LivingWithOthersTests.Projects projects) : IClassFixture<LivingWithOthersTests.Projects>
{
    [Fact]
    public async Task Beside_a_coverage_collector_both_do_their_work_and_the_hook_is_not_covered()
    {
        var (run, folder) = await VSTestAsync("coverage", "--collect", "XPlat Code Coverage");

        run.ExitCode.ShouldBe(0, run.ToString());
        Report(folder).Windows.Select(window => window.DisplayName).ShouldBe(["Suite.Tests.Works", "Suite.Tests.WorksToo"], ignoreOrder: true);
        var coverage = File.ReadAllText(Directory.GetFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories).First());
        coverage.ShouldContain("Suite.Product");
        coverage.ShouldNotContain("Eco2Test.", Case.Sensitive);
    }

    [Fact]
    public async Task Beside_blame_the_report_is_made()
    {
        var (run, folder) = await VSTestAsync("blame", "--blame", "--blame-hang-timeout", "1m");

        run.ExitCode.ShouldBe(0, run.ToString());
        Report(folder).Windows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Only_tests_that_a_filter_lets_run_are_in_the_report()
    {
        var (run, folder) = await VSTestAsync("filter", "--filter", "Name=WorksToo");

        run.ExitCode.ShouldBe(0, run.ToString());
        Report(folder).Windows.ShouldHaveSingleItem().DisplayName.ShouldBe("Suite.Tests.WorksToo");
    }

    [Fact]
    public async Task Listing_tests_tracks_nothing()
    {
        var (vstest, folder) = await VSTestAsync("list", "--list-tests");
        var (platform, folderOfPlatform) = await PlatformAsync("list", "--list-tests");

        foreach (var (run, results) in new[] { (vstest, folder), (platform, folderOfPlatform) })
        {
            run.ExitCode.ShouldBe(0, run.ToString());
            run.Output.ShouldContain("Works");
            run.Output.ShouldNotContain("untracked");
            FilesOfOurs(results).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_run_in_which_every_tracked_test_is_skipped_tracks_nothing()
    {
        var (run, folder) = await VSTestAsync("skipped", "--filter", "Name=Skipped");

        run.ExitCode.ShouldBe(0, run.ToString());
        FilesOfOurs(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Beside_dumps_of_hangs_and_crashes_each_test_has_its_attachment()
    {
        var (run, folder) = await PlatformAsync("dumps", "--hangdump", "--hangdump-timeout", "1m", "--crashdump", "--report-trx", "--filter", "Name=Works");

        run.ExitCode.ShouldBe(0, run.ToString());
        Trx.ReadOnlyOneIn(folder).ResultOf("Works").Attachments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Beside_coverage_and_the_reports_of_the_platform_all_do_their_work_and_the_hook_is_not_covered()
    {
        var summary = projects.Workspace.PathOf("summary.md");
        var (run, folder) = await PlatformWithAsync(
            new() { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = summary, ["GITHUB_WORKSPACE"] = projects.Workspace.Folder }, "reports",
            "--coverlet", "--coverlet-output-format", "cobertura", "--report-html", "--report-gh", "--report-trx", "--energy-budget", "0.001 uJ", "--filter", "Name=Works");

        run.ExitCode.ShouldBe(2, run.ToString());
        Report(folder).Windows.ShouldHaveSingleItem().Id.ShouldBe("Suite.Tests.Works");
        var coverage = File.ReadAllText(Directory.GetFiles(folder, "coverage.cobertura.*").ShouldHaveSingleItem());
        coverage.ShouldContain("Suite.Product");
        coverage.ShouldNotContain("Eco2Test.", Case.Sensitive);
        foreach (var report in new[] { Directory.GetFiles(folder, "*.html").ShouldHaveSingleItem(), Directory.GetFiles(folder, "*.trx").ShouldHaveSingleItem(), summary })
        {
            File.ReadAllText(report).ShouldContain("ECO2001: the whole run of Suite", Case.Sensitive, report);
        }
    }

    [Fact]
    public async Task A_run_that_is_retried_in_a_new_process_leaves_a_report_of_each_process()
    {
        var (run, folder) = await PlatformAsync("retry", "--retry-failed-tests", "2");

        run.ExitCode.ShouldBe(0, run.ToString());
        var reports = Directory.GetFiles(folder, "Suite_net10.0*.eco2test.json", SearchOption.AllDirectories).Select(file => ReportJson.Read(File.ReadAllText(file))).DistinctBy(report => report.Run.StartedAt).ToList();
        reports.Count.ShouldBe(2, "two processes");
        reports.ShouldAllBe(report => report.Windows.Any(window => window.Id == "Suite.Tests.WorksAtTheSecondProcess"));
    }

    private async Task<(CommandResult Run, string Folder)> VSTestAsync(string name, params string[] more)
    {
        var folder = projects.Workspace.PathOf("results", "vstest-" + name);
        var run = await projects.Workspace.DotnetAsync(["test", "VSTest/Suite.csproj", "--no-build", "--configuration", "Release", "--results-directory", folder, .. more]);
        return (run, folder);
    }

    private Task<(CommandResult Run, string Folder)> PlatformAsync(string name, params string[] more) => PlatformWithAsync([], name, more);

    private async Task<(CommandResult Run, string Folder)> PlatformWithAsync(Dictionary<string, string?> environment, string name, params string[] more)
    {
        var folder = projects.Workspace.PathOf("results", "platform-" + name);
        var run = await projects.Workspace.DotnetAsync(
            new Dictionary<string, string?>(environment) { ["ECO2TEST_RESULTS"] = folder },
            ["run", "--project", "Platform/Suite.csproj", "--no-build", "--configuration", "Release", "--", "--results-directory", folder, .. more]);
        return (run, folder);
    }

    private static EmissionsReport Report(string folder) => ReportJson.Read(File.ReadAllText(Path.Combine(folder, "Suite_net10.0.eco2test.json")));

    private static IEnumerable<string> FilesOfOurs(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*eco2test*", SearchOption.AllDirectories) : [];

    /// <summary>A project for each runner, built once.</summary>
    public sealed class Projects : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(LivingWithOthersTests), feed);
            Workspace.Write(TestProject.Parse($$"""
                #file VSTest/Suite.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <IsTestProject>true</IsTestProject>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                    <PackageReference Include="NUnit" Version="4.6.1" />
                    <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                    <PackageReference Include="coverlet.collector" Version="6.0.4" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                    <ProjectReference Include="../Product/Product.csproj" />
                  </ItemGroup>
                </Project>
                #file VSTest/Tests.cs
                using Eco2Test;
                using NUnit.Framework;

                namespace Suite;

                [TrackEmissions(Region = "FR")]
                public class Tests
                {
                    [Test] public void Works() => Product.Work();
                    [Test] public void WorksToo() => Product.Work();
                    [Test, Ignore("later")] public void Skipped() => Product.Work();
                }
                #file Product/Product.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                </Project>
                #file Product/Product.cs
                namespace Suite;

                public static class Product
                {
                    public static void Work() => System.Threading.Thread.SpinWait(1_000_000);
                }
                #file Platform/Suite.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <EnableMSTestRunner>true</EnableMSTestRunner>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="MSTest.TestFramework" Version="4.5.3" />
                    <PackageReference Include="MSTest.TestAdapter" Version="4.5.3" />
                    <PackageReference Include="coverlet.MTP" Version="10.1.0" />
                    <PackageReference Include="Microsoft.Testing.Extensions.CrashDump" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.GitHubActionsReport" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.HangDump" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.HtmlReport" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.Retry" Version="2.5.2" />
                    <PackageReference Include="Microsoft.Testing.Extensions.TrxReport" Version="2.5.2" />
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                    <ProjectReference Include="../Product/Product.csproj" />
                  </ItemGroup>
                </Project>
                #file Platform/Tests.cs
                using Eco2Test;
                using Microsoft.VisualStudio.TestTools.UnitTesting;

                [assembly: DoNotParallelize]

                namespace Suite;

                [TestClass, TrackEmissions(Region = "FR")]
                public class Tests
                {
                    [TestMethod]
                    public void Works() => Product.Work();

                    [TestMethod]
                    public void WorksAtTheSecondProcess()
                    {
                        var seen = Path.Combine(Environment.GetEnvironmentVariable("ECO2TEST_RESULTS")!, "seen");
                        if (!File.Exists(seen))
                        {
                            File.WriteAllText(seen, "");
                            Assert.Fail("again");
                        }
                    }
                }
                """));
            foreach (var project in new[] { "VSTest", "Platform" })
            {
                var build = await Workspace.DotnetAsync("build", $"{project}/Suite.csproj", "--configuration", "Release");
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
