using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Settings;

/// <summary>What holds for a build of files, properties, variables and options, and what is said of what cannot be read.</summary>
public sealed class BuildSettingsTests : IDisposable
{
    private readonly Repository _shop = new();

    [Fact]
    public void Without_any_setting_there_is_no_budget_and_no_problem()
    {
        var settings = _shop.OfBuild();

        settings.Budgets.ShouldBeEmpty();
        settings.Problems.ShouldBeEmpty();
        settings.IsShadow.ShouldBeFalse();
        settings.Skip.ShouldBeFalse();
    }

    [Fact]
    public void What_the_nearest_file_says_holds_for_a_build_and_what_it_extends_comes_behind()
    {
        _shop.With("eco2test.json", """{ "extends": "../org/eco2test.json", "region": "FR", "pue": 1.25, "budgetBound": "upper" }""")
            .With("../org/eco2test.json", """{ "region": "DE", "cpuPower": "4 W", "notMeasurable": "error", "gpus": "0,1" }""");

        var run = _shop.OfBuild().Run;

        run.Region.ShouldBe("FR");
        run.Pue.ShouldBe(1.25);
        run.CpuPower.ShouldBe(Power.FromWatts(4));
        run.Budgets.ShouldBe(new BudgetPolicy(BudgetBound.Upper, NotMeasurableAction.Error));
        run.ExclusiveGpus.ShouldBe([0, 1]);
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Budgets_of_tests_are_none_of_a_build_and_what_cannot_be_read_of_them_is_a_matter_of_the_tests()
    {
        _shop.With("eco2test.json", """{ "energyBudget": "500 J", "runEnergyBudget": "5 kJ", "budgets": [ { "category": "slow", "energyBudget": "1 J" } ], "locked": [ "energyBudget", "budgets" ] }""");
        _shop.Environment["ECO2TEST_ENERGY_BUDGET"] = "5 apples";
        _shop.Environment["ECO2TEST_RUN_EMISSIONS_BUDGET"] = "5 apples";
        _shop.Properties["EmissionsBudget"] = "5 apples";

        var settings = _shop.OfBuild();

        settings.Problems.ShouldBeEmpty();
        settings.Budgets.ShouldBeEmpty();
        (settings.Run.EnergyBudget, settings.Run.EmissionsBudget).ShouldBe((null, null));
        settings.Run.GroupBudgets.ShouldBeEmpty();
    }

    [Fact]
    public void An_option_beats_the_environment_beats_a_property_beats_the_file_limit_by_limit()
    {
        _shop.With("eco2test.json", """{ "buildEnergyBudget": "1 kJ", "buildEmissionsBudget": "1 g" }""");
        _shop.OfBuild().Limits().ShouldBe(["build 1 kJ error by buildEnergyBudget in Shop/eco2test.json(1,24)", "build 1 g error by buildEmissionsBudget in Shop/eco2test.json(1,56)"]);

        _shop.Properties["BuildEnergyBudget"] = "2 kJ";
        _shop.OfBuild().Limits()[0].ShouldBe("build 2 kJ error by the MSBuild property Eco2TestBuildEnergyBudget");

        _shop.Environment["ECO2TEST_BUILD_ENERGY_BUDGET"] = "3 kJ";
        _shop.OfBuild().Limits()[0].ShouldBe("build 3 kJ error by the environment variable ECO2TEST_BUILD_ENERGY_BUDGET");

        _shop.Options["BuildEnergyBudget"] = new WrittenValue("4 kJ", "--energy-budget");
        _shop.OfBuild().Limits().ShouldBe(["build 4 kJ error by --energy-budget", "build 1 g error by buildEmissionsBudget in Shop/eco2test.json(1,56)"]);
        _shop.OfBuild().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void The_place_of_a_property_is_that_of_its_element()
    {
        _shop.Properties["BuildEnergyBudget"] = "2 kJ";
        _shop.Places["BuildEnergyBudget"] = new SettingPlace("Eco2TestBuildEnergyBudget", _shop["Directory.Build.props"], 3, 5);

        _shop.OfBuild().Limits().ShouldBe(["build 2 kJ error by Eco2TestBuildEnergyBudget in Shop/Directory.Build.props(3,5)"]);
    }

    [Theory]
    [InlineData("BUILD_ENERGY_BUDGET", "5", "the environment variable ECO2TEST_BUILD_ENERGY_BUDGET: '5' has no unit; write an energy such as '500 J'")]
    [InlineData("BUILD_ENERGY_BUDGET", "5 g", "the environment variable ECO2TEST_BUILD_ENERGY_BUDGET: 'g' is not a unit of an energy")]
    [InlineData("BUILD_EMISSIONS_BUDGET", "5,5 g", "the environment variable ECO2TEST_BUILD_EMISSIONS_BUDGET: '5,5 g' does not begin with a number")]
    public void A_limit_that_cannot_be_read_is_a_budget_that_says_so_never_none(string variable, string text, string problem)
    {
        _shop.Environment["ECO2TEST_" + variable] = text;

        _shop.OfBuild().Budgets.ShouldHaveSingleItem().Problem!.ShouldStartWith(problem);
    }

    [Theory]
    [InlineData("BUILD_BUDGET_SEVERITY", "loud", "error ECO3005: the environment variable ECO2TEST_BUILD_BUDGET_SEVERITY: 'loud' is none of warn, error")]
    [InlineData("BUILD_BUDGET_MODE", "compiler=hot", "error ECO3005: the environment variable ECO2TEST_BUILD_BUDGET_MODE: 'hot' is nothing that 'compiler' can be; there are warm, cold, off, none")]
    [InlineData("BUILD_BUDGET_MODE", "speed=5", "error ECO3005: the environment variable ECO2TEST_BUILD_BUDGET_MODE: 'speed' is no part of a mode; there are nodes, reuse, compiler, server, graph")]
    [InlineData("BUILD_BUDGET_MODE", "nodes=0", "error ECO3005: the environment variable ECO2TEST_BUILD_BUDGET_MODE: '0' is no number of nodes; write 'nodes=2'")]
    [InlineData("BUILD_BUDGET_MODE", "graph=on graph=off", "error ECO3005: the environment variable ECO2TEST_BUILD_BUDGET_MODE: 'graph' is in it twice")]
    [InlineData("MODE", "dark", "error ECO3005: the environment variable ECO2TEST_MODE: 'dark' is none of shadow, enforce")]
    [InlineData("PUE", "1,2", "error ECO3005: the environment variable ECO2TEST_PUE: '1,2' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    public void What_cannot_be_read_besides_is_an_error_with_its_place(string variable, string text, string problem)
    {
        _shop.Environment["ECO2TEST_BUILD_ENERGY_BUDGET"] = "5 J";
        _shop.Environment["ECO2TEST_" + variable] = text;

        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldBe(problem);
        _shop.OfBuild().IsShadow.ShouldBeFalse("what cannot be read switches nothing off");
    }

    [Fact]
    public void A_property_that_cannot_be_read_is_named_where_it_is_written()
    {
        _shop.Properties["Pue"] = "much";
        _shop.Places["Pue"] = new SettingPlace("Eco2TestPue", _shop["Shop.csproj"], 4, 6);

        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldStartWith("Shop/Shop.csproj(4,6): error ECO3005: the MSBuild property Eco2TestPue: 'much' is not a power usage effectiveness");
    }

    [Fact]
    public void Severity_and_mode_come_from_the_nearest_that_says_them()
    {
        _shop.With("eco2test.json", """
            { "buildEnergyBudget": "1 kJ", "projectEnergyBudget": "10 J", "buildBudgetSeverity": "warn", "buildBudgetMode": "compiler=warm reuse=on" }
            """);
        _shop.OfBuild().Limits().ShouldBe(["build 1 kJ warn compiler=warm reuse=on by buildEnergyBudget in Shop/eco2test.json(1,24)"]);
        _shop.OfProject("src/Core/Core.csproj").Limits().ShouldBe(["project 10 J error compiler=warm reuse=on by projectEnergyBudget in Shop/eco2test.json(1,55)"]);

        _shop.Properties["BuildBudgetSeverity"] = "error";
        _shop.Properties["ProjectBudgetSeverity"] = "Warn";
        _shop.Environment["ECO2TEST_BUILD_BUDGET_MODE"] = "graph=on";
        _shop.OfBuild().Limits()[0].ShouldStartWith("build 1 kJ error graph=on");
        _shop.OfProject("src/Core/Core.csproj").Limits()[0].ShouldStartWith("project 10 J warn graph=on");
    }

    [Theory]
    [InlineData("shadow", "enforce", null, false)]
    [InlineData("enforce", null, "shadow", true)]
    [InlineData("Shadow", null, null, true)]
    [InlineData(null, "shadow", null, true)]
    public void Shadow_is_set_like_any_other(string? inFile, string? property, string? variable, bool isShadow)
    {
        _shop.With("eco2test.json", inFile is null ? "{}" : $$"""{ "mode": "{{inFile}}" }""");
        if (property is not null)
        {
            _shop.Properties["Mode"] = property;
        }

        if (variable is not null)
        {
            _shop.Environment["ECO2TEST_MODE"] = variable;
        }

        _shop.OfBuild().IsShadow.ShouldBe(isShadow);
        _shop.OfBuild().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void In_shadow_what_is_wrong_with_settings_fails_nothing_either()
    {
        _shop.With("eco2test.json", """{ "mode": "shadow", "colour": 5 }""");

        var problem = _shop.OfBuild().Problems.ShouldHaveSingleItem();

        (problem.IsError, problem.IsMessage).ShouldBe((false, true));
        problem.Text().ShouldStartWith("Shop/eco2test.json(1,21): ECO3016: would fail: ECO3005: 'colour' is no setting");
    }

    [Fact]
    public void Of_a_project_only_what_its_properties_say_of_the_build_is_told_since_nobody_else_sees_it()
    {
        _shop.With("eco2test.json", """{ "buildEnergyBudget": "1 kJ" }""");
        _shop.OfProject("src/Core/Core.csproj").Budgets.ShouldBeEmpty();

        _shop.Properties["BuildEnergyBudget"] = "2 kJ";
        _shop.OfProject("src/Core/Core.csproj").Limits().ShouldBe(["build 2 kJ error by the MSBuild property Eco2TestBuildEnergyBudget"]);

        _shop.Environment["ECO2TEST_BUILD_ENERGY_BUDGET"] = "3 kJ";
        _shop.OfProject("src/Core/Core.csproj").Budgets.ShouldBeEmpty();
    }

    [Fact]
    public void Of_all_that_readers_have_found_the_nearest_limits_hold()
    {
        _shop.With("eco2test.json", """{ "buildEnergyBudget": "1 kJ", "buildEmissionsBudget": "1 g" }""");
        var ofBuild = _shop.OfBuild().Budgets;
        _shop.Properties["BuildEnergyBudget"] = "2 kJ";
        var ofProjects = _shop.OfProject("src/Core/Core.csproj").Budgets.Concat(_shop.OfProject("src/Web/Web.csproj").Budgets);

        BuildBudgets.Nearest(ofBuild.Concat(ofProjects)).Select(budget => budget.Place.Text).ShouldBe(["buildEmissionsBudget in Shop/eco2test.json(1,56)", "the MSBuild property Eco2TestBuildEnergyBudget"]);
    }

    [Fact]
    public void The_run_budget_of_tests_and_the_budgets_of_builds_live_in_one_file()
    {
        _shop.With("eco2test.json", """{ "runEnergyBudget": "5 kJ", "buildEnergyBudget": "1 kJ", "projectEnergyBudget": "10 J" }""");
        _shop.Properties["RunEnergyBudget"] = "2 kJ";

        _shop.OfBuild().Limits().ShouldBe(["build 1 kJ error by buildEnergyBudget in Shop/eco2test.json(1,51)"]);
        RunSettings.Read(new(_ => null), name => name == "RunEnergyBudget" ? "2 kJ" : null).GroupBudgets.ShouldHaveSingleItem().Energy.ShouldBe(new EnergyBudget(Energy.Parse("2 kJ")));
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_reads_the_same(string culture) => HostileCulture.Run(culture, () =>
    {
        _shop.With("eco2test.json", """
            { "buildEnergyBudget": "1.5 kJ", "pue": 1.25, "builds": [ { "solution": "shop.slnx", "configuration": "relEASE", "emissionsBudget": "2.5 mg" } ] }
            """);

        var settings = _shop.OfBuild();

        settings.Run.Pue.ShouldBe(1.25);
        settings.Budgets[0].Energy!.Value.Limit.Joules.ShouldBe(1500);
        settings.Budgets[1].Emissions!.Value.Limit.Grams.ShouldBe(0.0025);
        settings.Problems.ShouldBeEmpty();
    });

    public void Dispose() => _shop.Dispose();
}
