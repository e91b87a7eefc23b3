using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>
/// What is said of a command when it has ended: one total, and what of it builds and test hosts used. Tests are inside test
/// hosts, and builds and test hosts are inside the command: nothing of it adds up to more.
/// </summary>
internal sealed class CommandSummary(EmissionsReport report, IReadOnlyList<EmissionsReport> parts, string? whyNoRows)
{
    private const string TestHost = "testHost";

    public void Write(TextWriter writer, int width)
    {
        if (report.Windows.FirstOrDefault(window => window.Parent is null) is not { } command)
        {
            writer.WriteLine("eco2test: the command was not measured.");
            return;
        }

        writer.WriteLine();
        new SummaryExporter(width).Write(report, writer);
        if (Rows(command).ToList() is { Count: > 0 } rows)
        {
            writer.WriteLine();
            writer.WriteLine("Tests");
            writer.WriteLine();
            var names = Math.Max(20, Math.Min(width - 34, rows.Max(row => TerminalText.Width(row.Name))));
            foreach (var (name, joules, note) in rows)
            {
                writer.WriteLine($"  {TerminalText.Left(TerminalText.Cut(name, names), names)}  {TerminalText.Right(Figures.Joules(joules), Figures.MaxLength)}  {note}".TrimEnd());
            }
        }

        if (whyNoRows is not null)
        {
            writer.WriteLine();
            foreach (var line in TerminalText.Wrap($"No projects, targets and tasks: {whyNoRows}.", width))
            {
                writer.WriteLine(line);
            }
        }
    }

    private IEnumerable<(string Name, double Joules, string Note)> Rows(ReportWindow command)
    {
        var tests = parts.Where(part => part.Run.Kind == "test").ToList();
        var hosts = report.Build?.Processes.Where(processes => processes.Role == TestHost).Sum(processes => processes.CpuSeconds) ?? 0;
        var all = report.Build?.Processes.Sum(processes => processes.CpuSeconds) ?? 0;
        if (hosts > 0)
        {
            // Only CPU energy can be told apart by processes, by their CPU time.
            yield return ("build and other processes", command.Energy.CpuJoules * (all - hosts) / all, "CPU energy, by CPU time");
            yield return ("test hosts", command.Energy.CpuJoules * hosts / all, "CPU energy, by CPU time");
        }

        foreach (var part in tests)
        {
            yield return ($"  tests of {TerminalText.Clean(ReportWords.Project(part.Run))}", part.Totals.TrackedJoules, "inside test hosts");
        }
    }
}
