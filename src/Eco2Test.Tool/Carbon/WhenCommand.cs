using System.CommandLine;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary><c>eco2test when</c>: when to start work, and when to pause it, so that it emits least.</summary>
internal static class WhenCommand
{
    private const string Explanation =
        """
        Flexible start: the start from which the mean intensity is least while it runs
        through. Pause and resume: the cheapest stretches that suffice; with --limit,
        those at or under it, until the work is done. Both end within --within.
        Services are asked over the network; their accounts are read from
        ECO2TEST_ELECTRICITY_MAPS_TOKEN, ECO2TEST_WATTTIME_USERNAME and
        ECO2TEST_WATTTIME_PASSWORD.

        Examples:
          eco2test when --duration 6h --intensity electricity-maps --region FR
          eco2test when --duration 90m --intensity forecast.csv --power 250W
          eco2test when --duration 6h --intensity forecast.csv --limit "200 g/kWh"

        """;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan UsualHorizon = TimeSpan.FromDays(1);

    public static Command Create(Terminal terminal, Surroundings surroundings)
    {
        var duration = Time("--duration", "How long the work takes, such as 90m or 6h.");
        duration.Required = true;
        var intensity = IntensityOptions.Intensity($"Who has the forecast: {IntensitySources.Forecasters}.");
        intensity.DefaultValueFactory = _ => TableIntensitySource.AverageName;
        var region = IntensityOptions.Region("Where it would run.");
        var zone = IntensityOptions.Zone();
        var power = Quantity("--power", "POWER", "What it draws, such as 250W: then emissions are told too.", Power.Parse);
        var energy = Quantity("--energy", "ENERGY", "What it uses in all, such as \"1.5 kWh\".", Energy.Parse);
        var within = Time("--within", "By when it must be done, from now; 24h when it is not said.");
        var limit = Quantity("--limit", "INTENSITY", "Run only at this intensity or less, such as \"200 g/kWh\".", CarbonIntensity.Parse);
        var format = IntensityOptions.Format();

        var command = new ExplainedCommand("when", "Find the best time to run work, by a forecast of carbon intensity.", Explanation)
        {
            duration, intensity, region, zone, power, energy, within, limit, format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(power) is not null && result.GetResult(energy) is not null)
            {
                result.AddError("'--power' and '--energy' say the same: leave out one of them.");
            }
        });
        command.SetAction(async (parsed, cancelled) =>
        {
            var work = new Work(parsed.GetValue(duration)!.Value, parsed.GetValue(within) ?? UsualHorizon)
            {
                Energy = parsed.GetValue(power) is { } watts ? watts * parsed.GetValue(duration)!.Value : parsed.GetValue(energy),
                Limit = parsed.GetValue(limit),
                Place = IntensityOptions.Place(parsed.GetValue(region) ?? "WORLD"),
                HasPlace = parsed.GetValue(region) is not null,
            };
            if (work.Duration > work.Within)
            {
                throw new InputException(ToolCodes.WrongArguments, $"'--duration' of {Duration.Write(work.Duration)} does not fit into '--within' of {Duration.Write(work.Within)}. Give it longer, such as --within 48h.");
            }

            var source = surroundings.OpenIntensity(parsed.GetRequiredValue(intensity), parsed.GetValue(zone));
            var plan = WhenPlan.Make(work, await ForecastAsync(source, work, surroundings.Time.GetUtcNow(), cancelled).ConfigureAwait(false));
            terminal.Output.Write(parsed.GetValue(format) == "json" ? WhenJson.Write(plan) : WhenText.Write(plan, terminal.Width));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<(IntensitySeries Series, IntensityForecast Forecast)> ForecastAsync(IIntensitySource source, Work work, DateTimeOffset now, CancellationToken cancelled)
    {
        if (source is TableIntensitySource)
        {
            throw new InputException(ToolCodes.NoForecast, $"'{source.Name}' is a table of years, and has no forecast. Name a source that has one with --intensity: {IntensitySources.Forecasters}.");
        }

        try
        {
            var series = await source.ReadAsync(new IntensityQuery(work.Place, now, now + work.Within) { IsForecast = true }, cancelled).ConfigureAwait(false);
            return (series, new IntensityForecast(series.Points, now, now + work.Within));
        }
        catch (IntensitySourceException fault)
        {
            throw new InputException(ToolCodes.NoIntensity, $"{source.Name} gives no forecast: {fault.Message.TrimEnd('.')}.");
        }
    }

    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = given => Duration.Read(given, Shortest, Longest),
    };

    private static Option<T?> Quantity<T>(string name, string helpName, string description, Func<string, T> parse)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = given =>
            {
                try
                {
                    return parse(given.Tokens[0].Value);
                }
                catch (FormatException wrong)
                {
                    given.AddError($"{name}: {wrong.Message}.");
                    return null;
                }
            },
        };
}
