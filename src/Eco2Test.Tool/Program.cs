using System.CommandLine;

namespace Eco2Test.Tool;

/// <summary>The <c>eco2test</c> command: what is wrong with the input is said in one line, what is wrong with the tool in full.</summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Terminal.OfProcess());

    internal static int Run(string[] args, Terminal terminal, Surroundings? surroundings = null)
    {
        var (own, command) = args is [RunCommand.Name, ..] ? CommandWords.Split(args) : (args, []);
        var eco2test = new RootCommand("Reads what tests cost in energy and carbon: reports of Eco2Test, the sensors of this machine, and the carbon intensity of grids.")
        {
            ReportCommand.Create(terminal),
            SensorsCommand.Create(terminal, surroundings ?? Surroundings.OfProcess),
            RegionsCommand.Create(terminal),
            PriceCommand.Create(terminal, surroundings ?? Surroundings.OfProcess),
            WhenCommand.Create(terminal, surroundings ?? Surroundings.OfProcess),
            InventoryCommand.Create(terminal),
            EstimateCommand.Create(terminal),
            SummaryCommand.Create(terminal),
            PracticesCommand.Create(terminal),
            RunCommand.Create(terminal, surroundings ?? Surroundings.OfProcess, command),
            InitCommand.Create(terminal),
        };

        ExplainedHelp.Of(eco2test, terminal);

        // A path may begin with '@': it is no file of further arguments.
        var parsed = eco2test.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            return parsed.Errors.Count == 0
                ? parsed.Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false })
                : throw WrongArguments(parsed);
        }
        catch (InputException wrong)
        {
            terminal.Say(wrong);
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("eco2test: interrupted; what was written before stays.");
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            terminal.Error.WriteLine($"eco2test: an unexpected fault; please report it with these lines:\n{fault}");
            return ExitCode.UnexpectedFault;
        }
    }

    private static InputException WrongArguments(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command is RootCommand ? "eco2test" : $"eco2test {parsed.CommandResult.Command.Name}";
        var problems = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        return new(ToolCodes.WrongArguments, $"{problems} '{command} --help' shows what is possible.");
    }
}
