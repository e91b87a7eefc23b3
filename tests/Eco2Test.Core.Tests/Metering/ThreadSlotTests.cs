using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

public sealed class ThreadSlotTests
{
    private readonly FakeMachine _machine = new();
    private readonly ThreadSlots _threads;
    private readonly LedgerAccount _account = new(null, exempt: false);

    public ThreadSlotTests() => _threads = new ThreadSlots(_machine);

    [Fact]
    public void A_thread_that_carries_nothing_is_forgotten_until_it_does_again()
    {
        var forgotten = Forgotten();
        _threads.Flush();
        GC.Collect();

        forgotten.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void A_thread_that_carries_a_window_again_is_looked_at_again()
    {
        var slot = _threads.Add();
        slot.Switch(_account);
        slot.Switch(null);
        _threads.Flush();
        _account.TakeFlow();

        slot.Switch(_account);
        _machine.Work(Environment.CurrentManagedThreadId, 0.5);
        _threads.Flush();

        _account.TakeFlow().ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void A_thread_that_changes_its_window_back_and_forth_is_listed_once()
    {
        var slot = _threads.Add();
        for (var i = 0; i < 10; i++)
        {
            slot.Switch(_account);
            slot.Switch(null);
        }

        slot.Switch(_account);
        _machine.Work(Environment.CurrentManagedThreadId, 0.5);
        _threads.Flush();

        _account.TakeFlow().ShouldBe(0.5, 1e-9, "each clock is read once");
    }

    [Fact]
    public void A_thread_that_was_taken_for_one_of_the_runtimes_until_it_named_itself_works_for_its_window_alone()
    {
        var thread = _machine.CurrentThreadClock();
        _machine.RuntimeThreads.Add(thread);
        _threads.LookForRuntimeThreads(fromNow: false);
        var slot = _threads.Add();
        slot.Switch(_account);

        _machine.RuntimeThreads.Clear();
        _threads.LookForRuntimeThreads(fromNow: false);
        _machine.Work(Environment.CurrentManagedThreadId, 0.5);
        _threads.Flush();

        (_account.TakeFlow(), _threads.Runtime.TakeFlow()).ShouldBe((0.5, 0));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference Forgotten()
    {
        var slot = _threads.Add();
        slot.Switch(_account);
        slot.Switch(null);
        return new WeakReference(slot);
    }
}
