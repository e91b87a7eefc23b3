using System.Runtime.InteropServices;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The account of one window in the ledger. Threads add the CPU time that flows with the window; everything else is
/// written by <see cref="EnergyLedger"/> under its gate.
/// </summary>
internal sealed class LedgerAccount
{
    /// <summary>Above this share of energy that could not be told apart, a window counts as overlapped.</summary>
    private const double NegligibleShare = 0.01;

    private List<LedgerAccount>? _children;
    private List<LedgerAccount>? _pausedChildren;
    private long? _pausedAt;
    private long _pausedTicks;
    private int _place;
    private LedgerAccount? _above;
    private LedgerAccount? _below;
    private SharedPart _seen;
    private SharedPart _handedOn;
    private FlowQueue? _flowing;
    private long _flowTicks;
    private Energy _uncertain;
    private Unexplained _certainly;
    private Unexplained _perhaps;
    private double _returned;
    private double _edgeVariance;
    private (int Cpu, int Ram)? _modeledBefore;

    public LedgerAccount(LedgerAccount? parent, bool exempt)
    {
        Parent = parent?.NearestOpen;
        Exempt = exempt;
    }

    /// <summary>The account that includes this one.</summary>
    public LedgerAccount? Parent { get; private set; }

    /// <summary>Whether what is booked here is untracked: a test without the attribute, which is not its neighbours' to pay.</summary>
    public bool Exempt { get; }

    /// <summary>
    /// Whether it is of what several tests share: a thread that it starts and that outlives it is there for those tests, and
    /// works for whoever is open as a thread does that carries no window.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it still receives bookings. A closed account never changes.</summary>
    public bool IsOpen { get; private set; } = true;

    public BoundedEnergy Cpu { get; private set; }

    public BoundedEnergy Gpu { get; private set; }

    public BoundedEnergy Ram { get; private set; }

    /// <summary>Without the accounts inside it.</summary>
    public Energy Self { get; private set; }

    /// <summary>CPU time of the process tree that was booked here, seconds.</summary>
    public double CpuSeconds { get; private set; }

    public BoundedEnergy Total => (Cpu + Gpu + Ram).InOrder();

    public bool Overlapped => _uncertain.Joules > Total.Central.Joules * NegligibleShare;

    /// <summary>Whether it was shorter than the sensors that it used can resolve.</summary>
    public bool IsBelowResolution { get; internal set; }

    /// <summary>Whether a model of processors stood in for their counters while it was open, if only for a while.</summary>
    public bool IsCpuModeled { get; private set; }

    /// <summary>The same of memory.</summary>
    public bool IsRamModeled { get; private set; }

    /// <summary>The timestamp of its first booking.</summary>
    internal long OpenedAt { get; private set; }

    /// <summary>Whether it receives nothing now but what flows with it.</summary>
    internal bool IsPaused => _pausedAt is not null;

    /// <summary>Whether it, or one that includes it, receives nothing now but what flows with it.</summary>
    internal bool IsAway
    {
        get
        {
            var account = this;
            while (account is { _pausedAt: null })
            {
                account = account._above;
            }

            return account is not null;
        }
    }

    /// <summary>The innermost of the open accounts inside it, or itself.</summary>
    internal LedgerAccount Innermost
    {
        get
        {
            var account = this;
            while (account._children is { Count: > 0 } || account._pausedChildren is { Count: > 0 })
            {
                account = account._children is { Count: > 0 } running ? running[^1] : account._pausedChildren![^1];
            }

            return account;
        }
    }

    /// <summary>The open accounts inside it.</summary>
    internal ReadOnlySpan<LedgerAccount> Children => CollectionsMarshal.AsSpan(_children);

    /// <summary>CPU seconds that flowed with this account, without those inside it, in the interval that is being booked.</summary>
    internal double Flow { get; set; }

    /// <summary>The next in the queue of those with which CPU time has flowed.</summary>
    internal LedgerAccount? NextWithFlow { get; set; }

    /// <summary>This account while it is open, else the nearest open one that included it.</summary>
    public LedgerAccount? NearestOpen
    {
        get
        {
            var account = this;
            while (account is { IsOpen: false })
            {
                account = account.Parent;
            }

            return account;
        }
    }

    /// <summary>Adds CPU time of a thread that carried this window. Called from any thread.</summary>
    public void AddFlow(TimeSpan cpuTime)
    {
        if (cpuTime.Ticks != 0 && Interlocked.Add(ref _flowTicks, cpuTime.Ticks) == cpuTime.Ticks)
        {
            _flowing?.Add(this);
        }
    }

    /// <summary>Takes what has flowed since the last time, in seconds.</summary>
    internal double TakeFlow() => Interlocked.Exchange(ref _flowTicks, 0) / (double)TimeSpan.TicksPerSecond;

    /// <summary>
    /// Receives bookings from now on, inside its parent or, as a root, inside <paramref name="world"/>. A parent that closed
    /// since this account was made includes it no more.
    /// </summary>
    internal void Attach(LedgerAccount world, FlowQueue flowing, long timestamp)
    {
        Parent = Parent?.NearestOpen;
        (_above, _flowing, OpenedAt) = (Parent ?? world, flowing, timestamp);
        Join(_above);
    }

    /// <summary>Receives nothing from now on but what flows with it: an iterator whose consumer is at work.</summary>
    internal void Pause(long timestamp)
    {
        Settle();
        Leave(_above!);
        _pausedAt = timestamp;
        (_above!._pausedChildren ??= []).Add(this);
    }

    /// <summary>Ends a pause.</summary>
    internal void Resume(long timestamp)
    {
        EndPause(timestamp);
        Join(_above!);
    }

    /// <summary>Timestamps for which it has been paused.</summary>
    internal long PausedTicks(long now) => _pausedTicks + (now - (_pausedAt ?? now));

    private void Join(LedgerAccount above)
    {
        above.Settle();
        _seen = above._handedOn;
        above._children ??= [];
        _place = above._children.Count;
        above._children.Add(this);
    }

    private void Leave(LedgerAccount above)
    {
        var siblings = above._children!;
        (siblings[_place], siblings[^1]._place) = (siblings[^1], _place);
        siblings.RemoveAt(siblings.Count - 1);
    }

    private void EndPause(long timestamp)
    {
        _pausedTicks = PausedTicks(timestamp);
        _pausedAt = null;
        _above!._pausedChildren!.Remove(this);
    }

    /// <summary>Receives nothing more. It has been settled, and nothing is open inside it.</summary>
    internal void Detach(long timestamp)
    {
        IsOpen = false;
        if (_pausedAt is not null)
        {
            EndPause(timestamp);
        }
        else if (_above is { } above)
        {
            Leave(above);
        }
    }

    /// <summary>
    /// Takes its part of what was handed on to those beside it since the last time, and hands it on to those inside it; first
    /// those that include it do. Without recursion: nobody limits how deep windows nest.
    /// </summary>
    internal void Settle()
    {
        if (!IsOpen)
        {
            return;
        }

        LedgerAccount? next = null;
        for (var account = this; account is not null; account = account._above)
        {
            (account._below, next) = (next, account);
        }

        while (next is { } account)
        {
            account.TakeShared();
            (next, account._below) = (account._below, null);
        }
    }

    private void TakeShared()
    {
        if (_above is not { } above || _pausedAt is not null)
        {
            return;
        }

        var part = above._handedOn - _seen;
        _seen = above._handedOn;
        Cpu += new BoundedEnergy(Energy.Zero, part.Cpu, part.CpuMost);
        Gpu += new BoundedEnergy(Energy.Zero, part.Gpu, part.GpuMost);
        Ram += new BoundedEnergy(Energy.Zero, part.Ram, part.RamMost);
        CpuSeconds += part.CpuSeconds;
        var all = part.Cpu + part.Gpu + part.Ram;
        _uncertain += all;
        if (Children.Length > 0)
        {
            _handedOn.HandOn(part, Children.Length);
        }
        else
        {
            Self += all;
            _perhaps.Add(part.CpuSeconds, part.Cpu);
        }
    }

    /// <summary>Hands on to those inside it what nothing tells apart.</summary>
    internal void HandOn(in SharedPart part) => _handedOn.HandOn(part, Children.Length);

    internal void BookCpu(BoundedEnergy energy, double cpuSeconds, bool isCertain)
    {
        Cpu += energy;
        CpuSeconds += cpuSeconds;
        _uncertain += isCertain ? Energy.Zero : energy.Central;
    }

    internal void BookGpu(BoundedEnergy energy, bool isCertain)
    {
        Gpu += energy;
        _uncertain += isCertain ? Energy.Zero : energy.Central;
    }

    internal void BookRam(BoundedEnergy energy, bool isCertain)
    {
        Ram += energy;
        _uncertain += isCertain ? Energy.Zero : energy.Central;
    }

    /// <summary>Of what was booked, this was its own, and not of one inside it.</summary>
    internal void BookSelf(Energy energy) => Self += energy;

    /// <summary>Notes CPU time of its own that no flow explained: with nobody else who could have used it, or with others.</summary>
    internal void NoteUnexplained(double seconds, Energy energy, bool isCertain)
    {
        if (isCertain)
        {
            _certainly.Add(seconds, energy);
        }
        else
        {
            _perhaps.Add(seconds, energy);
        }
    }

    /// <summary>Takes unexplained CPU time of its own, as much as is allowed and was not taken inside it: the uncertain first.</summary>
    internal (Unexplained Certain, Unexplained Uncertain) TakeBackground(double allowedSeconds)
    {
        var allowed = Math.Max(0, allowedSeconds - _returned);
        var uncertain = _perhaps.Take(allowed);
        return (_certainly.Take(allowed - uncertain.Seconds), uncertain);
    }

    /// <summary>What <see cref="TakeBackground"/> would take.</summary>
    internal Unexplained Background(double allowedSeconds)
    {
        var allowed = Math.Max(0, allowedSeconds - _returned);
        var (perhaps, certainly) = (_perhaps, _certainly);
        var uncertain = perhaps.Take(allowed);
        var certain = certainly.Take(allowed - uncertain.Seconds);
        return new Unexplained(uncertain.Seconds + certain.Seconds, uncertain.Energy + certain.Energy);
    }

    /// <summary>Gives CPU energy back; the upper bound stays, and the lower one, which may have been booked at another rate, is none at least.</summary>
    internal void ReturnCpu(Energy central, Energy low, Energy uncertain, double cpuSeconds, bool self)
    {
        _uncertain -= uncertain;
        Cpu = new BoundedEnergy(Cpu.Low > low ? Cpu.Low - low : Energy.Zero, Cpu.Central - central, Cpu.High);
        CpuSeconds -= cpuSeconds;
        Self -= self ? central : Energy.Zero;
        _returned += cpuSeconds;
    }

    /// <summary>
    /// Its CPU energy becomes an average, since counters cannot tell it; returns what is taken from it. Where others may have
    /// used what it was booked, its bounds stay as wide as they were.
    /// </summary>
    internal BoundedEnergy ReplaceCpu(BoundedEnergy average)
    {
        var replaced = Overlapped
            ? new BoundedEnergy(average.Low < Cpu.Low ? average.Low : Cpu.Low, average.Central, average.High > Cpu.High ? average.High : Cpu.High)
            : average;
        var excess = Cpu - replaced;
        (Cpu, Self) = (replaced, Self - excess.Central);
        return excess;
    }

    /// <summary>Widens the bounds of its CPU energy by what the refreshing of counters makes at its edges.</summary>
    internal void WidenCpu(Energy half)
    {
        if (Cpu != BoundedEnergy.Zero)
        {
            Cpu = Cpu.Widened(half);
        }
    }

    /// <summary>Notes at each of its edges for how many intervals of the run models have stood in for counters.</summary>
    internal void NoteModels(int ofCpu, int ofRam)
    {
        _modeledBefore ??= (ofCpu, ofRam);
        (IsCpuModeled, IsRamModeled) = (ofCpu > _modeledBefore.Value.Cpu, ofRam > _modeledBefore.Value.Ram);
    }

    /// <summary>Adds to the variance (J²) of its GPU energy, which the refreshing of counters makes at its edges.</summary>
    internal void NoteEdge(double variance) => _edgeVariance += variance;

    /// <summary>Widens the bounds of its GPU energy by two standard deviations of its edges, and by what is not known of idle power.</summary>
    internal void WidenGpu(Energy idleDoubt)
    {
        if (Gpu != BoundedEnergy.Zero)
        {
            Gpu = Gpu.Widened(Energy.FromJoules(2 * Math.Sqrt(_edgeVariance)) + idleDoubt);
        }
    }

    /// <summary>CPU time that no flow explained, with its energy.</summary>
    internal record struct Unexplained(double Seconds, Energy Energy)
    {
        public void Add(double seconds, Energy energy)
        {
            Seconds += seconds;
            Energy += energy;
        }

        public Unexplained Take(double most)
        {
            var seconds = Math.Min(most, Seconds);
            var taken = seconds <= 0 ? default : new Unexplained(seconds, Energy * (seconds / Seconds));
            Seconds -= taken.Seconds;
            Energy -= taken.Energy;
            return taken;
        }
    }
}
