using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

public sealed class RunSettingsTests
{
    private readonly Dictionary<string, string> _environment = [];
    private readonly Dictionary<string, string> _build = [];

    [Fact]
    public void Without_any_setting_there_are_defaults_and_no_problem()
    {
        var settings = Read();

        settings.Region.ShouldBeNull();
        settings.ActualRegion.ShouldBeNull();
        settings.Pue.ShouldBeNull();
        settings.Budgets.ShouldBe(new BudgetPolicy(BudgetBound.Lower, NotMeasurableAction.Warn));
        settings.CpuPower.ShouldBeNull();
        settings.ExclusiveGpus.ShouldBeEmpty();
        settings.ElectricityPrice.ShouldBeNull();
        settings.ResultsFolder.ShouldBe("eco2test-results");
        settings.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_build_read_in_the_settings_file_comes_behind_its_property()
    {
        _build["File.Region"] = "DE";
        _build["File.EnergyBudget"] = "500 J";
        _build["File.EmissionsBudget"] = "10 mg";
        Read().Region.ShouldBe("DE");
        Read().EnergyBudget.ShouldBe(Energy.FromJoules(500));
        Read().EmissionsBudget.ShouldBe(Emissions.FromGrams(0.01));

        _build["Region"] = "FR";
        _build["EnergyBudget"] = "2 kJ";
        Read().Region.ShouldBe("FR");
        Read().EnergyBudget.ShouldBe(Energy.FromJoules(2000));

        _environment["ECO2TEST_ENERGY_BUDGET"] = "3 kJ";
        Read().EnergyBudget.ShouldBe(Energy.FromJoules(3000));
        Read().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_default_budget_that_cannot_be_read_is_a_problem_that_names_its_place()
    {
        _build["File.EnergyBudget"] = "5 apples";

        Read().EnergyBudget.ShouldBeNull();
        Read().Problems.Single().ShouldContain("EnergyBudget in eco2test.json: 'apples' is not a unit of an energy");
    }

    [Fact]
    public void The_environment_beats_the_build_property()
    {
        _build["Region"] = "DE";
        _build["Pue"] = "1.5";
        _build["BudgetBound"] = "central";
        Read().Region.ShouldBe("DE");
        Read().Pue.ShouldBe(1.5);
        Read().Budgets.Bound.ShouldBe(BudgetBound.Central);

        _environment["ECO2TEST_REGION"] = " FR ";
        _environment["ECO2TEST_PUE"] = "1.2";
        _environment["ECO2TEST_BUDGET_BOUND"] = "UPPER";
        Read().Region.ShouldBe("FR");
        Read().Pue.ShouldBe(1.2);
        Read().Budgets.Bound.ShouldBe(BudgetBound.Upper);
    }

    [Fact]
    public void A_blank_value_is_no_setting()
    {
        _environment["ECO2TEST_REGION"] = "  ";
        _environment["ECO2TEST_PUE"] = "";
        _build["CpuPower"] = " ";
        _build["Region"] = "FR";

        Read().Region.ShouldBe("FR");
        Read().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_setting_is_read()
    {
        _environment["ECO2TEST_ACTUAL_REGION"] = "aws:eu-west-3";
        _environment["ECO2TEST_NOT_MEASURABLE"] = "error";
        _environment["ECO2TEST_CPU_POWER"] = "4.5 W";
        _environment["ECO2TEST_CPU_MODEL"] = "TDP";
        _environment["ECO2TEST_GPUS"] = "0, 2";
        _environment["ECO2TEST_ELECTRICITY_PRICE"] = "0.25 EUR/kWh";
        _environment["ECO2TEST_RESULTS"] = "/tmp/results";
        _environment["ECO2TEST_RUNNER_OWNERSHIP"] = "Leased";
        _environment["ECO2TEST_EMBODIED"] = "1200 kg / 4 y * 0.25";
        _environment["ECO2TEST_FUNCTIONAL_UNIT"] = "predictions";
        _environment["ECO2TEST_RUN_ID"] = "run 7";
        _environment["ECO2TEST_SESSION"] = "s1";

        var settings = Read();

        settings.ActualRegion.ShouldBe("aws:eu-west-3");
        settings.Budgets.NotMeasurable.ShouldBe(NotMeasurableAction.Error);
        settings.CpuPower.ShouldBe(Power.FromWatts(4.5));
        settings.CpuModel.ShouldBe(CpuModelChoice.Tdp);
        settings.ExclusiveGpus.ShouldBe([0, 2]);
        settings.ElectricityPrice.ShouldNotBeNull().Text.ShouldBe("0.25 EUR/kWh");
        settings.RunnerOwnership.ShouldBe(RunnerOwnership.Leased);
        settings.Embodied!.Report.TotalGrams.ShouldBe(1_200_000);
        settings.FunctionalUnit.ShouldBe("predictions");
        (settings.ResultsFolder, settings.RunId, settings.Session).ShouldBe(("/tmp/results", "run 7", "s1"));
        settings.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ECO2TEST_RUNNER_OWNERSHIP", "mine", "'mine' is none of owned, leased, hosted")]
    [InlineData("ECO2TEST_EMBODIED", "1200 kg / 4", "'4' is no lifetime; write what making the machine emitted and how many years it serves, such as '1200 kg / 4 y', or '1200 kg / 4 y * 0.25' for a quarter of it")]
    [InlineData("ECO2TEST_CPU_MODEL", "eco2ai", "'eco2ai' is none of best, tdp")]
    [InlineData("ECO2TEST_ELECTRICITY_PRICE", "06:00-22:00 0.25 EUR/kWh", "there is no price from 00:00 to 06:00: the parts must make a whole day")]
    [InlineData("ECO2TEST_GPUS", "abc", "'abc' is no list of GPUs; write their numbers, such as '0' or '0,1'")]
    [InlineData("ECO2TEST_GPUS", "0,", "'0,' is no list of GPUs; write their numbers, such as '0' or '0,1'")]
    [InlineData("ECO2TEST_GPUS", "-1", "'-1' is no list of GPUs; write their numbers, such as '0' or '0,1'")]
    [InlineData("ECO2TEST_GPUS", "99999999999", "'99999999999' is no list of GPUs; write their numbers, such as '0' or '0,1'")]
    [InlineData("ECO2TEST_GPUS", "GPU-4f2a", "'GPU-4f2a' is no list of GPUs; write their numbers, such as '0' or '0,1'")]
    [InlineData("ECO2TEST_PUE", "0.9", "'0.9' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    [InlineData("ECO2TEST_PUE", "1,2", "'1,2' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    [InlineData("ECO2TEST_PUE", "1,0", "'1,0' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    [InlineData("ECO2TEST_PUE", "NaN", "'NaN' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    [InlineData("ECO2TEST_PUE", "11", "'11' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'")]
    [InlineData("ECO2TEST_BUDGET_BOUND", "low", "'low' is none of lower, central, upper")]
    [InlineData("ECO2TEST_BUDGET_BOUND", "1", "'1' is none of lower, central, upper")]
    [InlineData("ECO2TEST_BUDGET_BOUND", "+1", "'+1' is none of lower, central, upper")]
    [InlineData("ECO2TEST_BUDGET_BOUND", "lower,central", "'lower,central' is none of lower, central, upper")]
    [InlineData("ECO2TEST_NOT_MEASURABLE", "fail", "'fail' is none of warn, error, ignore")]
    [InlineData("ECO2TEST_CPU_POWER", "4", "'4' has no unit; write a power such as '65 W'")]
    [InlineData("ECO2TEST_CPU_POWER", "4 w", "'w' is not a unit of a power (did you mean 'W'? units are case-sensitive); use one of mW, W, kW")]
    [InlineData("ECO2TEST_CPU_POWER", "20 kW", "'20 kW' is no power of a busy processor; write one such as '4.5 W'")]
    [InlineData("ECO2TEST_CPU_POWER", "0 W", "'0 W' is no power of a busy processor; write one such as '4.5 W'")]
    public void A_value_that_cannot_be_read_is_a_problem_that_names_its_place_and_what_would_be_right(string variable, string value, string problem)
    {
        _environment[variable] = value;

        Read().Problems.ShouldBe([$"ECO2004: the environment variable {variable}: {problem}"]);
    }

    [Fact]
    public void A_build_property_that_cannot_be_read_is_named_as_such()
    {
        _build["BudgetBound"] = "highest";

        Read().Problems.ShouldBe(["ECO2004: the MSBuild property Eco2TestBudgetBound: 'highest' is none of lower, central, upper"]);
    }

    [Fact]
    public void The_GPUs_that_nobody_else_uses_are_a_build_property_too()
    {
        _build["Gpus"] = "1";
        Read().ExclusiveGpus.ShouldBe([1]);

        _environment["ECO2TEST_GPUS"] = "0";
        Read().ExclusiveGpus.ShouldBe([0]);

        _environment.Clear();
        _build["Gpus"] = "all";
        Read().Problems.ShouldBe(["ECO2004: the MSBuild property Eco2TestGpus: 'all' is no list of GPUs; write their numbers, such as '0' or '0,1'"]);
    }

    [Fact]
    public void Every_problem_is_told_and_what_could_be_read_stays()
    {
        _environment["ECO2TEST_PUE"] = "much";
        _environment["ECO2TEST_CPU_POWER"] = "hot";
        _environment["ECO2TEST_REGION"] = "FR";

        var settings = Read();

        settings.Problems.Count.ShouldBe(2);
        settings.Region.ShouldBe("FR");
        settings.Pue.ShouldBeNull();
        settings.CpuPower.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_reads_the_same(string culture) => HostileCulture.Run(culture, () =>
    {
        _environment["ECO2TEST_PUE"] = "1.25";
        _environment["ECO2TEST_NOT_MEASURABLE"] = "IGNORE";

        Read().Pue.ShouldBe(1.25);
        Read().Budgets.NotMeasurable.ShouldBe(NotMeasurableAction.Ignore);
        Read().Problems.ShouldBeEmpty();
    });

    private RunSettings Read() => RunSettings.Read(
        new EnvironmentVariables(name => _environment.GetValueOrDefault(name)), name => _build.GetValueOrDefault(name));
}
