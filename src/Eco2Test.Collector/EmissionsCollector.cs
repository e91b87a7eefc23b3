using System.Xml;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.DataCollection;
using Outcome = Microsoft.VisualStudio.TestPlatform.ObjectModel.TestOutcome;

namespace Eco2Test.Collector;

/// <summary>
/// The data collector of VSTest: <c>dotnet test --collect:Eco2Test</c>. It translates between the test platform and a
/// <see cref="CollectedSession"/>; a fault of its own is a warning and never the outcome of a run.
/// </summary>
[DataCollectorFriendlyName("Eco2Test")]
[DataCollectorTypeUri(Uri)]
[DataCollectorAttachmentProcessor(typeof(SolutionReports))]
public sealed class EmissionsCollector : DataCollector, ITestExecutionEnvironmentSpecifier
{
    /// <summary>What the test platform calls it.</summary>
    public const string Uri = "datacollector://Eco2Test/1.0";

    private readonly string _ownFolder = Path.Combine(Path.GetTempPath(), $"eco2test-{Guid.NewGuid():N}");
    private DataCollectionEvents? _events;
    private DataCollectionSink? _sink;
    private DataCollectionLogger? _logger;
    private DataCollectionContext? _context;
    private CollectorSettings? _settings;
    private CollectedSession? _session;

    /// <inheritdoc/>
    public override void Initialize(
        XmlElement? configurationElement, DataCollectionEvents events, DataCollectionSink dataSink, DataCollectionLogger logger, DataCollectionEnvironmentContext? environmentContext)
    {
        (_events, _sink, _logger, _context) = (events, dataSink, logger, environmentContext?.SessionDataCollectionContext);
        Try(() =>
        {
            _settings = new CollectorSettings(configurationElement, EnvironmentVariables.OfThisProcess, _ownFolder);
            _session = new CollectedSession(_settings, processId => new OutsideProcessClock(processId));
            events.SessionStart += WhenSessionStarts;
            events.TestHostLaunched += WhenHostIsLaunched;
            events.SessionEnd += WhenSessionEnds;
        });
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> GetTestExecutionEnvironmentVariables() => _settings?.HostVariables() ?? [];

    private void WhenSessionStarts(object? sender, SessionStartEventArgs started) => Try(() =>
    {
        _context ??= started.Context;
        if (started.GetPropertyValue<IEnumerable<string>>("TestSources")?.FirstOrDefault() is { } source)
        {
            _session!.Start(source);
        }

        // Where anybody hears of tests, each of them waits for that: only who hands over attachments is heard.
        if (_session!.Tests is { HandsOverAttachments: true })
        {
            _events!.TestCaseEnd += WhenTestEnds;
        }
    });

    private void WhenHostIsLaunched(object? sender, TestHostLaunchedEventArgs launched) => Try(() => _session!.Follow(launched.TestHostProcessId));

    private void WhenTestEnds(object? sender, TestCaseEndEventArgs ended) => Try(() =>
    {
        if (ended.TestOutcome is Outcome.Passed or Outcome.Failed
            && ended.TestElement is { } test
            && _session!.AttachmentOf(test.FullyQualifiedName, ended.TestOutcome == Outcome.Failed) is { } file)
        {
            _sink!.SendFileAsync(new FileTransferInformation(ended.Context, file, deleteFile: true));
        }
    });

    private void WhenSessionEnds(object? sender, SessionEndEventArgs ended) => Try(() =>
    {
        var context = _context ?? ended.Context;
        var outcome = _session!.End();
        var folder = new ResultsFolder(Path.Combine(_ownFolder, "attached"));
        foreach (var (name, content) in outcome.Files)
        {
            _sink!.SendFileAsync(new FileTransferInformation(context, folder.Write(name, content), deleteFile: true));
        }

        foreach (var warning in outcome.Warnings)
        {
            _logger!.LogWarning(context, warning);
        }

        foreach (var error in outcome.Errors)
        {
            _logger!.LogError(context, error);
        }
    });

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            if (_context is not null)
            {
                _logger?.LogWarning(_context, $"{DiagnosticCodes.CollectorFault}: the energy of this run, or of a part of it, is missing: {fault.GetType().Name}: {fault.Message}");
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_events is { } events)
        {
            events.SessionStart -= WhenSessionStarts;
            events.TestHostLaunched -= WhenHostIsLaunched;
            events.TestCaseEnd -= WhenTestEnds;
            events.SessionEnd -= WhenSessionEnds;
        }

        Try(() => _session?.Dispose());
        Try(() => new ResultsFolder(_ownFolder).Remove());
        base.Dispose(disposing);
    }
}
