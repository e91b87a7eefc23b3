using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary><c>eco2test run -- dotnet build</c> from the packed tool: a solution whose projects know nothing of Eco2Test.</summary>
public sealed class WrapperTests(WrapperTests.PlainShop shop) : IClassFixture<WrapperTests.PlainShop>
{
    [Fact]
    public async Task A_build_without_the_logger_has_one_figure_with_its_projects_and_each_report_once()
    {
        var run = await shop.RunAsync("figure", [], "build", "Shop.sln", "--no-restore", "--no-incremental");

        run.ExitCode.ShouldBe(0, run.ToString());
        Summaries(run).ShouldBe(1, run.ToString());
        run.Output.ShouldContain("Build succeeded");
        var report = shop.Report("figure", "command");
        (report.Run.Kind, report.Run.Project).ShouldBe(("command", "dotnet build Shop.sln"));
        report.Build!.Succeeded.ShouldBe(true);
        report.Build.Mode.ShouldNotBeNullOrEmpty();
        var part = report.Build.Contains.ShouldNotBeNull().ShouldHaveSingleItem();
        (part.Run.Kind, part.Run.Project, part.Run.Id).ShouldBe(("build", "Shop.sln", report.Run.Id));
        var command = report.Windows.Where(window => window.Parent is null).ShouldHaveSingleItem();
        var build = report.Windows.Where(window => window.Parent == command.Seq).ShouldHaveSingleItem();
        report.Windows.Where(window => window.Kind == WindowKind.Project && window.Parent == build.Seq).Select(window => window.DisplayName.Split(' ')[0]).Distinct()
            .ShouldBe(["Shop.sln", "App", "Core"], ignoreOrder: true);
        report.Windows.ShouldContain(window => window.Kind == WindowKind.Task && window.DisplayName.Contains("Csc"));
        ShouldBeConserved(report);
        Directory.GetFileSystemEntries(shop.PathOf("figure")).Select(Path.GetFileName)
            .ShouldBe(["build.eco2test.json", "build.eco2test.md", "command.eco2test.json", "command.eco2test.md"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_build_that_fails_has_its_own_exit_code_and_error_lines_whatever_its_budget()
    {
        var file = Path.Combine(shop.Folder, "Core", "Wrong.cs");
        await File.WriteAllTextAsync(file, "public static class Wrong { public static int Of() => Nowhere.Of(); }\n", TestContext.Current.CancellationToken);
        try
        {
            string[] command = ["build", "Shop.sln", "--no-restore"];
            var direct = await shop.DotnetAsync(command);
            var run = await shop.RunAsync("fails", ["--energy-budget", "1 mJ"], command);

            direct.ExitCode.ShouldBe(1, direct.ToString());
            run.ExitCode.ShouldBe(1, run.ToString());
            Errors(direct).ShouldContain(line => line.Contains("Wrong.cs(1,") && line.Contains("error CS0103"));
            Errors(run).ShouldBe(Errors(direct), ignoreOrder: true);
            run.Error.ShouldContain("eco2test: error ECO3002: the command dotnet build Shop.sln used ");
            run.Error.ShouldContain("its exit code 1 is passed on");
            shop.Report("fails", "command").Build!.Succeeded.ShouldBe(false);
        }
        finally
        {
            File.Delete(file);
        }

        static List<string> Errors(CommandResult result) => [.. result.Output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(line => line.Trim())];
    }

    [Theory]
    [InlineData("--energy-budget", "1 mJ", 3, "eco2test: error ECO3002: the command dotnet build Shop.sln used ")]
    [InlineData("--emissions-budget", "1 ug", 3, "eco2test: error ECO3002: the command dotnet build Shop.sln emitted ")]
    [InlineData("--energy-budget", "1 MJ", 0, "")]
    public async Task A_command_over_its_budget_ends_with_3(string option, string budget, int exitCode, string line)
    {
        var run = await shop.RunAsync("option", [option, budget], "build", "Shop.sln", "--no-restore");

        run.ExitCode.ShouldBe(exitCode, run.ToString());
        run.Error.ShouldContain(line);
        run.Output.ShouldContain("Build succeeded", customMessage: "the build is as it was");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task An_entry_of_the_settings_file_holds_and_is_judged_once(int exitCode, bool isWithoutLogger)
    {
        const string Line = "eco2test.json(3,47): error ECO3002: the ";
        var settings = Path.Combine(shop.Folder, "eco2test.json");
        await File.WriteAllTextAsync(
            settings, "{\n  \"builds\": [\n    { \"solution\": \"Shop.sln\", \"energyBudget\": \"1 mJ\" },\n    { \"solution\": \"Other.sln\", \"energyBudget\": \"1 uJ\" } ] }\n", TestContext.Current.CancellationToken);
        try
        {
            var run = await shop.RunAsync("entry", isWithoutLogger ? ["--no-logger"] : [], "build", "Shop.sln", "--no-restore");

            run.ExitCode.ShouldBe(exitCode, run.ToString());
            (run.Output + run.Error).Split(Line).Length.ShouldBe(2, run.ToString());
            (isWithoutLogger ? run.Error : run.Output).ShouldContain(Line);
            shop.Report("entry", "command").Budgets.ShouldNotBeNull().ShouldHaveSingleItem().Verdict.ShouldBe(BudgetVerdict.Exceeded);
        }
        finally
        {
            File.Delete(settings);
        }
    }

    /// <summary>How often a figure of a whole is shown.</summary>
    internal static int Summaries(CommandResult run) => (run.Output + run.Error).Split("Eco2Test  ").Length - 1;

    /// <summary>Of each window, what is in it comes to no more than itself, and the rest is its own.</summary>
    internal static void ShouldBeConserved(EmissionsReport report)
    {
        var total = report.Totals.EnergyJoules;
        var tolerance = 1e-9 * total;
        report.Windows.Where(window => window.Parent is null).Sum(window => window.Energy.Joules).ShouldBe(total - report.Totals.UntrackedJoules, tolerance);
        var inside = report.Windows.ToLookup(window => window.Parent);
        foreach (var window in report.Windows)
        {
            var children = inside[window.Seq].Sum(child => child.Energy.Joules);
            children.ShouldBeLessThanOrEqualTo(window.Energy.Joules + tolerance, window.DisplayName);
            window.Energy.SelfJoules.ShouldBe(window.Energy.Joules - children, tolerance, window.DisplayName);
        }
    }

    /// <summary>A solution of two projects without any package, restored once.</summary>
    public sealed class PlainShop : IAsyncLifetime
    {
        private Workspace? _workspace;
        private string _tool = "";

        public string Folder => _workspace!.Folder;

        public async ValueTask InitializeAsync()
        {
            _workspace = Workspace.Create(nameof(WrapperTests), await PackedFeed.GetAsync());
            _tool = await PackedTool.GetAsync();
            _workspace.Write(Projects);
            CommandResult[] steps =
            [
                await _workspace.DotnetAsync("new", "sln", "--name", "Shop", "--format", "sln"),
                await _workspace.DotnetAsync("sln", "Shop.sln", "add", "App", "Core"),
                await _workspace.DotnetAsync("restore", "Shop.sln"),
            ];
            steps.ShouldAllBe(step => step.ExitCode == 0, string.Join('\n', steps.Select(step => step.ToString())));
        }

        /// <summary>An application and its library.</summary>
        public static TestProject Projects { get; } = TestProject.Parse("""
            #file Core/Core.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            #file Core/Price.cs
            public static class Price
            {
                public static int Of(int pieces) => pieces * 3;
            }
            #file App/App.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Core/Core.csproj" />
              </ItemGroup>
            </Project>
            #file App/Program.cs
            System.Console.WriteLine(Price.Of(2));
            """);

        public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> command) => _workspace!.DotnetAsync(command);

        /// <summary>Runs a command of <c>dotnet</c> under the tool, with reports in a folder of that name.</summary>
        public Task<CommandResult> RunAsync(string results, IReadOnlyList<string> options, params IReadOnlyList<string> command) => _workspace!.DotnetAsync(
            new Dictionary<string, string?> { ["ECO2TEST_BUILD_RESULTS"] = PathOf(results) }, [_tool, "run", .. options, "--", "dotnet", .. command]);

        public string PathOf(string results) => _workspace!.PathOf("results", results);

        public EmissionsReport Report(string results, string name) => ReportJson.Read(File.ReadAllText(Path.Combine(PathOf(results), name + ".eco2test.json")));

        public ValueTask DisposeAsync()
        {
            _workspace?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
