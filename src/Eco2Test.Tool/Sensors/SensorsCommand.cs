using System.CommandLine;
using Eco2Test.Metering;

namespace Eco2Test.Tool;

/// <summary><c>eco2test sensors</c>: what this machine has to measure with, what it lacks, and what it draws now.</summary>
internal static class SensorsCommand
{
    /// <summary>Some drivers take seconds to wake many GPUs; one that takes longer hangs.</summary>
    private static readonly TimeSpan SearchLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromDays(30);

    public static Command Create(Terminal terminal, Surroundings surroundings)
    {
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var watch = new Option<bool>("--watch") { Description = "Show the power of each channel until Ctrl+C; a line for each interval where output is redirected." };
        var interval = new Option<TimeSpan?>("--interval")
        {
            Description = "How often --watch reads, such as 500ms; 1s when it is not said.",
            HelpName = "TIME",
            CustomParser = given => Duration.Read(given, ShortestInterval, LongestInterval),
        };
        var length = new Option<TimeSpan?>("--for")
        {
            Description = "How long --watch goes on, such as 10s.",
            HelpName = "TIME",
            CustomParser = given => Duration.Read(given, ShortestInterval, LongestWatch),
        };

        var command = new Command("sensors", "Show what this machine has to measure energy with, how each figure is known, and what is missing.") { format, watch, interval, length };
        command.Validators.Add(result =>
        {
            var watches = result.GetValue(watch);
            if (!watches && new Option[] { interval, length }.FirstOrDefault(option => result.GetResult(option) is not null) is { } alone)
            {
                result.AddError($"'{alone.Name}' says how to watch: it needs --watch.");
            }

            if (watches && result.GetValue(format) == "json")
            {
                result.AddError("'--watch' has no JSON: leave out one of --watch and --format json.");
            }
        });
        command.SetAction(async (parsed, cancelled) =>
        {
            var (machine, problems) = await FindMachineAsync(surroundings, cancelled).ConfigureAwait(false);
            if (parsed.GetValue(watch))
            {
                var sensors = new SensorWatch(machine, surroundings.Time);
                await new WatchLoop(sensors, surroundings.Time, parsed.GetValue(interval) ?? UsualInterval, parsed.GetValue(length)).RunAsync(terminal, cancelled).ConfigureAwait(false);
            }
            else
            {
                var inventory = await SensorSurvey.MakeAsync(machine, problems, surroundings.Time, cancelled).ConfigureAwait(false);
                terminal.Output.Write(parsed.GetValue(format) == "json" ? SensorInventoryJson.Write(inventory) : SensorInventoryText.Write(inventory, terminal.Width));
            }

            // No sensor is disposed: the process ends, and one whose driver hangs would hang here again.
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<(RunMachine Machine, IReadOnlyList<string> Problems)> FindMachineAsync(Surroundings surroundings, CancellationToken cancelled)
    {
        var search = new PatientCall<(RunMachine Machine, IReadOnlyList<string> Problems)>(surroundings.FindMachine, surroundings.Time);
        var (isAnswered, found) = await search.AskAsync(SearchLimit, cancelled).ConfigureAwait(false);
        return isAnswered ? found : throw new InputException(
            ToolCodes.NoAnswerFromSensors,
            $"The search for sensors did not end within {Duration.Write(SearchLimit)}: a driver hangs. See whether its own tool, such as nvidia-smi, answers.");
    }
}
