using Eco2Test.Budgets;
using Eco2Test.Core.Tests.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>What a node knows of how its build is run.</summary>
public sealed class NodeModeTests
{
    private static readonly string[] _entry = ["dotnet.dll", "build", "-nr:false"];
    private static readonly string[] _worker = ["dotnet", "MSBuild.dll", "/nodemode:1", "/nodeReuse:True"];

    [Fact]
    public void What_a_node_cannot_know_is_not_in_it()
    {
        Of(_worker).ShouldBe("nodes=2 reuse=on server=off graph=off");
        Of(_entry, serverWasThere: true).ShouldBe("nodes=2 reuse=off compiler=warm server=off graph=off");
        Of(_entry, serverWasThere: false).ShouldContain("compiler=cold");
        Of(_entry, shared: "False", serverWasThere: true).ShouldContain("compiler=off");
        NodeMode.SeesCompilerServer(_worker).ShouldBeNull();
    }

    [Fact]
    public void Nodes_of_low_priority_outlive_no_build_whatever_they_were_told()
    {
        NodeMode.Of(_worker, new EnvironmentVariables(_ => null), "2", null, null, null, isOfLowPriority: true).ShouldBe("nodes=2 reuse=off server=off graph=off");
        BuildMode.Of(new BuildModeFacts { CommandLines = [_worker], IsOfLowPriority = true }).NodeReuse.ShouldBeFalse();
        BuildMode.Of(new BuildModeFacts { CommandLines = [_worker] }).NodeReuse.ShouldBeTrue();
    }

    [Fact]
    public void The_environment_of_the_build_reaches_its_nodes()
    {
        NodeMode.Of(["dotnet.dll", "build"], new EnvironmentVariables(name => name is "MSBUILDDISABLENODEREUSE" or "MSBUILDUSESERVER" ? "1" : null), "1", "True", null, null)
            .ShouldBe("nodes=1 reuse=off server=on graph=on");
        NodeMode.Of([], new EnvironmentVariables(_ => null), "many", null, null, null).ShouldBe("reuse=on server=off graph=off");
    }

    [Theory]
    [InlineData("reuse=on", "ECO3001")]
    [InlineData("reuse=off", "ECO3004")]
    [InlineData("reuse=on compiler=warm", "ECO3004")]
    public void A_budget_of_a_project_is_judged_in_the_mode_that_its_node_knows(string wanted, string expected)
    {
        var budget = new BuildBudget { IsOfBuild = false, Energy = new EnergyBudget(Eco2Test.Units.Energy.FromJoules(500)), Mode = wanted, Place = new("projectEnergyBudget") };

        var verdict = BuildBudgetJudge.OfProject([budget], "Shop", BudgetJudgeTests.Used(600, 700, 800), Of(_worker), default, isShadow: false).Verdicts.ShouldHaveSingleItem();

        verdict.Code.ShouldBe(expected);
        verdict.Message.Contains("nobody knows compiler").ShouldBe(wanted.Contains("compiler"));
    }

    private static string Of(string[] words, string? shared = null, bool? serverWasThere = null) => NodeMode.Of(words, new EnvironmentVariables(_ => null), "2", "", shared, serverWasThere);
}
