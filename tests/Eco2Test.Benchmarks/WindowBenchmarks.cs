using BenchmarkDotNet.Attributes;
using Eco2Test.Metering;

namespace Eco2Test.Benchmarks;

/// <summary>What opening and closing a window costs, with CPU and RAM accounted.</summary>
public class WindowBenchmarks
{
    private BenchmarkRun _run = null!;

    [GlobalSetup]
    public void SetUp() => _run = new BenchmarkRun(journal: false, sampling: false);

    [GlobalCleanup]
    public void CleanUp() => _run.Dispose();

    [Benchmark(Baseline = true)]
    public Measurement Open_and_close() => _run.OpenAndClose();

    /// <summary>As a test does: the flow of execution carries the window.</summary>
    [Benchmark]
    public Measurement Open_and_close_with_flow()
    {
        var window = _run.Run.Open(BenchmarkRun.Request, parent: null);
        Ambient.Flow = window;
        Ambient.Flow = null;
        return _run.Run.Close(window, TestOutcome.Passed).Measurement;
    }
}

/// <summary>The same with what tests have: a journal on disk, to which each closed window is appended.</summary>
public class JournalBenchmarks
{
    // More of one id than these benchmarks open would be added up, which is cheaper.
    private readonly WindowRequest[] _requests = [.. Enumerable.Range(0, 1000).Select(i => BenchmarkRun.Request with { Id = $"Benchmarks.Window{i}" })];
    private BenchmarkRun _run = null!;
    private int _next;

    [GlobalSetup]
    public void SetUp() => _run = new BenchmarkRun(journal: true, sampling: false);

    [GlobalCleanup]
    public void CleanUp() => _run.Dispose();

    [Benchmark]
    public Measurement Open_and_close_with_journal()
    {
        _next = (_next + 1) % _requests.Length;
        return _run.Run.Close(_run.Run.Open(_requests[_next], parent: null), TestOutcome.Passed).Measurement;
    }
}

/// <summary>The same while many windows are open.</summary>
public class CrowdedBenchmarks
{
    private readonly List<TrackingWindow> _open = [];
    private BenchmarkRun _run = null!;

    [Params(0, 200)]
    public int Open { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _run = new BenchmarkRun(journal: false, sampling: false);
        for (var i = 0; i < Open; i++)
        {
            _open.Add(_run.Run.Open(BenchmarkRun.Request, parent: null));
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _open.ForEach(window => _run.Run.Close(window, TestOutcome.Passed));
        _run.Dispose();
    }

    [Benchmark]
    public Measurement Open_and_close_among_many() => _run.OpenAndClose();
}

/// <summary>Four threads open and close windows at once. The figure is wall time over all windows; four times as much is what each thread sees of one.</summary>
public class ContentionBenchmarks
{
    private const int Threads = 4;
    private const int WindowsOfEach = 250;

    private readonly Barrier _start = new(Threads + 1);
    private readonly Barrier _end = new(Threads + 1);
    private BenchmarkRun _run = null!;
    private volatile bool _stop;

    [GlobalSetup]
    public void SetUp()
    {
        _run = new BenchmarkRun(journal: false, sampling: false);
        for (var i = 0; i < Threads; i++)
        {
            new Thread(Loop) { IsBackground = true }.UnsafeStart();
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _stop = true;
        _start.SignalAndWait();
        _run.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Threads * WindowsOfEach)]
    public void Four_threads_open_and_close()
    {
        _start.SignalAndWait();
        _end.SignalAndWait();
    }

    private void Loop()
    {
        while (true)
        {
            _start.SignalAndWait();
            if (_stop)
            {
                return;
            }

            for (var i = 0; i < WindowsOfEach; i++)
            {
                _run.OpenAndClose();
            }

            _end.SignalAndWait();
        }
    }
}
