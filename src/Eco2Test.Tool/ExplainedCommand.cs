using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Eco2Test.Tool;

/// <summary>A command whose help says more than one line of it, with examples; lists of commands have the line alone.</summary>
/// <param name="name">What it is called.</param>
/// <param name="description">One sentence.</param>
/// <param name="explanation">What its own help ends with: lines of at most 80 columns.</param>
internal sealed class ExplainedCommand(string name, string description, string explanation) : Command(name, description)
{
    public string Explanation => explanation;
}

/// <summary>The usual help, at most as wide as the terminal, and the explanation of the command where it has one.</summary>
internal sealed class ExplainedHelp(Terminal terminal) : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new() { MaxWidth = terminal.Width };

    /// <summary>Makes it the help of a command and of those below it.</summary>
    public static void Of(RootCommand root, Terminal terminal) => root.Options.OfType<HelpOption>().Single().Action = new ExplainedHelp(terminal);

    /// <summary>Who asks for help has not written the rest yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExplainedCommand explained)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(explained.Explanation);
        }

        return exitCode;
    }
}
