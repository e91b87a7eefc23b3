using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Writes reports in the formats that were asked for, to one folder or each beside its source.</summary>
internal sealed class ReportOutput(IReadOnlyList<string> formats, string? folder, bool all)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes a report; the paths of the files, in the order of writing.</summary>
    public IReadOnlyList<string> Write(EmissionsReport report, string source)
    {
        var target = folder ?? Path.GetDirectoryName(source)!;
        var stem = Free(target, ReportFiles.Stem(source));
        var written = new List<string>();
        try
        {
            foreach (var format in FormatsOf(source))
            {
                var name = $"{stem}.eco2test.{format}";

                // A report is not written over itself: it would lose what this version does not know.
                if (Path.GetFullPath(Path.Combine(target, name)) != source)
                {
                    written.Add(new ResultsFolder(target).Write(name, Text(report, format)));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.CannotWrite, $"The report cannot be written to '{target}': {fault.Message} Name another folder with --out.");
        }

        return written;
    }

    // A journal, or a binary log, is no report yet: its JSON is what other commands read.
    private IEnumerable<string> FormatsOf(string source) =>
        ReportFiles.IsJournal(source) || BinaryLog.Is(source) ? formats.Prepend(ReportFormats.Json).Distinct() : formats;

    private string Free(string target, string stem)
    {
        var free = stem;
        for (var i = 2; !_taken.Add(Path.Combine(target, free)); i++)
        {
            free = $"{stem}-{i}";
        }

        return free;
    }

    private string Text(EmissionsReport report, string format)
    {
        if (format == ReportFormats.Json)
        {
            return ReportJson.Write(report);
        }

        var text = new StringWriter();
        new MarkdownExporter(all).Write(report, text);
        return text.ToString();
    }
}
