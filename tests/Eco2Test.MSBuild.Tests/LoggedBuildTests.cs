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
    public void A_build_by_the_graph_is_that_of_the_solution_which_MSBuild_never_names()
    {
        var project = _folder.Write("Core/Core.csproj", "<Project />");
        _folder.Write("eco2test.json", """{ "builds": [ { "solution": "Shop.slnx", "energyBudget": "1 uJ" } ] }""");
        var build = new LoggedBuild(new EnvironmentVariables(_ => null), new BuildTerminal(_output, isQuiet: false, ascii: true), mostNodes: 2);
        build.Begin(() => new EntryCommand(_solution, new Dictionary<string, string>(), IsGraph: true));
        build.Hear(Happened.ProjectStarted(project, 1, 0));
        build.Hear(Happened.ProjectFinished(project, 1, 1));
        build.Hear(new BuildFinishedEventArgs("", null, succeeded: true));

        build.End().ShouldNotBeNull().Message.ShouldContain("Shop.slnx");
        Report().Run.Project.ShouldBe("Shop.slnx");
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
    public void A_region_in_the_settings_file_prices_the_build_and_another_of_a_project_is_said()
    {
        _folder.Write("eco2test.json", """{ "region": "FR" }""");

        Build(build => build.Hear(BuildMessage.Of(BuildMessage.Budgets([new("Region", "DE", new("Eco2TestRegion", _folder.PathOf("App.csproj"), 3, 5))]))));

        var report = Report();
        report.Totals.Intensity.ShouldStartWith("FR");
        report.Notices.ShouldContain(notice => notice.Code == "ECO3018" && notice.Message.Contains("'DE'") && notice.Message.Contains("'FR'"));
    }

    [Fact]
    public void A_region_and_a_PUE_that_only_projects_know_price_the_whole_build_where_they_agree()
    {
        Build(build =>
        {
            Work();
            Say(build, "App", ("Region", "DE"), ("Pue", "1.5"));
            Say(build, "Core", ("Region", "de"));
        });

        var report = Report();
        var price = report.Intensities.ShouldHaveSingleItem();
        (price.Region, price.Assumed, price.Pue, price.PueSource, report.Pue).ShouldBe(("DE", false, 1.5, "set", 1.5));
        report.Totals.Intensity.ShouldBe(price.Key);
        report.Windows.ShouldAllBe(window => window.Intensity == price.Key);
        report.Totals.EnergyJoules.ShouldBeGreaterThan(0);
        report.Totals.EmissionsGrams.ShouldBe(report.Totals.EnergyJoules / 3.6e6 * 1.5 * price.GramsPerKilowattHour, 1e-9);
        report.Windows.Where(window => window.Parent is null).Sum(window => window.EmissionsGrams).ShouldBe(report.Totals.EmissionsGrams - report.Totals.UntrackedGrams, 1e-12);
        report.Notices.ShouldNotContain(notice => notice.Code == DiagnosticCodes.RegionAssumed || notice.Code == "ECO3018");
        report.Notices.ShouldContain(notice => notice.Code == "ECO3019" && notice.Message.StartsWith("Eco2TestRegion is 'DE' in App.csproj (App/App.csproj(3,5))", StringComparison.Ordinal));
        report.Notices.ShouldContain(notice => notice.Code == "ECO3019" && notice.Message.Contains("Eco2TestPue is '1.5'"));
    }

    [Fact]
    public void Projects_that_disagree_on_the_region_do_not_price_the_build_and_both_are_named()
    {
        Build(build =>
        {
            Say(build, "App", ("Region", "DE"));
            Say(build, "Core", ("Region", "FR"));
        });

        var report = Report();
        report.Intensities.ShouldHaveSingleItem().Assumed.ShouldBeTrue();
        report.Notices.ShouldContain(notice => notice.Code == "ECO3018"
            && notice.Message.Contains("'DE' in App.csproj") && notice.Message.Contains("'FR' in Core.csproj") && notice.Message.Contains("disagree"));
        report.Notices.ShouldNotContain(notice => notice.Code == "ECO3019");
    }

    [Fact]
    public void A_region_of_projects_that_is_none_and_what_their_processor_draws_do_not_price_the_build_and_are_said()
    {
        Build(build => Say(build, "App", ("Region", "Atlantis"), ("CpuPower", "45 W")));

        var report = Report();
        report.Intensities.ShouldHaveSingleItem().Assumed.ShouldBeTrue();
        report.Notices.Where(notice => notice.Code == "ECO3018").Select(notice => notice.Message).ShouldBe(
            [
                "Eco2TestCpuPower is '45 W' in App.csproj (App/App.csproj(3,5)), which was known when the build had begun: the whole build is figured without it. Where it is of the whole build, set it in eco2test.json, or in Directory.Build.props without a condition.",
                .. report.Notices.Where(notice => notice.Message.Contains("'Atlantis'")).Select(notice => notice.Message),
            ]);
        report.Notices.ShouldContain(notice => notice.Code == "ECO3018" && notice.Message.Contains("'Atlantis' in App.csproj"));
    }

    [Fact]
    public void A_budget_is_held_against_emissions_of_the_place_that_only_projects_know()
    {
        var place = new Eco2Test.Budgets.SettingPlace("Eco2TestBuildEmissionsBudget", _folder.PathOf("App", "App.csproj"), 4, 5);

        var failure = Build(build =>
        {
            Work();
            build.Hear(BuildMessage.Of(BuildMessage.Budgets([new("BuildEmissionsBudget", "1 ng", place), new("Region", "PL", place), new("BudgetBound", "central", place)])));
        }).ShouldNotBeNull();

        failure.Judged.ShouldNotBeNull().UsedGrams.ShouldBe(Report().Windows.First(window => window.Kind == WindowKind.Build).EmissionsGrams, 1e-12);
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
    public void A_budget_is_not_passed_though_a_fault_of_ours_keeps_it_from_being_judged()
    {
        using var output = new BrokenTerminal();

        Build(output: output).ShouldBeNull();
        _folder.Write("eco2test.json", """{ "buildEnergyBudget": "1 MJ" }""");
        output.IsBroken = true;

        Build(output: output).ShouldNotBeNull().Code.ShouldBe("ECO3006");
        output.ToString().ShouldContain("warning ECO3009");
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

    /// <summary>A project with the package says what is set in it.</summary>
    private void Say(LoggedBuild build, string project, params (string Name, string Value)[] properties)
    {
        var file = _folder.PathOf(project, project + ".csproj");
        build.Hear(Happened.ProjectStarted(file, 7, 0));
        build.Hear(new BuildMessageEventArgs(
            BuildMessage.Budgets([.. properties.Select(property => new WrittenProperty(property.Name, property.Value, new("Eco2Test" + property.Name, file, 3, 5)))]), null, "Eco2Test", MessageImportance.Low)
        {
            BuildEventContext = Happened.Context(project: 7, target: 1),
        });
        build.Hear(Happened.ProjectFinished(file, 7, 0));
    }

    private static void Work(int milliseconds = 100)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < milliseconds)
        {
        }
    }

    /// <summary>A project that takes a while, with work.</summary>
    private static void BuildProject(LoggedBuild build, string file)
    {
        var context = Happened.Context(project: 2, target: 3);
        var start = DateTime.UtcNow;
        Work(milliseconds: 250);

        build.Hear(Happened.ProjectStarted(file, 2, (start - Happened.Start).TotalSeconds));
        build.Hear(new TargetStartedEventArgs("", null, "Build", file, "a.targets", null, start) { BuildEventContext = context });
        build.Hear(new TargetFinishedEventArgs("", null, "Build", file, "a.targets", true, DateTime.UtcNow, null) { BuildEventContext = context });
        build.Hear(Happened.ProjectFinished(file, 2, (DateTime.UtcNow - Happened.Start).TotalSeconds));
    }

    private Eco2Test.Budgets.BuildVerdict? Build(Action<LoggedBuild>? more = null, Dictionary<string, string>? properties = null, TextWriter? output = null)
    {
        var given = new Dictionary<string, string>(properties ?? []) { ["Configuration"] = "Release" };
        var build = new LoggedBuild(new EnvironmentVariables(_ => null), new BuildTerminal(output ?? _output, isQuiet: false, ascii: true), mostNodes: 2);
        build.Begin(() => new EntryCommand(_solution, given, IsGraph: false));
        build.Hear(Happened.ProjectStarted(_solution + ".metaproj", 1, 0, given));
        more?.Invoke(build);
        build.Hear(Happened.ProjectFinished(_solution, 1, 1));
        build.Hear(new BuildFinishedEventArgs("", null, succeeded: true));
        return build.End();
    }

    /// <summary>A terminal that fails once, at the first line of a summary.</summary>
    private sealed class BrokenTerminal : StringWriter
    {
        public bool IsBroken { get; set; }

        public override void Write(string? value) => base.Write(Checked(value));

        public override void WriteLine(string? value) => base.WriteLine(Checked(value));

        private string? Checked(string? value)
        {
            if (!IsBroken)
            {
                return value;
            }

            IsBroken = false;
            throw new IOException("the pipe is broken");
        }
    }

    private EmissionsReport Report() => ReportJson.Read(File.ReadAllText(_folder.PathOf("artifacts", "eco2test", "build.eco2test.json")));
}
