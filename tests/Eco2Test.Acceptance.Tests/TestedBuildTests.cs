using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// <c>dotnet test</c> of a project that has the packages of builds and of tests, in a repository that has the logger, under
/// both platforms: which budgets fail it, what is in one figure, and what the TRX has of the build.
/// </summary>
public abstract class TestedBuildTests(TestedShop shop)
{
    /// <summary>The exit code of a test run over its budget.</summary>
    protected abstract int OverRunBudget { get; }

    /// <summary>Where ECO2001 is said.</summary>
    protected abstract string SaidOfRun(CommandResult run);

    [Fact]
    public async Task A_build_over_its_budget_fails_the_command()
    {
        var run = await shop.TestAsync("-p:Eco2TestBuildEnergyBudget=1 mJ");

        run.ExitCode.ShouldBe(1, run.ToString());
        (run.Output + run.Error).ShouldContain("Eco2Test: error ECO3002: the build of Shop.Tests.csproj used ");
    }

    [Fact]
    public async Task A_project_over_its_budget_fails_the_command_before_any_test()
    {
        var run = await shop.TestAsync("-p:Eco2TestProjectEnergyBudget=1 mJ");

        run.ExitCode.ShouldBe(1, run.ToString());
        (run.Output + run.Error).ShouldContain("error ECO3001: project Shop.Tests (net10.0) used ");
        run.Output.ShouldNotContain("Passed!");
    }

    [Fact]
    public async Task A_test_run_over_its_budget_fails_the_command()
    {
        var run = await shop.TestAsync("-p:Eco2TestRunEnergyBudget=1 mJ");

        run.ExitCode.ShouldBe(OverRunBudget, run.ToString());
        SaidOfRun(run).ShouldContain("ECO2001: the whole run of Shop.Tests");
        run.Output.ShouldNotContain("ECO3012", customMessage: "a package of the project judges it");
    }

    [Fact]
    public async Task Build_test_host_and_tests_are_in_one_figure_and_no_joule_twice()
    {
        shop.RemoveResults();

        var run = await shop.ToolAsync(["run", "--", "dotnet", "test", .. shop.Arguments]);

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Error.Split("Eco2Test  ").Length.ShouldBe(2, "the command has one figure");
        run.Error.ShouldContain("tests of Shop.Tests (net10.0)");
        var report = shop.Report("command");
        WrapperTests.ShouldBeConserved(report);
        var command = report.Windows.Where(window => window.Parent is null).ShouldHaveSingleItem();
        report.Build!.Processes.Sum(processes => processes.CpuSeconds).ShouldBe(command.CpuSeconds, 1e-6 * command.CpuSeconds);
        report.Build.Processes.ShouldContain(processes => processes.Role == "testHost" && processes.CpuSeconds > 0);
        report.Windows.ShouldContain(window => window.Kind == WindowKind.Project && window.DisplayName.StartsWith("Shop.Tests", StringComparison.Ordinal));
        var parts = report.Build.Contains.ShouldNotBeNull();
        parts.Select(part => (part.Run.Kind, part.Run.Project, part.Run.Id)).ShouldBe(
            [("build", "Shop.Tests.csproj", report.Run.Id), ("test", "Shop.Tests", report.Run.Id)], ignoreOrder: true);
        parts.ShouldAllBe(part => part.Totals.TrackedJoules > 0 && part.Totals.TrackedJoules <= command.Energy.Joules);

        // Whoever is given all of it counts the command, and neither build nor tests again.
        var merged = await shop.ToolAsync("report", ".", "--by", "project", "--format", "json");
        merged.ExitCode.ShouldBe(0, merged.ToString());
        using var sums = System.Text.Json.JsonDocument.Parse(merged.Output);
        var joules = sums.RootElement.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("joules").GetDouble());
        joules.ShouldBeLessThanOrEqualTo(command.Energy.Joules * (1 + 1e-9));
        joules.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_TRX_has_the_reports_of_the_build_before_it()
    {
        shop.RemoveResults();

        var build = await shop.DotnetAsync("build", "--no-restore", "--configuration", "Release");
        build.ExitCode.ShouldBe(0, build.ToString());
        var before = shop.Report("build").Run;
        var run = await shop.TestAsync("--no-build");

        run.ExitCode.ShouldBe(0, run.ToString());
        var attached = Trx.ReadOnlyOneIn(shop.Results).Attachments;
        attached.Select(Path.GetFileName).Where(file => file!.EndsWith(".eco2test.json", StringComparison.Ordinal)).ShouldBe(
            ["Shop.Tests_net10.0.eco2test.json", "build.eco2test.json", "build.Shop.Tests_net10.0.eco2test.json"], ignoreOrder: true);
        var whole = Attached("build.eco2test.json");
        whole.Run.ShouldBe(before);
        whole.Windows.ShouldContain(window => window.Kind == WindowKind.Task);
        var project = Attached("build.Shop.Tests_net10.0.eco2test.json");
        (project.Run.Kind, project.Run.Project).ShouldBe(("build", "Shop.Tests"));
        project.Totals.EnergyJoules.ShouldBeGreaterThan(0);

        EmissionsReport Attached(string name) => ReportJson.Read(File.ReadAllText(attached.Single(file => Path.GetFileName(file) == name)));
    }
}

/// <summary>Under VSTest, where the tests run inside the build.</summary>
public sealed class TestedBuildUnderVSTest(TestedShop.UnderVSTest shop) : TestedBuildTests(shop), IClassFixture<TestedShop.UnderVSTest>
{
    protected override int OverRunBudget => 1;

    protected override string SaidOfRun(CommandResult run) => run.Error;
}

/// <summary>Under Microsoft.Testing.Platform, where the build has ended when the tests begin.</summary>
public sealed class TestedBuildOnPlatform(TestedShop.OnPlatform shop) : TestedBuildTests(shop), IClassFixture<TestedShop.OnPlatform>
{
    protected override int OverRunBudget => 2;

    protected override string SaidOfRun(CommandResult run) => run.Output;
}
