using System.Globalization;

namespace Eco2Test.Benchmarks;

/// <summary>
/// CPU time that the sampling thread uses while the process does nothing, with its journal, as a test host has it: once a
/// second while no window is open, ten times a second while one is.
/// </summary>
internal static class SamplerCpu
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    public static void Run()
    {
        using var run = new BenchmarkRun(journal: true, sampling: true);

        // It looks often for a second after the last window, while it also compiles what it does.
        Thread.Sleep(TimeSpan.FromSeconds(5));
        Report("1 Hz", Measure());
        var window = run.Run.Open(BenchmarkRun.Request, parent: null);
        Report("10 Hz", Measure());
        run.Run.Close(window, TestOutcome.Passed);
    }

    private static TimeSpan Measure()
    {
        var before = OfSampler();
        Thread.Sleep(Period);
        return OfSampler() - before;
    }

    private static void Report(string rate, TimeSpan cpu) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sampler at {rate}, idle for {Period.TotalSeconds:0} s: {cpu.TotalSeconds:0.0000} CPU seconds"));

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
