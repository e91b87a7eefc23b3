using System.CommandLine;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary><c>eco2test run</c>: runs a command and says what it used, with all processes that work for it.</summary>
internal static class RunCommand
{
    /// <summary>What it is called.</summary>
    public const string Name = "run";

    private const string Explanation = """
        What follows '--' is run as it stands, without a shell, with the input, output
        and terminal of this command; what is said of it goes to the error output.
        Ctrl+C and SIGTERM reach it, and its report is written all the same.

        Exit code: that of the command; 3 when it succeeded and is over its budget;
        2 when it cannot be started.

        Examples:
          eco2test run -- dotnet build Shop.slnx -c Release
          eco2test run --energy-budget "5 Wh" --region FR -- dotnet test
          eco2test run --out artifacts/train.eco2test.json -- python train.py
          eco2test run --no-logger -- dotnet publish
          eco2test run -- sh -c 'make && make check'
        """;

    public static Command Create(Terminal terminal, Surroundings surroundings, IReadOnlyList<string> words)
    {
        var file = new Option<string?>("--out") { Description = "The file of the report, a Markdown file beside it; without it, command.eco2test.json in the folder of results of builds.", HelpName = "FILE" };
        var energy = Quantity("--energy-budget", "The most energy, such as \"5 Wh\".", QuantityParser.Energy);
        var emissions = Quantity("--emissions-budget", "The most emissions, such as \"2 g\".", QuantityParser.Emissions);
        var region = new Option<string?>("--region") { Description = "Where the command runs, such as FR; else ECO2TEST_REGION or eco2test.json says so.", HelpName = "CODE" };
        var noLogger = new Option<bool>("--no-logger") { Description = "Give a dotnet command no logger: its report has no projects, targets and tasks." };

        var samples = new Option<string?>("--samples") { Description = "Keep the samples of all processes in a file, for 'eco2test report' with a binary log (dotnet build -bl).", HelpName = "FILE" };

        // The command itself is never parsed: this is what stands in its place, without '--'.
        var stray = new Argument<string[]>("COMMAND") { Description = "After '--': the program and its arguments.", Arity = ArgumentArity.ZeroOrMore }.WithoutOptions();

        var command = new ExplainedCommand(Name, "Run a command, such as dotnet build, and report what it used.", Explanation) { file, energy, emissions, region, noLogger, samples, stray };
        command.SetAction(parsed => words.Count > 0 && parsed.GetValue(stray) is not { Length: > 0 }
            ? new CommandRun(new CommandRequest(words, Environment.CurrentDirectory)
            {
                Out = parsed.GetValue(file),
                EnergyBudget = parsed.GetValue(energy),
                EmissionsBudget = parsed.GetValue(emissions),
                Region = parsed.GetValue(region),
                Samples = parsed.GetValue(samples),
                WithLogger = !parsed.GetValue(noLogger),
            }, terminal, surroundings).Run()
            : throw new InputException(ToolCodes.NoCommand, "There is no command to run. It stands after '--': eco2test run -- dotnet build."));
        return command;
    }

    private static Option<string?> Quantity(string name, string description, QuantityParser parser)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "QUANTITY" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && parser.Read(token.Value, out _) is { } problem)
            {
                result.AddError($"{name}: {problem}.");
            }
        });
        return option;
    }
}
