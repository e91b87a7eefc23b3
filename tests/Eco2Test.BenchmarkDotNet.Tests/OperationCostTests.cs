using BenchmarkDotNet.Engines;
using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Units;
using BenchmarkMeasurement = BenchmarkDotNet.Reports.Measurement;

namespace Eco2Test.Diagnosing;

/// <summary>What an operation costs, of what its process used and what its engine timed.</summary>
public sealed class OperationCostTests
{
    private static readonly Price France = new(RegionCatalog.Default.FindPlace("FR")!, Assumed: false, SetPue: 1.5);

    [Fact]
    public void CPU_time_that_the_process_told_costs_what_a_second_costs_on_average()
    {
        // 10 J for 5 CPU seconds, of which 2 were the iterations' and 0.5 that of children.
        var stage = Stage(cpuJoules: 10, cpuSeconds: 5, childSeconds: 0.5);

        var cost = OperationCost.Of(stage, Iterations(seconds: 3, cpuSeconds: 2), France).ShouldNotBeNull();

        cost.Energy.Central.Joules.ShouldBe(2.5 * 2 / 100, 1e-12);
        cost.Quality.ShouldBe(MeasurementQuality.Ok);
        cost.Emissions.Central.Grams.ShouldBe((cost.Energy.Central * 1.5 * France.Grid.Intensity).Grams, 1e-15);
    }

    [Fact]
    public void Where_the_process_does_not_tell_the_empty_loop_and_the_engine_are_taken_to_keep_one_thread_busy()
    {
        // 10 seconds, of which 8 were timed and 1 was the empty loop; two threads worked.
        var stage = Stage(cpuJoules: 34, cpuSeconds: 17, seconds: 10);

        var cost = OperationCost.Of(stage, Iterations(seconds: 8, overheadSeconds: 1, cpuSeconds: null), France).ShouldNotBeNull();

        cost.Energy.Central.Joules.ShouldBe((17 - 1 - 2) * 2 / 100.0, 1e-12);
        cost.Energy.High.Joules.ShouldBe((17 - 1) * 4 / 100.0, 1e-12, "the engine may have been idle, and the model's bounds are half and double");
        cost.Quality.ShouldBe(MeasurementQuality.Ok);
    }

    [Fact]
    public void What_cannot_be_told_from_the_engine_is_said_to_be_and_is_never_zero()
    {
        var cost = OperationCost.Of(Stage(cpuJoules: 2, cpuSeconds: 1, seconds: 10), Iterations(seconds: 8, cpuSeconds: null), France).ShouldNotBeNull();
        cost.Quality.ShouldBe(MeasurementQuality.BelowResolution);
        cost.Energy.Low.ShouldBe(Energy.Zero);
        cost.Energy.Central.Joules.ShouldBe(0.5 * 2 / 100, 1e-12);

        var nothing = OperationCost.Of(Stage(cpuJoules: 2, cpuSeconds: 1), Iterations(seconds: 1, cpuSeconds: 0), France).ShouldNotBeNull();
        nothing.Quality.ShouldBe(MeasurementQuality.BelowResolution);
        nothing.Energy.Central.ShouldBeGreaterThan(Energy.Zero);
        var nearlyNothing = OperationCost.Of(Stage(cpuJoules: 2, cpuSeconds: 1), Iterations(seconds: 1, cpuSeconds: 0.01) with { CpuDoubtSeconds = 0.02 }, France).ShouldNotBeNull();
        nearlyNothing.Quality.ShouldBe(MeasurementQuality.BelowResolution, "runs of the empty loop differ by more");
        nearlyNothing.Energy.High.Joules.ShouldBe((0.01 + 0.02 + 10 * 20e-6) * 4 / 100, 1e-12);
    }

    [Fact]
    public void Memory_is_drawn_at_all_times_and_a_GPU_goes_on_by_itself()
    {
        var stage = Stage(cpuJoules: 0, cpuSeconds: 1, seconds: 10) with { Gpu = BoundedEnergy.Exact(Energy.FromJoules(100)), Ram = BoundedEnergy.Exact(Energy.FromJoules(10)) };

        var cost = OperationCost.Of(stage, Iterations(seconds: 5, cpuSeconds: 0.5), France).ShouldNotBeNull();

        cost.Energy.ShouldBe(new BoundedEnergy(Energy.FromJoules(0.55), Energy.FromJoules(1.05), Energy.FromJoules(1.05)));
    }

    [Fact]
    public void Without_operations_or_energy_there_is_no_figure()
    {
        OperationCost.Of(Stage(cpuJoules: 2, cpuSeconds: 1), Iterations(seconds: 1, cpuSeconds: 1) with { Operations = 0 }, France).ShouldBeNull();
        OperationCost.Of(Stage(cpuJoules: 0, cpuSeconds: 0), Iterations(seconds: 1, cpuSeconds: null), France).ShouldBeNull();
    }

    [Fact]
    public void Bounds_are_always_around_the_value_and_none_is_more_than_all_the_stage_used() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0.001, 100], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool).Sample((joules, cpuSeconds, seconds, timed, part, told) =>
        {
            var stage = Stage(joules, cpuSeconds, seconds);
            var iterations = Iterations(timed * seconds, part * timed * seconds, told ? part * cpuSeconds : null);
            if (OperationCost.Of(stage, iterations, France) is { } cost)
            {
                cost.Energy.Low.ShouldBeInRange(Energy.Zero, cost.Energy.Central);
                cost.Energy.Central.ShouldBeGreaterThan(Energy.Zero);
                cost.Energy.High.ShouldBeGreaterThanOrEqualTo(cost.Energy.Central);
                if (!told)
                {
                    (cost.Energy.High * 100).Joules.ShouldBeLessThanOrEqualTo(stage.Cpu.High.Joules * (1 + 1e-9));
                }
            }
        });

    [Fact]
    public void Iterations_are_those_of_the_actual_run_without_the_median_of_the_empty_loop()
    {
        BenchmarkMeasurement[] measurements =
        [
            Of(IterationMode.Workload, IterationStage.Warmup, 9e9),
            Of(IterationMode.Overhead, IterationStage.Warmup, 8e9),
            Of(IterationMode.Overhead, IterationStage.Actual, 1e8), Of(IterationMode.Overhead, IterationStage.Actual, 2e8), Of(IterationMode.Overhead, IterationStage.Actual, 7e9),
            Of(IterationMode.Workload, IterationStage.Actual, 1e9), Of(IterationMode.Workload, IterationStage.Actual, 5e9), Of(IterationMode.Workload, IterationStage.Actual, 1e8),
            Of(IterationMode.Workload, IterationStage.Result, 3e9),
        ];
        IterationCpuTime[] cpu = [Cpu(true, 0.1), Cpu(true, 0.3), Cpu(false, 1), Cpu(false, 4), Cpu(false, 0.1)];

        var iterations = StageIterations.Of(measurements, cpu);

        iterations.Count.ShouldBe(3);
        iterations.Operations.ShouldBe(30);
        iterations.Seconds.ShouldBe(6.1, 1e-9);
        iterations.OverheadSeconds.ShouldBe(0.2 + 0.2 + 0.1, 1e-9);
        iterations.CpuSeconds.ShouldNotBeNull().ShouldBe(0.8 + 3.8 + 0, 1e-9);
        iterations.CpuDoubtSeconds.ShouldBe(3 * 0.1, 1e-9);
        StageIterations.Of(measurements, cpu[..4]).CpuSeconds.ShouldBeNull("an iteration is missing");
        StageIterations.Of(measurements, []).CpuSeconds.ShouldBeNull();
    }

    [Fact]
    public void What_one_process_writes_the_other_reads_and_what_is_none_of_it_is_left_out()
    {
        IterationCpuTime[] times = [Cpu(true, 0.25), Cpu(false, 1.5)];

        IterationCpuTime.Parse(times.Select(time => time.ToString())).ShouldBe(times);
        IterationCpuTime.Parse(["", "overhead", "overhead x", "setup 12", "workload -3", "workload 12 13"]).ShouldBeEmpty();

        var path = IterationFile.NewPath();
        IterationFile.Write(path, times);
        IterationFile.Take(path).ShouldBe(times);
        IterationFile.Take(path).ShouldBeEmpty("it is removed");
    }

    private static ActualStage Stage(double cpuJoules, double cpuSeconds, double seconds = 5, double childSeconds = 0)
    {
        var cpu = new BoundedEnergy(Energy.FromJoules(cpuJoules / 2), Energy.FromJoules(cpuJoules), Energy.FromJoules(cpuJoules * 2));
        return new ActualStage(cpu, BoundedEnergy.Zero, BoundedEnergy.Zero, cpuSeconds, childSeconds, TimeSpan.FromSeconds(seconds), Provenance.Modeled, MeasurementQuality.Ok);
    }

    private static StageIterations Iterations(double seconds, double overheadSeconds = 0, double? cpuSeconds = null) => new(10, 100, seconds, overheadSeconds, cpuSeconds, CpuDoubtSeconds: 0);

    private static BenchmarkMeasurement Of(IterationMode mode, IterationStage stage, double nanoseconds) => new(1, mode, stage, 1, 10, nanoseconds);

    private static IterationCpuTime Cpu(bool isOverhead, double seconds) => new(isOverhead, TimeSpan.FromSeconds(seconds));
}
