using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Settings;

/// <summary>What an organisation's file has locked a repository tightens, but does not loosen.</summary>
public sealed class LockedSettingsTests : IDisposable
{
    private const string Tighter = "and only what is as tight or tighter may stand nearer";

    private readonly Repository _shop = new();

    public LockedSettingsTests() => Organisation("""
        { "buildEnergyBudget": "5 kJ", "projectEnergyBudget": "50 J", "mode": "enforce", "buildBudgetSeverity": "error", "notMeasurable": "warn", "region": "FR",
          "locked": [ "buildEnergyBudget", "projectEnergyBudget", "mode", "buildBudgetSeverity", "notMeasurable", "region" ] }
        """);

    [Theory]
    [InlineData("6 kJ", 5000, true)]
    [InlineData("5 kJ", 5000, false)]
    [InlineData("5000 J", 5000, false)]
    [InlineData("1.3 Wh", 4680, false)]
    [InlineData("0 J", 0, false)]
    [InlineData("1 MJ", 5000, true)]
    public void A_nearer_file_may_tighten_but_not_loosen_a_limit(string mine, double joules, bool isLooser)
    {
        _shop.With("eco2test.json", $$"""{ "extends": "../org/eco2test.json", "buildEnergyBudget": "{{mine}}" }""");

        var settings = _shop.OfBuild();

        settings.Budgets.ShouldHaveSingleItem().Energy.ShouldBe(new EnergyBudget(Energy.FromJoules(joules)));
        settings.Problems.Select(problem => problem.Text()).ShouldBe(isLooser
            ? [$"Shop/eco2test.json(1,59): error ECO3008: buildEnergyBudget: '{mine}' is not allowed: buildEnergyBudget in org/eco2test.json(1,24) has locked '5 kJ', {Tighter}"]
            : []);
    }

    [Fact]
    public void Neither_a_property_nor_a_variable_nor_an_option_loosens_it()
    {
        Extending();
        _shop.Properties["BuildEnergyBudget"] = "6 kJ";
        _shop.Places["BuildEnergyBudget"] = new SettingPlace("Eco2TestBuildEnergyBudget", _shop["Directory.Build.props"], 3, 5);
        _shop.Environment["ECO2TEST_BUILD_ENERGY_BUDGET"] = "7 kJ";
        _shop.Options["BuildEnergyBudget"] = new WrittenValue("8 kJ", "--energy-budget");

        var settings = _shop.OfBuild();

        settings.Limits().ShouldBe(["build 5 kJ error by buildEnergyBudget in org/eco2test.json(1,24)"]);
        settings.Problems.Select(problem => problem.Text()).ShouldBe(
        [
            $"Shop/Directory.Build.props(3,5): error ECO3008: Eco2TestBuildEnergyBudget: '6 kJ' is not allowed: buildEnergyBudget in org/eco2test.json(1,24) has locked '5 kJ', {Tighter}",
            $"error ECO3008: the environment variable ECO2TEST_BUILD_ENERGY_BUDGET: '7 kJ' is not allowed: buildEnergyBudget in org/eco2test.json(1,24) has locked '5 kJ', {Tighter}",
            $"error ECO3008: --energy-budget: '8 kJ' is not allowed: buildEnergyBudget in org/eco2test.json(1,24) has locked '5 kJ', {Tighter}",
        ]);
    }

    [Fact]
    public void A_tighter_one_holds_wherever_it_stands_and_what_cannot_be_read_does_not_lift_the_limit()
    {
        Extending();
        _shop.Properties["BuildEnergyBudget"] = "4 kJ";
        _shop.OfBuild().Limits().ShouldBe(["build 4 kJ error by the MSBuild property Eco2TestBuildEnergyBudget"]);
        _shop.OfBuild().Problems.ShouldBeEmpty();

        _shop.Environment["ECO2TEST_BUILD_ENERGY_BUDGET"] = "much";
        _shop.OfBuild().Budgets.ShouldHaveSingleItem().Problem.ShouldNotBeNull();
    }

    [Fact]
    public void An_entry_for_some_projects_does_not_loosen_it_either()
    {
        _shop.With("eco2test.json", """{ "extends": "../org/eco2test.json", "builds": [ { "project": "*", "energyBudget": "60 J" }, { "project": "src/*", "energyBudget": "40 J" } ] }""");

        _shop.OfProject("src/Core/Core.csproj").Limits().ShouldBe(["project 40 J error by energyBudget in Shop/eco2test.json(1,132)"]);
        _shop.OfProject("src/Core/Core.csproj").Problems.ShouldBeEmpty();
        _shop.OfProject("tests/T/T.csproj").Limits().ShouldBe(["project 50 J error by projectEnergyBudget in org/eco2test.json(1,55)"]);
        _shop.OfProject("tests/T/T.csproj").Problems.ShouldHaveSingleItem().Text().ShouldStartWith("Shop/eco2test.json(1,84): error ECO3008: energyBudget: '60 J' is not allowed");
    }

    [Fact]
    public void The_file_that_locks_makes_exceptions_itself_and_where_it_locks_its_list_they_are_limits_too()
    {
        const string Exceptions = """{ "projectEnergyBudget": "50 J", "builds": [ { "project": "Heavy", "energyBudget": "900 J" }, { "project": "Light", "energyBudget": "5 J" } ], "locked": [ "projectEnergyBudget"LOCKED ] }""";
        Extending("""{ "extends": "../org/eco2test.json", "builds": [] }""");

        Organisation(Exceptions.Replace("LOCKED", "", StringComparison.Ordinal));
        _shop.OfProject("src/Heavy/Heavy.csproj").Limits()[0].ShouldStartWith("project 50 J", customMessage: "a nearer list takes the place of one that is not locked");

        Organisation(Exceptions.Replace("LOCKED", ", \"builds\"", StringComparison.Ordinal));
        _shop.OfProject("src/Heavy/Heavy.csproj").Limits()[0].ShouldStartWith("project 900 J");
        _shop.OfProject("src/Light/Light.csproj").Limits()[0].ShouldStartWith("project 5 J");

        _shop.Environment["ECO2TEST_PROJECT_ENERGY_BUDGET"] = "40 J";
        _shop.OfProject("src/Heavy/Heavy.csproj").Limits()[0].ShouldStartWith("project 40 J");
        _shop.OfProject("src/Light/Light.csproj").Limits()[0].ShouldStartWith("project 5 J");
        _shop.OfProject("src/Light/Light.csproj").Problems.ShouldHaveSingleItem().Text().ShouldContain("energyBudget in org/eco2test.json(1,133) has locked '5 J'");
    }

    [Fact]
    public void A_repository_cannot_go_into_the_shadow_of_an_organisation_that_enforces_but_out_of_it()
    {
        Extending();
        _shop.Environment["ECO2TEST_MODE"] = "shadow";
        _shop.OfBuild().IsShadow.ShouldBeFalse();
        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldStartWith("error ECO3008: the environment variable ECO2TEST_MODE: 'shadow' is not allowed: mode in org/eco2test.json(1,71) has locked 'enforce'");

        Organisation("""{ "mode": "shadow", "locked": [ "mode" ] }""");
        _shop.Environment["ECO2TEST_MODE"] = "enforce";
        _shop.OfBuild().IsShadow.ShouldBeFalse();
        _shop.OfBuild().Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("BuildBudgetSeverity", "warn", true)]
    [InlineData("BuildBudgetSeverity", "error", false)]
    [InlineData("NotMeasurable", "ignore", true)]
    [InlineData("NotMeasurable", "error", false)]
    [InlineData("Region", "DE", true)]
    [InlineData("Region", "fr", false)]
    public void What_has_an_order_may_be_stricter_and_what_has_none_stays(string property, string value, bool isLooser)
    {
        Extending();
        _shop.Properties[property] = value;

        var settings = _shop.OfBuild();

        settings.Problems.Select(problem => problem.Code).ShouldBe(isLooser ? ["ECO3008"] : []);
        settings.Budgets.ShouldHaveSingleItem().IsError.ShouldBeTrue();
        settings.Run.Region.ShouldBe(isLooser ? "FR" : property == "Region" ? value : "FR");
        settings.Run.Budgets.NotMeasurable.ShouldBe(value == "error" && property == "NotMeasurable" ? NotMeasurableAction.Error : NotMeasurableAction.Warn);
    }

    [Fact]
    public void Of_several_files_that_lock_each_holds_against_the_nearer_ones()
    {
        Organisation("""{ "extends": "../holding/eco2test.json", "buildEnergyBudget": "4 kJ", "locked": [ "buildEnergyBudget" ] }""");
        _shop.With("../holding/eco2test.json", """{ "buildEnergyBudget": "5 kJ", "locked": [ "buildEnergyBudget" ] }""");
        Extending("""{ "extends": "../org/eco2test.json", "buildEnergyBudget": "4.5 kJ" }""");

        _shop.OfBuild().Limits().ShouldBe(["build 4 kJ error by buildEnergyBudget in org/eco2test.json(1,63)"]);
        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldContain("org/eco2test.json(1,63) has locked '4 kJ'");
    }

    [Fact]
    public void A_run_of_tests_has_what_its_build_found_locked()
    {
        var build = new Dictionary<string, string>
        {
            ["File.EnergyBudget"] = "500 J",
            ["File.RunEnergyBudget"] = "5 kJ",
            ["File.NotMeasurable"] = "error",
            ["File.Locked"] = "EnergyBudget\t500 J\tenergyBudget in org/eco2test.json(1,19)\nRunEnergyBudget\t5 kJ\torg\nNotMeasurable\terror\torg",
            ["EnergyBudget"] = "600 J",
            ["RunEnergyBudget"] = "4 kJ",
            ["NotMeasurable"] = "warn",
        };

        var settings = RunSettings.Read(new(_ => null), build.GetValueOrDefault);

        settings.EnergyBudget.ShouldBe(Energy.FromJoules(500));
        settings.GroupBudgets.ShouldHaveSingleItem().Energy.ShouldBe(new EnergyBudget(Energy.FromJoules(4000)));
        settings.Budgets.NotMeasurable.ShouldBe(NotMeasurableAction.Error);
        settings.Problems.ShouldBe(
        [
            $"ECO3008: the MSBuild property Eco2TestEnergyBudget: '600 J' is not allowed: energyBudget in org/eco2test.json(1,19) has locked '500 J', {Tighter}",
            $"ECO3008: the MSBuild property Eco2TestNotMeasurable: 'warn' is not allowed: org has locked 'error', {Tighter}",
        ]);
    }

    public void Dispose() => _shop.Dispose();

    private void Organisation(string text) => _shop.With("../org/eco2test.json", text);

    private void Extending(string text = """{ "extends": "../org/eco2test.json" }""") => _shop.With("eco2test.json", text);
}
