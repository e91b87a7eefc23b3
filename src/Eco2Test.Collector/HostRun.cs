using System.Diagnostics;
using System.Globalization;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Collector;

/// <summary>
/// A test host and its children, seen from outside while it lives. What is seen is in a journal: it is not lost when host or
/// collector is killed.
/// </summary>
internal sealed class HostRun : IDisposable
{
    /// <summary>A part of the run of which it matters that nobody saw what was used in it.</summary>
    private const double PartThatMatters = 0.02;

    private readonly HostClock _clock;
    private readonly TrackingRun _run;
    private readonly TrackingWindow _life;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <param name="identity">What it runs the tests of.</param>
    /// <param name="settings">What is asked of the run.</param>
    /// <param name="processId">The host's number.</param>
    /// <param name="clock">The host's clock.</param>
    public HostRun(RunIdentity identity, RunSettings settings, int processId, IProcessClock clock)
    {
        ProcessId = processId;
        _clock = new HostClock(clock);
        _run = RunStart.Watching(identity, settings with { Session = ResultsFolder.SessionOutside(settings.Session!, processId) }, processId, _clock);

        // Nobody is tracked, but while a window is open samples come ten times a second: the last one is near the end.
        _life = _run.Open(new WindowRequest { Id = "host", DisplayName = "host", Kind = WindowKind.Method, Exempt = true }, parent: null);
        Attachments = new HandedAttachments(_run.Folder, string.Create(CultureInfo.InvariantCulture, $"{settings.Session}.{processId}"));
    }

    public int ProcessId { get; }

    /// <summary>The numbers of all processes whose work is in its figure.</summary>
    public IReadOnlyCollection<int> Processes => _clock.Processes;

    /// <summary>Why nothing was written, if so.</summary>
    public string? Fault => _run.JournalFault;

    /// <summary>What the host hands over for its tests.</summary>
    public HandedAttachments Attachments { get; }

    /// <summary>Closes the books.</summary>
    public void End()
    {
        _run.Close(_life, TestOutcome.Unknown);
        if (Unseen(_clock.NotSeenFor, Stopwatch.GetElapsedTime(_start)) is { } notice)
        {
            _run.Notice(DiagnosticCodes.HostEnded, notice);
        }

        _run.End();
    }

    /// <summary>What is to be said of the end of a host that nobody saw; <see langword="null"/> when it does not matter.</summary>
    /// <param name="unseen">How long before it was found ended it was looked at; <see langword="null"/>: never.</param>
    /// <param name="run">How long it was followed.</param>
    internal static string? Unseen(TimeSpan? unseen, TimeSpan run) => unseen switch
    {
        null => "The test host had ended before it was looked at: what it used is missing.",
        { } time when time > run * PartThatMatters =>
            $"The test host was last looked at {QuantityText.Digits(time.TotalMilliseconds)} ms before it was found ended, {QuantityText.Digits(time / run * 100)} % of the run: what it used in that time is missing.",
        _ => null,
    };

    public void Dispose()
    {
        _run.Dispose();
        _clock.Dispose();
    }
}
