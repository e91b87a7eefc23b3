using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// The account of one process. It has its own CPU time, and what comes back from ended children that nobody was seen
/// with: what a process that was seen has spent is in its own account, and is taken off what its parent gets back.
/// </summary>
internal sealed class BuildProcess
{
    /// <summary>
    /// Two ticks of the kernel: times of ended children are rounded down, of user and system each, so that what was seen of a
    /// child may come back a little later. More than that is not waited for: such a child was waited for by nobody.
    /// </summary>
    private static readonly TimeSpan MostDebt = TimeSpan.FromMilliseconds(20);

    private TimeSpan _own;
    private TimeSpan _ended;

    // What is expected from children that are gone: in this reading, in the one before, and what is left of earlier ones.
    private TimeSpan _expectedNow;
    private TimeSpan _expectedBefore;
    private TimeSpan _debt;
    private TimeSpan _held;
    private double? _shareBefore;

    /// <param name="reading">Where it was seen first.</param>
    /// <param name="parent">Who started it; <see langword="null"/> for one that was found outside of every tree, and for the root.</param>
    /// <param name="wasThere">Whether it has a past that is none of the build's.</param>
    public BuildProcess(ProcessReading reading, BuildProcess? parent, bool wasThere)
    {
        (Id, Started, Parent, Owner, SystemParent, WasThere) = (reading.Id, reading.Started, parent, parent?.Owner, reading.Parent, wasThere);
        (_own, _ended) = wasThere ? (reading.CpuTime, reading.CpuTimeOfEnded) : default;
    }

    public int Id { get; }

    public long Started { get; }

    /// <summary>Who started it, also after the system gave it to somebody else.</summary>
    public BuildProcess? Parent { get; }

    public bool WasThere { get; }

    /// <summary>The node or server that it works for, itself included, which others may use too; <see langword="null"/>: it works for the build only.</summary>
    public BuildProcess? Owner { get; private set; }

    /// <summary>Who will wait for it.</summary>
    public int SystemParent { get; private set; }

    public BuildProcessRole Role { get; private set; } = BuildProcessRole.Child;

    /// <summary>How often it has been seen: a process that was just forked still has the command line of its parent.</summary>
    public int Sightings { get; private set; }

    /// <summary>What it has spent for the build.</summary>
    public TimeSpan Counted { get; private set; }

    /// <summary>What it has spent while nobody knew for whom.</summary>
    public TimeSpan Unclaimed { get; private set; }

    /// <summary>Bytes; 0 when it has ended.</summary>
    public long ResidentBytes { get; private set; }

    /// <summary>Of an owner: whether this build has started it, a message has named it, or it was seen connected to the build.</summary>
    public bool IsOurs { get; private set; }

    /// <summary>Of an owner: its connections at the last look; <see langword="null"/>: nobody has looked, or nobody says.</summary>
    public ConnectionCount? Connections { get; private set; }

    /// <summary>What is expected from its children that are gone.</summary>
    public TimeSpan Expected => _debt + _expectedBefore + _expectedNow;

    /// <summary>All that whoever waits for it gets: also what it spent before the build.</summary>
    private TimeSpan Whole => _own + _ended;

    /// <summary>Gives it the role that its command line says.</summary>
    public void Become(BuildProcessRole role)
    {
        Role = role;
        if (role is BuildProcessRole.Node or BuildProcessRole.CompilerServer && Owner != this)
        {
            // Started by the build, or by a node that may work for others.
            (IsOurs, Owner) = (Owner?.IsOurs ?? true, this);
        }
    }

    /// <summary>It was found outside of every tree: only evidence makes it the build's.</summary>
    public void BecomeStranger(BuildProcessRole role) => (Role, Owner) = (role, this);

    /// <summary>Of an owner: a message has named it, or it is connected to the build.</summary>
    public void BecomeOurs() => IsOurs = true;

    /// <summary>Of an owner: all connections that were seen at any look.</summary>
    public ConnectionCount AllConnections { get; private set; }

    /// <summary>
    /// Of an owner: the part of its connections that is the build's, from the look before to the last one; where nobody was
    /// connected at either, as all looks together say; <see langword="null"/> without any connection.
    /// </summary>
    public double? ShareOfConnections => ((_shareBefore ?? Connections?.Share) + (Connections?.Share ?? _shareBefore)) / 2 ?? AllConnections.Share;

    /// <summary>Of an owner: what a look at its connections found.</summary>
    public void Connect(ConnectionCount? connections)
    {
        (_shareBefore, Connections) = (Connections?.Share, connections);
        AllConnections = new ConnectionCount(AllConnections.Clients + connections.GetValueOrDefault().Clients, AllConnections.Others + connections.GetValueOrDefault().Others);
    }

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">What it has used up to now.</param>
    /// <param name="ofLivingChildren">All that its living children, which may be gone at the next reading, have used.</param>
    /// <param name="share">The part that is the build's; <see langword="null"/> when that will turn out later.</param>
    public void Advance(ProcessReading reading, TimeSpan ofLivingChildren, double? share)
    {
        var spent = Growth(reading.CpuTime, ref _own) + Unseen(Growth(reading.CpuTimeOfEnded, ref _ended), ofLivingChildren);
        (SystemParent, ResidentBytes, Sightings) = (reading.Parent, reading.ResidentBytes, Sightings + 1);
        Book(spent, share);
    }

    /// <summary>Its end. What is not settled yet passes to whoever waited for it.</summary>
    public void End(BuildProcess? waiting, double? share)
    {
        // What its children had used came back to it, or comes to who waited for both.
        var open = Match(ref _held);
        Settle(share);
        ResidentBytes = 0;
        if (waiting is not null)
        {
            waiting._expectedNow += Whole + open;
        }
    }

    /// <summary>Books what was held back in case that a child is gone at the next reading.</summary>
    public void Settle(double? share)
    {
        Book(_held, share);
        _held = TimeSpan.Zero;
    }

    /// <summary>The part of what it spent while nobody knew for whom that was for the build, as is known now.</summary>
    public void Resolve(double share) => (Counted, Unclaimed) = (Counted + (Unclaimed * share), TimeSpan.Zero);

    /// <summary>
    /// What came back from children that nobody was seen with. A parent that is read after its child has ended, where the
    /// child was read before, gets back what is still counted as the child's: so much is held back until the next reading
    /// shows who is gone.
    /// </summary>
    private TimeSpan Unseen(TimeSpan grown, TimeSpan ofLivingChildren)
    {
        Match(ref _held);
        Match(ref grown);
        var booked = _held;
        _held = Least(grown, ofLivingChildren);
        _debt = Least(MostDebt, _debt + _expectedBefore);
        (_expectedBefore, _expectedNow) = (_expectedNow, TimeSpan.Zero);
        return booked + grown - _held;
    }

    /// <summary>Takes what was expected off what came.</summary>
    /// <returns>What is still expected.</returns>
    private TimeSpan Match(ref TimeSpan came)
    {
        Take(ref came, ref _debt);
        Take(ref came, ref _expectedBefore);
        Take(ref came, ref _expectedNow);
        return Expected;
    }

    private static void Take(ref TimeSpan from, ref TimeSpan expected)
    {
        var taken = Least(from, expected);
        (from, expected) = (from - taken, expected - taken);
    }

    private void Book(TimeSpan spent, double? share)
    {
        if (share is { } part)
        {
            Counted += spent * part;
        }
        else
        {
            Unclaimed += spent;
        }
    }

    private static TimeSpan Growth(TimeSpan now, ref TimeSpan last)
    {
        var growth = now > last ? now - last : TimeSpan.Zero;
        last += growth;
        return growth;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
