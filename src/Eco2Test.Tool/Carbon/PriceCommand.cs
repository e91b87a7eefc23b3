using System.CommandLine;
using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>
/// <c>eco2test price</c>: asks a source for the carbon intensity while a run ran, and puts the price into its report beside
/// the declared one.
/// </summary>
internal static class PriceCommand
{
    private const string Explanation =
        """
        The new price is put into the report beside the declared one, which stays.
        Pricing again from the same source for the same place replaces its price.
        Services are asked over the network; their accounts are read from
        ECO2TEST_ELECTRICITY_MAPS_TOKEN, ECO2TEST_WATTTIME_USERNAME and
        ECO2TEST_WATTTIME_PASSWORD.

        Examples:
          eco2test price TestResults --intensity electricity-maps
          eco2test price TestResults --intensity table-marginal --region PL
          eco2test price A.eco2test.json --intensity grid.csv --out B.eco2test.json

        """;

    public static Command Create(Terminal terminal, Surroundings surroundings)
    {
        var paths = new Argument<string[]>("REPORT")
        {
            Description = "Reports (*.eco2test.json), or folders, which are searched with all below them.",
            Arity = ArgumentArity.OneOrMore,
        }.WithoutOptions();
        var intensity = IntensityOptions.Intensity($"Who tells the intensity: {IntensitySources.Choices}.");
        intensity.Required = true;
        var region = IntensityOptions.Region("Where the run ran; without it, where it was said to run, or declared to.");
        var zone = IntensityOptions.Zone();
        var output = new Option<string?>("--out") { Description = "Another file to write the report to; without it, it is written over.", HelpName = "FILE" };
        var strict = new Option<bool>("--strict") { Description = "Fail where the source has no value, instead of taking the table's." };
        var format = IntensityOptions.Format();

        var command = new ExplainedCommand("price", "Price reports by the carbon intensity while their run ran.", Explanation)
        {
            paths, intensity, region, zone, output, strict, format,
        };
        command.SetAction((parsed, cancelled) => RunAsync(
            parsed.GetRequiredValue(paths),
            parsed.GetValue(output),
            new Pricing(surroundings.OpenIntensity(parsed.GetRequiredValue(intensity), parsed.GetValue(zone)), parsed.GetValue(zone), surroundings.Time)
            {
                Place = parsed.GetValue(region) is { } code ? IntensityOptions.Place(code) : null,
                IsStrict = parsed.GetValue(strict),
            },
            parsed.GetValue(format) == "json",
            terminal,
            cancelled));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string? output, Pricing pricing, bool json, Terminal terminal, CancellationToken cancelled)
    {
        var found = ReportFiles.ReadAll(paths);
        if (output is not null && found.Runs.Count + found.Faults.Count > 1)
        {
            throw new InputException(ToolCodes.WrongArguments, $"--out names one file, and there are {found.Runs.Count + found.Faults.Count} reports. Leave it out, or name one report.");
        }

        var (priced, exitCode) = (new List<PricedReport>(), found.Faults.Count > 0 ? ExitCode.WrongInput : ExitCode.Done);
        foreach (var wrong in found.Faults)
        {
            terminal.Say(wrong);
        }

        foreach (var run in found.Runs)
        {
            try
            {
                var one = await PriceAsync(run.Path, run.Report, output ?? run.Path, pricing, cancelled).ConfigureAwait(false);
                priced.Add(one);
                if (!json)
                {
                    terminal.Output.Write(PriceText.Write(one, terminal.Width));
                }
            }
            catch (InputException wrong)
            {
                // One broken file hides none of the others.
                terminal.Say(wrong);
                exitCode = ExitCode.WrongInput;
            }
        }

        if (json)
        {
            terminal.Output.Write(PriceJson.Write(priced));
        }

        return exitCode;
    }

    private static async Task<PricedReport> PriceAsync(string file, EmissionsReport report, string target, Pricing pricing, CancellationToken cancelled)
    {
        if (ReportFiles.IsJournal(file))
        {
            throw new InputException(ToolCodes.JournalNotPriced, $"'{file}' is the journal of a run, and no report yet. Make one with 'eco2test report', and price that.");
        }

        var price = await pricing.PriceAsync(file, report, cancelled).ConfigureAwait(false);
        try
        {
            ResultsFolder.Replace(Path.GetFullPath(target), ReportJson.WithPrices(ReportFiles.Text(file), TimedPricing.With(report.Prices, price)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.CannotWrite, $"The report cannot be written to '{target}': {fault.Message} Name another file with --out.");
        }

        return new PricedReport(file, target, report, report.Prices?.FirstOrDefault(before => before.Key == price.Key), price);
    }
}

/// <summary>A report that got a price.</summary>
/// <param name="File">Where it was read.</param>
/// <param name="Written">Where it was written.</param>
/// <param name="Report">As it was before.</param>
/// <param name="Replaced">The price of the same key that it had.</param>
/// <param name="Price">The new price.</param>
internal sealed record PricedReport(string File, string Written, EmissionsReport Report, ReportPrice? Replaced, ReportPrice Price)
{
    /// <summary>The declared price of what is untracked, and of windows that declare nothing else.</summary>
    public ReportIntensity? Declared => Report.Intensities.FirstOrDefault(intensity => intensity.Key == Report.Totals.Intensity);

    /// <summary>
    /// How much more the new price is than the declared one, in percent; <see langword="null"/> where that cannot be said:
    /// of what is marginal nothing is divided, and average and marginal are not compared.
    /// </summary>
    public double? ChangePercent =>
        Declared?.Kind == "average" && Price.Kind == "average" && Report.Totals.EmissionsGrams > 0
            ? ((Price.EmissionsGrams / Report.Totals.EmissionsGrams) - 1) * 100
            : null;
}
