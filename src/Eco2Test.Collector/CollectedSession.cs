using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;
using Eco2Test.Sensors;

namespace Eco2Test.Collector;

/// <summary>A test session from its start to its end: its hosts, what they hand over, and what is to be said of them.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="clockOf">The clock of a process that is seen from outside.</param>
internal sealed class CollectedSession(CollectorSettings settings, Func<int, IProcessClock> clockOf) : IDisposable
{
    private readonly ResultsFolder _folder = new(settings.Results);
    private readonly List<HostRun> _hosts = [];
    private RunSettings _run = settings.Of(tests: null);
    private string? _source;

    /// <summary>The assembly whose tests run; <see langword="null"/> when nobody said.</summary>
    public TestAssembly? Tests { get; private set; }

    /// <summary>Begins.</summary>
    /// <param name="source">The file of the test assembly.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public void Start(string source)
    {
        Tests = TestAssembly.Read(source);
        _run = settings.Of(Tests);
        _source = source;
    }

    /// <summary>Follows a host that was started.</summary>
    public void Follow(int processId)
    {
        if (!_run.Skip)
        {
            var identity = Tests?.Identity ?? RunIdentity.Of("unknown", null, null, "test");
            _hosts.Add(new HostRun(identity, _run, processId, clockOf(processId)));
        }
    }

    /// <summary>What is to be attached to a test that has ended; <see langword="null"/>: nothing.</summary>
    public string? AttachmentOf(string test, bool failed) => _hosts.Count == 0 ? null : _hosts[^1].Attachments.Take(test, failed);

    /// <summary>Ends.</summary>
    public SessionOutcome End()
    {
        if (_run.Skip)
        {
            return new([], [], []);
        }

        _hosts.ForEach(host => host.End());
        var warnings = new List<string>();
        var reports = Reports(warnings);
        var errors = reports.Count > 0
            ? reports.SelectMany(report => GroupBudgets.Failures(report.Report)).ToList()
            : [.. GroupBudgets.WithoutReport(_run.GroupBudgets, WhyNoReport())];
        if (settings.Problem is { } problem)
        {
            errors.Add(problem);
        }

        warnings.AddRange(_hosts.SelectMany(host => host.Attachments.Unmatched()).Select(test =>
            $"{DiagnosticCodes.AttachmentsUnmatched}: of '{test}' not as many results as measurements were found: a result has no attachment. All are in the report."));
        var files = reports.SelectMany(report => RunReports.Files(report.Report).Select(file => (report.Stem + file.Extension, file.Content)));
        var build = reports.Count > 0 && _source is not null ? settings.BuildReports(_source, Tests) : [];
        return new([.. files, .. build.Select(file => (file.Name, file.Content))], errors, warnings);
    }

    /// <summary>
    /// The reports of the session. A logger that knows of the session comes later, and needs the journals; else the reports
    /// are written here, and the journals are done with.
    /// </summary>
    private List<(EmissionsReport Report, string Stem)> Reports(List<string> warnings)
    {
        var found = new List<(EmissionsReport, string)>();
        var reports = new RunReports(_folder);
        try
        {
            // xUnit v3 runs the tests in a child of the host: what that has told of itself is in what was seen of the host.
            foreach (var host in _hosts.Where(host => host.Processes.Any(process => process != host.ProcessId && _folder.HasJournalOf(settings.Session, process))))
            {
                _folder.DeleteOutside(settings.Session, host.ProcessId);
            }

            _folder.DeleteSuperseded();
            foreach (var journal in _folder.JournalsOf(settings.Session))
            {
                var (report, stem) = reports.Read(journal);
                found.Add((report, stem));
                if (settings.IsAlone)
                {
                    reports.Write(journal, report, stem);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            warnings.Add($"{DiagnosticCodes.JournalFault}: no report was made: {fault.Message}");
        }

        return found;
    }

    private string WhyNoReport() =>
        _hosts.Count == 0 ? "no test host was started"
        : _hosts.Find(host => host.Fault is not null) is { } failed ? failed.Fault!
        : "the test host left no journal";

    public void Dispose()
    {
        _hosts.ForEach(host => host.Dispose());
        if (settings.IsAlone && !settings.OwnsFolder)
        {
            _folder.DeleteAttachments(settings.Session);
        }
    }
}

/// <summary>What is to be done when a session has ended.</summary>
/// <param name="Files">What is attached to the run, by name.</param>
/// <param name="Errors">Why the run fails.</param>
/// <param name="Warnings">What else is to be said.</param>
internal sealed record SessionOutcome(IReadOnlyList<(string Name, string Content)> Files, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);
