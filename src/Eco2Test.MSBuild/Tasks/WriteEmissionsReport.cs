using Eco2Test.Metering;
using Eco2Test.Reports;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Writes what a project used into a report of its own: <c>projects/Shop.Core_net10.0.eco2test.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteEmissionsReport : EmissionsTask
{
    private const string Folder = "projects";

    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Node.Find(Key) is not { Figure: { } figure } project)
        {
            return;
        }

        var report = figure.Report(new RunIdentity(Key.Name, Key.TargetFramework, Key.Configuration, "build"));
        try
        {
            new ResultsFolder(Path.Combine(project.Settings.Run.ResultsFolder, Folder)).Write(ResultsFolder.Stem(report.Run) + ResultsFolder.ReportExtension, ReportJson.Write(report));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Say(DiagnosticCodes.BuildReportFault, $"The report of {Key.Name} could not be written: {FaultText.Of(fault)}");
        }
    }
}
