using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary><c>eco2test summary</c>: adds up the result files of trackers by project.</summary>
internal static class SummaryCommand
{
    private const string Explanation =
        """
        Rows that are in no sum, such as one that was cut off, are named with their
        line and the reason. Energy is as the file has it: with PUE.

        Examples:
          eco2test summary emission.csv
          eco2test summary emission.csv emissions.csv --format json

        """;

    private static readonly string[] Headings = ["Project", "Rows", "Time", "Energy", "CO2e", "Cost"];

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "CSV files of EmissionsTracker, of Eco2AI or of CodeCarbon.",
            Arity = ArgumentArity.OneOrMore,
        }.WithoutOptions();
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");

        var command = new ExplainedCommand("summary", "Add up the result files of trackers (EmissionsTracker, Eco2AI, CodeCarbon) by project.", Explanation) { files, format };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(format) == "json", terminal));
        return command;
    }

    private static int Run(string[] paths, bool json, Terminal terminal)
    {
        var exitCode = ExitCode.Done;
        var read = new List<FileSummary>();
        foreach (var path in paths)
        {
            try
            {
                read.Add(FileSummary.Of(path, SummaryFiles.Read(path)));
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
            terminal.Output.Write(JsonSerializer.Serialize(read, SummaryJsonContext.Readable.ListFileSummary) + "\n");
        }
        else
        {
            read.ForEach(summary => terminal.Output.Write(Text(summary)));
        }

        return exitCode;
    }

    private static string Text(FileSummary file)
    {
        var rows = file.Projects.Append(file.All).Select(Cells).ToList();
        var skipped = file.Skipped.Select(row => $"{ToolCodes.RowsLeftOut}: line {row.Line.ToString(CultureInfo.InvariantCulture)} is in no sum: {TerminalText.Clean(row.Reason)}.\n");
        return $"{TerminalText.Clean(file.File)} ({file.Format})\n{TextTable.Write(Headings, rows, rightAligned: 1)}{string.Concat(skipped)}\n";
    }

    private static string[] Cells(ProjectRow project) =>
    [
        TerminalText.Cut(TerminalText.Clean(project.Project), 40), project.Rows.ToString(CultureInfo.InvariantCulture), Figures.Seconds(project.DurationSeconds),
        Figures.Joules(project.EnergyJoules), Figures.Grams(project.EmissionsGrams), project.Cost is { } cost ? Figures.Number(cost) : "-",
    ];
}

/// <summary>The sums of a file as JSON; units are in the names.</summary>
internal sealed record FileSummary(string File, string Format, IReadOnlyList<ProjectRow> Projects, ProjectRow All, IReadOnlyList<SkippedRow> Skipped)
{
    public static FileSummary Of(string path, EmissionsSummary summary) =>
        new(path, summary.Format, [.. summary.Projects.Select(ProjectRow.Of)], ProjectRow.Of(summary.All), summary.Skipped);
}

/// <summary>The sums of a project.</summary>
internal sealed record ProjectRow(string Project, int Rows, double DurationSeconds, double EnergyJoules, double EmissionsGrams, double? Cost)
{
    public static ProjectRow Of(ProjectSummary project) =>
        new(project.Name, project.Rows, project.Duration.TotalSeconds, project.Energy.Joules, project.Emissions.Grams, project.Cost);
}

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<FileSummary>))]
internal sealed partial class SummaryJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static SummaryJsonContext Readable { get; } = new(ReadableJson.Options());
}
