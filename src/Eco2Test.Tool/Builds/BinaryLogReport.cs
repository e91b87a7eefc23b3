using Eco2Test.Carbon;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>The report of a build that was measured as a whole, with the projects, targets and tasks that its binary log tells of.</summary>
internal static class BinaryLogReport
{
    /// <summary>Clocks are read at different moments.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Whether there is a build in a report.</summary>
    public static bool HasBuild(EmissionsReport report) => report.Windows.Any(window => IsBuild(window, report));

    /// <summary>Cuts the window of the build into its parts.</summary>
    /// <param name="log">What the build did.</param>
    /// <param name="samples">What its processes used meanwhile.</param>
    /// <param name="measured">The report of the same run, in which there is a build.</param>
    /// <param name="root">The folder that paths are relative to.</param>
    public static EmissionsReport Of(BinaryLog log, BuildSamples samples, EmissionsReport measured, string root)
    {
        // Where a logger was there too, the command has its builds inside: the log is of one of them.
        var build = measured.Windows.LastOrDefault(window => IsBuild(window, measured) && Covers(window, log)) ?? measured.Windows.First(window => IsBuild(window, measured));
        var intensity = measured.Intensities.First(intensity => intensity.Key == build.Intensity);

        // A node has said the same to both, where it has.
        var nodes = samples.Nodes.Concat(log.Nodes).DistinctBy(node => node.Key).ToDictionary();
        var parts = BuildAttribution.Of(samples.Intervals, log.Steps, nodes, root);
        var seq = measured.Windows.Max(window => window.Seq);
        var rows = BuildRows.Of(parts, build, Price.Of(intensity), () => ++seq);
        var projects = rows.Where(row => row.Parent == build.Seq).ToList();
        var cut = build with { Energy = build.Energy with { SelfJoules = build.Energy.Joules - projects.Sum(row => row.Energy.Joules) } };
        return measured with
        {
            Windows = [.. WithoutInside(measured.Windows, build).Select(window => window == build ? cut : window), .. rows],
            Build = (measured.Build ?? new ReportBuild()) with { EngineCpuSeconds = Math.Max(0, build.CpuSeconds - projects.Sum(row => row.CpuSeconds)) },
            Notices = [.. measured.Notices.Where(notice => notice.Code != DiagnosticCodes.NodesMatched), .. NoticesOf(parts)],
        };
    }

    private static bool IsBuild(ReportWindow window, EmissionsReport report) =>
        window.Kind == WindowKind.Build && report.Intensities.Any(intensity => intensity.Key == window.Intensity);

    private static bool Covers(ReportWindow window, BinaryLog log) =>
        window.StartedAt - Tolerance <= log.StartedAt && log.EndedAt <= window.StartedAt.AddSeconds(window.DurationSeconds) + Tolerance;

    /// <summary>All but what a logger has cut out of the build already, which the log cuts anew.</summary>
    private static List<ReportWindow> WithoutInside(IReadOnlyList<ReportWindow> windows, ReportWindow build)
    {
        var inside = new HashSet<int> { build.Seq };
        for (var before = 0; before != inside.Count;)
        {
            before = inside.Count;
            inside.UnionWith(windows.Where(window => window.Parent is { } parent && inside.Contains(parent)).Select(window => window.Seq));
        }

        return [.. windows.Where(window => window.Seq == build.Seq || !inside.Contains(window.Seq))];
    }

    private static IEnumerable<ReportNotice> NoticesOf(AttributedBuild parts)
    {
        if (parts.NodesWereMatched)
        {
            yield return new ReportNotice { Code = DiagnosticCodes.NodesMatched, Message = "Nodes were matched by what they did: not each of them says in the binary log which process it is." };
        }
    }
}
