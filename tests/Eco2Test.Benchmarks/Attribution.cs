using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Benchmarks;

/// <summary>
/// How much of a process's CPU time four parallel windows are booked by the flow of execution: by threads that spin, and
/// by tasks that hop between the threads of the pool. What no flow explains is booked on them too, as overlap.
/// </summary>
internal static class Attribution
{
    private const int Windows = 4;
    private const int Rounds = 5;

    private static readonly TimeSpan Work = TimeSpan.FromSeconds(1);

    private static readonly LinuxProcessClock Clock = new();

    /// <summary>One watt without bounds: joules are seconds, and the lower bound is what flow explains.</summary>
    private static readonly CpuPowerModel OneWatt = new(
        "one-watt", "one watt", Provenance.Modeled, BoundedPower.Around(Power.FromWatts(1), 1, 1), BoundedPower.Around(Power.Zero, 1, 1), IncludesMemory: true);

    public static void Run()
    {
        using var run = new BenchmarkRun(journal: true, sampling: true, cpuModel: OneWatt);

        // While the process is new its run-time compiles on threads of its own, which is no window's.
        Report("threads, at first", () => InThreads(run));
        Report("tasks, at first", () => InTasks(run));
        for (var round = 1; round <= Rounds; round++)
        {
            Report($"threads, round {round}", () => InThreads(run));
            Report($"tasks, round {round}", () => InTasks(run));
        }
    }

    private static Measurement[] InThreads(BenchmarkRun run)
    {
        var measurements = new Measurement[Windows];
        var threads = Enumerable.Range(0, Windows).Select(i => new Thread(() => measurements[i] = InWindow(run, Spin))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return measurements;
    }

    private static Measurement[] InTasks(BenchmarkRun run) =>
        Task.WhenAll(Enumerable.Range(0, Windows).Select(_ => Task.Run(() => InWindowAsync(run)))).GetAwaiter().GetResult();

    private static Measurement InWindow(BenchmarkRun run, Action work)
    {
        var window = run.Run.Open(BenchmarkRun.Request, parent: null);
        Ambient.Flow = window;
        work();
        Ambient.Flow = null;
        return run.Run.Close(window, TestOutcome.Passed).Measurement;
    }

    private static async Task<Measurement> InWindowAsync(BenchmarkRun run)
    {
        var window = run.Run.Open(BenchmarkRun.Request, parent: null);
        Ambient.Flow = window;
        for (var hop = 0; hop < 100; hop++)
        {
            Spin(Work / 100);
            await Task.Yield();
        }

        Ambient.Flow = null;
        return run.Run.Close(window, TestOutcome.Passed).Measurement;
    }

    private static void Spin() => Spin(Work);

    /// <summary>By the thread's own clock, so that a busy machine changes nothing.</summary>
    private static void Spin(TimeSpan time)
    {
        var thread = Clock.CurrentThreadClock();
        Clock.TryRead(thread, out var start);
        while (Clock.TryRead(thread, out var now) && now - start < time)
        {
        }
    }

    private static void Report(string how, Func<Measurement[]> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var measurements = work();
        var process = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var (all, byFlow) = (measurements.Sum(each => each.CpuTime.TotalSeconds), measurements.Sum(each => each.EnergyLow.Joules));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{how}: process {process:0.000} s, windows {all / process:0.0 %}, of that by flow {byFlow / process:0.0 %}; overlapped {measurements.Count(each => each.Quality == MeasurementQuality.Overlapped)} of {Windows}"));
    }
}
