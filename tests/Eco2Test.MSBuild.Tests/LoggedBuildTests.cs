using Eco2Test.Hardware;
using Eco2Test.Reports;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>A build from its first event to its end, on this machine.</summary>
public sealed class LoggedBuildTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly string _solution;

    public LoggedBuildTests() => _solution = _folder.Write("Shop.slnx", "<Solution />");

    [Fact]
    public void A_build_leaves_a_report_and_a_summary()
    {
        Build().ShouldBeNull();

        var report = Report();
        report.Run.Project.ShouldBe("Shop.slnx");
        report.Run.Configuration.ShouldBe("Release");
        report.Windows.First(window => window.Kind == WindowKind.Build).Id.ShouldBe("Shop.slnx");
        report.Build.ShouldNotBeNull().Succeeded.ShouldBe(true);
        _output.ToString().ShouldContain("Shop.slnx");
    }

    [Fact]
    public void A_budget_in_the_settings_file_fails_the_build_at_its_line()
    {
        var settings = _folder.Write("eco2test.json", "{\n  \"buildEnergyBudget\": \"1 uJ\"\n}");

        Build().ShouldNotBeNull().Code.ShouldBe("ECO3002");

        _output.ToString().ShouldContain($"{settings}(2,");
        _output.ToString().ShouldContain(": error ECO3002: ");
    }

    [Fact]
    public void A_budget_that_a_project_says_fails_the_build()
    {
        var place = new Eco2Test.Budgets.SettingPlace("Eco2TestBuildEnergyBudget", _folder.PathOf("Directory.Build.props"), 9, 5);
        var said = BuildMessage.Of(BuildMessage.Budgets([new WrittenProperty("BuildEnergyBudget", "1 uJ", place)]));

        Build(build => build.Hear(said)).ShouldNotBeNull().Place.ShouldBe(place);
    }

    [Fact]
    public void A_budget_in_the_props_of_the_repository_holds_without_the_package()
    {
        var props = _folder.Write("Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <Eco2TestBuildEnergyBudget>1 uJ</Eco2TestBuildEnergyBudget>\n  </PropertyGroup>\n</Project>");

        var failure = Build().ShouldNotBeNull();

        (failure.Code, failure.Place.File, failure.Place.Line).ShouldBe(("ECO3002", props, 3));
    }

    [Fact]
    public void In_shadow_a_budget_fails_nothing()
    {
        _folder.Write("eco2test.json", """{ "mode": "shadow", "buildEnergyBudget": "1 uJ" }""");

        Build().ShouldBeNull();

        _output.ToString().ShouldContain("would fail");
    }

    [Fact]
    public void One_project_in_shadow_does_not_lift_the_gate_of_the_build()
    {
        _folder.Write("eco2test.json", """{ "buildEnergyBudget": "1 uJ" }""");
        var project = new Eco2Test.Budgets.SettingPlace("Eco2TestMode", _folder.PathOf("App", "App.csproj"), 3, 5);

        Build(build => build.Hear(BuildMessage.Of(BuildMessage.Budgets(
            [new("Mode", "shadow", project), new("BuildBudgetSeverity", "warn", project), new("NotMeasurable", "ignore", project)])))).ShouldNotBeNull().Code.ShouldBe("ECO3002");
    }

    [Fact]
    public void A_build_is_in_shadow_when_projects_have_it_from_the_props_of_all()
    {
        _folder.Write("eco2test.json", """{ "buildEnergyBudget": "1 uJ" }""");
        var props = _folder.Write("Directory.Build.props", "<Project><PropertyGroup Condition=\"'$(CI)' != 'true'\"><Eco2TestMode>shadow</Eco2TestMode></PropertyGroup></Project>");

        Build(build => build.Hear(BuildMessage.Of(BuildMessage.Budgets([new("Mode", "shadow", new("Eco2TestMode", props, 1, 60))])))).ShouldBeNull();
    }

    [Fact]
    public void A_project_that_no_task_has_judged_is_judged_at_its_line()
    {
        var settings = _folder.Write("eco2test.json", "{\n  \"projectEnergyBudget\": \"1 uJ\", \"budgetBound\": \"upper\"\n}");
        var app = _folder.Write("App/App.csproj", "<Project />");

        Build(build => BuildProject(build, app)).ShouldNotBeNull().Code.ShouldBe("ECO3001");

        _output.ToString().ShouldContain($"{settings}(2,");
        _output.ToString().ShouldContain(": error ECO3001: project App used ");
        Report().Budgets.ShouldNotBeNull().ShouldContain(budget => budget.Scope == "project" && budget.Pattern == "App");
    }

    [Fact]
    public void A_project_that_its_task_has_judged_is_not_judged_again()
    {
        _folder.Write("eco2test.json", """{ "projectEnergyBudget": "1 uJ", "budgetBound": "upper" }""");
        var app = _folder.Write("App/App.csproj", "<Project />");

        Build(build =>
        {
            BuildProject(build, app);
            build.Hear(BuildMessage.Of(BuildMessage.Project(new SaidProject(app, "net10.0", IsJudged: true, []))));
        }).ShouldBeNull();
    }

    [Fact]
    public void What_a_project_left_to_the_logger_is_judged_by_what_it_evaluated()
    {
        var app = _folder.Write("App/App.csproj", "<Project />");
        var place = new Eco2Test.Budgets.SettingPlace("Eco2TestProjectEnergyBudget", app, 7, 9);

        Build(build =>
        {
            BuildProject(build, app);
            build.Hear(BuildMessage.Of(BuildMessage.Project(new SaidProject(app, "net10.0", IsJudged: false,
                [new("ProjectEnergyBudget", "1 uJ", place), new("BudgetBound", "upper", null), new("BuildBudgetMode", "graph=off", null)]))));
        }).ShouldNotBeNull().Place.ShouldBe(place);
    }

    [Fact]
    public void A_region_in_the_settings_file_prices_the_build_and_one_that_only_a_project_knows_is_said()
    {
        _folder.Write("eco2test.json", """{ "region": "FR" }""");

        Build(build => build.Hear(BuildMessage.Of(BuildMessage.Budgets([new("Region", "DE", new("Eco2TestRegion", _folder.PathOf("App.csproj"), 3, 5))]))));

        var report = Report();
        report.Totals.Intensity.ShouldStartWith("FR");
        report.Notices.ShouldContain(notice => notice.Code == "ECO3018" && notice.Message.Contains("'DE'"));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_a_warning_and_a_budget_without_data_fails()
    {
        _folder.Write("artifacts", "a file where the folder should be");
        Build().ShouldBeNull();

        _folder.Write("eco2test.json", """{ "buildEnergyBudget": "1 MJ" }""");
        Build().ShouldNotBeNull().Code.ShouldBe("ECO3006");
    }

    [Fact]
    public void A_command_line_that_cannot_be_read_is_a_warning_and_no_failure()
    {
        var build = new LoggedBuild(new EnvironmentVariables(_ => null), new BuildTerminal(_output, isQuiet: true, ascii: true), mostNodes: 1);

        build.Begin(() => throw new DirectoryNotFoundException("the working folder is gone"));

        build.End().ShouldBeNull();
        _output.ToString().ShouldContain("warning ECO3009");
    }

    [Fact]
    public void Nothing_is_tracked_that_is_to_be_skipped()
    {
        Build(properties: new() { ["Eco2TestSkip"] = "true", ["Eco2TestBuildEnergyBudget"] = "1 uJ" }).ShouldBeNull();

        Directory.Exists(_folder.PathOf("artifacts")).ShouldBeFalse();
        _output.ToString().ShouldBeEmpty();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    /// <summary>A project that takes a while, with work.</summary>
    private static void BuildProject(LoggedBuild build, string file)
    {
        var context = Happened.Context(project: 2, target: 3);
        var start = DateTime.UtcNow;
        var first = System.Diagnostics.Stopwatch.StartNew();
        while (first.ElapsedMilliseconds < 250)
        {
        }

        build.Hear(Happened.ProjectStarted(file, 2, (start - Happened.Start).TotalSeconds));
        build.Hear(new TargetStartedEventArgs("", null, "Build", file, "a.targets", null, start) { BuildEventContext = context });
        build.Hear(new TargetFinishedEventArgs("", null, "Build", file, "a.targets", true, DateTime.UtcNow, null) { BuildEventContext = context });
        build.Hear(Happened.ProjectFinished(file, 2, (DateTime.UtcNow - Happened.Start).TotalSeconds));
    }

    private Eco2Test.Budgets.BuildVerdict? Build(Action<LoggedBuild>? more = null, Dictionary<string, string>? properties = null)
    {
        var given = new Dictionary<string, string>(properties ?? []) { ["Configuration"] = "Release" };
        var build = new LoggedBuild(new EnvironmentVariables(_ => null), new BuildTerminal(_output, isQuiet: false, ascii: true), mostNodes: 2);
        build.Begin(() => new EntryCommand(_solution, given, IsGraph: false));
        build.Hear(Happened.ProjectStarted(_solution + ".metaproj", 1, 0, given));
        more?.Invoke(build);
        build.Hear(Happened.ProjectFinished(_solution, 1, 1));
        build.Hear(new BuildFinishedEventArgs("", null, succeeded: true));
        return build.End();
    }

    private EmissionsReport Report() => ReportJson.Read(File.ReadAllText(_folder.PathOf("artifacts", "eco2test", "build.eco2test.json")));
}
