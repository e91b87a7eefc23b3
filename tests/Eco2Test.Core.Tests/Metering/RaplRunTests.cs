using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>From the kernel's files to the report, on a machine of two sockets with memory that counts.</summary>
public sealed class RaplRunTests : IDisposable
{
    private const double Step = 0.1;

    private readonly FakePowercap _powercap = new();
    private readonly FakePowercap.FakeZone[] _packages;
    private readonly FakePowercap.FakeZone[] _memory;
    private FakeRun? _run;

    public RaplRunTests()
    {
        // The first counter is about to start anew.
        _packages =
        [
            _powercap.AddZone("intel-rapl:0", "package-0", FakePowercap.UsualRange - 30_000_000),
            _powercap.AddZone("intel-rapl:1", "package-1"),
        ];
        _powercap.AddZone("intel-rapl:0:0", "core");
        _memory = [_powercap.AddZone("intel-rapl:0:1", "dram"), _powercap.AddZone("intel-rapl:1:0", "dram")];
    }

    [Fact]
    public void A_window_gets_what_both_sockets_counted_above_idle_also_when_a_counter_starts_anew()
    {
        var run = Start();
        Rest(run);
        var window = run.Open("A");
        Work(run, window, steps: 50);

        var closed = run.Close(window);

        closed.Measurement.Cpu.Joules.ShouldBe(50 * Step * 2 * 15, 0.5, "15 W above idle in each socket");
        closed.Measurement.Ram.Joules.ShouldBe(50 * Step * 3, 0.1);
        closed.Measurement.Provenance.ShouldBe(Provenance.Measured);
        closed.Measurement.Quality.ShouldBe(MeasurementQuality.Ok);
        (closed.Measurement.EnergyLow <= closed.Measurement.Energy && closed.Measurement.Energy <= closed.Measurement.EnergyHigh).ShouldBeTrue();
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void The_report_says_that_processor_and_memory_are_measured_and_by_what()
    {
        var method = Start().Report().Method;

        method.Cpu.Provenance.ShouldBe(Provenance.Measured);
        method.Cpu.Source.ShouldContain("rapl");
        method.Cpu.Detail.ShouldBe("package-0; package-1");
        method.Ram.Provenance.ShouldBe(Provenance.Measured);
    }

    [Fact]
    public void Everything_that_was_counted_is_somewhere()
    {
        var run = Start();
        Rest(run);
        run.Run.Sample(journal: true);
        var before = run.Report().Totals.EnergyJoules;
        for (var i = 0; i < 20; i++)
        {
            var window = run.Open("A" + i);
            Work(run, window, steps: 3);
            run.Close(window);
            Count(10, 2);
            run.Machine.Idle(Step);
        }

        run.Run.Sample(journal: true);

        var report = run.Report();
        (report.Totals.EnergyJoules - before).ShouldBe((60 * ((2 * 25 * Step) + (5 * Step))) + (20 * ((2 * 10 * Step) + (2 * Step))), 1e-3);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_counter_that_may_not_be_read_is_modeled_and_the_report_says_what_to_do()
    {
        _packages[0].Deny();
        var run = Start();
        var closed = run.Test("A");
        run.Run.Sample(journal: true);

        closed.Measurement.Provenance.ShouldBe(Provenance.Modeled);
        closed.Measurement.Cpu.Joules.ShouldBe(2, 0.1);
        var notice = run.Report().Notices.Single(notice => notice.Code == "ECO2026");
        notice.Message.ShouldContain("readable by root only");
        notice.Message.ShouldContain("docs/rapl.md");
    }

    [Fact]
    public void A_driver_that_is_unloaded_leaves_what_was_counted_and_a_notice_and_the_model_goes_on()
    {
        var run = Start();
        Rest(run);
        var window = run.Open("A");
        Work(run, window, steps: 10);
        foreach (var package in _packages)
        {
            package.Vanish();
        }

        run.Work(1, window);
        run.Run.Sample(journal: true);
        var closed = run.Close(window);

        closed.Measurement.Cpu.Joules.ShouldBe((10 * Step * 30) + 2, 0.5);
        run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2021" && notice.Message.Contains("CPU energy is modeled while that lasts", StringComparison.Ordinal));
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number\n")]
    [InlineData("-5\n")]
    [InlineData("99999999999999999999999999\n")]
    [InlineData("NaN\n")]
    public void A_counter_that_says_nonsense_throws_nothing_and_makes_no_energy_up(string text)
    {
        var run = Start();
        Rest(run);
        var window = run.Open("A");
        Work(run, window, steps: 10);
        _packages[1].SetText(text);
        run.Work(1, window);
        run.Run.Sample(journal: true);

        var closed = run.Close(window);

        closed.Measurement.Cpu.Joules.ShouldBe((10 * Step * 30) + 2, 0.5);
        run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2021");
        FakeRun.ShouldBeConserved(run.Report());
    }

    public void Dispose()
    {
        _run?.Dispose();
        _powercap.Dispose();
    }

    private FakeRun Start()
    {
        var machine = new FakeMachine { MachineCpuTime = TimeSpan.Zero };
        var sensors = new PowercapSearch(new SystemFiles(_powercap.Root, _powercap.Refuse), "GenuineIntel", isGuest: false, machine).Find();
        return _run = new FakeRun(machine, sensors);
    }

    private void Rest(FakeRun run)
    {
        for (var i = 0; i < 50; i++)
        {
            Count(10, 2);
            run.Machine.Idle(Step);
            run.Run.Sample(journal: false);
        }
    }

    private void Work(FakeRun run, TrackingWindow window, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Count(25, 5);
            run.Machine.MachineCpuTime += TimeSpan.FromSeconds(Step);
            window.Account.AddFlow(TimeSpan.FromSeconds(Step));
            run.Machine.WorkOutsideOfFlow(Step);
            run.Machine.Idle(Step);
            run.Run.Sample(journal: false);
        }
    }

    private void Count(double wattsOfPackage, double wattsOfMemory)
    {
        foreach (var package in _packages)
        {
            package.Add(wattsOfPackage * Step);
        }

        foreach (var memory in _memory)
        {
            memory.Add(wattsOfMemory / 2 * Step);
        }
    }
}
