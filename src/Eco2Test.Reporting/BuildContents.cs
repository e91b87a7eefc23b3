using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Whether the energy of a report is in that of a build or of a command as well: the command names it, or it is what the package
/// has measured of a project on its node. That has the id of the same run then, and the project was built meanwhile.
/// </summary>
internal static class BuildContents
{
    /// <summary>Whether a report holds what another says.</summary>
    /// <param name="whole">The report of a build, or of a command.</param>
    /// <param name="report">The other.</param>
    public static bool Contains(EmissionsReport whole, EmissionsReport report) => Names(whole, report) || HasProject(whole, report);

    private static bool Names(EmissionsReport whole, EmissionsReport report) =>
        whole.Build?.Contains is { Count: > 0 } parts && report.Merged is null && parts.Any(part => ReportIdentity.Of(part.Run) == ReportIdentity.Of(report.Run));

    private static bool HasProject(EmissionsReport whole, EmissionsReport project) =>
        project is { Merged: null, Run.Kind: "build", Windows: [{ Kind: WindowKind.Project } window] }
        && whole is { Merged: null } && whole.Run.Id == project.Run.Id
        && project.Run.StartedAt >= whole.Run.StartedAt && project.Run.StartedAt <= whole.Run.StartedAt.AddSeconds(whole.Run.DurationSeconds)
        && (whole.Run.Kind == "command" || whole.Windows.Any(row => row.Kind == WindowKind.Project && row.Parent is not null && (row.DisplayName == window.DisplayName || row.DisplayName == project.Run.Project)));
}
