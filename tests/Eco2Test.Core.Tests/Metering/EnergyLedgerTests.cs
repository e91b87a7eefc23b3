using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

public sealed class EnergyLedgerTests
{
    private readonly FakeMachine _machine = new();
    private readonly ThreadSlots _threads;
    private readonly EnergyLedger _ledger;

    public EnergyLedgerTests()
    {
        _threads = new ThreadSlots(_machine);
        _ledger = _machine.Ledger(_threads);
    }

    [Fact]
    public void A_later_book_of_a_process_begins_with_nothing()
    {
        var machine = new FakeMachine { ProcessCpuTime = TimeSpan.FromSeconds(5), EndedChildrenCpuTime = TimeSpan.FromSeconds(2) };
        var ledger = new EnergyLedger(
            machine, new CpuMeter(FakeMachine.TwoWatts, 2, 2, []), new MemoryMeter(new RamPowerModel(ContainedInCpu: true), []), [], new ThreadSlots(machine), machine,
            TimeSpan.Zero, isLater: true);
        machine.WorkOutsideOfFlow(1);

        var totals = default(LedgerTotals);
        ledger.Sample(0, (_, sampled) => totals = sampled);

        totals.Whole.Central.Joules.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void A_window_alone_is_charged_all_CPU_time_also_of_threads_without_flow()
    {
        var window = Open();

        _machine.WorkOutsideOfFlow(0.5);

        Close(window);
        window.Cpu.Central.Joules.ShouldBe(1.0, 1e-12);
        window.Cpu.Low.Joules.ShouldBe(0.5, 1e-12);
        window.Cpu.High.Joules.ShouldBe(1.5, 1e-12);
        window.CpuSeconds.ShouldBe(0.5, 1e-12);
        window.Overlapped.ShouldBeFalse();
    }

    [Fact]
    public void What_is_spent_while_no_window_is_open_is_untracked()
    {
        _machine.WorkOutsideOfFlow(3);

        var totals = Close(Open());

        totals.Untracked.Central.Joules.ShouldBe(6, 1e-12);
        totals.Tracked.Central.ShouldBe(Energy.Zero);
    }

    [Fact]
    public void Idle_power_of_all_processors_is_untracked_also_while_a_window_is_open()
    {
        var window = Open();

        _machine.Idle(10);

        var totals = Close(window);
        window.Total.Central.ShouldBe(Energy.Zero);
        totals.Idle.Joules.ShouldBe(20, 1e-9);
        totals.Untracked.Central.Joules.ShouldBe(20, 1e-9);
    }

    [Fact]
    public void A_container_idles_on_its_part_of_the_processors()
    {
        var (all, part) = (new FakeMachine(), new FakeMachine());
        var (ofAll, ofPart) = (all.Ledger(new ThreadSlots(all)), part.Ledger(new ThreadSlots(part), availableCpus: 1.5));
        all.Idle(10);
        part.Idle(10);

        Idle(ofPart).ShouldBe(15, 1e-9);
        Idle(ofAll).ShouldBe(20, 1e-9);

        static double Idle(EnergyLedger ledger)
        {
            var idle = 0.0;
            ledger.Sample(totals => idle = totals.Idle.Joules);
            return idle;
        }
    }

    [Fact]
    public void Two_windows_share_what_no_flow_explains_in_proportion_to_their_flow_with_bounds_from_none_to_all()
    {
        var busy = Open();
        var sleeping = Open();

        busy.AddFlow(TimeSpan.FromSeconds(1));
        _machine.WorkOutsideOfFlow(1.5);

        Close(busy);
        Close(sleeping);
        busy.Cpu.Central.Joules.ShouldBe(3, 1e-12);
        busy.Cpu.Low.Joules.ShouldBe(1, 1e-12, "its flow alone, at the lower watts");
        busy.Cpu.High.Joules.ShouldBe(4.5, 1e-12, "its flow and all of the rest, at the upper watts");
        sleeping.Cpu.Central.ShouldBe(Energy.Zero);
        sleeping.Cpu.High.Joules.ShouldBe(1.5, 1e-12);
        busy.Overlapped.ShouldBeTrue();
        sleeping.Overlapped.ShouldBeFalse("nothing was booked on it");
    }

    [Fact]
    public void Two_windows_without_flow_share_equally()
    {
        var one = Open();
        var other = Open();

        _machine.WorkOutsideOfFlow(1);

        Close(one);
        Close(other);
        one.Cpu.Central.Joules.ShouldBe(1, 1e-12);
        other.Cpu.Central.Joules.ShouldBe(1, 1e-12);
        one.Cpu.Low.ShouldBe(Energy.Zero);
    }

    [Fact]
    public void A_test_without_the_attribute_is_untracked_and_not_its_neighbours_to_pay()
    {
        var tracked = Open();
        var plain = Open(exempt: true);

        plain.AddFlow(TimeSpan.FromSeconds(2));
        tracked.AddFlow(TimeSpan.FromSeconds(1));
        _machine.WorkOutsideOfFlow(3);

        Close(plain);
        var totals = Close(tracked);
        tracked.Cpu.Central.Joules.ShouldBe(2, 1e-12);
        totals.Untracked.Central.Joules.ShouldBe(4, 1e-12);
        totals.Tracked.Central.Joules.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void A_parent_includes_its_children_and_its_self_does_not()
    {
        var parent = Open();
        _machine.WorkOutsideOfFlow(1);
        var child = Open(parent);
        child.AddFlow(TimeSpan.FromSeconds(2));
        _machine.WorkOutsideOfFlow(2);
        Close(child);

        var totals = Close(parent);

        parent.Cpu.Central.Joules.ShouldBe(6, 1e-12);
        parent.Self.Joules.ShouldBe(2, 1e-12);
        child.Cpu.Central.Joules.ShouldBe(4, 1e-12);
        totals.Tracked.Central.Joules.ShouldBe(6, 1e-12);
    }

    [Fact]
    public void Native_work_inside_a_nested_window_belongs_to_the_nested_window()
    {
        var parent = Open();
        var child = Open(parent);

        _machine.WorkOutsideOfFlow(1);

        Close(child);
        Close(parent);
        child.Cpu.Central.Joules.ShouldBe(2, 1e-12);
        parent.Self.ShouldBe(Energy.Zero);
    }

    [Fact]
    public void A_closed_window_never_changes()
    {
        var window = Open();
        _machine.WorkOutsideOfFlow(1);
        Close(window);
        var before = window.Total;

        window.AddFlow(TimeSpan.FromSeconds(5));
        _machine.WorkOutsideOfFlow(5);
        _ledger.Advance();
        Close(window);

        window.Total.ShouldBe(before);
    }

    [Fact]
    public void Closing_a_parent_closes_what_is_open_inside_it()
    {
        var parent = Open();
        var child = Open(parent);

        Close(parent);

        child.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void A_window_whose_parent_closes_while_it_opens_is_booked_all_the_same()
    {
        var grandparent = Open();
        var parent = Open(grandparent);
        var window = new LedgerAccount(parent, exempt: false);
        Close(parent);

        _ledger.Open(window, () => { });
        _machine.WorkOutsideOfFlow(1);
        Close(window);
        Close(grandparent);

        window.Cpu.Central.Joules.ShouldBe(2, 1e-12);
        window.Parent.ShouldBe(grandparent);
    }

    [Fact]
    public void Flow_that_exceeds_what_the_process_spent_is_scaled_down()
    {
        var window = Open();
        window.AddFlow(TimeSpan.FromSeconds(1.1));
        _machine.WorkOutsideOfFlow(1);

        var totals = Close(window);

        window.Cpu.Central.Joules.ShouldBe(2, 1e-12);
        totals.Whole.Central.Joules.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void A_thread_that_outlives_its_window_works_for_the_one_that_is_open_with_bounds_from_none_to_all()
    {
        var window = Open();

        _threads.Stray.AddFlow(TimeSpan.FromSeconds(1));
        _machine.WorkOutsideOfFlow(1);

        Close(window);
        window.Cpu.ShouldBe(new BoundedEnergy(Energy.Zero, Energy.FromJoules(2), Energy.FromJoules(3)));
        window.Overlapped.ShouldBeTrue();
    }

    [Fact]
    public void A_thread_that_outlives_what_tests_share_works_for_the_test_that_is_open_for_certain()
    {
        var fixture = new LedgerAccount(null, exempt: false) { IsShared = true };
        _ledger.Open(fixture, () => { });
        Close(fixture);
        var test = Open();

        fixture.AddFlow(TimeSpan.FromSeconds(1));
        _machine.WorkOutsideOfFlow(1);

        Close(test);
        test.Cpu.ShouldBe(new BoundedEnergy(Energy.FromJoules(1), Energy.FromJoules(2), Energy.FromJoules(3)));
        test.Overlapped.ShouldBeFalse();
    }

    [Fact]
    public void A_host_that_idles_at_one_percent_of_a_CPU_is_untracked_and_within_the_upper_bound()
    {
        var sleeping = Open();
        _machine.Idle(2);
        _machine.WorkOutsideOfFlow(0.02);

        var totals = Close(sleeping);

        sleeping.Cpu.Central.ShouldBe(Energy.Zero);
        sleeping.Cpu.High.Joules.ShouldBe(0.06, 1e-12);
        (totals.Untracked.Central - totals.Idle).Joules.ShouldBe(0.04, 1e-12);
    }

    [Fact]
    public void What_a_nested_window_gave_back_its_parent_does_not_give_back_again()
    {
        var parent = Open();
        var child = Open(parent);
        _machine.Idle(2);
        _machine.WorkOutsideOfFlow(1.02);

        Close(child);
        var totals = Close(parent);

        child.CpuSeconds.ShouldBe(1, 1e-12);
        parent.CpuSeconds.ShouldBe(1, 1e-12);
        parent.Self.Joules.ShouldBe(0, 1e-12);
        totals.Tracked.Central.Joules.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void Work_without_flow_above_one_percent_of_a_CPU_is_the_windows()
    {
        var window = Open();
        _machine.Idle(2);
        _machine.WorkOutsideOfFlow(1.02);

        Close(window);

        window.CpuSeconds.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Compilation_in_the_background_is_untracked_and_not_the_sleeping_tests()
    {
        var sleeping = Open();
        _machine.Work(thread: 7, seconds: 0.5);
        _machine.RuntimeThreads.Add(new(7));
        _ledger.Sample(_ => { });
        _machine.Work(thread: 7, seconds: 0.25);

        var totals = Close(sleeping);

        sleeping.Cpu.Central.ShouldBe(Energy.Zero);
        totals.Untracked.Central.Joules.ShouldBe(1.5, 1e-12);
        totals.Overhead.ShouldBe(Energy.Zero);
    }

    [Fact]
    public void The_trackers_own_CPU_time_is_overhead_and_never_a_tests()
    {
        var window = Open();
        _ledger.Overhead.AddFlow(TimeSpan.FromSeconds(0.25));
        _machine.WorkOutsideOfFlow(1);

        var totals = Close(window);

        totals.Overhead.Joules.ShouldBe(0.5, 1e-12);
        window.Cpu.Central.Joules.ShouldBe(1.5, 1e-12);
        totals.Untracked.Central.Joules.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Resident_memory_is_shared_in_equal_parts_and_untracked_when_no_window_is_open()
    {
        _machine.ResidentBytes = 8L << 30;
        _machine.Idle(1);
        var one = Open();
        var other = Open();
        _machine.Idle(1);

        Close(one);
        var totals = Close(other);

        one.Ram.Central.Joules.ShouldBe(1.5, 1e-9);
        other.Ram.Central.Joules.ShouldBe(1.5, 1e-9);
        one.Ram.Low.ShouldBe(Energy.Zero);
        (totals.Untracked.Central - totals.Idle).Joules.ShouldBe(3, 1e-9);
    }

    private LedgerAccount Open(LedgerAccount? parent = null, bool exempt = false)
    {
        var account = new LedgerAccount(parent, exempt);
        _ledger.Open(account, () => { });
        return account;
    }

    private LedgerTotals Close(LedgerAccount account)
    {
        LedgerTotals totals = default;
        _ledger.Close(account, booked => totals = booked);
        return totals;
    }
}
