using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>What tells reports of runs apart: two that are equal are of the same run, however often it was seen.</summary>
/// <param name="Id">The run's id, which all projects of a CI run share.</param>
/// <param name="Kind">What ran.</param>
/// <param name="Project">The assembly.</param>
/// <param name="TargetFramework">For which framework it was built.</param>
/// <param name="Shard">Which part of a sharded run.</param>
/// <param name="StartedAt">When it began: a CI run can start one project several times, as in a matrix of jobs.</param>
internal sealed record ReportIdentity(string Id, string Kind, string Project, string? TargetFramework, int? Shard, DateTimeOffset StartedAt)
{
    public static ReportIdentity Of(ReportRun run) => new(run.Id, run.Kind, run.Project, run.TargetFramework, run.Shard?.Index, run.StartedAt.ToUniversalTime());

    /// <summary>The runs that a report is of: its own, or those that it sums up; and those whose energy is contained in it.</summary>
    public static IReadOnlyList<ReportIdentity> AllOf(EmissionsReport report) =>
    [
        .. report.Merged is { } parts ? parts.Select(part => Of(part.Run)) : [Of(report.Run)],
        .. (report.Build?.Contains ?? []).Select(part => Of(part.Run)),
    ];
}
