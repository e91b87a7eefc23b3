using BenchmarkDotNet.Attributes;

namespace Eco2Test.Benchmarks;

/// <summary>What opening and closing a window costs with two GPUs and four counters of processors and memory.</summary>
public class SensorBenchmarks
{
    private StandInDevices _devices = null!;
    private BenchmarkRun _run = null!;

    /// <summary>GPUs that others use: an edge reads the counters, and extrapolates the GPUs.</summary>
    [GlobalSetup(Target = nameof(Open_and_close_with_devices))]
    public void SetUpWithoutLane()
    {
        _devices = new StandInDevices(isOurs: false);
        _run = new BenchmarkRun(journal: false, sampling: false, _devices.Sensors);
        for (var i = 0; i < 10; i++)
        {
            Thread.Sleep(50);
            _run.Run.Sample(journal: false);
        }
    }

    [GlobalSetup(Target = nameof(Open_and_close_with_devices_of_others_and_journal))]
    public void SetUpOfOthers() => SetUpWithLane(isOurs: false);

    [GlobalSetup(Target = nameof(Open_and_close_with_devices_of_ours_and_journal))]
    public void SetUpOfOurs() => SetUpWithLane(isOurs: true);

    [GlobalCleanup]
    public void CleanUp()
    {
        _run.Dispose();
        _devices.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Measurement Open_and_close_with_devices() => _run.OpenAndClose();

    [Benchmark]
    public Measurement Open_and_close_with_devices_of_others_and_journal() => _run.OpenAndClose();

    /// <summary>Each window asks the lane for a fresh reading at both ends, and waits for the second.</summary>
    [Benchmark]
    public Measurement Open_and_close_with_devices_of_ours_and_journal() => _run.OpenAndClose();

    private void SetUpWithLane(bool isOurs)
    {
        _devices = new StandInDevices(isOurs);
        _run = new BenchmarkRun(journal: true, sampling: true, _devices.Sensors);
        Thread.Sleep(500);
    }
}
