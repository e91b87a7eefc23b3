using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Eco2Test.Tool;

/// <summary>Examples at the end of a command's help: what is copied most.</summary>
internal static class HelpExamples
{
    public static Command WithExamples(this Command command, params string[] examples)
    {
        var help = new HelpOption();
        help.Action = new HelpAndExamples((SynchronousCommandLineAction)help.Action!, examples);
        command.Options.Add(help);
        return command;
    }

    private sealed class HelpAndExamples(SynchronousCommandLineAction help, string[] examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            var exitCode = help.Invoke(parsed);
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            Array.ForEach(examples, example => output.WriteLine($"  {example}"));
            output.WriteLine();
            return exitCode;
        }
    }
}
