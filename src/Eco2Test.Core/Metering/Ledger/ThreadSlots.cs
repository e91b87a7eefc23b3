using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// The threads that carry a window now. When the execution context of a thread changes, the CPU time since the last
/// change is booked on the window that it carried; an advance of the ledger reads the clocks of all the others.
/// </summary>
internal sealed class ThreadSlots(IProcessClock clock)
{
    private readonly object _gate = new();

    // Those that carry something; a thread that carries nothing is forgotten until it does again.
    private readonly List<Slot> _carrying = [];
    private readonly List<Slot> _runtimeThreads = [];

    /// <summary>Where the CPU time of threads goes that still carry a window that is closed.</summary>
    public LedgerAccount Stray { get; } = new(null, exempt: true);

    /// <summary>Where the CPU time of the run-time's own threads goes.</summary>
    public LedgerAccount Runtime { get; } = new(null, exempt: true);

    /// <summary>Makes a slot for the calling thread.</summary>
    public Slot Add() => new(this, clock, clock.CurrentThreadClock());

    /// <summary>Looks for threads of the run-time. Slow: for the sampling thread.</summary>
    /// <param name="fromNow">Whether what they have worked already is booked elsewhere.</param>
    public void LookForRuntimeThreads(bool fromNow)
    {
        var found = clock.FindRuntimeThreads();
        for (var i = 0; i < found.Count; i++)
        {
            if (!IsKnown(found[i]))
            {
                var slot = new Slot(this, clock, found[i]);
                _runtimeThreads.Add(slot);
                slot.Carry(Runtime, fromNow);
            }
        }

        if (_runtimeThreads.Count > found.Count)
        {
            ForgetAllBut(found);
        }
    }

    /// <summary>A thread that has named itself late has been taken for one of the run-time's; its time is its windows' alone.</summary>
    private void ForgetAllBut(IReadOnlyList<ThreadClock> found)
    {
        for (var i = _runtimeThreads.Count - 1; i >= 0; i--)
        {
            if (!IsAmong(found, _runtimeThreads[i].Thread))
            {
                _runtimeThreads[i].Switch(null);
                _runtimeThreads.RemoveAt(i);
            }
        }
    }

    /// <summary>Books the CPU time of every thread that carries a window, up to now; threads that have ended are forgotten.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            for (var i = _carrying.Count - 1; i >= 0; i--)
            {
                if (!_carrying[i].Flush())
                {
                    _runtimeThreads.Remove(_carrying[i]);
                    (_carrying[i], _carrying[^1]) = (_carrying[^1], _carrying[i]);
                    _carrying.RemoveAt(_carrying.Count - 1);
                }
            }
        }
    }

    private bool IsKnown(ThreadClock thread)
    {
        foreach (var slot in _runtimeThreads)
        {
            if (slot.Thread.Id == thread.Id)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAmong(IReadOnlyList<ThreadClock> threads, ThreadClock thread)
    {
        for (var i = 0; i < threads.Count; i++)
        {
            if (threads[i].Id == thread.Id)
            {
                return true;
            }
        }

        return false;
    }

    private void List(Slot slot)
    {
        lock (_gate)
        {
            _carrying.Add(slot);
        }
    }

    /// <summary>One thread.</summary>
    internal sealed class Slot(ThreadSlots owner, IProcessClock clock, ThreadClock thread)
    {
        private readonly object _gate = new();
        private LedgerAccount? _account;
        private TimeSpan _last;
        private bool _isListed;

        public ThreadSlots Owner => owner;

        public ThreadClock Thread => thread;

        /// <summary>Whether the thread carries no window.</summary>
        public bool IsIdle => Volatile.Read(ref _account) is null;

        /// <summary>The thread goes on with another window, or with none. Runs on the thread itself, at a change of its context.</summary>
        public void Switch(LedgerAccount? account)
        {
            var isNew = false;
            lock (_gate)
            {
                if (!ReferenceEquals(account, _account) && clock.TryRead(thread, out var now))
                {
                    Book(now);
                    (_account, _last) = (account, now);
                    isNew = Listed();
                }
            }

            if (isNew)
            {
                owner.List(this);
            }
        }

        /// <summary>The thread works for one account as long as it lives.</summary>
        public void Carry(LedgerAccount account, bool fromNow)
        {
            lock (_gate)
            {
                _account = account;
                _last = fromNow && clock.TryRead(thread, out var now) ? now : TimeSpan.Zero;
                _isListed = true;
            }

            owner.List(this);
        }

        /// <summary><see langword="false"/> when the thread carries nothing any more, or has ended.</summary>
        public bool Flush()
        {
            lock (_gate)
            {
                // A thread that has ended: its number may be in use again, by one whose clock starts anew.
                if (_account is null || !clock.TryRead(thread, out var now) || now < _last)
                {
                    _isListed = false;
                    return false;
                }

                Book(now);
                _last = now;
                return true;
            }
        }

        /// <summary>Whether it must be listed now.</summary>
        private bool Listed()
        {
            var isNew = _account is not null && !_isListed;
            _isListed |= isNew;
            return isNew;
        }

        private void Book(TimeSpan now)
        {
            if (_account is not null && now > _last && (_account.NearestOpen ?? (_account.IsShared ? null : owner.Stray)) is { } payer)
            {
                payer.AddFlow(now - _last);
            }
        }
    }
}
