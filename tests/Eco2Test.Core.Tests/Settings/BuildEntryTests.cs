namespace Eco2Test.Core.Tests.Settings;

/// <summary>Which entry of the list <c>builds</c> limits which build and which project.</summary>
public sealed class BuildEntryTests : IDisposable
{
    private readonly Repository _shop = new();

    [Theory]
    [InlineData("", "Shop.slnx", true)]
    [InlineData("\"solution\": \"Shop.slnx\", ", "Shop.slnx", true)]
    [InlineData("\"solution\": \"shop\", ", "Shop.slnx", true)]
    [InlineData("\"solution\": \"Shop.sln\", ", "Shop.slnx", false)]
    [InlineData("\"solution\": \"*.slnf\", ", "Shop.slnf", true)]
    [InlineData("\"solution\": \"apps/*.sln\", ", "apps/web/Web.sln", true)]
    [InlineData("\"solution\": \"apps\\\\web\\\\Web.sln\", ", "apps/web/Web.sln", true)]
    [InlineData("\"solution\": \"./apps/*\", ", "apps/web/Web.sln", true)]
    [InlineData("\"solution\": \"web/*\", ", "apps/web/Web.sln", false)]
    [InlineData("\"configuration\": \"release\", ", "Shop.slnx", true)]
    [InlineData("\"configuration\": \"Debug\", ", "Shop.slnx", false)]
    [InlineData("\"targetFramework\": \"net10.0\", ", "Shop.slnx", false)]
    [InlineData("\"project\": \"*\", ", "Shop.slnx", false)]
    public void An_entry_without_a_project_limits_the_builds_that_it_is_for(string conditions, string solution, bool matches)
    {
        _shop.With("eco2test.json", $$"""{ "builds": [ { {{conditions}}"energyBudget": "5 J" } ] }""");

        _shop.OfBuild(solution).Budgets.Count.ShouldBe(matches ? 1 : 0);
        _shop.OfBuild(solution).Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*", "src/Core/Shop.Core.csproj", true)]
    [InlineData("Shop.Core", "src/Core/Shop.Core.csproj", true)]
    [InlineData("shop.core.csproj", "src/Core/Shop.Core.csproj", true)]
    [InlineData("Shop.*", "src/Core/Shop.Core.csproj", true)]
    [InlineData("Core", "src/Core/Shop.Core.csproj", false)]
    [InlineData("src/*", "src/Core/Shop.Core.csproj", true)]
    [InlineData("src/*", "tests/src/Shop.Tests.csproj", false)]
    [InlineData("*/Core/Shop.Core", "src/Core/Shop.Core.csproj", true)]
    [InlineData("src/Größe ü/*", "src/Größe ü/Shop.csproj", true)]
    [InlineData("src/a;b%20c/*", "src/a;b%20c/Shop.csproj", true)]
    public void An_entry_with_a_project_limits_each_that_its_pattern_matches_and_no_build(string pattern, string project, bool matches)
    {
        _shop.With("eco2test.json", $$"""{ "builds": [ { "project": "{{pattern}}", "energyBudget": "5 J" } ] }""");

        _shop.OfProject(project).Budgets.Count.ShouldBe(matches ? 1 : 0);
        _shop.OfBuild().Budgets.ShouldBeEmpty();
    }

    [Fact]
    public void Of_several_the_one_with_most_conditions_counts_then_the_most_exact_then_the_first_limit_by_limit()
    {
        _shop.With("eco2test.json", """
            {
              "projectEnergyBudget": "1 J",
              "builds": [
                { "project": "*", "energyBudget": "2 J", "emissionsBudget": "2 g" },
                { "project": "src/*", "energyBudget": "3 J", "severity": "warn" },
                { "project": "src/Core/*", "energyBudget": "4 J" },
                { "project": "src/Core/*", "energyBudget": "5 J" },
                { "project": "*", "targetFramework": "net8.0", "energyBudget": "6 J", "mode": "graph=on" },
                { "project": "src/Core/*", "solution": "Other.slnx", "energyBudget": "7 J" }
              ]
            }
            """);

        _shop.OfProject("tests/T/T.csproj").Limits().ShouldBe(["project 2 J error by energyBudget in Shop/eco2test.json(4,39)", "project 2 g error by emissionsBudget in Shop/eco2test.json(4,65)"]);
        _shop.OfProject("src/Web/Web.csproj").Limits().ShouldBe(["project 3 J warn by energyBudget in Shop/eco2test.json(5,43)", "project 2 g error by emissionsBudget in Shop/eco2test.json(4,65)"]);
        _shop.OfProject("src/Core/Core.csproj").Limits()[0].ShouldBe("project 4 J error by energyBudget in Shop/eco2test.json(6,48)");
        _shop.OfProject("src/Core/Core.csproj", targetFramework: "net8.0").Limits()[0].ShouldBe("project 6 J error graph=on by energyBudget in Shop/eco2test.json(8,68)");
        _shop.OfProject("src/Core/Core.csproj", solution: "Other.slnx").Limits()[0].ShouldStartWith("project 7 J");
        _shop.OfProject("src/Core/Core.csproj", solution: null).Limits()[0].ShouldStartWith("project 4 J", customMessage: "nobody knows what was built");
    }

    [Fact]
    public void The_list_of_the_nearest_file_counts_also_when_it_is_empty_and_paths_are_seen_from_their_file()
    {
        _shop.With("eco2test.json", """{ "extends": "../org/eco2test.json" }""")
            .With("../org/eco2test.json", """{ "builds": [ { "project": "src/*", "energyBudget": "5 J" } ] }""")
            .With(".git/HEAD", "");
        _shop.OfProject("src/Core/Core.csproj").Limits().ShouldBe(["project 5 J error by energyBudget in org/eco2test.json(1,53)"], "a file outside the repository sees it from its root");

        _shop.With("eco2test.json", """{ "extends": "../org/eco2test.json", "builds": [] }""");
        _shop.OfProject("src/Core/Core.csproj").Budgets.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_beats_the_setting_for_all_of_its_file_and_is_beaten_by_a_property()
    {
        _shop.With("eco2test.json", """{ "buildEnergyBudget": "1 J", "builds": [ { "solution": "Shop.slnx", "energyBudget": "2 J" } ] }""");
        _shop.OfBuild("Shop.slnx").Limits().ShouldHaveSingleItem().ShouldStartWith("build 2 J");
        _shop.OfBuild("Other.slnx").Limits().ShouldHaveSingleItem().ShouldStartWith("build 1 J");

        _shop.Properties["BuildEnergyBudget"] = "3 J";
        _shop.OfBuild("Shop.slnx").Limits().ShouldHaveSingleItem().ShouldStartWith("build 3 J");
    }

    [Fact]
    public void A_build_of_one_framework_has_the_entries_of_that_framework()
    {
        _shop.With("eco2test.json", """{ "builds": [ { "targetFramework": "net8.*", "energyBudget": "2 J" } ] }""");

        _shop.OfBuild(targetFramework: "net8.0").Budgets.ShouldHaveSingleItem();
        _shop.OfBuild(targetFramework: "net10.0").Budgets.ShouldBeEmpty();
    }

    public void Dispose() => _shop.Dispose();
}
