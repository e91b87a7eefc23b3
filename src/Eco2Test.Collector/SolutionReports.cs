using System.Xml;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;
using Eco2Test.TestLogger;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.DataCollection;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace Eco2Test.Collector;

/// <summary>
/// The end of <c>dotnet test</c> for a whole solution: one summary of all its projects. The test platform calls it at the end
/// of each project too, where there is nothing to merge. It leaves the attachments as they are.
/// </summary>
/// <remarks>What is sent to the platform's logger is not shown at that time; what is written to the console is.</remarks>
public sealed class SolutionReports : IDataCollectorAttachmentProcessor
{
    /// <summary>The platform calls no others.</summary>
    public bool SupportsIncrementalProcessing => true;

    /// <inheritdoc/>
    public IEnumerable<Uri> GetExtensionUris() => [new(EmissionsCollector.Uri)];

    /// <inheritdoc/>
    public Task<ICollection<AttachmentSet>> ProcessAttachmentSetsAsync(
        XmlElement? configurationElement, ICollection<AttachmentSet> attachments, IProgress<int> progressReporter, IMessageLogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attachments);
        var files = attachments.SelectMany(set => set.Attachments).Select(attachment => attachment.Uri.LocalPath);
        Write(files, RunTerminal.Output(Verbosity(configurationElement)), Console.Error, RunTerminal.Summary());
        return Task.FromResult(attachments);
    }

    /// <summary>Writes the summary of the reports among these files, if there are several.</summary>
    internal static void Write(IEnumerable<string> files, TextWriter output, TextWriter errors, SummaryExporter summary)
    {
        try
        {
            // The build, which may be attached to each project, is none of their tests.
            var reports = files.Where(IsReport).Distinct(StringComparer.Ordinal).Select(file => ReportJson.Read(UserFile.Read(file)))
                .Where(report => report.Build is null).ToList();
            if (reports.Count > 1 && ReportMerger.Merge(reports).Report is { Merged: not null } sum)
            {
                output.WriteLine();
                summary.Write(sum, output);
            }
        }
        catch (Exception fault)
        {
            // The reports are there; only their sum is not.
            errors.WriteLine($"{DiagnosticCodes.CollectorFault}: the projects of the solution are not summed up: {fault.Message}");
        }
    }

    private static bool IsReport(string file) =>
        file.EndsWith(ResultsFolder.ReportExtension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file) != WindowAttachment.FileName;

    private static string? Verbosity(XmlElement? configuration) => configuration?["Verbosity"]?.InnerText;
}
