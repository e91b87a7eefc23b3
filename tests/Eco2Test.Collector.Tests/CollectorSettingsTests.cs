using Eco2Test.Metering;

namespace Eco2Test.Collector.Tests;

public sealed class CollectorSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void The_targets_hand_over_session_folder_and_settings()
    {
        var settings = Asked.Session(_folder, "<Region>FR</Region><CpuPower>4 W</CpuPower>");

        settings.IsAlone.ShouldBeFalse();
        var run = settings.Of(tests: null);
        (run.Session, run.ResultsFolder, run.Region, run.CpuPower?.Watts).ShouldBe(("s1", _folder.Path, "FR", 4.0));
        settings.HostVariables().ShouldBe([new(RunSettings.CollectorVariable, "true")]);
    }

    [Fact]
    public void What_would_end_a_value_is_written_in_other_words_by_the_targets_and_by_nobody_else()
    {
        const string InTargets = "<Results>/a%3Bb/c%3Dd%2525%253B</Results>";

        Asked.For("/nowhere", "<Session>s1</Session>" + InTargets).Results.ShouldBe("/a;b/c=d%25%3B");
        Asked.For("/nowhere", InTargets).Results.ShouldBe("/a%3Bb/c%3Dd%2525%253B");
    }

    [Fact]
    public void Without_the_targets_it_makes_a_session_and_tells_the_host()
    {
        var settings = Asked.For(_folder.Path);

        (settings.IsAlone, settings.OwnsFolder, settings.Results).ShouldBe((true, true, _folder.Path));
        settings.HostVariables().ShouldBe([new(RunSettings.CollectorVariable, "true"), new("ECO2TEST_SESSION", settings.Session), new("ECO2TEST_RESULTS", _folder.Path)]);
    }

    [Fact]
    public void A_folder_that_the_user_named_is_his()
    {
        var settings = Asked.For("/nowhere", "", ("ECO2TEST_RESULTS", _folder.Path));

        (settings.OwnsFolder, settings.Results).ShouldBe((false, _folder.Path));
    }

    [Fact]
    public void A_variable_comes_before_the_configuration_and_that_before_the_assembly_and_the_file()
    {
        var file = _folder.Write("eco2test.json", """{ "region": "ES", "pue": 1.5 }""");
        var tests = TestAssembly.Read(typeof(CollectorSettingsTests).Assembly.Location);
        var inFile = $"<SettingsFiles>{file}</SettingsFiles>";

        Asked.For("/nowhere", inFile).Of(tests).Region.ShouldBe("FR");
        Asked.For("/nowhere", inFile).Of(tests: null).Region.ShouldBe("ES");
        Asked.For("/nowhere", inFile).Of(tests: null).Pue.ShouldBe(1.5);
        Asked.For("/nowhere", inFile + "<Region>DE</Region>").Of(tests).Region.ShouldBe("DE");
        Asked.For("/nowhere", inFile + "<Region>DE</Region>", ("ECO2TEST_REGION", "PL")).Of(tests).Region.ShouldBe("PL");
    }

    [Fact]
    public void What_is_nearer_among_settings_files_wins()
    {
        var near = _folder.Write("eco2test.json", """{ "extends": "far.json", "runEnergyBudget": "5 kJ" }""");
        var far = _folder.Write("far.json", """{ "runEnergyBudget": "9 kJ", "region": "FR", "budgets": [ { "class": "Shop.*", "energyBudget": "1 kJ" } ] }""");

        var run = Asked.For("/nowhere", $"<SettingsFiles>{near}|{far}</SettingsFiles>").Of(tests: null);

        run.Region.ShouldBe("FR");
        run.Problems.ShouldBeEmpty();
        run.GroupBudgets.Select(budget => (budget.Scope, budget.Pattern, budget.Energy?.Limit.Joules)).ShouldBe([("run", null, 5000.0), ("class", "Shop.*", 1000.0)]);
    }

    [Fact]
    public void What_a_farther_file_has_locked_the_configuration_does_not_loosen()
    {
        var near = _folder.Write("eco2test.json", """{ "extends": "far.json" }""");
        var far = _folder.Write("far.json", """{ "runEnergyBudget": "5 kJ", "locked": [ "runEnergyBudget" ] }""");

        var run = Asked.For("/nowhere", $"<SettingsFiles>{near}|{far}</SettingsFiles><RunEnergyBudget>6 kJ</RunEnergyBudget>").Of(tests: null);

        run.GroupBudgets.ShouldHaveSingleItem().Energy!.Value.Limit.Joules.ShouldBe(5000);
        run.Problems.ShouldHaveSingleItem().ShouldStartWith("ECO3008: the MSBuild property Eco2TestRunEnergyBudget: '6 kJ' is not allowed: runEnergyBudget in ");
    }

    [Theory]
    [InlineData("{ \"region\": ")]
    [InlineData("[]")]
    [InlineData("{ \"runEnergyBudget\": \"5 apples\" }")]
    [InlineData("{ \"runEnergyBudgt\": \"5 kJ\" }")]
    public void A_settings_file_that_cannot_be_read_is_a_problem(string text)
    {
        var file = _folder.Write("eco2test.json", text);

        Asked.For("/nowhere", $"<SettingsFiles>{file}</SettingsFiles>").Problem.ShouldNotBeNull().ShouldStartWith("ECO2004: eco2test.json: ");
    }

    public void Dispose() => _folder.Dispose();
}
