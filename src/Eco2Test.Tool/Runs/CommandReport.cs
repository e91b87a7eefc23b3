using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>
/// Puts into the report of a command what it wrote itself: the rows of its builds, inside the window of the command, and the
/// names of all reports whose energy is contained in it, so that nobody adds them up.
/// </summary>
internal static class CommandReport
{
    /// <summary>The report with all of that.</summary>
    /// <param name="report">What was measured of the command: one window.</param>
    /// <param name="parts">The reports that the command wrote, of builds and tests.</param>
    public static EmissionsReport With(EmissionsReport report, IReadOnlyList<EmissionsReport> parts)
    {
        if (report.Windows.SingleOrDefault(window => window.Parent is null) is not { } command || parts.Count == 0)
        {
            return report;
        }

        var builds = parts.Where(part => part.Run.Kind == "build").OrderBy(part => part.Run.StartedAt).ToList();
        var rows = Rows(command, builds, report.Windows.Max(window => window.Seq));
        var inside = rows.Where(row => row.Parent == command.Seq).Sum(row => row.Energy.Joules);
        return report with
        {
            Windows = [.. report.Windows.Select(window => window.Seq == command.Seq ? WithSelf(window, inside) : window), .. rows],
            Build = (report.Build ?? new ReportBuild()) with
            {
                Mode = report.Build?.Mode ?? builds.Select(build => build.Build?.Mode).Distinct().Take(2).ToList() switch { [var mode] => mode, _ => null },
                EngineCpuSeconds = builds.Sum(build => build.Build?.EngineCpuSeconds ?? 0),
                Contains = [.. parts.Select(Part)],
            },
            Budgets = builds.SelectMany(build => build.Budgets ?? []).ToList() is { Count: > 0 } judged ? [.. report.Budgets ?? [], .. judged] : report.Budgets,
        };
    }

    /// <summary>The report of a command that did not come to its own end.</summary>
    public static EmissionsReport Interrupted(EmissionsReport report, string signal) => report with
    {
        Build = (report.Build ?? new ReportBuild()) with { Succeeded = null },
        Windows = [.. report.Windows.Select(window => window with { Quality = MeasurementQuality.Incomplete })],
        Notices = [.. report.Notices, new ReportNotice { Code = DiagnosticCodes.RunIncomplete, Message = $"The command was told to end by {signal}: its figures are of what it did until then." }],
    };

    /// <summary>
    /// The windows of the builds below that of the command. Two looked at the same processes at different moments: where the
    /// builds come to more than the command, they are all made smaller by the same factor, and a part never exceeds the whole.
    /// </summary>
    private static List<ReportWindow> Rows(ReportWindow command, List<EmissionsReport> builds, int lastSeq)
    {
        var roots = builds.SelectMany(build => build.Windows.Where(window => window.Parent is null)).ToList();
        var factor = Fitting(command.Energy.Joules, roots.Sum(root => root.Energy.Joules));
        var cpu = Fitting(command.CpuSeconds, roots.Sum(root => root.CpuSeconds));
        var rows = new List<ReportWindow>();
        foreach (var build in builds)
        {
            var before = lastSeq;
            foreach (var window in build.Windows.OrderBy(window => window.Seq))
            {
                rows.Add(Priced(Scaled(window, factor, cpu), command) with
                {
                    Seq = before + window.Seq,
                    Parent = window.Parent is { } parent ? before + parent : command.Seq,
                });
                lastSeq = Math.Max(lastSeq, before + window.Seq);
            }
        }

        return rows;
    }

    private static double Fitting(double whole, double parts) => parts > whole && parts > 0 ? whole / parts : 1;

    private static ReportWindow Scaled(ReportWindow window, double factor, double cpu) => window with
    {
        CpuSeconds = window.CpuSeconds * cpu,
        Energy = new ReportEnergy
        {
            Joules = window.Energy.Joules * factor,
            LowJoules = window.Energy.LowJoules * factor,
            HighJoules = window.Energy.HighJoules * factor,
            CpuJoules = window.Energy.CpuJoules * factor,
            GpuJoules = window.Energy.GpuJoules * factor,
            RamJoules = window.Energy.RamJoules * factor,
            SelfJoules = window.Energy.SelfJoules * factor,
        },
    };

    /// <summary>A window inside another is priced as that is, and its place in time is that of the other report.</summary>
    private static ReportWindow Priced(ReportWindow window, ReportWindow command)
    {
        var (low, central, high) = (PerJoule(command.LowGrams, command.Energy.LowJoules), PerJoule(command.EmissionsGrams, command.Energy.Joules), PerJoule(command.HighGrams, command.Energy.HighJoules));
        return window with
        {
            EmissionsGrams = window.Energy.Joules * central,
            LowGrams = window.Energy.LowJoules * low,
            HighGrams = window.Energy.HighJoules * high,
            Intensity = command.Intensity,
            CostAmount = command.CostAmount is { } cost ? window.Energy.Joules * PerJoule(cost, command.Energy.Joules) : null,
            EmbodiedGrams = null,
            Timeline = null,
        };
    }

    private static double PerJoule(double amount, double joules) => joules > 0 ? amount / joules : 0;

    private static ReportWindow WithSelf(ReportWindow window, double inside) =>
        window with { Energy = window.Energy with { SelfJoules = Math.Max(0, window.Energy.Joules - inside) } };

    private static ReportPart Part(EmissionsReport report) => new()
    {
        Run = report.Run,
        Testbed = report.Testbed,
        Method = report.Method,
        Totals = report.Totals,
        Windows = report.Windows.Count,
        Name = ReportWords.Project(report.Run),
    };
}
