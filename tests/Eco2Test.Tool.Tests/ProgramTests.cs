namespace Eco2Test.Tool.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("--help", "report")]
    [InlineData("report --help", "--out <FOLDER>")]
    [InlineData("regions -h", "--format <FORMAT>")]
    [InlineData("practices --help", "eco2test practices results --metric validation_loss:less")]
    public void I_can_ask_for_help(string args, string says)
    {
        var run = ToolRun.Of(args.Split(' '));

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain(says);
    }

    [Theory]
    [InlineData("", "eco2test --help")]
    [InlineData("report", "eco2test report --help")]
    [InlineData("reprot x", "'reprot'")]
    [InlineData("regions --fromat json", "'--fromat'")]
    [InlineData("report x --fromat json", "'--fromat'")]
    [InlineData("regions --format xml", "xml")]
    public void Wrong_arguments_are_said_with_where_to_look(string args, string says) =>
        ToolRun.Of(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBeWrongInput("ECO4000", says, "--help");

    [Fact]
    public void A_path_that_begins_with_an_at_sign_is_a_path() => ToolRun.Of("report", "@missing").ShouldBeWrongInput("ECO4001", "'@missing'");

    [Fact]
    public void A_fault_of_the_tool_is_said_in_full()
    {
        var error = new StringWriter();

        Program.Run(["regions"], new Terminal(new BrokenWriter(), error, 80)).ShouldBe(1);

        error.ToString().ShouldStartWith("eco2test: an unexpected fault");
        error.ToString().ShouldContain("the pipe is closed");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(string? value) => throw new InvalidOperationException("the pipe is closed");
    }
}
