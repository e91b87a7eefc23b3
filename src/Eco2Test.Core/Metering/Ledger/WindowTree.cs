using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The accounts that are open, and who of them pays for what. CPU time that flows with a window is its own. For the rest
/// there are windows inside one another, of which the innermost pays, and windows beside one another, which share.
/// </summary>
internal sealed class WindowTree(LedgerSums sums)
{
    // Includes all roots; nothing is booked on it.
    private readonly LedgerAccount _world = new(null, exempt: true);
    private readonly FlowQueue _flowing = new();

    // Those with which CPU time flowed in the interval that is being booked.
    private readonly List<LedgerAccount> _worked = [];
    private int _roots;
    private int _exemptRoots;

    /// <summary>Whether any window is open.</summary>
    public bool HasOpen => Volatile.Read(ref _roots) > 0;

    /// <summary>Which windows are open, as a number that changes with them.</summary>
    public int OpenSet { get; private set; }

    public void Open(LedgerAccount account, long timestamp)
    {
        account.Attach(_world, _flowing, timestamp);
        Count(account, 1);
    }

    /// <summary>Closes an account inside which nothing is open any more.</summary>
    public void Close(LedgerAccount account, long timestamp)
    {
        var wasPaused = account.IsPaused;
        account.Detach(timestamp);
        Count(account, wasPaused ? 0 : -1);
    }

    /// <summary>An account pays from now on for nothing but what flows with it.</summary>
    public void Pause(LedgerAccount account, long timestamp)
    {
        account.Pause(timestamp);
        Count(account, -1);
    }

    /// <summary>Ends a pause.</summary>
    public void Resume(LedgerAccount account, long timestamp)
    {
        account.Resume(timestamp);
        Count(account, 1);
    }

    public static LedgerAccount RootOf(LedgerAccount account)
    {
        while (account.Parent is { } parent)
        {
            account = parent;
        }

        return account;
    }

    /// <summary>Books the CPU time of an interval.</summary>
    /// <param name="cpu">That of the whole process tree, and what flowed with no window.</param>
    /// <param name="perSecond">What a second of it costs.</param>
    public void BookCpu(CpuTime cpu, BoundedEnergy perSecond)
    {
        var (windows, present) = TakeFlows(ref cpu);
        var flow = windows + cpu.Overhead + cpu.Runtime + cpu.Stray;
        if (flow > cpu.Tree)
        {
            // Threads and process are read at different moments, and no more is booked than was spent.
            var factor = cpu.Tree / flow;
            (cpu, present, flow) = (cpu.Scaled(factor), present * factor, cpu.Tree);
            foreach (var account in _worked)
            {
                account.Flow *= factor;
            }
        }

        sums.Spent(perSecond * cpu.Tree);
        sums.Untracked(perSecond * (cpu.Overhead + cpu.Runtime));
        sums.NoteOverhead((perSecond * cpu.Overhead).Central);
        BookFlows(perSecond);
        BookUnexplained(Math.Max(0, cpu.Tree - flow), perSecond, present, isCertain: true);

        // A thread that a window started and that outlives it (a library's own pool) works for whoever is open now, or
        // goes on for the one that is closed: which of the two, nothing tells.
        BookUnexplained(cpu.Stray, perSecond, present, isCertain: false);
        foreach (var account in _worked)
        {
            account.Flow = 0;
        }

        _worked.Clear();
    }

    /// <summary>Books memory on the open roots in equal parts, and within each on those inside it; on untracked when none is open.</summary>
    public void BookRam(BoundedEnergy energy)
    {
        if (energy != BoundedEnergy.Zero)
        {
            sums.Spent(energy);
            var node = _world;
            while (node.Children.Length == 1)
            {
                node = node.Children[0];
                node.BookRam(energy, isCertain: true);
            }

            BookOnRoots(node, energy, new SharedPart { Ram = energy.Central, RamMost = energy.High }, new ActiveUse { Ram = energy });
        }
    }

    /// <summary>As <see cref="BookRam"/>, for a GPU.</summary>
    public void BookGpu(BoundedEnergy energy, bool isCertain)
    {
        if (energy != BoundedEnergy.Zero)
        {
            sums.Spent(energy);
            var node = _world;
            while (node.Children.Length == 1)
            {
                node = node.Children[0];
                node.BookGpu(energy, isCertain);
            }

            BookOnRoots(node, energy, new SharedPart { Gpu = energy.Central, GpuMost = energy.High }, new ActiveUse { Gpu = energy });
        }
    }

    private void Count(LedgerAccount account, int change)
    {
        OpenSet++;
        if (account.Parent is null)
        {
            Volatile.Write(ref _roots, _roots + change);
            _exemptRoots += account.Exempt ? change : 0;
        }
    }

    /// <summary>
    /// Takes what flowed with windows; of closed ones for those that include them, else for the strays. Returns the sum, and
    /// without those that are paused.
    /// </summary>
    private (double All, double Present) TakeFlows(ref CpuTime cpu)
    {
        var (sum, present) = (0.0, 0.0);
        var next = _flowing.TakeAll();
        while (next is { } account)
        {
            // Before its flow is taken: from then on it can be queued anew.
            next = account.NextWithFlow;
            var seconds = account.TakeFlow();
            if (account.NearestOpen is not { } open)
            {
                cpu = account.IsShared ? cpu : cpu with { Stray = cpu.Stray + seconds };
                continue;
            }

            if (open.Flow == 0)
            {
                _worked.Add(open);
            }

            open.Flow += seconds;
            sum += seconds;
            present += open.IsAway ? 0 : seconds;
        }

        return (sum, present);
    }

    /// <summary>Books what flowed with each window on it and on those that include it.</summary>
    private void BookFlows(BoundedEnergy perSecond)
    {
        foreach (var worked in _worked)
        {
            var energy = perSecond * worked.Flow;
            worked.BookSelf(energy.Central);
            BookUpwards(worked, energy, worked.Flow, below: null, isCertain: true);
            BookRoots(RootOf(worked), energy, exempt: 0, new ActiveUse { Cpu = energy, CpuSeconds = worked.Flow });
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

        var energy = isCertain ? perSecond * seconds : (perSecond * seconds).UncertainShare(1);
        var use = new ActiveUse { Cpu = energy, CpuSeconds = seconds };
        var node = _world;
        while (node.Children.Length == 1 && node.Flow == 0)
        {
            node = node.Children[0];
            node.BookCpu(energy, seconds, isCertain);
        }

        if (node.Children.Length == 0 && !ReferenceEquals(node, _world))
        {
            node.NoteUnexplained(seconds, energy.Central, isCertain);
        }

        if (node.Children.Length == 0 || flow == 0)
        {
            BookOnRoots(node, energy, new SharedPart { CpuSeconds = seconds, Cpu = energy.Central, CpuMost = energy.High }, use);
            return;
        }

        // Any one of them may have used all of it.
        BookRoots(node, energy, ExemptFlow() / flow, use);
        node.HandOn(new SharedPart { CpuMost = energy.High });
        foreach (var worked in _worked)
        {
            if (worked.IsAway)
            {
                continue;
            }

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

    /// <summary>What went to a node down to which each window is inside the other: its own, or handed on in equal parts.</summary>
    private void BookOnRoots(LedgerAccount node, BoundedEnergy energy, in SharedPart part, in ActiveUse use)
    {
        BookRoots(node, energy, _roots == 0 ? 0 : (double)_exemptRoots / _roots, use);
        if (node.Children.Length > 0)
        {
            node.HandOn(part);
        }
        else if (!ReferenceEquals(node, _world))
        {
            node.BookSelf(energy.Central);
        }
    }

    /// <summary>Books on tracked and untracked what went to a node: to its root, or to all roots when it is the world.</summary>
    private void BookRoots(LedgerAccount node, BoundedEnergy energy, double exempt, in ActiveUse use)
    {
        if (!ReferenceEquals(node, _world))
        {
            var isExempt = RootOf(node).Exempt;
            sums.Root(isExempt, energy);
            if (isExempt)
            {
                sums.Unclaimed(use);
            }
        }
        else if (_roots == 0)
        {
            sums.Untracked(energy);
            sums.Unclaimed(use);
        }
        else
        {
            if (exempt > 0)
            {
                sums.Unclaimed(use * exempt);
            }

            var untracked = exempt == 0 ? BoundedEnergy.Zero : energy.UncertainShare(exempt);
            sums.Untracked(untracked);
            sums.Tracked(energy.UncertainShare(1) - untracked);
        }
    }

    private double ExemptFlow()
    {
        var sum = 0.0;
        foreach (var worked in _worked)
        {
            sum += RootOf(worked).Exempt && !worked.IsAway ? worked.Flow : 0;
        }

        return sum;
    }
}

/// <summary>CPU time of an interval, seconds: of the whole process tree, and what of it flowed with no window.</summary>
/// <param name="Tree">All of it.</param>
/// <param name="Overhead">Of the tracker's own threads.</param>
/// <param name="Runtime">Of the run-time's own threads.</param>
/// <param name="Stray">Of threads that still carry a window that is closed, but for what tests share.</param>
internal readonly record struct CpuTime(double Tree, double Overhead, double Runtime, double Stray)
{
    /// <summary>What flowed, times a factor.</summary>
    public CpuTime Scaled(double factor) => this with { Overhead = Overhead * factor, Runtime = Runtime * factor, Stray = Stray * factor };
}
