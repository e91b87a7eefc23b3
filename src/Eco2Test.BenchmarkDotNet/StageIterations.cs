using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Mathematics;
using BenchmarkMeasurement = BenchmarkDotNet.Reports.Measurement;

namespace Eco2Test;

/// <summary>The iterations of the actual run of a workload.</summary>
/// <param name="Count">How many.</param>
/// <param name="Operations">Operations of all of them: outliers too, which used energy like the others.</param>
/// <param name="Seconds">Their time.</param>
/// <param name="OverheadSeconds">The part of that time which the empty loop takes.</param>
/// <param name="CpuSeconds">CPU time of their process in them, without that of the empty loop; <see langword="null"/> when the process did not tell.</param>
/// <param name="CpuDoubtSeconds">How far that may be off, because runs of the empty loop differ: from their lower to their upper quartile, of all iterations.</param>
internal sealed record StageIterations(int Count, long Operations, double Seconds, double OverheadSeconds, double? CpuSeconds, double CpuDoubtSeconds)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>
    /// From the iterations of one launch. What the empty loop takes is the median of the iterations that ran it, and no more than
    /// an iteration took, as in <c>RunResults.GetWorkloadResultMeasurements</c> of BenchmarkDotNet 0.15.8.
    /// </summary>
    /// <param name="measurements">What BenchmarkDotNet timed.</param>
    /// <param name="cpuTimes">What the process told of its CPU time, in all iterations or none.</param>
    public static StageIterations Of(IEnumerable<BenchmarkMeasurement> measurements, IReadOnlyList<IterationCpuTime> cpuTimes)
    {
        var actual = measurements.Where(measurement => measurement.IterationStage == IterationStage.Actual).ToLookup(measurement => measurement.IterationMode);
        BenchmarkMeasurement[] workload = [.. actual[IterationMode.Workload]];
        double[] times = [.. workload.Select(measurement => measurement.Nanoseconds / NanosecondsPerSecond)];
        var (empty, _) = EmptyLoop(actual[IterationMode.Overhead].Select(measurement => measurement.Nanoseconds / NanosecondsPerSecond));
        double[] cpu = [.. cpuTimes.Where(iteration => !iteration.IsOverhead).Select(iteration => iteration.CpuTime.TotalSeconds)];
        var (emptyCpu, spread) = EmptyLoop(cpuTimes.Where(iteration => iteration.IsOverhead).Select(iteration => iteration.CpuTime.TotalSeconds));
        return new StageIterations(
            workload.Length,
            workload.Sum(measurement => measurement.Operations),
            times.Sum(),
            times.Sum(time => Math.Min(time, empty)),
            cpu.Length > 0 && cpu.Length == workload.Length ? cpu.Sum(time => Math.Max(0, time - emptyCpu)) : null,
            workload.Length * spread);
    }

    private static (double Median, double Spread) EmptyLoop(IEnumerable<double> iterations)
    {
        double[] seconds = [.. iterations];
        if (seconds.Length == 0)
        {
            return default;
        }

        var statistics = new Statistics(seconds);
        return (statistics.Median, statistics.InterquartileRange);
    }
}
