using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Processors and memory that count their energy: a counter sees the whole machine, and a window pays for its part.</summary>
public sealed class CounterTests
{
    private const double IdleWatts = 10;
    private const double WattsOfBusyCpu = 20;

    private readonly FakeMachine _machine = new() { MachineCpuTime = TimeSpan.Zero };
    private readonly FakeCounter _package = new();
    private readonly FakeCounter _memory = new(EnergyDomain.Dram);
    private EnergyLedger _ledger;
    private LedgerTotals _totals;
    private LedgerAccount? _working;

    public CounterTests()
    {
        _ledger = _machine.Ledger(new ThreadSlots(_machine), new SensorSet { Packages = [_package] });
        Quiet();
    }

    [Fact]
    public void A_window_alone_is_charged_what_the_counter_shows_above_idle()
    {
        var window = Open();

        Run(seconds: 5, ours: 1);

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(5 * WattsOfBusyCpu, 1e-6);
        window.Cpu.Low.ShouldBeLessThanOrEqualTo(window.Cpu.Central);
        window.IsBelowResolution.ShouldBeFalse();
        Conserved();
    }

    [Fact]
    public void A_window_in_which_a_counter_failed_for_a_while_is_modeled_and_the_next_is_measured()
    {
        using var run = new FakeRun(sensors: new SensorSet { Packages = [_package] });

        Window(worksThroughout: true).Provenance.ShouldBe(Provenance.Measured);
        Window(worksThroughout: false).Provenance.ShouldBe(Provenance.Modeled);
        Window(worksThroughout: true).Provenance.ShouldBe(Provenance.Measured);

        Measurement Window(bool worksThroughout)
        {
            var window = run.Open("A");
            for (var second = 0; second < 4; second++)
            {
                _package.Works = worksThroughout || second != 1;
                _package.Count(20);
                run.Work(1, window);
                run.Run.Sample(journal: false);
            }

            return run.Close(window).Measurement;
        }
    }

    [Fact]
    public void Other_processes_pay_for_themselves()
    {
        Run(seconds: 1, ours: 1, others: 1);
        var window = Open();

        Run(seconds: 4, ours: 1, others: 1);

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(4 * WattsOfBusyCpu, 1e-6, "half of what the package drew above idle");
        window.Cpu.High.ShouldBeGreaterThan(window.Cpu.Central * 1.2, "others may have been less busy than in the interval before");
        window.Cpu.Low.ShouldBeLessThan(window.Cpu.Central * 0.8);
        Conserved();
    }

    [Fact]
    public void A_machine_that_sleeps_draws_idle_power_which_is_nobodys()
    {
        var window = Open();

        Run(seconds: 5, ours: 0);

        var idle = Close(window).Idle;
        window.Cpu.Central.ShouldBe(Energy.Zero);
        idle.Joules.ShouldBe(IdleWatts * 15, 2, "ten seconds before and five while it was open; the first tenths are not known to be idle");
        Conserved();
    }

    [Fact]
    public void A_window_of_five_milliseconds_costs_per_CPU_second_what_one_of_ten_seconds_does()
    {
        var window = Open();
        Run(seconds: 10, ours: 1);
        Close(window);
        var perSecond = window.Cpu.Central.Joules / window.CpuSeconds;

        // The counter happens to refresh not at all in one of them and twice in the other.
        foreach (var joules in (double[])[0, 0.4])
        {
            var brief = Open();
            Work(brief, 0.005);
            _package.Count(joules);
            Close(brief);

            (brief.Cpu.Central.Joules / brief.CpuSeconds).ShouldBe(perSecond, perSecond * 0.03);
            brief.IsBelowResolution.ShouldBeTrue();
            brief.Self.Joules.ShouldBe(brief.Cpu.Central.Joules, 1e-12);
        }

        Conserved();
    }

    [Fact]
    public void What_a_short_window_gets_by_average_its_parent_includes()
    {
        Run(seconds: 1, ours: 1);
        var parent = Open();
        Run(seconds: 1, ours: 1);
        var child = Open(parent);
        Work(child, 0.005);
        Close(child);
        var rest = parent.Cpu.Central - child.Cpu.Central;

        _working = parent;
        Run(seconds: 1, ours: 1);
        Close(parent);

        child.Cpu.Central.Joules.ShouldBe(0.1, 1e-6);
        rest.Joules.ShouldBe(20, 1e-3);
        (parent.Self + child.Total.Central).Joules.ShouldBe(parent.Total.Central.Joules, 1e-9);
        Conserved();
    }

    [Fact]
    public void A_counter_that_refreshes_now_and_then_does_not_make_idle_power_look_like_work()
    {
        var window = Open();

        for (var i = 0; i < 1000; i++)
        {
            _machine.Idle(0.0007);
            _package.Count(i % 10 is 0 or 1 or 3 or 4 or 5 or 7 or 8 ? IdleWatts / 1000 : 0);
            _ledger.Advance();
        }

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(0, 0.02, "two refreshes of idle energy at most");
        Conserved();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_counter_that_fails_leaves_the_interval_to_the_model_and_is_read_again_when_it_is_back(bool byThrowing)
    {
        var window = Open();
        Run(seconds: 1, ours: 1);

        (_package.Works, _package.Throws) = (false, byThrowing);
        Work(window, 1);
        _package.Count(500);
        Sample();
        (_package.Works, _package.Throws) = (true, false);
        Run(seconds: 1, ours: 1);
        var atModeled = window.Cpu.Central.Joules;
        Run(seconds: 1, ours: 1);

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(20 + 2 + 0.2 + (20 * 0.9) + 20, 1e-6, "a second by the counter, one by the model's 2 W, then the counter again after a first reading");
        (window.Cpu.Central.Joules - atModeled).ShouldBe(20, 1e-6);
        Conserved();
    }

    [Fact]
    public void A_counter_that_jumps_backwards_loses_the_interval_and_nothing_is_negative()
    {
        var window = Open();
        _package.Cumulative = Energy.Zero;

        Run(seconds: 1, ours: 1);

        Close(window);
        window.Cpu.Central.Joules.ShouldBeInRange(18, 20);
        _totals.Untracked.Central.ShouldBeGreaterThan(Energy.Zero);
        Conserved();
    }

    [Fact]
    public void Two_packages_are_added_up_and_count_only_together()
    {
        var other = new FakeCounter();
        _ledger = _machine.Ledger(new ThreadSlots(_machine), new SensorSet { Packages = [_package, other] });
        Sample();
        Quiet(other);
        var window = Open();
        for (var i = 0; i < 10; i++)
        {
            other.Count(1 + (0.5 * WattsOfBusyCpu / 10));
            Run(seconds: 0.1, ours: 1);
        }

        Close(window);

        window.Cpu.Central.Joules.ShouldBe(1.5 * WattsOfBusyCpu, 1e-6);
        Conserved();
    }

    [Fact]
    public void Without_the_machines_busy_time_everything_above_the_lowest_power_is_ours()
    {
        _machine.MachineCpuTime = null;
        _ledger = _machine.Ledger(new ThreadSlots(_machine), new SensorSet { Packages = [_package] });
        Quiet();
        var window = Open();

        Run(seconds: 5, ours: 1, others: 1);

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(5 * 2 * WattsOfBusyCpu, 1e-6);
        Conserved();
    }

    [Fact]
    public void Memory_that_counts_is_not_modeled_and_what_it_draws_at_rest_is_nobodys()
    {
        _machine.ResidentBytes = 8L << 30;
        _ledger = _machine.Ledger(new ThreadSlots(_machine), new SensorSet { Packages = [_package], Memory = [_memory] });
        Sample();
        for (var i = 0; i < 20; i++)
        {
            _memory.Count(0.2);
            Run(seconds: 0.1, ours: 0);
        }

        var window = Open();
        for (var i = 0; i < 10; i++)
        {
            _memory.Count(0.5);
            Run(seconds: 0.1, ours: 1);
        }

        Close(window);
        window.Ram.Central.Joules.ShouldBe(3, 1e-6);
        Conserved();
    }

    [Fact]
    public void Memory_is_not_counted_where_a_model_that_contains_it_stands_in_for_the_processors()
    {
        _machine.Model = FakeMachine.TwoWatts with { IncludesMemory = true };
        _ledger = _machine.Ledger(new ThreadSlots(_machine), new SensorSet { Packages = [_package], Memory = [_memory] });
        Sample();
        _package.Works = false;
        var window = Open();

        _memory.Count(50);
        Run(seconds: 1, ours: 1);

        Close(window);
        window.Ram.Central.ShouldBe(Energy.Zero);
        window.Cpu.Central.Joules.ShouldBe(2, 1e-6);
        Conserved();
    }

    /// <summary>Ten seconds in which the machine shows what it draws without work.</summary>
    private void Quiet(FakeCounter? other = null)
    {
        for (var i = 0; i < 100; i++)
        {
            other?.Count(1);
            Run(seconds: 0.1, ours: 0);
        }
    }

    private void Run(double seconds, double ours, double others = 0)
    {
        for (var left = seconds; left > 1e-9; left -= 0.1)
        {
            _working?.AddFlow(TimeSpan.FromSeconds(0.1 * ours));
            _machine.WorkOutsideOfFlow(0.1 * ours);
            _machine.MachineCpuTime += TimeSpan.FromSeconds(0.1 * (ours + others));
            _machine.Idle(0.1);
            _package.Count(0.1 * (IdleWatts + (WattsOfBusyCpu * (ours + others))));
            Sample();
        }
    }

    private LedgerAccount Open(LedgerAccount? parent = null)
    {
        var account = new LedgerAccount(parent, exempt: false);
        _ledger.Open(account, () => { });
        return _working = account;
    }

    private void Work(LedgerAccount account, double seconds)
    {
        account.AddFlow(TimeSpan.FromSeconds(seconds));
        _machine.WorkOutsideOfFlow(seconds);
        _machine.Idle(seconds);
    }

    private LedgerTotals Close(LedgerAccount account)
    {
        _ledger.Close(account, totals => _totals = totals);
        return _totals;
    }

    private void Sample() => _ledger.Sample(totals => _totals = totals);

    private void Conserved() => (_totals.Tracked.Central + _totals.Untracked.Central).Joules.ShouldBe(_totals.Whole.Central.Joules, 1e-9);
}
