using System.CommandLine;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary><c>eco2test report</c>: prints the summary of each report and writes it in other formats.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Reports (*.eco2test.json), journals of runs that were cut off (*.eco2test.journal), or folders, which are searched with all below them.",
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

        var command = new Command("report", "Print the summary of reports, and write them as Markdown or JSON.") { paths, formats, folder };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths), ReportFormats.Read(parsed.GetRequiredValue(formats)), parsed.GetValue(folder), terminal));
        return command;
    }

    private static int Run(string[] paths, IReadOnlyList<string> formats, string? folder, Terminal terminal)
    {
        var output = new ReportOutput(formats, folder);
        var summary = new SummaryExporter(terminal.Width);
        var exitCode = ExitCode.Done;
        foreach (var path in ReportFiles.Find(paths))
        {
            try
            {
                var report = ReportFiles.Read(path);
                summary.Write(report, terminal.Output);
                terminal.Output.WriteLine();
                foreach (var written in output.Write(report, path))
                {
                    terminal.Output.WriteLine($"Written: {TerminalText.Clean(written)}");
                }

                terminal.Output.WriteLine();
            }
            catch (InputException wrong)
            {
                // One broken file hides none of the others.
                terminal.Say(wrong);
                exitCode = ExitCode.WrongInput;
            }
        }

        return exitCode;
    }
}
