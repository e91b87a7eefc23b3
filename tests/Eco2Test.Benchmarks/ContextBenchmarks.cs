using BenchmarkDotNet.Attributes;
using Eco2Test.Metering;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What a switch of the execution context costs the program. Each figure is of two: into a context and back. Without us a
/// program has contexts that carry nothing, or values of its own.
/// </summary>
public class ContextBenchmarks
{
    private static readonly ContextCallback Nothing = static _ => { };
    private static readonly AsyncLocal<object?> OfProgram = new();

    private BenchmarkRun _run = null!;
    private TrackingWindow _window = null!;
    private ExecutionContext _empty = null!;
    private ExecutionContext _carryingValue = null!;
    private ExecutionContext _carryingWindow = null!;

    [GlobalSetup(Targets = [nameof(Into_nothing), nameof(Into_a_value_of_the_program), nameof(Into_a_closed_window_while_none_is_open)])]
    public void SetUpWithoutWindow()
    {
        SetUp();
        _run.Run.Close(_window, TestOutcome.Passed);
    }

    [GlobalSetup(Targets = [nameof(Into_nothing_while_a_window_is_open), nameof(Into_an_open_window)])]
    public void SetUp()
    {
        _run = new BenchmarkRun(journal: false, sampling: false);
        _window = _run.Run.Open(BenchmarkRun.Request, parent: null);
        _empty = ExecutionContext.Capture()!;
        OfProgram.Value = this;
        _carryingValue = ExecutionContext.Capture()!;
        OfProgram.Value = null;
        Ambient.Flow = _window;
        _carryingWindow = ExecutionContext.Capture()!;
        Ambient.Flow = null;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _run.Run.Close(_window, TestOutcome.Passed);
        _run.Dispose();
    }

    [Benchmark]
    public void Into_nothing() => ExecutionContext.Run(_empty, Nothing, null);

    [Benchmark(Baseline = true)]
    public void Into_a_value_of_the_program() => ExecutionContext.Run(_carryingValue, Nothing, null);

    /// <summary>What a program that was tracked is left with: its contexts still carry the window.</summary>
    [Benchmark]
    public void Into_a_closed_window_while_none_is_open() => ExecutionContext.Run(_carryingWindow, Nothing, null);

    [Benchmark]
    public void Into_nothing_while_a_window_is_open() => ExecutionContext.Run(_empty, Nothing, null);

    [Benchmark]
    public void Into_an_open_window() => ExecutionContext.Run(_carryingWindow, Nothing, null);
}
