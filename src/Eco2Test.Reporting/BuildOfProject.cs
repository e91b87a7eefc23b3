using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Whether the energy of a project, which the package has measured on its node, is in the report of a whole build or of a command:
/// both have the id of one run then, and the project was built meanwhile.
/// </summary>
internal static class BuildOfProject
{
    /// <summary>Whether a report holds what another says of one project.</summary>
    /// <param name="whole">The report of a build, or of a command.</param>
    /// <param name="project">The report that may be of a project.</param>
    public static bool Contains(EmissionsReport whole, EmissionsReport project) =>
        project is { Merged: null, Run.Kind: "build", Windows: [{ Kind: WindowKind.Project } window] }
        && whole is { Merged: null } && whole.Run.Id == project.Run.Id
        && project.Run.StartedAt >= whole.Run.StartedAt && project.Run.StartedAt <= whole.Run.StartedAt.AddSeconds(whole.Run.DurationSeconds)
        && (whole.Run.Kind == "command" || whole.Windows.Any(row => row.Kind == WindowKind.Project && row.Parent is not null && (row.DisplayName == window.DisplayName || row.DisplayName == project.Run.Project)));
}
