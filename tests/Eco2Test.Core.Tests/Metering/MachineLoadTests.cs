using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>What a model says depends on how loaded the machine is: the charge does not, its bounds and the run's total do.</summary>
public sealed class MachineLoadTests
{
    private readonly FakeMachine _machine = new() { MachineCpuTime = TimeSpan.Zero };
    private EnergyLedger _ledger = null!;
    private LedgerTotals _totals;

    [Fact]
    public void Bounds_are_wide_on_a_machine_that_is_hardly_loaded_and_narrow_on_one_that_is()
    {
        _machine.Model = FakeMachine.TwoWatts with { AtFullLoad = (0.8, 1.25) };
        _ledger = _machine.Ledger(new ThreadSlots(_machine));

        var (alone, crowded) = (Work(ours: 0.2, others: 0), Work(ours: 0.2, others: 1.8));

        alone.Central.ShouldBe(crowded.Central, "the charge is the same");
        (crowded.Low / crowded.Central).ShouldBe(0.8 * (1 - CpuLoadBounds.Below), 1e-9);
        (crowded.High / crowded.Central).ShouldBe(1.25 * (1 + (CpuLoadBounds.Above * 0.2)), 1e-9);
        (alone.Low / alone.Central).ShouldBe(0.2, 1e-9, "a CPU second that might cost nothing could exceed no budget");
        (alone.High / alone.Central).ShouldBeGreaterThan(3);
        Conserved();
    }

    [Fact]
    public void The_run_follows_the_curve_of_a_machine_that_is_known_and_a_window_the_line()
    {
        var curve = PowerCurve.Find("github_EPYC_7763_4_CPU_shared", logicalProcessors: 2)!;
        var (idle, full) = (curve.PowerAt(0).Watts / 2, curve.PowerAt(1).Watts / 2);
        _machine.Model = FakeMachine.TwoWatts with
        {
            Curve = curve,
            ActivePower = BoundedPower.Around(Power.FromWatts(full - idle), 0.5, 1.5),
            IdlePower = BoundedPower.Around(Power.FromWatts(idle), 0.5, 1.5),
        };
        _ledger = _machine.Ledger(new ThreadSlots(_machine));
        Sample();
        var before = _totals.Whole.Central;

        var window = Work(ours: 1, others: 0);

        window.Central.Joules.ShouldBe(10 * (full - idle), 1e-9);
        (_totals.Whole.Central - before).Joules.ShouldBe(10.2 * curve.PowerAt(0.5).Watts, 1e-6);
        _totals.Correction.Joules.ShouldBe(10.2 * (curve.PowerAt(0.5).Watts - (2 * idle) - (full - idle)), 1e-6);
        Conserved();
    }

    [Fact]
    public void A_container_that_may_use_a_part_of_the_machine_does_not_pay_for_all_of_its_curve()
    {
        _machine.Model = FakeMachine.TwoWatts with { Curve = PowerCurve.Find("github_EPYC_7763_4_CPU_shared", logicalProcessors: 2) };
        _ledger = _machine.Ledger(new ThreadSlots(_machine), availableCpus: 1.5);

        Work(ours: 1, others: 0);

        _totals.Correction.ShouldBe(Energy.Zero);
        Conserved();
    }

    [Fact]
    public void A_clock_that_steps_back_makes_no_negative_energy()
    {
        _ledger = _machine.Ledger(new ThreadSlots(_machine));
        Work(ours: 1, others: 0);
        var before = _totals.Whole.Central;

        _machine.Idle(-5);
        Sample();
        _totals.Whole.Central.ShouldBe(before);
        Work(ours: 1, others: 0);

        _totals.Whole.Central.ShouldBeGreaterThan(before);
        Conserved();
    }

    /// <summary>Ten seconds of a window, after the sampling thread has seen what the machine is like.</summary>
    private BoundedEnergy Work(double ours, double others)
    {
        Step(ours, others, null);
        Step(ours, others, null);
        var account = new LedgerAccount(null, exempt: false);
        _ledger.Open(account, () => { });
        for (var i = 0; i < 100; i++)
        {
            Step(ours, others, account);
        }

        _ledger.Close(account, totals => _totals = totals);
        return account.Cpu;
    }

    private void Step(double ours, double others, LedgerAccount? account)
    {
        account?.AddFlow(TimeSpan.FromSeconds(0.1 * ours));
        _machine.WorkOutsideOfFlow(0.1 * ours);
        _machine.MachineCpuTime += TimeSpan.FromSeconds(0.1 * (ours + others));
        _machine.Idle(0.1);
        Sample();
    }

    private void Sample() => _ledger.Sample(totals => _totals = totals);

    private void Conserved() => (_totals.Tracked.Central + _totals.Untracked.Central).Joules.ShouldBe(_totals.Whole.Central.Joules, 1e-9);
}
