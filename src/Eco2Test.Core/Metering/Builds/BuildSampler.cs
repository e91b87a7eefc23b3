using System.Diagnostics;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>
/// Looks at the processes of a build every 50 ms on a thread of its own, whose CPU time is the tracker's, books what they have
/// used, and keeps it sample by sample.
/// </summary>
internal sealed class BuildSampler : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the books are written.</summary>
    private static readonly TimeSpan JournalPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How often the machine is asked how busy it was, which is slow.</summary>
    private static readonly TimeSpan SlowPeriod = TimeSpan.FromMilliseconds(300);

    private readonly object _gate = new();
    private readonly BuildProcessWatch _watch;
    private readonly TrackingRun _run;
    private readonly TrackingWindow _build;
    private readonly bool _isThisProcess;
    private readonly BuildSamplesFile? _file;
    private readonly Dictionary<int, IReadOnlyList<string>> _commandLines = [];
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly Thread? _thread;
    private ActiveUse _used;

    /// <param name="watch">The processes.</param>
    /// <param name="run">The run, which takes no samples itself.</param>
    /// <param name="build">The window of the build.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="isSampling">Whether it has a thread; else whoever made it calls <see cref="Sample"/>.</param>
    public BuildSampler(BuildProcessWatch watch, TrackingRun run, TrackingWindow build, BuildRunOptions options, bool isSampling)
    {
        (_watch, _run, _build, _isThisProcess) = (watch, run, build, options.IsThisProcess);
        _file = options.SamplesFile is { } path ? new BuildSamplesFile(path) : null;
        _run.WhenSampled = NoteUse;
        Sample(isJournalDue: true);
        if (isSampling)
        {
            _run.WatchGpus();
            _thread = new Thread(Loop) { IsBackground = true, Name = "Eco2Test build sampler" };
            _thread.UnsafeStart();
        }
    }

    /// <summary>What processes used, interval by interval.</summary>
    public BuildIntervals Intervals { get; } = new();

    /// <summary>The command lines of entry and nodes, as far as they were seen.</summary>
    public IReadOnlyCollection<IReadOnlyList<string>> CommandLines => _commandLines.Values;

    /// <summary>Why samples could not be kept in their file, if so.</summary>
    public string? FileFault => _file?.Fault;

    /// <summary>A node has said which process it is.</summary>
    public void NodeIs(int node, int processId)
    {
        lock (_gate)
        {
            _file?.NodeIs(node, processId);
        }
    }

    /// <summary>Takes a sample.</summary>
    public void Sample(bool isJournalDue = false, bool isSlowDue = true, bool isLast = false)
    {
        lock (_gate)
        {
            var sum = isLast ? _watch.LookLast() : _watch.Look();
            var at = _run.Time.GetUtcNow();
            _run.Sample(isJournalDue, isSlowDue);
            var sample = new BuildSample(at, _isThisProcess ? WithoutTracker(sum) : sum.Processes, _used);
            Intervals.Add(sample);
            _file?.Add(sample);
            if (isJournalDue || isLast)
            {
                LookAtCommandLines(sum);
            }
        }
    }

    /// <summary>Stops looking.</summary>
    public void Stop()
    {
        _stop.Set();
        _thread?.Join(JournalPeriod);
    }

    public void Dispose()
    {
        Stop();
        lock (_gate)
        {
            _file?.Dispose();
        }
    }

    private void NoteUse()
    {
        var account = _build.Account;
        account.Settle();
        _used = new ActiveUse(account.Cpu, account.Gpu, account.Ram, account.CpuSeconds);
    }

    /// <summary>What the processes have used beyond the window of the build is what the tracker has: in this process, which is the entry.</summary>
    private List<BuildProcessUse> WithoutTracker(BuildProcessSum sum)
    {
        var tracker = sum.CpuTime - TimeSpan.FromSeconds(_used.CpuSeconds);
        return [.. sum.Processes.Select(process => process.Role == BuildProcessRole.Entry && tracker > TimeSpan.Zero
            ? process with { CpuTime = process.CpuTime > tracker ? process.CpuTime - tracker : TimeSpan.Zero }
            : process)];
    }

    private void LookAtCommandLines(BuildProcessSum sum)
    {
        foreach (var process in sum.Processes)
        {
            if (process.Role is BuildProcessRole.Entry or BuildProcessRole.Node && !_commandLines.ContainsKey(process.Id) && _watch.CommandLine(process.Id) is { Count: > 0 } words)
            {
                _commandLines[process.Id] = words;
            }
        }
    }

    private void Loop()
    {
        Ambient.CarryOn(_run.Threads, _run.Overhead);
        var (journaled, slow) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (!_stop.Wait(Period))
        {
            var now = Stopwatch.GetTimestamp();
            var isJournalDue = Stopwatch.GetElapsedTime(journaled, now) >= JournalPeriod - (Period / 2);
            var isSlowDue = Stopwatch.GetElapsedTime(slow, now) >= SlowPeriod - (Period / 2);
            try
            {
                Sample(isJournalDue, isSlowDue);
            }
            catch (Exception fault)
            {
                // It runs on a thread of its own, where nobody would catch it.
                _run.Notice(DiagnosticCodes.TrackerFault, $"A sample of the build failed: {FaultText.Of(fault)}");
            }

            (journaled, slow) = (isJournalDue ? now : journaled, isSlowDue ? now : slow);
        }
    }
}
