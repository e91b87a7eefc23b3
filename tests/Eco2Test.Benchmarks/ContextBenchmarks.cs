using BenchmarkDotNet.Attributes;
using Eco2Test.Metering;

namespace Eco2Test.Benchmarks;

/// <summary>What a switch of the execution context costs the program: a window is restored and left again.</summary>
public class ContextBenchmarks
{
    private static readonly ContextCallback Nothing = static _ => { };

    private BenchmarkRun _run = null!;
    private TrackingWindow _window = null!;
    private ExecutionContext _empty = null!;
    private ExecutionContext _carrying = null!;

    [GlobalSetup(Target = nameof(Switch_while_no_window_is_open))]
    public void SetUpWithoutWindow()
    {
        SetUp();
        _run.Run.Close(_window, TestOutcome.Passed);
    }

    [GlobalSetup(Targets = [nameof(Switch_without_a_window), nameof(Switch_to_a_window_and_back)])]
    public void SetUp()
    {
        _run = new BenchmarkRun(journal: false, sampling: false);
        _window = _run.Run.Open(BenchmarkRun.Request, parent: null);
        _empty = ExecutionContext.Capture()!;
        Ambient.Flow = _window;
        _carrying = ExecutionContext.Capture()!;
        Ambient.Flow = null;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _run.Run.Close(_window, TestOutcome.Passed);
        _run.Dispose();
    }

    [Benchmark]
    public void Switch_while_no_window_is_open() => ExecutionContext.Run(_empty, Nothing, null);

    [Benchmark(Baseline = true)]
    public void Switch_without_a_window() => ExecutionContext.Run(_empty, Nothing, null);

    [Benchmark]
    public void Switch_to_a_window_and_back() => ExecutionContext.Run(_carrying, Nothing, null);
}
