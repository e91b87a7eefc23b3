using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The account book. <see cref="Advance"/> takes what was spent since the last time and books it on the windows that are
/// open, or on untracked; it runs at every edge of a window and on the sampling thread. Between two advances the set of
/// open windows is constant, so what is booked is what was spent.
/// </summary>
internal sealed class EnergyLedger
{
    /// <summary>
    /// What a test host uses while its tests wait: it watches the process that started it, and its thread pool spins.
    /// Seen: 0.3 to 0.7 % of a CPU (docs/methodology.md).
    /// </summary>
    private const double BackgroundShare = 0.01;

    private readonly object _gate = new();
    private readonly CpuPowerModel _cpu;
    private readonly RamPowerModel _ram;
    private readonly double _availableCpus;
    private readonly ProcessTreeMeter _tree;
    private readonly GpuMeter[] _gpus;
    private readonly ThreadSlots _threads;
    private readonly TimeProvider _time;
    private readonly List<LedgerAccount> _roots = [];
    private readonly BoundedEnergy _perCpuSecond;

    // CPU time of the sampling thread.
    private readonly LedgerAccount _overheadFlow = new(null, exempt: true);

    private long _lastTimestamp;
    private BoundedEnergy _whole;
    private BoundedEnergy _tracked;
    private BoundedEnergy _untracked;
    private Energy _idle;
    private Energy _correction;
    private Energy _overhead;

    /// <summary>Starts the book with all that the process spent before, <paramref name="alreadyRunning"/>, on untracked.</summary>
    public EnergyLedger(
        IProcessClock clock, CpuPowerModel cpu, RamPowerModel ram, double availableCpus, IReadOnlyList<GpuMeter> gpus,
        ThreadSlots threads, TimeProvider time, TimeSpan alreadyRunning)
    {
        (_cpu, _ram, _availableCpus, _gpus, _threads, _time) = (cpu, ram, availableCpus, [.. gpus], threads, time);
        _perCpuSecond = cpu.ActivePower * TimeSpan.FromSeconds(1);
        _tree = new ProcessTreeMeter(clock);
        _lastTimestamp = time.GetTimestamp() - (long)(alreadyRunning.TotalSeconds * time.TimestampFrequency);
        Advance();
        threads.LookForRuntimeThreads(fromNow: true);
    }

    /// <summary>Where the CPU time of the tracker's own threads flows.</summary>
    public LedgerAccount Overhead => _overheadFlow;

    /// <summary>Opens an account: first everything up to now is booked without it.</summary>
    /// <remarks><paramref name="whenOpened"/> runs under the gate. It gets <paramref name="state"/>, so that it needs no closure.</remarks>
    public void Open<T>(LedgerAccount account, T state, Action<T> whenOpened)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            account.AttachToOpen();
            account.OpenedAt = _lastTimestamp;
            if (account.Parent is { } including)
            {
                including.AddChild(account);
            }
            else
            {
                _roots.Add(account);
            }

            whenOpened(state);
        }
    }

    /// <summary>Closes an account and those still open inside it: first everything up to now is booked.</summary>
    /// <remarks><paramref name="whenClosed"/> runs under the gate, with the sums at this very moment.</remarks>
    public void Close<T>(LedgerAccount account, T state, Action<T, LedgerTotals> whenClosed)
    {
        lock (_gate)
        {
            if (account.IsOpen)
            {
                Book(lookForChildren: false);
                ReturnBackground(account);
                CloseSubtree(account);
                if (account.Parent is { } including)
                {
                    including.RemoveChild(account);
                }
                else
                {
                    _roots.Remove(account);
                }

                whenClosed(state, Totals());
            }
        }
    }

    /// <summary>Books everything up to now.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
        }
    }

    /// <summary>As <see cref="Advance"/>, with what is too slow for an edge: new children and GPUs. For the sampling thread.</summary>
    /// <remarks><paramref name="whenBooked"/> runs under the gate, with the sums at this very moment.</remarks>
    public void Sample<T>(T state, Action<T, LedgerTotals> whenBooked)
    {
        foreach (var gpu in _gpus)
        {
            // Outside the gate: a driver that answers late delays no test.
            gpu.Read();
        }

        lock (_gate)
        {
            _threads.LookForRuntimeThreads(fromNow: false);
            Book(lookForChildren: true);
            foreach (var gpu in _gpus)
            {
                BookCorrection(gpu);
            }

            whenBooked(state, Totals());
        }
    }

    private void Book(bool lookForChildren)
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_lastTimestamp, now);
        _lastTimestamp = now;

        // Threads before the process, so that their sum is rarely more than the whole.
        _threads.Flush();
        var cpuSeconds = _tree.Advance(lookForChildren).TotalSeconds;
        BookCpu(cpuSeconds);
        BookIdle(_cpu.IdlePower * elapsed * _availableCpus);
        BookShared(_ram.PowerOf(_tree.ResidentBytes) * elapsed, static (account, energy, self, uncertain) => account.BookRam(energy, self, uncertain));
        foreach (var gpu in _gpus)
        {
            var (idle, active) = gpu.Extrapolate(elapsed);
            BookIdle(BoundedEnergy.Exact(idle));

            // Which process used a GPU is not told apart here: a window's part of it is anything from none to all.
            BookShared(new BoundedEnergy(Energy.Zero, active, active), static (account, energy, self, _) => account.BookGpu(energy, self, energy.Central));
        }
    }

    private void BookCpu(double treeSeconds)
    {
        var flow = _overheadFlow.TakeFlow() + _threads.Runtime.TakeFlow() + _threads.Stray.TakeFlow();
        foreach (var root in _roots)
        {
            flow += root.TakeFlow();
        }

        if (flow > treeSeconds)
        {
            var factor = treeSeconds / flow;
            _overheadFlow.ScaleFlow(factor);
            _threads.Runtime.ScaleFlow(factor);
            _threads.Stray.ScaleFlow(factor);
            foreach (var root in _roots)
            {
                root.ScaleFlow(factor);
            }

            flow = treeSeconds;
        }

        _whole += EnergyOf(treeSeconds);
        _overhead += EnergyOf(_overheadFlow.OwnFlow).Central;
        _untracked += EnergyOf(_overheadFlow.OwnFlow + _threads.Runtime.OwnFlow);
        foreach (var root in _roots)
        {
            BookRoot(root, BookFlow(root));
        }

        BookRemainder(Math.Max(0, treeSeconds - flow), certain: _roots.Count == 1);

        // A thread that a window started and that outlives it (a library's own pool) works for whoever is open now, or
        // goes on for the one that is closed: which of the two, nothing tells.
        BookRemainder(_threads.Stray.OwnFlow, certain: false);
    }

    /// <summary>Books on an account, and on those inside it, what flowed with them; returns the energy.</summary>
    private BoundedEnergy BookFlow(LedgerAccount account)
    {
        foreach (var child in account.Children)
        {
            BookFlow(child);
        }

        var energy = EnergyOf(account.SubtreeFlow);
        account.BookCpu(energy, account.SubtreeFlow, EnergyOf(account.OwnFlow).Central, uncertain: Energy.Zero);
        return energy;
    }

    /// <summary>
    /// CPU time that no flow explains (native threads, garbage collection, children) goes to the only open
    /// root, else to all in proportion to their flow in this interval, equally when none has any.
    /// </summary>
    private void BookRemainder(double seconds, bool certain)
    {
        if (seconds == 0)
        {
            return;
        }

        if (_roots.Count == 0)
        {
            _untracked += EnergyOf(seconds);
            return;
        }

        var flow = 0.0;
        foreach (var root in _roots)
        {
            flow += root.SubtreeFlow;
        }

        foreach (var root in _roots)
        {
            var share = _roots.Count == 1 ? 1 : flow > 0 ? root.SubtreeFlow / flow : 1.0 / _roots.Count;
            BookRoot(root, BookSubtree(root, new Remainder(seconds, share, certain)));
        }
    }

    /// <summary>Books on an account its part of the remainder, and hands it down; returns the energy.</summary>
    private BoundedEnergy BookSubtree(LedgerAccount account, Remainder remainder)
    {
        var energy = remainder.Energy(_perCpuSecond);
        var self = 0.0;
        if (account.Children.Length == 0)
        {
            self = remainder.CentralSeconds;
        }
        else if (account.Children.Length == 1 && account.OwnFlow == 0)
        {
            BookSubtree(account.Children[0], remainder);
        }
        else
        {
            // Itself and those inside it, in proportion to their flow; without any flow those inside it, equally.
            var flow = account.SubtreeFlow;
            self = flow > 0 ? remainder.CentralSeconds * (account.OwnFlow / flow) : 0;
            foreach (var child in account.Children)
            {
                BookSubtree(child, remainder.Part(flow > 0 ? child.SubtreeFlow / flow : 1.0 / account.Children.Length));
            }
        }

        var uncertain = remainder.Certain ? Energy.Zero : EnergyOf(remainder.CentralSeconds).Central;
        account.BookCpu(energy, remainder.CentralSeconds, EnergyOf(self).Central, uncertain);
        account.NoteUnexplained(self, remainder.Certain);
        return energy;
    }

    /// <summary>Books an energy on the open roots in equal parts, else on untracked.</summary>
    private void BookShared(BoundedEnergy energy, Action<LedgerAccount, BoundedEnergy, Energy, Energy> book)
    {
        if (energy == BoundedEnergy.Zero)
        {
            return;
        }

        _whole += energy;
        if (_roots.Count == 0)
        {
            _untracked += energy;
            return;
        }

        var share = 1.0 / _roots.Count;
        foreach (var root in _roots)
        {
            var part = _roots.Count == 1 ? energy : energy.UncertainShare(share);
            BookSharedSubtree(root, part, _roots.Count == 1, book);
            BookRoot(root, part);
        }
    }

    private static void BookSharedSubtree(LedgerAccount account, BoundedEnergy energy, bool certain, Action<LedgerAccount, BoundedEnergy, Energy, Energy> book)
    {
        var children = account.Children;
        book(account, energy, children.Length == 0 ? energy.Central : Energy.Zero, certain ? Energy.Zero : energy.Central);
        foreach (var child in children)
        {
            BookSharedSubtree(child, children.Length == 1 ? energy : energy.UncertainShare(1.0 / children.Length), certain && children.Length == 1, book);
        }
    }

    private void BookRoot(LedgerAccount root, BoundedEnergy energy)
    {
        if (root.Exempt)
        {
            _untracked += energy;
        }
        else
        {
            _tracked += energy;
        }
    }

    private void BookIdle(BoundedEnergy energy)
    {
        _whole += energy;
        _untracked += energy;
        _idle += energy.Central;
    }

    private void BookCorrection(GpuMeter gpu)
    {
        if (gpu.Reading is not { } value)
        {
            gpu.Fail();
            return;
        }

        var correction = gpu.Correct(value);
        _whole += BoundedEnergy.Exact(correction);
        _untracked += BoundedEnergy.Exact(correction);
        _correction += correction;
    }

    /// <summary>
    /// Takes from an account that closes, and from those inside it, what a host does of its own while its tests run: of
    /// what no flow explains, up to <see cref="BackgroundShare"/> of a CPU for as long as the window was open. Upper
    /// bounds keep it, since the window may have used it after all.
    /// </summary>
    private void ReturnBackground(LedgerAccount account)
    {
        foreach (var child in account.Children)
        {
            ReturnBackground(child);
        }

        var duration = _time.GetElapsedTime(account.OpenedAt, _lastTimestamp).TotalSeconds;
        var (certain, uncertain) = account.TakeBackground(BackgroundShare * duration);
        var returned = EnergyOf(certain + uncertain).Central;
        for (var including = account; including is not null; including = including.Parent)
        {
            including.ReturnCpu(returned, EnergyOf(certain).Low, EnergyOf(uncertain).Central, certain + uncertain, self: ReferenceEquals(including, account));
            if (including is { Parent: null, Exempt: false })
            {
                _tracked -= BoundedEnergy.Exact(returned);
                _untracked += BoundedEnergy.Exact(returned);
            }
        }
    }

    private static void CloseSubtree(LedgerAccount account)
    {
        account.IsOpen = false;
        foreach (var child in account.Children)
        {
            CloseSubtree(child);
        }

        account.ClearChildren();
    }

    private BoundedEnergy EnergyOf(double cpuSeconds) => _perCpuSecond * cpuSeconds;

    private LedgerTotals Totals() => new(_whole.InOrder(), _tracked.InOrder(), _untracked.InOrder(), _idle, _correction, _overhead);

    /// <summary>CPU seconds that no flow explains, and the share of them that is being handed down.</summary>
    private readonly struct Remainder(double seconds, double share, bool certain)
    {
        public double CentralSeconds => seconds * share;

        /// <summary>Whether nobody else can have used it.</summary>
        public bool Certain => certain;

        /// <summary>From none to all when it is uncertain.</summary>
        public BoundedEnergy Energy(BoundedEnergy perSecond) =>
            certain ? perSecond * (seconds * share) : (perSecond * seconds).UncertainShare(share);

        public Remainder Part(double part) => new(seconds, share * part, certain: false);
    }
}
