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

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference Forgotten()
    {
        var slot = _threads.Add();
        slot.Switch(_account);
        slot.Switch(null);
        return new WeakReference(slot);
    }
}
