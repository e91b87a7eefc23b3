namespace Eco2Test.Tool.Tests;

/// <summary>One run of the command in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static ToolRun Of(params string[] args) => On(surroundings: null, args);

    /// <summary>The same on a made-up machine.</summary>
    public static ToolRun On(Surroundings? surroundings, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = Program.Run(args, new Terminal(output, error, 80), surroundings);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>It failed on its input with this code, and printed nothing else.</summary>
    public void ShouldBeWrongInput(string code, params string[] says)
    {
        ExitCode.ShouldBe(2, Error);
        Error.ShouldStartWith($"eco2test: error {code}: ");
        Error.TrimEnd().ShouldNotContain('\n');
        says.ShouldAllBe(part => Error.Contains(part), Error);
    }
}
