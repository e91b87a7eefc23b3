using System.Globalization;

namespace Eco2Test.Benchmarks;

/// <summary>CPU time that the sampling thread uses while the process does nothing, with its journal, as a test host has it.</summary>
internal static class SamplerCpu
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public static void Run()
    {
        using var run = new BenchmarkRun(journal: true, sampling: true);
        Report("first", Measure());
        Report("second", Measure());
        var window = run.Run.Open(BenchmarkRun.Request, parent: null);
        Report("third, a window open", Measure());
        run.Run.Close(window, TestOutcome.Passed);
    }

    private static TimeSpan Measure()
    {
        var before = OfSampler();
        Thread.Sleep(Period);
        return OfSampler() - before;
    }

    private static void Report(string which, TimeSpan cpu) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sampler, {which} 10 s: {cpu.TotalMilliseconds:0.0} ms of CPU time, {cpu / Period:0.000 %} of a core"));

    /// <summary>Nanoseconds on a CPU, the first number of <c>schedstat</c>, of the thread by its name.</summary>
    private static TimeSpan OfSampler()
    {
        foreach (var task in Directory.GetDirectories("/proc/self/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith("Eco2Test sample", StringComparison.Ordinal))
            {
                var text = File.ReadAllText(Path.Combine(task, "schedstat"));
                return TimeSpan.FromMicroseconds(long.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture) / 1000.0);
            }
        }

        throw new InvalidOperationException("no sampling thread was found; this needs Linux");
    }
}
