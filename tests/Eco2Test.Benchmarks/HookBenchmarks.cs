using System.Reflection;
using BenchmarkDotNet.Attributes;
using Eco2Test.Metering;
using Eco2Test.Runtime;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What the generated hook of a framework costs a test from its start to its end without the attachment: the test is found,
/// its window is opened with categories and a budget, closed, judged, appended to the journal, and its line is written.
/// </summary>
public class HookBenchmarks
{
    private static readonly MethodInfo Test = typeof(Suite).GetMethod(nameof(Suite.Rows))!;
    private static readonly string[] Categories = ["Slow", "Area=Orders"];

    // More rows of one name than these benchmarks run would be added up, which is cheaper.
    private readonly string[] _displayNames = [.. Enumerable.Range(0, 1000).Select(row => $"{typeof(Suite)}.{nameof(Suite.Rows)}({row})")];
    private BenchmarkRun _run = null!;
    private int _next;

    [GlobalSetup]
    public void SetUp()
    {
        _run = new BenchmarkRun(journal: true, sampling: true, attachments: false);
        Ambient.StartRun(() => _run.Run);
        TrackedMethods.Register(
            typeof(Suite).Assembly, [new TrackedMethod { Target = "", Region = "FR", EnergyBudget = "1 kJ", File = "Suite.cs", Line = 1 }], holdsTests: true);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        Ambient.EndRun(_run.Run);
        _run.Dispose();
    }

    /// <summary>As NUnit's hook calls it.</summary>
    [Benchmark]
    public string? Enter_and_exit()
    {
        _next = (_next + 1) % _displayNames.Length;
        var name = _displayNames[_next];
        TestHook.Enter(typeof(Suite).Assembly, typeof(Suite), Test, name, name, Categories, attempt: 1);
        return TestHook.Exit(name, TestOutcome.Passed)?.Line;
    }

    private sealed class Suite
    {
        public static void Rows(int row) => GC.KeepAlive(row);
    }
}
