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
    private long _flowTicks;
    private Energy _uncertain;
    private double _unexplainedCertain;
    private double _unexplainedUncertain;
    private double _returned;

    public LedgerAccount(LedgerAccount? parent, bool exempt)
    {
        Parent = parent?.NearestOpen;
        Exempt = exempt;
    }

    /// <summary>The account that includes this one.</summary>
    public LedgerAccount? Parent { get; private set; }

    /// <summary>Whether what is booked here is untracked: a test without the attribute, which is not its neighbours' to pay.</summary>
    public bool Exempt { get; }

    /// <summary>Whether it still receives bookings. A closed account never changes.</summary>
    public bool IsOpen { get; internal set; } = true;

    public BoundedEnergy Cpu { get; private set; }

    public BoundedEnergy Gpu { get; private set; }

    public BoundedEnergy Ram { get; private set; }

    /// <summary>Without the accounts inside it.</summary>
    public Energy Self { get; private set; }

    /// <summary>CPU time of the process tree that was booked here, seconds.</summary>
    public double CpuSeconds { get; private set; }

    public BoundedEnergy Total => (Cpu + Gpu + Ram).InOrder();

    public bool Overlapped => _uncertain.Joules > Total.Central.Joules * NegligibleShare;

    /// <summary>The timestamp of its first booking.</summary>
    internal long OpenedAt { get; set; }

    /// <summary>The open accounts inside it.</summary>
    internal ReadOnlySpan<LedgerAccount> Children => CollectionsMarshal.AsSpan(_children);

    /// <summary>CPU seconds that flowed with this account in the interval that is being booked, without those inside it.</summary>
    internal double OwnFlow { get; private set; }

    /// <summary>As <see cref="OwnFlow"/>, with the accounts inside it.</summary>
    internal double SubtreeFlow { get; private set; }

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

    /// <summary>An account opens inside it.</summary>
    internal void AddChild(LedgerAccount child) => (_children ??= []).Add(child);

    /// <summary>An account inside it has closed.</summary>
    internal void RemoveChild(LedgerAccount child) => _children?.Remove(child);

    /// <summary>All accounts inside it have closed.</summary>
    internal void ClearChildren() => _children?.Clear();

    /// <summary>A parent that closed since this account was made includes it no more.</summary>
    internal void AttachToOpen() => Parent = Parent?.NearestOpen;

    /// <summary>Adds CPU time of a thread that carried this window. Called from any thread.</summary>
    public void AddFlow(TimeSpan cpuTime) => Interlocked.Add(ref _flowTicks, cpuTime.Ticks);

    /// <summary>Takes what has flowed since the last time, for this account and those inside it; returns their sum in seconds.</summary>
    internal double TakeFlow()
    {
        OwnFlow = Interlocked.Exchange(ref _flowTicks, 0) / (double)TimeSpan.TicksPerSecond;
        SubtreeFlow = OwnFlow;
        foreach (var child in Children)
        {
            SubtreeFlow += child.TakeFlow();
        }

        return SubtreeFlow;
    }

    /// <summary>Shrinks the flow of the interval: threads and process are read at different moments, and no more is booked than was spent.</summary>
    internal void ScaleFlow(double factor)
    {
        OwnFlow *= factor;
        SubtreeFlow *= factor;
        foreach (var child in Children)
        {
            child.ScaleFlow(factor);
        }
    }

    internal void BookCpu(BoundedEnergy energy, double cpuSeconds, Energy self, Energy uncertain)
    {
        Cpu += energy;
        CpuSeconds += cpuSeconds;
        Self += self;
        _uncertain += uncertain;
    }

    /// <summary>Notes how much CPU time of its own no flow explained: with nobody else who could have used it, or with others.</summary>
    internal void NoteUnexplained(double seconds, bool certain)
    {
        if (certain)
        {
            _unexplainedCertain += seconds;
        }
        else
        {
            _unexplainedUncertain += seconds;
        }
    }

    /// <summary>Takes unexplained CPU time of its own, as much as is allowed and was not taken inside it: the uncertain first.</summary>
    internal (double Certain, double Uncertain) TakeBackground(double allowedSeconds)
    {
        var allowed = Math.Max(0, allowedSeconds - _returned);
        var uncertain = Math.Min(allowed, _unexplainedUncertain);
        var certain = Math.Min(allowed - uncertain, _unexplainedCertain);
        (_unexplainedCertain, _unexplainedUncertain) = (_unexplainedCertain - certain, _unexplainedUncertain - uncertain);
        return (certain, uncertain);
    }

    /// <summary>Gives CPU energy back; the upper bound stays.</summary>
    internal void ReturnCpu(Energy central, Energy low, Energy uncertain, double cpuSeconds, bool self)
    {
        _uncertain -= uncertain;
        Cpu = new BoundedEnergy(Cpu.Low - low, Cpu.Central - central, Cpu.High);
        CpuSeconds -= cpuSeconds;
        Self -= self ? central : Energy.Zero;
        _returned += cpuSeconds;
    }

    internal void BookGpu(BoundedEnergy energy, Energy self, Energy uncertain)
    {
        Gpu += energy;
        Self += self;
        _uncertain += uncertain;
    }

    internal void BookRam(BoundedEnergy energy, Energy self, Energy uncertain)
    {
        Ram += energy;
        Self += self;
        _uncertain += uncertain;
    }
}
