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
        writer.WriteLine(Headline(command));
        if (Rows(command).ToList() is { Count: > 0 } rows)
        {
            var names = Math.Max(20, Math.Min(width - 34, rows.Max(row => TerminalText.Width(row.Name))));
            foreach (var (name, joules, note) in rows)
            {
                writer.WriteLine($"  {TerminalText.Left(TerminalText.Cut(name, names), names)}  {TerminalText.Right(Figures.Joules(joules), Figures.MaxLength)}  {note}".TrimEnd());
            }
        }

        if (whyNoRows is not null)
        {
            writer.WriteLine($"  no projects, targets and tasks: {whyNoRows}");
        }
    }

    private string Headline(ReportWindow command) =>
        $"Eco2Test  {TerminalText.Clean(report.Run.Project)}  {Figures.Joules(command.Energy.Joules)} ({Figures.JoulesRange(command.Energy.LowJoules, command.Energy.HighJoules)}, {ReportWords.Of(report.Method.Cpu.Provenance)})"
        + $"  {Figures.Grams(command.EmissionsGrams)} CO2e  {Figures.Seconds(command.CpuSeconds)} CPU in {Figures.Seconds(command.DurationSeconds)}"
        + (command.Quality == MeasurementQuality.Incomplete ? "  incomplete" : "");

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
