using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>The one door to the report of a command: where it goes, and where its journal lies until then.</summary>
internal sealed class CommandOutput
{
    private const string UsualName = "command";
    private const string MarkdownExtension = ".eco2test.md";

    private readonly string? _file;
    private readonly string _folder;
    private readonly string? _fault;

    private CommandOutput(string? file, string folder)
    {
        (_file, _folder) = (file, folder);
        _fault = new ResultsFolder(folder).Fault();
        JournalFolder = _fault is null ? folder : Directory.CreateTempSubdirectory("eco2test-").FullName;
    }

    /// <summary>Where the journal is kept: beside the report, so that it is found when all is killed; elsewhere where nothing can be written there.</summary>
    public string JournalFolder { get; }

    /// <summary>What was asked for, or what is usual.</summary>
    /// <exception cref="InputException">It is a folder.</exception>
    public static CommandOutput Of(string? file, string folder, string results)
    {
        var path = file is null ? null : Path.GetFullPath(file, folder);
        return path is null ? new(null, results)
            : path.EndsWith(Path.DirectorySeparatorChar) || Directory.Exists(path)
                ? throw new InputException(ToolCodes.WrongArguments, $"--out: '{file}' is a folder; name a file, such as {Path.Combine(file!, UsualName + ResultsFolder.ReportExtension)}.")
            : new(path, Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes the report, removes the journal, and says where the report is, or why there is none.</summary>
    public void Write(string journal, EmissionsReport report, Terminal terminal)
    {
        try
        {
            if (_fault is not null)
            {
                throw new IOException(_fault);
            }

            var written = Write(report);
            ResultsFolder.DeleteJournal(journal);
            terminal.Error.WriteLine($"Report: {TerminalText.Clean(written)}");
            WriteEarlier(ResultsFolder.Stem(report.Run), terminal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"eco2test: warning {ToolCodes.CannotWrite}: the report cannot be written to '{TerminalText.Clean(_file ?? _folder)}': {TerminalText.Clean(fault.Message)} Name another file with --out.");
        }
        finally
        {
            if (_fault is not null)
            {
                new ResultsFolder(JournalFolder).Remove();
            }
        }
    }

    /// <summary>Of the same command, where this tool was killed: its journal becomes a report, and does not stay.</summary>
    private void WriteEarlier(string stem, Terminal terminal)
    {
        var folder = new ResultsFolder(_folder);
        foreach (var abandoned in AbandonedJournals.Of(folder, stem))
        {
            try
            {
                if (new RunReports(folder).WriteEarlier(stem, abandoned) is { } earlier)
                {
                    terminal.Error.WriteLine($"An earlier run was cut off; its report: {TerminalText.Clean(earlier.Files[0])}");
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                terminal.Error.WriteLine($"eco2test: warning {DiagnosticCodes.JournalFault}: no report was made of '{TerminalText.Clean(abandoned.Path)}': {TerminalText.Clean(fault.Message)} It is kept: eco2test report reads it.");
            }
        }
    }

    private string Write(EmissionsReport report)
    {
        var files = RunReports.Files(report);
        if (_file is null)
        {
            return new KeptReports(new ResultsFolder(_folder)).Write(UsualName, files)[0];
        }

        // The report first: who reads one of two files can do with that.
        Directory.CreateDirectory(_folder);
        ResultsFolder.Replace(_file, files.First(file => file.Extension == ResultsFolder.ReportExtension).Content);
        ResultsFolder.Replace(Markdown(_file), files.First(file => file.Extension == MarkdownExtension).Content);
        return _file;
    }

    private static string Markdown(string file) => file.EndsWith(ResultsFolder.ReportExtension, StringComparison.OrdinalIgnoreCase)
        ? file[..^ResultsFolder.ReportExtension.Length] + MarkdownExtension
        : Path.ChangeExtension(file, MarkdownExtension);
}
