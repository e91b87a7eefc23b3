namespace Eco2Test.Core.Tests.Settings;

/// <summary>Which settings files a build reads, and what is wrong with them where: the compiler says the same of a project's.</summary>
public sealed class BuildFilesTests : IDisposable
{
    private readonly Repository _shop = new();

    [Theory]
    [InlineData("{ \"region\": \"Frnace\" }", "(1,13): error ECO3005: region: 'Frnace' is not a known region; did you mean 'FR' (France)?")]
    [InlineData("{\n  \"buildEnergyBudget\": \"5 apples\"\n}", "(2,24): error ECO3005: buildEnergyBudget: 'apples' is not a unit of an energy")]
    [InlineData("{\r\n  // Größe, 気候\r\n  \"projectEmissionsBudget\": 5 }", "(3,29): error ECO3005: projectEmissionsBudget: it must be a text in double quotes")]
    [InlineData("/* ü */ { \"pue\": 0.5 }", "(1,18): error ECO3005: pue: '0.5' is not a power usage effectiveness")]
    [InlineData("\uFEFF{ \"pue\": \"1.2\" }", "(1,10): error ECO3005: pue: it must be a number")]
    [InlineData("{ \"mode\": \"dark\" }", "(1,11): error ECO3005: mode: 'dark' is none of shadow, enforce")]
    [InlineData("{ \"mode\": \"shadow\", \"mode\": \"enforce\" }", "(1,29): ECO3016: would fail: ECO3005: mode: it is set twice")]
    [InlineData("{ \"buildEnergyBudgt\": \"5 J\" }", "(1,3): error ECO3005: 'buildEnergyBudgt' is no setting; did you mean 'buildEnergyBudget'?")]
    [InlineData("{ \"buildBudgetMode\": \"\" }", "(1,22): error ECO3005: buildBudgetMode: it is empty; write parts of a mode, such as 'compiler=warm reuse=on'")]
    [InlineData("", "(1,1): error ECO3005: The settings file cannot be read: '{' is expected")]
    [InlineData("[]", "(1,1): error ECO3005: The settings file cannot be read: '{' is expected")]
    [InlineData("{ \"pue\": 1.2, }", "(1,15): error ECO3005: The settings file cannot be read: a name in double quotes is expected")]
    [InlineData("{ \"extends\": \"none.json\" }", "(1,14): error ECO3005: 'none.json' is not there, seen from the folder of this file; a chain has four files at most")]
    [InlineData("{ \"extends\": \"eco2test.json\" }", "(1,14): error ECO3005: 'eco2test.json' is a file that extends this one: Shop/eco2test.json -> Shop/eco2test.json")]
    [InlineData("{ \"builds\": { } }", "(1,13): error ECO3005: builds: it must be a list in square brackets")]
    [InlineData("{ \"builds\": [ 5 ] }", "(1,15): error ECO3005: builds: an entry in braces is expected")]
    [InlineData("{ \"builds\": [ { \"project\": \"src/*\" } ] }", "(1,15): error ECO3005: builds: it has no limit; write \"energyBudget\": \"500 J\"")]
    [InlineData("{ \"builds\": [ { \"project\": \" \", \"energyBudget\": \"5 J\" } ] }", "(1,28): error ECO3005: builds: project: it is empty; write which, * standing for anything")]
    [InlineData("{ \"builds\": [ { \"solution\": \"a\\nb\", \"energyBudget\": \"5 J\" } ] }", "(1,29): error ECO3005: builds: solution: it has a line break")]
    [InlineData("{ \"builds\": [ { \"projet\": \"a\", \"energyBudget\": \"5 J\" } ] }", "(1,17): error ECO3005: builds: 'projet' is nothing that an entry has; did you mean 'project'?")]
    [InlineData("{ \"builds\": [ { \"energyBudget\": \"5\" } ] }", "(1,33): error ECO3005: builds: energyBudget: '5' has no unit")]
    [InlineData("{ \"builds\": [ { \"emissionsBudget\": 5 } ] }", "(1,36): error ECO3005: builds: emissionsBudget: it must be a text in double quotes")]
    [InlineData("{ \"builds\": [ { \"energyBudget\": \"5 J\", \"severity\": \"loud\" } ] }", "(1,52): error ECO3005: builds: severity: 'loud' is none of warn, error")]
    [InlineData("{ \"builds\": [ { \"energyBudget\": \"5 J\", \"mode\": \"warm\" } ] }", "(1,48): error ECO3005: builds: mode: 'warm' is no part of a mode")]
    [InlineData("{ \"builds\": [ { \"energyBudget\": \"5 J\", \"energyBudget\": \"6 J\" } ] }", "(1,56): error ECO3005: builds: energyBudget: it is set twice")]
    [InlineData("{ \"locked\": [ \"pue\" ] }", "(1,15): error ECO3005: locked: 'pue' is not set in this file; set it here, or leave it out")]
    [InlineData("{ \"pue\": 1.2, \"locked\": [ \"pu\" ] }", "(1,27): error ECO3005: locked: 'pu' is nothing that can be locked; did you mean 'pue'?")]
    [InlineData("{ \"pue\": 1.2, \"locked\": [ \"pue\", \"pue\" ] }", "(1,34): error ECO3005: locked: 'pue' is in it twice")]
    [InlineData("{ \"locked\": [ \"extends\" ] }", "(1,15): error ECO3005: locked: 'extends' is nothing that can be locked; write the name of a setting of this file")]
    [InlineData("{ \"locked\": [ true ] }", "(1,15): error ECO3005: locked: the name of a setting in double quotes is expected")]
    public void What_is_wrong_with_a_file_fails_the_build_and_is_named_where_it_stands(string text, string expected) =>
        _shop.With("eco2test.json", text).OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldStartWith("Shop/eco2test.json" + expected);

    [Fact]
    public void A_text_of_brackets_is_refused_before_the_stack_is() =>
        _shop.With("eco2test.json", "{ \"builds\": " + new string('[', 100_000)).OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldContain("it is too deep");

    [Fact]
    public void A_file_of_a_megabyte_is_read()
    {
        var entries = string.Join(",\n", Enumerable.Range(0, 12_000).Select(i => $$"""{ "project": "src/Part{{i}}/*", "energyBudget": "{{i + 1}} J", "severity": "warn" }"""));
        _shop.With("eco2test.json", $$"""{ "builds": [ {{entries}} ] }""");

        _shop.OfProject("src/Part11999/Part.csproj").Limits().ShouldHaveSingleItem().ShouldBe("project 12 kJ warn by energyBudget in Shop/eco2test.json(12000,49)");
    }

    [Fact]
    public void The_nearest_file_upwards_is_used_and_nothing_of_those_above_unless_it_extends_them()
    {
        _shop.With("eco2test.json", """{ "projectEnergyBudget": "5 J", "region": "DE" }""").With("src/Core/eco2test.json", """{ "region": "FR" }""");

        _shop.OfProject("src/Core/Core.csproj").Run.Region.ShouldBe("FR");
        _shop.OfProject("src/Core/Core.csproj").Budgets.ShouldBeEmpty();
        _shop.OfProject("src/Web/Web.csproj").Limits().ShouldBe(["project 5 J error by projectEnergyBudget in Shop/eco2test.json(1,26)"]);

        _shop.With("src/Core/eco2test.json", """{ "extends": "..\\..\\eco2test.json", "region": "FR" }""");
        _shop.OfProject("src/Core/Core.csproj").Limits().ShouldBe(["project 5 J error by projectEnergyBudget in Shop/eco2test.json(1,26)"]);
        _shop.OfProject("src/Core/Core.csproj").Run.Region.ShouldBe("FR");
    }

    [Fact]
    public void Another_file_can_be_named_and_one_that_is_not_there_is_an_error()
    {
        _shop.With("eco2test.json", """{ "region": "DE" }""").With("ci/strict ü;%.json", """{ "region": "FR" }""").With("ci/other.json", """{ "region": "SE" }""");

        _shop.Properties["SettingsFile"] = "ci/other.json";
        _shop.OfBuild().Run.Region.ShouldBe("SE");
        _shop.Environment["ECO2TEST_SETTINGS_FILE"] = "ci/strict ü;%.json";
        _shop.OfBuild().Run.Region.ShouldBe("FR");
        _shop.Environment["ECO2TEST_SETTINGS_FILE"] = "ci/none.json";
        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text()
            .ShouldBe("error ECO3005: the environment variable ECO2TEST_SETTINGS_FILE: 'ci/none.json' is not there; name a settings file, seen from the folder of the project");
    }

    [Fact]
    public void A_chain_has_four_files_and_a_fifth_is_said()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            _shop.With(i == 0 ? "eco2test.json" : $"org/{i}.json", i == 4 ? """{ "region": "FR" }""" : $$"""{ "extends": "{{(i == 0 ? "org/1.json" : $"{i + 1}.json")}}" }""");
        }

        _shop.OfBuild().Run.Region.ShouldBeNull();
        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldStartWith("org/3.json(1,14): error ECO3005: '4.json' is not there, seen from the folder of this file; a chain has four files at most");
    }

    [Fact]
    public void A_circle_is_named_in_the_file_that_closes_it() =>
        _shop.With("eco2test.json", """{ "extends": "../org/a.json" }""").With("../org/a.json", """{ "extends": "../Shop/eco2test.json" }""").OfBuild()
            .Problems.ShouldHaveSingleItem().Text().ShouldBe("org/a.json(1,14): error ECO3005: '../Shop/eco2test.json' is a file that extends this one: Shop/eco2test.json -> org/a.json -> Shop/eco2test.json");

    [Fact]
    public void A_table_of_regions_holds_for_builds_too()
    {
        const string Table = "code,name,gCO2_per_kWh,basis,boundary,year,source\nACME-DC1,Acme Hall,12.5,lifecycle,consumption,2025,contract\n";
        _shop.With("eco2test.json", """{ "regions": "data/grid.csv", "region": "acme-dc1" }""").With("data/grid.csv", Table);

        _shop.OfBuild().Problems.ShouldBeEmpty();
        _shop.OfBuild().Run.Regions.Find("ACME-DC1").ShouldNotBeNull();

        _shop.With("eco2test.json", """{ "regions": "data/none.csv" }""");
        _shop.OfBuild().Problems.ShouldHaveSingleItem().Text().ShouldStartWith("Shop/eco2test.json(1,14): error ECO3005: regions: none.csv cannot be read");
    }

    public void Dispose() => _shop.Dispose();
}
