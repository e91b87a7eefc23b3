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
    private readonly IProcessClock _clock;
    private readonly CpuMeter _cpu;
    private readonly MemoryMeter _memory;
    private readonly ProcessTreeMeter _tree;
    private readonly GpuMeter[] _gpus;
    private readonly ThreadSlots _threads;
    private readonly TimeProvider _time;

    // Includes all roots; nothing is booked on it.
    private readonly LedgerAccount _world = new(null, exempt: true);
    private readonly FlowQueue _flowing = new();
    private readonly List<LedgerAccount> _worked = [];
    private int _openRoots;
    private int _exemptRoots;
    private int _openSet;

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
        IProcessClock clock, CpuMeter cpu, MemoryMeter memory, IReadOnlyList<GpuMeter> gpus, ThreadSlots threads, TimeProvider time, TimeSpan alreadyRunning)
    {
        (_clock, _cpu, _memory, _gpus, _threads, _time) = (clock, cpu, memory, [.. gpus], threads, time);
        _tree = new ProcessTreeMeter(clock);
        _lastTimestamp = time.GetTimestamp() - (long)(alreadyRunning.TotalSeconds * time.TimestampFrequency);
        Advance();
        threads.LookForRuntimeThreads(fromNow: true);
    }

    /// <summary>Where the CPU time of the tracker's own threads flows.</summary>
    public LedgerAccount Overhead => _overheadFlow;

    /// <summary>Whether any window is open.</summary>
    public bool HasOpen => Volatile.Read(ref _openRoots) > 0;

    /// <summary>Opens an account: first everything up to now is booked without it.</summary>
    /// <remarks><paramref name="whenOpened"/> runs under the gate. It gets <paramref name="state"/>, so that it needs no closure.</remarks>
    public void Open<T>(LedgerAccount account, T state, Action<T> whenOpened)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            account.Attach(_world, _flowing, _lastTimestamp);
            NoteEdge(account);
            CountRoots(account, 1);
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
                SettleSubtree(account);
                ReturnBackground(account);
                account.Detach();
                CountRoots(account, -1);
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

    /// <summary>As <see cref="Advance"/>, with what is too slow for an edge: new children, and how busy the machine is. For the sampling thread.</summary>
    /// <remarks><paramref name="whenBooked"/> runs under the gate, with the sums at this very moment.</remarks>
    public void Sample<T>(T state, Action<T, LedgerTotals> whenBooked)
    {
        lock (_gate)
        {
            _threads.LookForRuntimeThreads(fromNow: false);
            Book(lookForChildren: true);
            _cpu.Tick(_clock.MachineCpuTime);
            _memory.Tick();
            whenBooked(state, Totals());
        }
    }

    /// <summary>Books the reading that a GPU's driver has just given. For the lane that reads it.</summary>
    public void TakeReading(GpuMeter gpu)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            var openSet = gpu.OpenSetAtReading;
            var (idle, active) = gpu.Take(_openSet, _clock);
            BookIdle(BoundedEnergy.Exact(idle));

            // Where windows have opened or closed since the last reading, what was missed is nobody's: what is closed never changes.
            if (openSet == _openSet && _openRoots > 0)
            {
                BookGpu(gpu, active);
                _correction += idle;
            }
            else
            {
                BookUntracked(BoundedEnergy.Exact(active));
                _correction += idle + active;
            }
        }
    }

    /// <summary>A GPU's driver does not answer.</summary>
    public void Park(GpuMeter gpu, string reason)
    {
        lock (_gate)
        {
            gpu.Park(reason);
        }
    }

    private void CountRoots(LedgerAccount account, int change)
    {
        _openSet++;
        if (account.Parent is null)
        {
            Volatile.Write(ref _openRoots, _openRoots + change);
            _exemptRoots += account.Exempt ? change : 0;
        }
    }

    private void Book(bool lookForChildren)
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_lastTimestamp, now);
        _lastTimestamp = now;

        // Threads before the process, so that their sum is rarely more than the whole.
        _threads.Flush();
        var treeSeconds = _tree.Advance(lookForChildren).TotalSeconds;
        var cpu = _cpu.Take(elapsed, treeSeconds);
        BookIdle(cpu.Idle);
        BookUntracked(cpu.OfOthers);
        BookCpu(treeSeconds, treeSeconds > 0 ? cpu.OfTree * (1 / treeSeconds) : BoundedEnergy.Zero);
        var (ofTree, idle) = _memory.Take(elapsed, _tree.ResidentBytes, cpu.IncludesMemory);
        BookIdle(idle);
        BookShared(ofTree, isCertain: true, Kind.Ram);
        foreach (var gpu in _gpus)
        {
            var (ofIdle, active) = gpu.Extrapolate(elapsed);
            BookIdle(BoundedEnergy.Exact(ofIdle));
            BookGpu(gpu, active);
        }
    }

    private void BookCpu(double treeSeconds, BoundedEnergy perSecond)
    {
        var runtime = _threads.Runtime.TakeFlow();
        var overhead = _overheadFlow.TakeFlow();
        var stray = _threads.Stray.TakeFlow();
        var windows = TakeFlows(ref stray);
        var flow = runtime + overhead + stray + windows;
        if (flow > treeSeconds)
        {
            // Threads and process are read at different moments, and no more is booked than was spent.
            var factor = treeSeconds / flow;
            (runtime, overhead, stray, windows, flow) = (runtime * factor, overhead * factor, stray * factor, windows * factor, treeSeconds);
            foreach (var account in _worked)
            {
                account.Flow *= factor;
            }
        }

        _whole += perSecond * treeSeconds;
        _overhead += (perSecond * overhead).Central;
        _untracked += perSecond * (overhead + runtime);
        BookFlows(perSecond);
        BookUnexplained(Math.Max(0, treeSeconds - flow), perSecond, windows, isCertain: true);

        // A thread that a window started and that outlives it (a library's own pool) works for whoever is open now, or
        // goes on for the one that is closed: which of the two, nothing tells.
        BookUnexplained(stray, perSecond, windows, isCertain: false);
        foreach (var account in _worked)
        {
            account.Flow = 0;
        }

        _worked.Clear();
    }

    /// <summary>Takes what flowed with windows, of closed ones for those that include them, else for <paramref name="stray"/>; returns the sum.</summary>
    private double TakeFlows(ref double stray)
    {
        var sum = 0.0;
        var next = _flowing.TakeAll();
        while (next is { } account)
        {
            // Before its flow is taken: from then on it can be queued anew.
            next = account.NextWithFlow;
            var seconds = account.TakeFlow();
            if (account.NearestOpen is not { } open)
            {
                stray += seconds;
                continue;
            }

            if (open.Flow == 0)
            {
                _worked.Add(open);
            }

            open.Flow += seconds;
            sum += seconds;
        }

        return sum;
    }

    /// <summary>Books what flowed with each window on it and on those that include it.</summary>
    private void BookFlows(BoundedEnergy perSecond)
    {
        foreach (var worked in _worked)
        {
            var energy = perSecond * worked.Flow;
            worked.BookSelf(energy.Central);
            BookUpwards(worked, energy, worked.Flow, below: null, isCertain: true);
            BookRoot(RootOf(worked).Exempt, energy);
        }
    }

    /// <summary>
    /// CPU time that no flow explains (native threads, garbage collection, children) goes to the innermost of the windows
    /// that are open, when each is inside the other; else to those that worked in this interval, in proportion to their
    /// flow, or to all in equal parts when none did.
    /// </summary>
    private void BookUnexplained(double seconds, BoundedEnergy perSecond, double flow, bool isCertain)
    {
        if (seconds == 0)
        {
            return;
        }

        var energy = perSecond * seconds;
        var node = _world;
        while (node.Children.Length == 1 && node.Flow == 0)
        {
            node = node.Children[0];
            node.BookCpu(isCertain ? energy : energy.UncertainShare(1), seconds, isCertain);
        }

        BookRootsOf(node, isCertain ? energy : energy.UncertainShare(1), flow);
        if (node.Children.Length == 0)
        {
            if (!ReferenceEquals(node, _world))
            {
                node.BookSelf(energy.Central);
                node.NoteUnexplained(seconds, energy.Central, isCertain);
            }

            return;
        }

        // Any one of them may have used all of it.
        if (flow == 0)
        {
            node.HandOn(new SharedPart { CpuSeconds = seconds, Cpu = energy.Central, CpuMost = energy.High });
            return;
        }

        node.HandOn(new SharedPart { CpuMost = energy.High });
        foreach (var worked in _worked)
        {
            var share = worked.Flow / flow;
            var part = new BoundedEnergy(Energy.Zero, energy.Central * share, Energy.Zero);
            worked.BookSelf(part.Central);
            worked.NoteUnexplained(seconds * share, part.Central, isCertain && ReferenceEquals(worked, node));
            BookUpwards(worked, part, seconds * share, below: node, isCertain: false);
        }
    }

    /// <summary>Books on an account and on those that include it, up to but without <paramref name="below"/>.</summary>
    private static void BookUpwards(LedgerAccount account, BoundedEnergy energy, double seconds, LedgerAccount? below, bool isCertain)
    {
        for (var including = account; including is not null && !ReferenceEquals(including, below); including = including.Parent)
        {
            including.BookCpu(energy, seconds, isCertain);
        }
    }

    /// <summary>Books on tracked and untracked what went to a node: to its root, or to all roots when it is the world.</summary>
    private void BookRootsOf(LedgerAccount node, BoundedEnergy energy, double flow)
    {
        if (!ReferenceEquals(node, _world))
        {
            BookRoot(RootOf(node).Exempt, energy);
        }
        else if (_openRoots == 0)
        {
            _untracked += energy;
        }
        else if (_exemptRoots == 0)
        {
            _tracked += energy.UncertainShare(1);
        }
        else
        {
            var exempt = flow == 0 ? (double)_exemptRoots / _openRoots : ExemptFlow() / flow;
            _untracked += energy.UncertainShare(exempt);
            _tracked += energy.UncertainShare(1) - energy.UncertainShare(exempt);
        }
    }

    private double ExemptFlow()
    {
        var sum = 0.0;
        foreach (var worked in _worked)
        {
            sum += RootOf(worked).Exempt ? worked.Flow : 0;
        }

        return sum;
    }

    private void BookRoot(bool isExempt, BoundedEnergy energy)
    {
        if (isExempt)
        {
            _untracked += energy;
        }
        else
        {
            _tracked += energy;
        }
    }

    private static LedgerAccount RootOf(LedgerAccount account)
    {
        while (account.Parent is { } parent)
        {
            account = parent;
        }

        return account;
    }

    private void BookGpu(GpuMeter gpu, Energy active)
    {
        if (active == Energy.Zero)
        {
            return;
        }

        var (ofTree, ofOthers, isCertain) = gpu.Shared(active);
        BookUntracked(BoundedEnergy.Exact(ofOthers));
        BookShared(ofTree, isCertain, Kind.Gpu);
    }

    /// <summary>Books an energy on the open roots in equal parts, and within each on those inside it; else on untracked.</summary>
    private void BookShared(BoundedEnergy energy, bool isCertain, Kind kind)
    {
        if (energy == BoundedEnergy.Zero)
        {
            return;
        }

        _whole += energy;
        var node = _world;
        while (node.Children.Length == 1)
        {
            node = node.Children[0];
            if (kind == Kind.Gpu)
            {
                node.BookGpu(energy, isCertain);
            }
            else
            {
                node.BookRam(energy, isCertain);
            }
        }

        BookRootsOf(node, energy, flow: 0);
        if (node.Children.Length > 0)
        {
            node.HandOn(kind == Kind.Gpu
                ? new SharedPart { Gpu = energy.Central, GpuMost = energy.High }
                : new SharedPart { Ram = energy.Central, RamMost = energy.High });
        }
        else if (!ReferenceEquals(node, _world))
        {
            node.BookSelf(energy.Central);
        }
    }

    private void BookIdle(BoundedEnergy energy)
    {
        BookUntracked(energy);
        _idle += energy.Central;
    }

    private void BookUntracked(BoundedEnergy energy)
    {
        _whole += energy;
        _untracked += energy;
    }

    private static void SettleSubtree(LedgerAccount account)
    {
        account.Settle();
        foreach (var child in account.Children)
        {
            SettleSubtree(child);
        }
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

        var duration = _time.GetElapsedTime(account.OpenedAt, _lastTimestamp);
        var (certain, uncertain) = account.TakeBackground(BackgroundShare * duration.TotalSeconds);
        var returned = certain.Energy + uncertain.Energy;
        var rate = _cpu.Rate;
        var low = rate.Central > Energy.Zero ? certain.Energy * (rate.Low / rate.Central) : certain.Energy;
        for (var including = account; including is not null; including = including.Parent)
        {
            including.ReturnCpu(returned, low, uncertain.Energy, certain.Seconds + uncertain.Seconds, self: ReferenceEquals(including, account));
        }

        Return(account, BoundedEnergy.Exact(returned));
        ReplaceIfTooShort(account, duration);
    }

    /// <summary>
    /// A window that is shorter than its counters can tell gets the joules that its CPU seconds cost on average in the last
    /// completed interval; the difference is a correction.
    /// </summary>
    private void ReplaceIfTooShort(LedgerAccount account, TimeSpan duration)
    {
        NoteEdge(account);
        account.WidenByEdges();
        if (duration < _cpu.Resolution)
        {
            var average = (_cpu.Rate * account.CpuSeconds).InOrder();
            var excess = account.Cpu - average;
            account.BookSelf(Energy.Zero - excess.Central);
            for (var including = account; including is not null; including = including.Parent)
            {
                including.BookCpu(BoundedEnergy.Zero - excess, 0, isCertain: true);
            }

            Return(account, excess);
            _correction += excess.Central;
            account.IsBelowResolution = true;
        }

        foreach (var gpu in _gpus)
        {
            account.IsBelowResolution |= gpu.IsTooShort(duration, account.Gpu, account.Total);
        }
    }

    /// <summary>Moves energy of a window to untracked.</summary>
    private void Return(LedgerAccount account, BoundedEnergy energy)
    {
        if (!RootOf(account).Exempt)
        {
            _tracked -= energy;
            _untracked += energy;
        }
    }

    private void NoteEdge(LedgerAccount account)
    {
        foreach (var gpu in _gpus)
        {
            if (gpu.MayBeOurs)
            {
                account.NoteEdge(gpu.EdgeVariance());
            }
        }
    }

    private enum Kind
    {
        Gpu,
        Ram,
    }

    private LedgerTotals Totals() => new(_whole.InOrder(), _tracked.InOrder(), _untracked.InOrder(), _idle, _correction, _overhead);
}
