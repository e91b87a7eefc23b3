using Eco2Test.Budgets;

namespace Eco2Test.MSBuild.Tests;

/// <summary>What the logger writes, in the form that problem matchers take.</summary>
public sealed class BuildTerminalTests
{
    [Theory]
    [InlineData(true, "/r/Directory.Build.props(3,5): error ECO3002: over")]
    [InlineData(false, "/r/Directory.Build.props(3,5): warning ECO3002: over")]
    public void A_verdict_has_file_line_and_column(bool isError, string line) =>
        Said(new BuildVerdict("ECO3002", isError, "over", new SettingPlace("x", "/r/Directory.Build.props", 3, 5), null), isQuiet: true).ShouldBe(line);

    [Fact]
    public void A_budget_of_the_command_line_has_no_file() =>
        Said(new BuildVerdict("ECO3002", true, "over", new SettingPlace("x"), null), isQuiet: true).ShouldBe("Eco2Test: error ECO3002: over");

    [Fact]
    public void In_shadow_nothing_looks_like_an_error()
    {
        var shadow = new BuildVerdict("ECO3016", false, "would fail", new SettingPlace("x", "/r/a.props", 1, 1), null) { IsMessage = true };

        Said(shadow, isQuiet: false).ShouldBe("ECO3016: would fail");
        Said(shadow, isQuiet: true).ShouldBeEmpty();
    }

    private static string Said(BuildVerdict verdict, bool isQuiet)
    {
        using var output = new StringWriter();
        new BuildTerminal(output, isQuiet, ascii: true).Say(verdict);
        return output.ToString().TrimEnd();
    }
}
