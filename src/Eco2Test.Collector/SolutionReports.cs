using System.Xml;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.DataCollection;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace Eco2Test.Collector;

/// <summary>Trial.</summary>
public sealed class SolutionReports : IDataCollectorAttachmentProcessor
{
    /// <inheritdoc/>
    public bool SupportsIncrementalProcessing => true;

    /// <inheritdoc/>
    public IEnumerable<Uri> GetExtensionUris() => [new Uri(EmissionsCollector.Uri)];

    /// <inheritdoc/>
    public Task<ICollection<AttachmentSet>> ProcessAttachmentSetsAsync(
        XmlElement configurationElement, ICollection<AttachmentSet> attachments, IProgress<int> progressReporter, IMessageLogger logger, CancellationToken cancellationToken)
    {
        logger.SendMessage(TestMessageLevel.Informational, "TRIAL informational " + attachments.Sum(a => a.Attachments.Count));
        logger.SendMessage(TestMessageLevel.Warning, "TRIAL warning");
        Console.WriteLine("TRIAL console");
        File.AppendAllText("/tmp/h2/trial.log", string.Join("\n", attachments.SelectMany(a => a.Attachments).Select(a => a.Uri.ToString())) + "\n" + configurationElement?.OuterXml + "\n--\n");
        return Task.FromResult(attachments);
    }
}
