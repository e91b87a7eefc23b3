using System.CommandLine;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary><c>eco2test estimate</c>: what work costs in energy and carbon that nobody measured.</summary>
internal static class EstimateCommand
{
    private const double LongestHours = 1_000_000;

    private const string Examples =
        """
        Examples:
          eco2test estimate --gpu V100 --count 8 --hours 36 --utilization 0.432 \
                            --region US
          eco2test estimate --gpu 8xA100 --cpu "2xAMD EPYC 7763" --ram 1024 \
                            --hours 9.75 --region aws:eu-west-3
          eco2test estimate --instance p3.16xlarge --hours 36 --utilization 0.43 \
                            --region aws:us-east-1 --format latex
          eco2test estimate --runner github:ubuntu-24.04 --hours 0.2 --region US
          eco2test estimate --gpu A100 --count 256 --hours 192 --utilization 0.7 \
                            --fraction 0.13 --region FR

        """;

    public static Command Create(Terminal terminal)
    {
        var gpus = Devices("--gpu", "A GPU by the name of its driver or a short one, such as A100; 8xA100 for eight. Can be repeated.");
        var cpus = Devices("--cpu", "A processor by its whole name, such as 'AMD EPYC 7763': whole sockets. Can be repeated.");
        var instances = Devices("--instance", "A machine of a cloud, such as p3.2xlarge or azure:Standard_D4s_v3, memory included. Can be repeated.");
        var runners = Devices("--runner", "A CI runner, such as github:ubuntu-24.04, memory included. Can be repeated.");
        var ram = NumberOption.Create("--ram", "GB of memory that work takes, beside --gpu and --cpu.", 0, 1e9, "64", includesFrom: false);
        var count = NumberOption.Count("--count", "How many of the one device that is named.");
        var cores = NumberOption.Count("--cores", "Cores that work takes of one socket, of which there are more.");
        var hours = NumberOption.Create("--hours", "For how long.", 0, LongestHours, "36", includesFrom: false);
        hours.Required = true;
        var utilization = NumberOption.Create("--utilization", "Mean power over power at full load (TDP), from 0 to 1. Without it there are bounds only, from rest to full load.", 0, 1, "0.43 for 43 %");
        var region = new Option<string?>("--region") { Description = "Where: a region as in 'eco2test regions', or one of a cloud, such as aws:eu-west-3. Without it the world is assumed.", HelpName = "REGION" };
        var intensity = new Option<CarbonIntensity?>("--intensity")
        {
            Description = "The carbon intensity to price with, such as '240.56 g/kWh', in place of that of the region.",
            HelpName = "INTENSITY",
            CustomParser = given =>
            {
                if (QuantityParser.CarbonIntensity.Read(given.Tokens[0].Value, out var grams) is { } problem)
                {
                    given.AddError($"--intensity: {problem}.");
                }

                return CarbonIntensity.FromGramsPerKilowattHour(grams);
            },
        };
        var pue = NumberOption.Create("--pue", "Energy of the building over energy of the devices; without it that of a region of a cloud, else 1.", 1, 10, "1.2");
        var fraction = NumberOption.Create("--fraction", "The part of the whole work that this is: the whole is estimated too.", 0, 1, "0.13 for 13 %", includesFrom: false);
        var format = new Option<string>("--format") { Description = "text or json, or markdown or latex: a sentence for a paper.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "latex");

        var command = new ExplainedCommand("estimate", "Estimate energy and emissions of work that nobody measured, from its devices and hours.", Examples) { gpus, cpus, instances, runners, ram, count, cores, hours, utilization, region, intensity, pue, fraction, format };
        command.SetAction(parsed =>
        {
            var wanted = new WantedDevices(
                parsed.GetValue(gpus) ?? [], parsed.GetValue(cpus) ?? [], parsed.GetValue(instances) ?? [], parsed.GetValue(runners) ?? [],
                parsed.GetValue(ram), parsed.GetValue(count), parsed.GetValue(cores), parsed.GetValue(utilization));
            var found = FoundDevices.Find(wanted);
            var price = EstimatePrice.Find(parsed.GetValue(region), parsed.GetValue(intensity), parsed.GetValue(pue));
            var estimate = new Estimate(found.Loads, TimeSpan.FromHours(parsed.GetValue(hours)!.Value), price) { Fraction = parsed.GetValue(fraction) ?? 1 };
            var result = new EstimateResult(estimate, parsed.GetValue(utilization), found.Notes);
            terminal.Output.Write(parsed.GetValue(format) switch
            {
                "json" => EstimateJson.Write(result),
                "markdown" => EstimateSentence.Write(result, PaperStyle.Markdown),
                "latex" => EstimateSentence.Write(result, PaperStyle.Latex),
                _ => EstimateText.Write(result, terminal.Width),
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string[]> Devices(string name, string description) => new(name) { Description = description, HelpName = "NAME" };
}
