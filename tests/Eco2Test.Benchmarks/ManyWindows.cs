using System.Diagnostics;
using System.Globalization;

namespace Eco2Test.Benchmarks;

/// <summary>A million windows of one id in one run, with its journal: what is left of them in memory and on disk.</summary>
internal static class ManyWindows
{
    private static readonly int[] Marks = [10_000, 100_000, 500_000, 1_000_000];

    public static void Run()
    {
        using var run = new BenchmarkRun(journal: true, sampling: true);
        var done = 0;
        var start = Stopwatch.GetTimestamp();
        foreach (var mark in Marks)
        {
            for (; done < mark; done++)
            {
                run.OpenAndClose();
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{mark} windows: {GC.GetTotalMemory(forceFullCollection: true) / 1e6:0.00} MB of objects, {Environment.WorkingSet / 1e6:0.0} MB resident, {run.JournalBytes / 1e6:0.00} MB of journal, {elapsed.TotalMicroseconds / mark:0.0} µs a window"));
        }
    }
}
