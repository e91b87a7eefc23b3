using System.CommandLine;
using Eco2Test.Hardware;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary><c>eco2test report</c>: prints the summary of each report and writes it in other formats.</summary>
internal static class ReportCommand
{
    private const int MostSums = 50;

    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Reports (*.eco2test.json), journals of runs that were cut off (*.eco2test.journal), binary logs of builds (*.binlog) of which samples were kept, or folders, which are searched with all below them, each run once.",
            Arity = ArgumentArity.OneOrMore,
        }.WithoutOptions();
        var formats = new Option<string[]>("--format")
        {
            Description = $"What to write, separated by commas: {string.Join(", ", ReportFormats.Names)}.",
            HelpName = "FORMATS",
            DefaultValueFactory = _ => ["md"],
        };
        var folder = new Option<string?>("--out")
        {
            Description = "The folder to write to; without it, files are written beside each report.",
            HelpName = "FOLDER",
        };

        var by = new Option<string?>("--by")
        {
            Description = $"Print what the tests of all reports add up to by {string.Join(", ", RollUpNames)}, as a table or with --format json, and write nothing.",
            HelpName = "WHAT",
        };
        by.AcceptOnlyFromAmong(RollUpNames);
        var all = new Option<bool>("--all") { Description = "Fold nothing: show every test, also those below resolution." };

        var samples = new Option<string?>("--samples")
        {
            Description = "What the processes of the build of a binary log used, as 'eco2test run --samples' has kept it; without it, it is looked for beside the log and in the folder of build reports.",
            HelpName = "FILE",
        };

        var command = new Command("report", "Print the summary of reports, and write them as Markdown or JSON.") { paths, formats, folder, by, all, samples };
        command.SetAction(parsed => parsed.GetValue(by) is { } what
            ? RollUp(Found(parsed), Enum.Parse<RollUpBy>(what, ignoreCase: true), IsJson(parsed.GetRequiredValue(formats)), parsed.GetValue(all), terminal)
            : Run(Found(parsed), ReportFormats.Read(parsed.GetRequiredValue(formats)), parsed.GetValue(folder), parsed.GetValue(all), terminal));
        return command;

        FoundReports Found(ParseResult parsed) =>
            ReportFiles.ReadAll(parsed.GetRequiredValue(paths), new BinaryLogs(parsed.GetValue(samples), EnvironmentVariables.OfThisProcess));
    }

    private static string[] RollUpNames { get; } = [.. Enum.GetValues<RollUpBy>().Select(RollUpSection.Name)];

    private static bool IsJson(string[] formats) => ReportFormats.Read(formats).Contains(ReportFormats.Json);

    private static int RollUp(FoundReports found, RollUpBy by, bool json, bool all, Terminal terminal)
    {
        var (reports, exitCode) = Read(found, terminal, (_, _) => { });
        if (reports.Count > 0)
        {
            var rollUp = RollUps.Of(ReportMerger.Merge(reports).Report, by);
            if (json)
            {
                terminal.Output.Write(RollUpJson.Write(rollUp));
            }
            else
            {
                SectionText.Write([RollUpSection.Of(rollUp, all ? null : MostSums)], terminal.Output, terminal.Width);
            }
        }

        return exitCode;
    }

    private static int Run(FoundReports found, IReadOnlyList<string> formats, string? folder, bool all, Terminal terminal)
    {
        var output = new ReportOutput(formats, folder, all);
        var summary = new SummaryExporter(terminal.Width, all: all);
        var (reports, exitCode) = Read(found, terminal, (report, path) =>
        {
            summary.Write(report, terminal.Output);
            terminal.Output.WriteLine();
            foreach (var written in output.Write(report, path))
            {
                terminal.Output.WriteLine($"Written: {TerminalText.Clean(written)}");
            }

            terminal.Output.WriteLine();
        });
        if (reports.Count > 1 && ReportMerger.Merge(reports).Report is { Merged: not null } merged && reports.TrueForAll(report => report.Merged is null || !IsSame(report, merged)))
        {
            summary.Write(merged, terminal.Output);
        }

        return exitCode;
    }

    /// <summary>Whether a report that was given says what all of them add up to.</summary>
    private static bool IsSame(EmissionsReport given, EmissionsReport merged) => ReportIdentity.AllOf(given).ToHashSet().SetEquals(ReportIdentity.AllOf(merged));

    private static (List<EmissionsReport> Reports, int ExitCode) Read(FoundReports found, Terminal terminal, Action<EmissionsReport, string> with)
    {
        var exitCode = ExitCode.Done;
        foreach (var wrong in found.Faults)
        {
            terminal.Say(wrong);
            exitCode = ExitCode.WrongInput;
        }

        foreach (var other in found.Others)
        {
            terminal.Error.WriteLine($"Left out: {TerminalText.Clean(other.Path)} is another report of a run that is shown.");
        }

        var reports = new List<EmissionsReport>();
        foreach (var run in found.Runs)
        {
            try
            {
                reports.Add(run.Report);
                with(run.Report, run.Path);
            }
            catch (InputException wrong)
            {
                // One that cannot be written hides none of the others.
                terminal.Say(wrong);
                exitCode = ExitCode.WrongInput;
            }
        }

        return (reports, exitCode);
    }
}
