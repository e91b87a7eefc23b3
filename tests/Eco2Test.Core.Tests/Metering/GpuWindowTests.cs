using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>What a window says of the GPUs that it used.</summary>
public sealed class GpuWindowTests
{
    private readonly FakeSensor _gpu = new();

    [Fact]
    public void Work_on_a_GPU_of_which_nobody_says_whose_it_is_is_the_windows_with_bounds_from_none_to_all()
    {
        using var run = new FakeRun(gpus: _gpu);

        var closed = Train(run);

        closed.Measurement.Gpu.Joules.ShouldBe(500, 1);
        closed.Measurement.EnergyLow.ShouldBeLessThan(closed.Measurement.Energy - closed.Measurement.Gpu + Energy.FromJoules(1));
        closed.Measurement.Quality.ShouldBe(MeasurementQuality.Overlapped);
        Notices(run).ShouldContain(notice => notice.Code == "ECO2020" && notice.Message.Contains("the fake does not say", StringComparison.Ordinal));
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void Work_on_a_GPU_that_is_the_users_alone_is_certain()
    {
        using var run = new FakeRun(new RunSettings { Region = "FR", ExclusiveGpus = [0] }, gpus: _gpu);

        var closed = Train(run);

        closed.Measurement.Quality.ShouldBe(MeasurementQuality.Ok);
        closed.Measurement.Gpu.Joules.ShouldBe(500, 1);
        closed.Measurement.EnergyLow.ShouldBeGreaterThan(closed.Measurement.Energy * 0.8);
        Notices(run).ShouldNotContain(notice => notice.Code == "ECO2020");
    }

    [Fact]
    public void A_GPU_on_which_others_work_is_untracked()
    {
        _gpu.Processes = [new GpuProcess(1, 0.9)];
        using var run = new FakeRun(gpus: _gpu);

        var closed = Train(run);

        closed.Measurement.Gpu.ShouldBe(Energy.Zero);
        closed.Measurement.Quality.ShouldBe(MeasurementQuality.Ok);
        run.Report().Totals.UntrackedJoules.ShouldBeGreaterThan(600);
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void Two_processes_share_a_GPU_by_how_busy_they_keep_it()
    {
        _gpu.Processes = [new GpuProcess(1, 0.75), new GpuProcess(4711, 0.25)];
        using var run = new FakeRun(gpus: _gpu);

        var closed = Train(run);

        closed.Measurement.Gpu.Joules.ShouldBe(2 * 250 * 0.25, 20);
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void Work_that_is_not_waited_for_is_said_to_be_asynchronous()
    {
        using var run = new FakeRun(gpus: _gpu);

        Train(run);

        Notices(run).ShouldContain(notice => notice.Code == "ECO2027" && notice.Message.Contains("TrackingWindow.SynchronizeWith", StringComparison.Ordinal));
    }

    [Fact]
    public void A_window_that_used_no_GPU_says_nothing_of_one()
    {
        using var run = new FakeRun(gpus: _gpu);
        run.Run.Sample(journal: false);

        run.Test("A");

        Notices(run).ShouldNotContain(notice => notice.Code == "ECO2020" || notice.Code == "ECO2027");
    }

    [Fact]
    public void Power_that_is_sampled_has_bounds_and_a_notice_for_what_it_cannot_see()
    {
        var sampled = new FakeSensor { Channel = _gpu.Channel with { IsSampledPower = true }, Processes = [new GpuProcess(4711, 1)] };
        using var run = new FakeRun(gpus: sampled);

        var closed = Train(run, sampled);

        var gpu = closed.Measurement.Gpu;
        (closed.Measurement.EnergyHigh - closed.Measurement.Energy).ShouldBeGreaterThan(gpu * 2.5);
        (closed.Measurement.Energy - closed.Measurement.EnergyLow).ShouldBeGreaterThan(gpu * 0.4);
        Notices(run).ShouldContain(notice => notice.Code == "ECO2028" && notice.Message.Contains("in step with the sensor", StringComparison.Ordinal));
    }

    [Fact]
    public void A_GPU_that_tells_later_that_its_power_is_sampled_has_the_notice_then()
    {
        using var run = new FakeRun(gpus: _gpu);
        Notices(run).ShouldNotContain(notice => notice.Code == "ECO2028");

        _gpu.Channel = _gpu.Channel with { IsSampledPower = true };

        Notices(run).ShouldContain(notice => notice.Code == "ECO2028");
    }

    [Fact]
    public void The_report_has_the_bounds_of_power_that_is_sampled()
    {
        _gpu.Channel = _gpu.Channel with { IsSampledPower = true };
        using var run = new FakeRun(gpus: _gpu);
        run.Test("A");

        var method = run.Report().Method.Gpu!;

        (method.Low, method.High).ShouldBe((0.25, 1 / 0.26));
    }

    [Fact]
    public void A_window_that_is_shorter_than_the_counter_resolves_says_so()
    {
        _gpu.Processes = [new GpuProcess(4711, 1)];
        using var run = new FakeRun(gpus: _gpu);
        Rest(run, _gpu);
        var window = run.Open("A");
        run.Run.Sample(journal: false);
        Work(run, _gpu, watts: 300, tenths: 3);

        run.Close(window).Measurement.Quality.ShouldBe(MeasurementQuality.BelowResolution);
    }

    [Fact]
    public void What_waits_for_a_GPU_runs_before_the_window_closes_and_its_fault_is_a_notice()
    {
        var waited = 0;
        using var works = TrackingWindow.SynchronizeWith(() => waited++);
        using var fails = TrackingWindow.SynchronizeWith(() => throw new InvalidOperationException("no CUDA here"));
        using var folder = new TempFolder();
        using var run = Sampled(folder);
        var before = waited;

        run.Close(run.Open(new WindowRequest { Id = "A", DisplayName = "A", Kind = WindowKind.Test }, parent: null), TestOutcome.Passed);

        waited.ShouldBe(before + 1);
        File.ReadAllText(Directory.GetFiles(folder).Single()).ShouldContain("SynchronizeWith failed: InvalidOperationException: no CUDA here");
    }

    [Fact]
    public void What_waits_for_a_GPU_may_be_tracked_itself()
    {
        using var folder = new TempFolder();
        using var run = Sampled(folder);
        var waited = 0;
        using var waits = TrackingWindow.SynchronizeWith(() =>
        {
            var inside = run.Open(new WindowRequest { Id = "wait", DisplayName = "wait", Kind = WindowKind.Method }, parent: null);
            waited++;
            inside.Stop();
        });

        run.Open(new WindowRequest { Id = "A", DisplayName = "A", Kind = WindowKind.Test }, parent: null).Stop();
        run.Open(new WindowRequest { Id = "B", DisplayName = "B", Kind = WindowKind.Test }, parent: null).Stop();

        waited.ShouldBe(2);
    }

    /// <summary>A run with its threads, whose GPU is read on its lane.</summary>
    private TrackingRun Sampled(TempFolder folder) => new(
        new RunIdentity("Gpu", "net10.0", null, "test"),
        new RunSettings { Region = "FR", ResultsFolder = folder },
        new CiContext(null, null, null, null, null),
        FakeMachine.Describe(new FakeMachine(), new SensorSet { Gpus = [_gpu] }) with { RamModel = new RamPowerModel(ContainedInCpu: true) },
        TimeProvider.System,
        sampling: true);

    private ClosedWindow Train(FakeRun run) => Train(run, _gpu);

    /// <summary>Two seconds at 300 W, after some at 50 W.</summary>
    private static ClosedWindow Train(FakeRun run, FakeSensor gpu)
    {
        Rest(run, gpu);
        var window = run.Open("A");
        run.Run.Sample(journal: false);
        Work(run, gpu, watts: 300, tenths: 20);
        return run.Close(window);
    }

    private static void Rest(FakeRun run, FakeSensor gpu)
    {
        run.Run.Sample(journal: false);
        Work(run, gpu, watts: 50, tenths: 30);
    }

    private static void Work(FakeRun run, FakeSensor gpu, double watts, int tenths)
    {
        for (var i = 0; i < tenths; i++)
        {
            gpu.Cumulative += Energy.FromJoules(watts / 10);
            run.Machine.Idle(0.1);
            run.Run.Sample(journal: false);
        }
    }

    private static IReadOnlyList<ReportNotice> Notices(FakeRun run)
    {
        run.Run.Sample(journal: true);
        return run.Report().Notices;
    }
}
