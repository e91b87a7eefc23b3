using BenchmarkDotNet.Running;
using Eco2Test.Carbon;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>
/// The process that a benchmark runs in, followed from its start to its end. The actual stage is a window: nothing else is open,
/// so that what the process and its children use while it lasts is the stage's, and all else is untracked.
/// </summary>
internal sealed class FollowedProcess
{
    private readonly TrackingRun _run;
    private readonly WindowRequest _request;
    private readonly Func<IReadOnlyList<IterationCpuTime>> _iterations;
    private TrackingWindow? _window;
    private TimeSpan _ownCpuTime;
    private bool _hasEnded;

    private FollowedProcess(TrackingRun run, WindowRequest request, bool isThisProcess, Func<IReadOnlyList<IterationCpuTime>> iterations) =>
        (_run, _request, IsThisProcess, _iterations, Price) = (run, request, isThisProcess, iterations, run.PriceOf(request));

    /// <summary>What the stage used; <see langword="null"/> when it has not ended.</summary>
    public ActualStage? Stage { get; private set; }

    /// <summary>What the process told of its iterations; empty when it did not.</summary>
    public IReadOnlyList<IterationCpuTime> Iterations { get; private set; } = [];

    /// <summary>Whether the benchmark runs in the process that follows it.</summary>
    public bool IsThisProcess { get; }

    /// <summary>What prices the energy.</summary>
    public Price Price { get; }

    /// <summary>How CPU, GPU and RAM are known.</summary>
    public ReportMethod Method => _run.Method;

    /// <summary>What the run has to say of its sensors and its place.</summary>
    public IReadOnlyList<ReportNotice> Notices => _run.Notices;

    /// <summary>Begins with a process that has just started, or with this one.</summary>
    /// <param name="benchmark">What runs in it.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="processId">Its number.</param>
    /// <param name="iterations">What it tells of its iterations, asked for when it has ended.</param>
    public static FollowedProcess Begin(BenchmarkCase benchmark, RunSettings settings, int processId, Func<IReadOnlyList<IterationCpuTime>> iterations)
    {
        var run = RunStart.Watching(RunIdentity.Of(benchmark.Descriptor.Type.Assembly, "benchmark"), settings, processId);
        var request = new WindowRequest { Id = benchmark.Descriptor.GetFilterName(), DisplayName = benchmark.DisplayInfo, Kind = WindowKind.Method };
        return new FollowedProcess(run, request, processId == Environment.ProcessId, iterations);
    }

    /// <summary>The actual run of the workload begins: its process waits until this has returned.</summary>
    public void BeginStage()
    {
        _ownCpuTime = _run.Machine.Clock.ProcessCpuTime;
        _window = _run.Open(_request, parent: null);
    }

    /// <summary>It has ended; its process waits again.</summary>
    public void EndStage()
    {
        if (_window is { } window)
        {
            var measurement = _run.Close(window, TestOutcome.Unknown).Measurement;
            var own = (_run.Machine.Clock.ProcessCpuTime - _ownCpuTime).TotalSeconds;
            var account = window.Account;
            Stage = new ActualStage(
                account.Cpu, account.Gpu, account.Ram, account.CpuSeconds, Math.Max(0, account.CpuSeconds - own), measurement.Duration, measurement.Provenance, measurement.Quality);
        }
    }

    /// <summary>Nothing is read any more.</summary>
    public void End()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            Iterations = _iterations();
            _run.Dispose();
        }
    }
}
