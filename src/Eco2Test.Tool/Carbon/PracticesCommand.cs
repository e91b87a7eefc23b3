using System.CommandLine;
using Eco2Test.Carbon;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary><c>eco2test practices</c>: what a run would have cost elsewhere, on other machines, in other buildings, by other models.</summary>
internal static class PracticesCommand
{
    private const int DefaultTop = 10;

    private const string Examples =
        """
        Examples:
          eco2test practices results/Shop.Tests_net10.0.eco2test.json
          eco2test practices results --metric validation_loss:less --top 5
          eco2test practices results --save
          eco2test practices results --performance speeds.csv --format md

        speeds.csv, in any one unit, with the device of the run among them:
          device,speed,source
          AMD EPYC 7763,410,our training loop
          Intel Xeon Gold 6148,300,our training loop

        """;

    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("REPORT") { Description = "A report (*.eco2test.json), a journal, or a folder that holds one of them." };
        var format = new Option<string>("--format") { Description = "text, json (all rows) or md.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "md");
        var save = new Option<bool>("--save") { Description = "Put the figures into the report, as its member 'practices'." };
        var performance = new Option<string?>("--performance") { Description = "A table of how fast devices are at this work (CSV: device,speed,source).", HelpName = "FILE" };
        var metric = new Option<string?>("--metric")
        {
            Description = "The metric that energy is set against; ':more' or ':less' after it says which is better where its name does not.",
            HelpName = "NAME",
        };
        var top = NumberOption.Count("--top", $"How many rows of each table are shown, else {DefaultTop}.");

        var command = new ExplainedCommand("practices", "Show what a run would have cost in other regions, on other devices, in other buildings, and what accuracy costs.", Examples) { path, format, save, performance, metric, top };
        command.SetAction(parsed =>
        {
            var (file, report) = OneReport(parsed.GetRequiredValue(path));
            var practices = Practices(report, file, parsed.GetValue(performance), parsed.GetValue(metric));
            terminal.Output.Write(Text(practices, report, parsed.GetRequiredValue(format), parsed.GetValue(top) ?? DefaultTop, terminal.Width));
            if (parsed.GetValue(save))
            {
                Save(practices, file, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static (string File, EmissionsReport Report) OneReport(string path)
    {
        var found = ReportFiles.ReadAll([path]);
        return found switch
        {
            { Faults: [var wrong, ..] } => throw wrong,
            { Runs: [var run] } => (run.Path, run.Report),
            _ => throw new InputException(
                ToolCodes.WrongArguments, $"'{path}' holds reports of {found.Runs.Count} runs, and this is of one. Name one of them: {string.Join(", ", found.Runs.Take(5).Select(run => run.Path))}."),
        };
    }

    private static ReportPractices Practices(EmissionsReport report, string file, string? performance, string? metric)
    {
        var speeds = performance is null ? DevicePerformance.None() : FromTable(performance, () => DevicePerformance.Parse(TextFile.Read(performance, ToolCodes.WrongPerformanceTable)));
        var choice = metric is null ? null : Metric(report, metric);
        try
        {
            RunFigures.Of(report);
        }
        catch (FormatException fault)
        {
            throw new InputException(ToolCodes.UnusableFigures, $"'{file}' cannot be reckoned with: {fault.Message}.");
        }

        // What is left to go wrong is that the table lacks the run's own device.
        return FromTable(performance, () => FourPractices.Of(report, speeds, choice));
    }

    private static T FromTable<T>(string? path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            throw new InputException(ToolCodes.WrongPerformanceTable, $"'{path}' is no table of speeds: {fault.Message}.");
        }
    }

    private static MetricChoice Metric(EmissionsReport report, string text)
    {
        var choice = MetricChoice.Parse(text);
        var recorded = report.Windows.Where(window => window.Comparison is not null).SelectMany(window => window.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return recorded.Contains(choice.Name) ? choice : throw new InputException(
            ToolCodes.UnknownMetric,
            recorded.Count == 0
                ? $"No test with a comparison recorded a metric, so none is called '{choice.Name}'. Record it: TrackingWindow.Current?.Record(\"{choice.Name}\", value)."
                : $"No test with a comparison recorded '{choice.Name}'. Recorded were: {string.Join(", ", recorded)}.");
    }

    private static string Text(ReportPractices practices, EmissionsReport report, string format, int top, int width)
    {
        if (format == ReportFormats.Json)
        {
            return ReportJson.Write(practices) + "\n";
        }

        var text = new StringWriter();
        var sections = PracticesSections.Of(practices, report, top);
        if (format == ReportFormats.Markdown)
        {
            text.Write($"## The four practices: {MarkdownText.Code(ReportWords.Project(report.Run))}\n");
            SectionMarkdown.Write(sections, text);
        }
        else
        {
            SectionText.Write(sections, text, width);
        }

        return text.ToString();
    }

    private static void Save(ReportPractices practices, string file, Terminal terminal)
    {
        if (ReportFiles.IsJournal(file))
        {
            throw new InputException(ToolCodes.CannotSave, $"'{file}' is a journal, and no report yet. Make one of it: eco2test report {file} --format json.");
        }

        try
        {
            ResultsFolder.Replace(file, ReportJson.WithPractices(ReportFiles.Text(file), practices));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.CannotSave, $"'{file}' cannot be written: {fault.Message} The report is as it was.");
        }

        // What reads the output of --format json wants nothing else in it.
        terminal.Error.WriteLine($"Saved: {TerminalText.Clean(file)}");
    }
}
