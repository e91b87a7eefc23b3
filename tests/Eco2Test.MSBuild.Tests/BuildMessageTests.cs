using Eco2Test.Budgets;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>What tasks tell the logger.</summary>
public sealed class BuildMessageTests
{
    [Fact]
    public void A_node_says_which_process_it_is()
    {
        BuildMessage.Node(4711).ShouldBe("eco2test: node pid=4711");
        BuildMessage.ProcessIdOf("eco2test: node pid=4711").ShouldBe(4711);
        BuildMessage.ProcessIdOf("eco2test: node pid=-1").ShouldBeNull();
        BuildMessage.ProcessIdOf("eco2test: budgets []").ShouldBeNull();
    }

    [Fact]
    public void What_a_project_sets_arrives_with_its_place()
    {
        WrittenProperty[] written =
        [
            new("BuildEnergyBudget", "5 Wh", new SettingPlace("Eco2TestBuildEnergyBudget", "/a b/Größe;1%/Directory.Build.props", 3, 5)),
            new("Region", "FR", null),
        ];

        BuildMessage.BudgetsOf(BuildMessage.Budgets(written)).ShouldBe(written);
        BuildMessage.BudgetsOf(BuildMessage.Node(1)).ShouldBeNull();
    }

    [Fact]
    public void A_project_says_whether_its_budgets_were_judged()
    {
        var left = new SaidProject("/a b/Größe;1%/App.csproj", null, IsJudged: false, [new("ProjectEnergyBudget", "5 Wh", null)]);

        var read = BuildMessage.ProjectOf(BuildMessage.Project(left)).ShouldNotBeNull();

        (read.File, read.TargetFramework, read.IsJudged).ShouldBe((left.File, null, false));
        read.Properties.ShouldBe(left.Properties);
        BuildMessage.ProjectOf(BuildMessage.Node(1)).ShouldBeNull();
    }

    [Fact]
    public void A_message_of_ours_is_told_from_others_by_who_sends_it()
    {
        BuildMessage.Text(BuildMessage.Of(BuildMessage.Node(1))).ShouldBe("eco2test: node pid=1");
        BuildMessage.Of(BuildMessage.Node(1)).Importance.ShouldBe(MessageImportance.Low);
        BuildMessage.Text(new BuildMessageEventArgs("eco2test: node pid=1", null, "Message", MessageImportance.Low)).ShouldBeNull();
        BuildMessage.Text(new BuildMessageEventArgs("something else", null, "Eco2Test", MessageImportance.Low)).ShouldBeNull();
    }
}
