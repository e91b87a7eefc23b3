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
    public const double BackgroundOfTestHost = 0.01;

    /// <summary>A window that pauses and goes on at every item of a sequence is not worth an advance each time: as far as this its edges are not exact.</summary>
    private static readonly TimeSpan CoarseEdge = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly IProcessClock _clock;
    private readonly CpuMeter _cpu;
    private readonly MemoryMeter _memory;
    private readonly ProcessTreeMeter _tree;
    private readonly GpuMeter[] _gpus;
    private readonly ThreadSlots _threads;
    private readonly TimeProvider _time;
    private readonly double _backgroundShare;
    private readonly LedgerSums _sums = new();
    private readonly WindowTree _windows;
    private long _lastTimestamp;
    private MachineUse _machine;

    /// <summary>
    /// Starts the book with all that the process spent before, <paramref name="alreadyRunning"/>, on untracked, or with nothing
    /// where an earlier book has it.
    /// </summary>
    public EnergyLedger(
        IProcessClock clock, CpuMeter cpu, MemoryMeter memory, IReadOnlyList<GpuMeter> gpus, ThreadSlots threads, TimeProvider time, TimeSpan alreadyRunning,
        bool isLater = false, double backgroundShare = BackgroundOfTestHost)
    {
        (_clock, _cpu, _memory, _gpus, _threads, _time, _backgroundShare) = (clock, cpu, memory, [.. gpus], threads, time, backgroundShare);
        (_tree, _windows) = (new ProcessTreeMeter(clock), new WindowTree(_sums));
        _lastTimestamp = time.GetTimestamp() - (long)(alreadyRunning.TotalSeconds * time.TimestampFrequency);
        if (isLater)
        {
            _tree.Advance(lookForChildren: true);
        }

        Advance();
        threads.LookForRuntimeThreads(fromNow: true);
    }

    /// <summary>Where the CPU time of the tracker's own threads flows.</summary>
    public LedgerAccount Overhead { get; } = new(null, exempt: true);

    /// <summary>Whether any window is open.</summary>
    public bool HasOpen => _windows.HasOpen;

    /// <summary>Whether tests without a window are cut out of what nobody claims: what a GPU's driver corrects is theirs then.</summary>
    public bool IsSampled { get; set; }

    /// <summary>Opens an account: first everything up to now is booked without it.</summary>
    /// <remarks><paramref name="whenOpened"/> runs under the gate. It gets <paramref name="state"/>, so that it needs no closure.</remarks>
    public void Open<T>(LedgerAccount account, T state, Action<T> whenOpened)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            _windows.Open(account, _lastTimestamp);
            NoteEdge(account);
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
                for (var isLast = false; !isLast;)
                {
                    var innermost = account.Innermost;
                    isLast = ReferenceEquals(innermost, account);
                    innermost.Settle();
                    ReturnBackground(innermost);
                    _windows.Close(innermost, _lastTimestamp);
                }

                whenClosed(state, _sums.Totals());
            }
        }
    }

    /// <summary>Moves what was found to be that of tests from untracked to tracked.</summary>
    /// <remarks><paramref name="whenClaimed"/> runs under the gate, with the sums after it.</remarks>
    public void Claim(BoundedEnergy energy, Action<LedgerTotals> whenClaimed)
    {
        lock (_gate)
        {
            _sums.Claim(energy);
            whenClaimed(_sums.Totals());
        }
    }

    /// <summary>Lets an account receive only what flows with it, until it is resumed.</summary>
    public void Pause(LedgerAccount account)
    {
        lock (_gate)
        {
            if (account is { IsOpen: true, IsPaused: false })
            {
                BookCoarsely();
                _windows.Pause(account, _time.GetTimestamp());
            }
        }
    }

    /// <summary>Ends a pause. Returns whether the account is open.</summary>
    public bool Resume(LedgerAccount account)
    {
        lock (_gate)
        {
            if (account is { IsOpen: true, IsPaused: true })
            {
                BookCoarsely();
                _windows.Resume(account, _time.GetTimestamp());
            }

            return account.IsOpen;
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

    /// <summary>As <see cref="Advance()"/>, and calls <paramref name="whenBooked"/> under the gate, with what the whole machine has used.</summary>
    public T Advance<T>(Func<MachineUse, T> whenBooked)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            return whenBooked(_machine);
        }
    }

    /// <summary>
    /// Of the CPU energy of an account that is open, what closing it now would give back (<see cref="ReturnBackground"/>).
    /// Under the gate.
    /// </summary>
    public Energy BackgroundOf(LedgerAccount account) => BackgroundOf(account, out _);

    /// <summary>As <see cref="Advance()"/>, with what is too slow for an edge: new children, and how busy the machine is. For the sampling thread.</summary>
    /// <remarks>
    /// With <paramref name="closeInterval"/> the run-time's threads are looked for and the machine is asked how busy it was,
    /// for which the kernel adds up all processors; where there are counters that is done at every sample.
    /// <paramref name="whenBooked"/> runs under the gate, with the sums at this very moment.
    /// </remarks>
    public void Sample<T>(T state, Action<T, LedgerTotals> whenBooked, bool closeInterval = true)
    {
        lock (_gate)
        {
            if (closeInterval)
            {
                _threads.LookForRuntimeThreads(fromNow: false);
            }

            Book(lookForChildren: true);
            if (closeInterval || _cpu.Resolution > TimeSpan.Zero)
            {
                var beyond = _cpu.Tick(_clock.MachineCpuTime);
                NoteOthers();
                _sums.SpentByNobody(BoundedEnergy.Exact(beyond));
                _sums.NoteCorrection(beyond);
            }

            _memory.Tick();
            whenBooked(state, _sums.Totals());
        }
    }

    /// <summary>Books the reading that a GPU's driver has just given. For the lane that reads it.</summary>
    public void TakeReading(GpuMeter gpu)
    {
        lock (_gate)
        {
            Book(lookForChildren: false);
            var openSet = gpu.OpenSetAtReading;
            var (idle, booked, active) = gpu.Take(_windows.OpenSet);
            _sums.Idle(BoundedEnergy.Exact(idle));
            _sums.NoteCorrection(idle);

            // Where windows have opened or closed since the last reading, what was missed is nobody's: what is closed never changes.
            var isOfWindows = openSet == _windows.OpenSet && (_windows.HasOpen || IsSampled);
            if (isOfWindows)
            {
                // Whoever was charged by extrapolation gets it back, also when the GPU is somebody else's now.
                BookGpu(gpu, Energy.Zero - booked);
            }

            gpu.DecideWhose(_clock);
            if (isOfWindows)
            {
                BookGpu(gpu, active);
            }
            else
            {
                NoteMachine(gpu: gpu.Bounded(active - booked));
                _sums.SpentByNobody(BoundedEnergy.Exact(active - booked));
                _sums.NoteCorrection(active - booked);
            }
        }
    }

    /// <summary>A GPU's driver does not answer: nothing of it is booked until it does.</summary>
    public void Forget(GpuMeter gpu)
    {
        lock (_gate)
        {
            gpu.Forget();
        }
    }

    private void Book(bool lookForChildren)
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_lastTimestamp, now);
        if (elapsed < TimeSpan.Zero)
        {
            // A clock that steps back is none to book by: time goes on from where it is now.
            elapsed = TimeSpan.Zero;
        }

        _lastTimestamp = now;

        // Threads before the process, so that their sum is rarely more than the whole.
        _threads.Flush();
        var seconds = _tree.Advance(lookForChildren).TotalSeconds;
        var cpu = _cpu.Take(elapsed, seconds);
        _sums.Idle(cpu.Idle);
        _sums.SpentByNobody(cpu.OfOthers);
        NoteMachine(cpu: cpu.OfTree + cpu.OfOthers, cpuSeconds: seconds);
        _windows.BookCpu(
            new CpuTime(seconds, Overhead.TakeFlow(), _threads.Runtime.TakeFlow(), _threads.Stray.TakeFlow()),
            seconds > 0 ? cpu.OfTree * (1 / seconds) : BoundedEnergy.Zero);
        var (ofTree, idle) = _memory.Take(elapsed, _tree.ResidentBytes, cpu.IncludesMemory);
        _sums.Idle(idle);
        _windows.BookRam(ofTree);
        NoteMachine(ram: ofTree);
        foreach (var gpu in _gpus)
        {
            var (ofIdle, active) = gpu.Extrapolate(elapsed);
            _sums.Idle(BoundedEnergy.Exact(ofIdle));
            BookGpu(gpu, active);
        }
    }

    private void BookCoarsely()
    {
        if (_time.GetElapsedTime(_lastTimestamp) >= CoarseEdge)
        {
            Book(lookForChildren: false);
        }
    }

    private void BookGpu(GpuMeter gpu, Energy active)
    {
        var (ofTree, ofOthers, isCertain) = gpu.Shared(active);
        NoteMachine(gpu: gpu.Bounded(active));
        _sums.SpentByNobody(BoundedEnergy.Exact(ofOthers));
        _windows.BookGpu(ofTree, isCertain);
    }

    private void NoteMachine(BoundedEnergy cpu = default, BoundedEnergy gpu = default, BoundedEnergy ram = default, double cpuSeconds = 0) =>
        _machine = new MachineUse(_machine.Cpu + cpu, _machine.Gpu + gpu, _machine.Ram + ram, _machine.CpuSeconds + cpuSeconds);

    /// <summary>A model knows of other processes how long they worked; what a counter shows has been noted.</summary>
    private void NoteOthers()
    {
        var seconds = _cpu.SecondsOfOthers;
        NoteMachine(cpu: _cpu.SeesOthers ? BoundedEnergy.Zero : _cpu.Rate * seconds, cpuSeconds: seconds);
    }

    private Energy BackgroundOf(LedgerAccount account, out double returnedSeconds)
    {
        var energy = Energy.Zero;
        returnedSeconds = 0;
        foreach (var inside in account.Children)
        {
            energy += BackgroundOf(inside, out var seconds);
            returnedSeconds += seconds;
        }

        var duration = _time.GetElapsedTime(account.OpenedAt, _lastTimestamp);
        var own = account.Background((_backgroundShare * duration.TotalSeconds) - returnedSeconds);
        returnedSeconds += own.Seconds;
        return energy + own.Energy;
    }

    /// <summary>
    /// Takes from an account that closes, after those inside it, what a host does of its own while its tests run: of
    /// what no flow explains, up to <see cref="BackgroundOfTestHost"/> of a CPU for as long as the window was open. Upper
    /// bounds keep it, since the window may have used it after all.
    /// </summary>
    private void ReturnBackground(LedgerAccount account)
    {
        var duration = _time.GetElapsedTime(account.OpenedAt + account.PausedTicks(_lastTimestamp), _lastTimestamp);
        var (certain, uncertain) = account.TakeBackground(_backgroundShare * duration.TotalSeconds);
        var returned = certain.Energy + uncertain.Energy;
        var rate = _cpu.Rate;
        var low = rate.Central > Energy.Zero ? certain.Energy * (rate.Low / rate.Central) : certain.Energy;
        for (var including = account; including is not null; including = including.Parent)
        {
            including.ReturnCpu(returned, low, uncertain.Energy, certain.Seconds + uncertain.Seconds, self: ReferenceEquals(including, account));
        }

        Return(account, BoundedEnergy.Exact(returned));
        AllowForRefreshing(account, duration);
    }

    /// <summary>
    /// Counters refresh now and then: bounds allow for that, and a window that is shorter than they can tell gets the joules
    /// that its CPU seconds cost on average in the last completed interval. The difference is a correction.
    /// </summary>
    private void AllowForRefreshing(LedgerAccount account, TimeSpan duration)
    {
        if (duration < _cpu.Resolution)
        {
            var excess = account.ReplaceCpu((_cpu.Rate * account.CpuSeconds).InOrder());
            for (var including = account.Parent; including is not null; including = including.Parent)
            {
                including.BookCpu(BoundedEnergy.Zero - excess, 0, isCertain: true);
            }

            Return(account, excess);
            _sums.NoteCorrection(excess.Central);
            account.IsBelowResolution = true;
        }
        else
        {
            account.WidenCpu(_cpu.EdgeDoubt);
        }

        NoteEdge(account);
        var idleDoubt = Energy.Zero;
        foreach (var gpu in _gpus)
        {
            account.IsBelowResolution |= gpu.IsTooShort(duration, account.Gpu, account.Total);
            idleDoubt += gpu.MayBeOurs ? gpu.IdleDoubt(duration) : Energy.Zero;
        }

        account.WidenGpu(idleDoubt);
    }

    /// <summary>Moves energy of a window to untracked.</summary>
    private void Return(LedgerAccount account, BoundedEnergy energy)
    {
        if (!WindowTree.RootOf(account).Exempt)
        {
            _sums.Return(energy);
        }
    }

    private void NoteEdge(LedgerAccount account)
    {
        account.NoteModels(_cpu.Modeled, _memory.Modeled);
        foreach (var gpu in _gpus)
        {
            if (gpu.MayBeOurs)
            {
                account.NoteEdge(gpu.EdgeVariance());
            }
        }
    }
}
