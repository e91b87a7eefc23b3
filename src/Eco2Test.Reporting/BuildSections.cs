using System.Globalization;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The parts of a build for people: its projects, the targets and tasks that cost most across them, and its processes.</summary>
internal static class BuildSections
{
    private const string EngineName = "engine, and what nothing explains";

    /// <summary>Whether a report is one of a build, or of a command that builds, and is read as such.</summary>
    public static bool IsOfBuild(EmissionsReport report) => report is { Build: not null, Merged: null } && Whole(report) is not null;

    /// <summary>The window of the whole build, or command; <see langword="null"/> when there is none.</summary>
    public static ReportWindow? Whole(EmissionsReport report) => report.Windows.FirstOrDefault(window => window is { Kind: WindowKind.Build, Parent: null });

    /// <summary>The figure that stands for a report: that of a build without what the machine did beside it, else that of the whole run.</summary>
    public static (double Joules, double Grams) Headline(EmissionsReport report) => IsOfBuild(report) && Whole(report) is { } whole
        ? (whole.Energy.Joules, whole.EmissionsGrams)
        : (report.Totals.EnergyJoules, report.Totals.EmissionsGrams);

    /// <summary>What there is to say of the whole, in sentences.</summary>
    public static IEnumerable<string> Sentences(EmissionsReport report, ReportWindow whole)
    {
        var (build, energy) = (report.Build!, whole.Energy);
        var noun = report.Run.Kind == "command" ? "command" : "build";
        yield return $"The {noun} used {Figures.Joules(energy.Joules)} ({Figures.JoulesRange(energy.LowJoules, energy.HighJoules)}), "
            + $"{Figures.Grams(whole.EmissionsGrams)} CO2e ({Figures.GramsRange(whole.LowGrams, whole.HighGrams)}): "
            + $"{Figures.Seconds(whole.CpuSeconds)} of CPU time in {Figures.Seconds(whole.DurationSeconds)}. "
            + build.Succeeded switch { true => "It succeeded.", false => "It failed.", null => "It was cut off: the figures are those of the last reading." };
        if (build.Mode is { } mode)
        {
            yield return $"Mode: {mode}. Figures compare within one mode only.";
        }

        yield return $"Beside it, idle machine and others used {Figures.Joules(report.Totals.UntrackedJoules)}; together {Figures.Joules(report.Totals.EnergyJoules)}.";
    }

    /// <summary>The sections; a table without rows is left out.</summary>
    /// <param name="report">A report of a build.</param>
    /// <param name="mostProjects">How many projects are named.</param>
    /// <param name="mostSteps">How many targets, and tasks, are named.</param>
    public static IEnumerable<Section> Of(EmissionsReport report, int mostProjects, int mostSteps)
    {
        var whole = Whole(report)!;
        return new[]
        {
            Projects(report, whole, mostProjects),
            Steps("Targets that cost most", WindowKind.Target, report, mostSteps, "A target contains its tasks; waiting for other projects is in none."),
            Steps("Tasks that cost most", WindowKind.Task, report, mostSteps, "Of less than 10 ms of CPU time, or a thousandth of the build, targets and tasks stay in what contains them."),
            Processes(report.Build!),
        }.Where(section => section.Rows.Count > 0);
    }

    private static Section Projects(EmissionsReport report, ReportWindow whole, int most)
    {
        var projects = report.Windows.Where(window => window.Kind == WindowKind.Project).OrderByDescending(window => window.Energy.Joules).ThenBy(window => window.Id, StringComparer.Ordinal).ToList();
        if (projects.Count == 0)
        {
            return new Section("Projects");
        }

        var names = projects.GroupBy(project => project.DisplayName).ToDictionary(same => same.Key, same => same.Count());
        List<string[]> rows = [.. projects.Take(most).Select(project => Row(names[project.DisplayName] == 1 ? project.DisplayName : project.Id, [project], whole, IsUnsure(project)))];
        if (projects.Count > most)
        {
            rows.Add(Row($"{TerminalText.Ellipsis} {(projects.Count - most).ToString(CultureInfo.InvariantCulture)} more projects", projects.Skip(most).ToList(), whole, isUnsure: false));
        }

        var rest = whole.Energy.Joules - projects.Sum(project => project.Energy.Joules);
        rows.Add([EngineName, Figures.Joules(Math.Max(0, rest)), Figures.Grams(Math.Max(0, whole.EmissionsGrams - projects.Sum(project => project.EmissionsGrams))),
            Figures.Seconds(report.Build!.EngineCpuSeconds), "", Share(Math.Max(0, rest), whole)]);
        return new Section("Projects")
        {
            Headings = ["Project", "Energy", "CO2e", "CPU", "Work", "Share"],
            Rows = rows,
            Names = [0],
            Notes = projects.Exists(IsUnsure) ? ["~ others worked at the same moments, or it was short: see the bounds in the report."] : [],
        };
    }

    private static Section Steps(string title, WindowKind kind, EmissionsReport report, int most, string note)
    {
        var whole = Whole(report)!;
        var steps = report.Windows.Where(window => window.Kind == kind)
            .GroupBy(window => window.DisplayName, StringComparer.Ordinal)
            .Select(same => (Name: same.Key, Windows: same.ToList(), Joules: same.Sum(window => window.Energy.Joules)))
            .OrderByDescending(step => step.Joules).ThenBy(step => step.Name, StringComparer.Ordinal)
            .Take(most);
        return new Section(title)
        {
            Headings = [kind == WindowKind.Target ? "Target" : "Task", "Energy", "CPU", "Runs", "Projects", "Share"],
            Rows =
            [
                .. steps.Select(step => (string[])[
                    step.Name, Figures.Joules(step.Joules), Figures.Seconds(step.Windows.Sum(window => window.CpuSeconds)),
                    Number(step.Windows.Sum(window => window.Count)), Number(ProjectsOf(step.Windows, report)), Share(step.Joules, whole)]),
            ],
            Names = [0],
            Notes = [note],
        };
    }

    private static int ProjectsOf(List<ReportWindow> steps, EmissionsReport report)
    {
        var windows = report.Windows.ToDictionary(window => window.Seq);
        return steps.Select(step =>
        {
            var window = step;
            while (window.Kind != WindowKind.Project && window.Parent is { } parent && parent < window.Seq && windows.TryGetValue(parent, out var outer))
            {
                window = outer;
            }

            return window.Seq;
        }).Distinct().Count();
    }

    private static Section Processes(ReportBuild build) => new("Processes")
    {
        Headings = ["What they do", "Count", "CPU"],
        Rows = [.. build.Processes.Select(processes => (string[])[RoleText(processes.Role), Number(processes.Count), Figures.Seconds(processes.CpuSeconds)])],
        Names = [0],
    };

    private static string RoleText(string role) => role switch
    {
        "entry" => "where the build was started",
        "node" => "nodes",
        "compilerServer" => "compiler server, its part",
        "taskHost" => "task hosts",
        "testHost" => "test hosts",
        "child" => "started by those",
        _ => role,
    };

    private static string[] Row(string name, IReadOnlyList<ReportWindow> windows, ReportWindow whole, bool isUnsure)
    {
        var joules = windows.Sum(window => window.Energy.Joules);
        return [name, (isUnsure ? "~" : "") + Figures.Joules(joules), Figures.Grams(windows.Sum(window => window.EmissionsGrams)),
            Figures.Seconds(windows.Sum(window => window.CpuSeconds)), Figures.Seconds(windows.Sum(window => window.DurationSeconds)), Share(joules, whole)];
    }

    private static bool IsUnsure(ReportWindow window) => window.Quality != MeasurementQuality.Ok;

    private static string Share(double joules, ReportWindow whole) => whole.Energy.Joules > 0 ? $"{Figures.Number(joules / whole.Energy.Joules * 100)} %" : "";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
