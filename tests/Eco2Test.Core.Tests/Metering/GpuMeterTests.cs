using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

public sealed class GpuMeterTests
{
    private readonly FakeMachine _machine = new();
    private readonly FakeSensor _sensor = new();
    private readonly GpuMeter _meter;
    private readonly EnergyLedger _ledger;
    private LedgerTotals _totals;

    public GpuMeterTests()
    {
        _meter = new GpuMeter(_sensor);
        _ledger = _machine.Ledger(new ThreadSlots(_machine), _meter);
        Sample();
    }

    [Fact]
    public void Work_above_the_lowest_power_seen_is_the_open_windows_and_the_rest_is_idle()
    {
        Run(watts: 50, seconds: 1);
        var idleBefore = _totals.Idle;
        var window = new LedgerAccount(null, exempt: false);
        _ledger.Open(window, () => { });

        Run(watts: 300, seconds: 10);
        _ledger.Close(window, totals => _totals = totals);

        window.Gpu.Central.Joules.ShouldBe(2500 - 25, 1, "all but the first tenth of a second, which was extrapolated from idle");
        window.Gpu.Low.ShouldBe(Energy.Zero, "another process may have used it");
        (_totals.Idle - idleBefore).Joules.ShouldBe(500 + 20, 1, "50 W of the GPU and 2 W of the processors");
    }

    [Fact]
    public void The_first_interval_is_extrapolated_and_the_next_reading_corrects_it_on_untracked()
    {
        Run(watts: 50, seconds: 1);
        var correctionBefore = _totals.Correction;

        Run(watts: 150, seconds: 0.1);

        (_totals.Correction - correctionBefore).Joules.ShouldBe(10, 1e-6);
        Conserved();
    }

    [Fact]
    public void A_sensor_that_fails_keeps_what_was_booked_and_adds_nothing_until_it_recovers()
    {
        Run(watts: 100, seconds: 1);
        var before = _totals.Whole.Central;

        _sensor.Works = false;
        Sample();
        _machine.Idle(5);
        Sample();
        (_totals.Whole.Central - before).Joules.ShouldBe(10, 1e-6, "idle processors only");

        _sensor.Works = true;
        _sensor.Cumulative += Energy.FromJoules(1000);
        Sample();
        (_totals.Whole.Central - before).Joules.ShouldBe(10, 1e-6, "what a silent sensor missed is not guessed");
        Conserved();
    }

    [Fact]
    public void A_counter_that_jumps_backwards_is_a_reset_and_not_negative_energy()
    {
        Run(watts: 100, seconds: 1);

        _sensor.Cumulative = Energy.Zero;
        _machine.Idle(0.1);
        Sample();

        _totals.Whole.Central.Joules.ShouldBe(102.2, 0.5);
        Conserved();
    }

    [Fact]
    public void A_GPU_that_changes_hands_takes_nothing_from_who_has_it_now()
    {
        _sensor.Processes = [new GpuProcess(1, 1)];
        Run(watts: 50, seconds: 2);
        var window = new LedgerAccount(null, exempt: false);
        _ledger.Open(window, () => { });
        Run(watts: 300, seconds: 2);

        // What was extrapolated last was the other's: it is not the window that gets it back.
        _sensor.Processes = [new GpuProcess(4711, 1)];
        Run(watts: 50, seconds: 0.1);
        window.Gpu.Central.ShouldBe(Energy.Zero);

        Run(watts: 300, seconds: 1);
        _sensor.Processes = [new GpuProcess(1, 1)];
        Run(watts: 300, seconds: 0.1);
        window.Gpu.Central.Joules.ShouldBe(250, 1, "and the window keeps what was its own, but for the last tenth of a second");
        _ledger.Close(window, totals => _totals = totals);
        Conserved();
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(-double.MaxValue)]
    public void A_figure_that_no_device_can_have_is_no_reading(double joules)
    {
        Run(watts: 100, seconds: 1);
        var before = _totals.Whole.Central;

        _sensor.Cumulative = Energy.FromJoules(joules);
        Sample();

        _totals.Whole.Central.ShouldBe(before);
        _meter.MayBeOurs.ShouldBeFalse("there is no reading of it");
        Conserved();
    }

    private void Run(double watts, double seconds)
    {
        for (var i = 0; i < Math.Round(seconds * 10); i++)
        {
            _sensor.Cumulative += Energy.FromJoules(watts / 10);
            _machine.Idle(0.1);
            Sample();
        }
    }

    private void Sample()
    {
        _ledger.Read(_meter);
        _ledger.Sample(totals => _totals = totals);
    }

    private void Conserved() => (_totals.Tracked.Central + _totals.Untracked.Central).Joules.ShouldBe(_totals.Whole.Central.Joules, 1e-9);
}
