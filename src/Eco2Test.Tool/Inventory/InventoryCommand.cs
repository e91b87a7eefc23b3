using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary><c>eco2test inventory</c>: adds up the reports of a year for those who report greenhouse gases.</summary>
internal static class InventoryCommand
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    private const string Explanation =
        """
        Energy, location-based and market-based emissions, and a scope of the GHG
        Protocol that you confirm.

        Examples:
          eco2test inventory --year 2026 reports
          eco2test inventory --year 2026 reports --contracts mine.json \
                             --confirm mine.json
          eco2test inventory --year 2026 reports --format csv > 2026.csv

        """;

    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Reports (*.eco2test.json), journals, or folders, which are searched with all below them.",
            Arity = ArgumentArity.OneOrMore,
        }.WithoutOptions();
        var year = new Option<int>("--year")
        {
            Description = "The year, by the start of each run (UTC).",
            HelpName = "YEAR",
            Required = true,
            CustomParser = given =>
            {
                if (!int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < FirstYear or > LastYear)
                {
                    given.AddError($"'{given.Tokens[0].Value}' is no year of an inventory; write one from {FirstYear} to {LastYear}.");
                }

                return number;
            },
        };
        var contracts = new Option<string?>("--contracts") { Description = "A JSON file with factors of contracts and mixes of fuels, by place.", HelpName = "FILE" };
        var confirm = new Option<string?>("--confirm")
        {
            Description = "A JSON file with the scopes that you confirm. Where there is none it is written with what is suggested, for you to edit; it may be that of --contracts.",
            HelpName = "FILE",
        };
        var format = new Option<string>("--format") { Description = "text, json, csv or md.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "csv", "md");

        var command = new ExplainedCommand("inventory", "Add up the reports of a year by place and by whose machine it was.", Explanation)
        {
            paths, year, contracts, confirm, format,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths), parsed.GetValue(year), parsed.GetValue(contracts), parsed.GetValue(confirm), parsed.GetRequiredValue(format), terminal));
        return command;
    }

    private static int Run(string[] paths, int year, string? contracts, string? confirm, string format, Terminal terminal)
    {
        var isToConfirm = confirm is not null && InventoryFile.Exists(confirm);
        var terms = InventoryTermsReader.Read(contracts, isToConfirm ? confirm : null);
        var (runs, exitCode) = Read(paths, year, terminal);
        runs.CheckMerged();
        if (runs.OfYear.Count == 0)
        {
            throw new InputException(ToolCodes.NoRunOfYear, $"There is no run of {year} in what was given{(runs.OtherYears.Length == 0 ? "" : $"; there are {runs.OtherYears}")}. Give the folder of that year's reports, or another --year.");
        }

        var inventory = InventoryBuilder.Build(year, runs, terms);
        terminal.Output.Write(format switch
        {
            "json" => JsonSerializer.Serialize(inventory, InventoryJsonContext.Readable.Inventory) + "\n",
            "csv" => InventoryCsv.Write(inventory),
            "md" => InventoryMarkdown.Write(inventory),
            _ => InventoryText.Write(inventory, terminal.Width),
        });
        if (confirm is not null && !isToConfirm)
        {
            InventoryFile.Create(confirm, InventoryConfirmation.Write(inventory));
            terminal.Error.WriteLine($"Written: {TerminalText.Clean(confirm)}. Check each scope in it, set confirmed to true, and name it with --confirm again.");
        }

        return exitCode;
    }

    private static (InventoryRuns Runs, int ExitCode) Read(string[] paths, int year, Terminal terminal)
    {
        var (runs, exitCode) = (new InventoryRuns(year), ExitCode.Done);
        var found = ReportFiles.ReadAll(paths);
        foreach (var wrong in found.Faults)
        {
            Say(wrong);
        }

        // What a command or a build contains is counted with that.
        var all = found.Runs.Concat(found.Others).ToList();
        var wholes = all.Where(file => file.Report.Build is not null).ToList();
        foreach (var file in all.Where(file => !wholes.Exists(whole => BuildContents.Contains(whole.Report, file.Report))))
        {
            try
            {
                runs.Add(file.Report, file.Path);
            }
            catch (InputException wrong)
            {
                Say(wrong);
            }
        }

        return (runs, exitCode);

        // One broken file hides none of the others, but the sum lacks it: the exit code says so.
        void Say(InputException wrong)
        {
            terminal.Say(wrong);
            exitCode = ExitCode.WrongInput;
        }
    }
}
