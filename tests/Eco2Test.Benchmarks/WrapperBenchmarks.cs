using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Eco2Test.Runtime;

namespace Eco2Test.Benchmarks;

/// <summary>What a wrapped call costs over a direct one while tracking is off, by a setting or since the row says so.</summary>
public class WrapperBenchmarks
{
    private static readonly MethodTracker Tracker = new(typeof(WrapperBenchmarks), "Benchmarks.Off()", "Benchmarks.Off()");
    private static readonly Task<int> Completed = Task.FromResult(1);

    [Benchmark(Baseline = true)]
    public int Direct() => Work(3);

    [Benchmark]
    public int Wrapped() => WrapperOfWork(3);

    [Benchmark]
    public Task<int> DirectTask() => TaskWork();

    [Benchmark]
    public Task<int> WrappedTask() => WrapperOfTaskWork();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Work(int a) => a + 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> TaskWork() => Completed;

    /// <summary>As it is generated.</summary>
    private static int WrapperOfWork(int a)
    {
        var scope = Tracker.Enter();
        try
        {
            return Work(a);
        }
        finally
        {
            scope.Dispose();
        }
    }

    private static Task<int> WrapperOfTaskWork()
    {
        var scope = Tracker.Enter();
        try
        {
            return scope.Complete(TaskWork());
        }
        finally
        {
            scope.Dispose();
        }
    }
}
