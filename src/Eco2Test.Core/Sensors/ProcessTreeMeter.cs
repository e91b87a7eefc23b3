namespace Eco2Test.Sensors;

/// <summary>
/// CPU time and memory of this process with all its children, as a sum that only grows. A child moves from "living" to
/// "ended" when it is waited for; whatever the moment of the reading, it is counted once.
/// </summary>
internal sealed class ProcessTreeMeter(IProcessClock clock)
{
    /// <summary>Children that end while they are read: how often the reading is repeated.</summary>
    private const int MostAttempts = 3;

    private TimeSpan _process;
    private TimeSpan _ended;
    private ChildrenReading _living;
    private TimeSpan _missing;
    private bool _justMissed;

    /// <summary>Resident memory of the process and its living children at the last reading, bytes.</summary>
    public long ResidentBytes => clock.ResidentBytes + _living.ResidentBytes;

    /// <summary>CPU time since the last call; the first call gives all since the process started.</summary>
    /// <param name="lookForChildren">Whether new children are looked for, which is slow: not at every window edge.</param>
    public TimeSpan Advance(bool lookForChildren)
    {
        var (ended, living) = (_ended, _living.CpuTime);
        ReadChildren(lookForChildren);
        return SinceLast(clock.ProcessCpuTime) + CountChildren(_ended - ended, _living.CpuTime - living);
    }

    private TimeSpan SinceLast(TimeSpan process)
    {
        var spent = process > _process ? process - _process : TimeSpan.Zero;
        _process += spent;
        return spent;
    }

    /// <summary>
    /// What children spent, by what changed in the two sums. Between its end and its being waited for, a child is in
    /// neither: it is missing, and is not counted again when it comes back among the ended. A reading that catches a tree
    /// in the middle of such a move misses a child until the next one only, wherever it comes back. A child that nobody
    /// waits for stays missing; what was counted of it is not taken back, from it or from anybody.
    /// </summary>
    private TimeSpan CountChildren(TimeSpan ended, TimeSpan living)
    {
        var spent = ended + living;
        if (spent < TimeSpan.Zero)
        {
            (_missing, _justMissed) = (_missing - spent, true);
            return TimeSpan.Zero;
        }

        var backAmongEnded = ended > spent ? spent : ended > TimeSpan.Zero ? ended : TimeSpan.Zero;
        var back = _justMissed ? spent : backAmongEnded;
        back = back < _missing ? back : _missing;
        (_missing, _justMissed) = (_missing - back, false);
        return spent - back;
    }

    private void ReadChildren(bool lookForChildren)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var ended = clock.EndedChildrenCpuTime;
            if (lookForChildren || _living.Count > 0 || ended != _ended)
            {
                _living = clock.ReadLivingChildren();
                lookForChildren = false;
            }

            var consistent = ended == _ended || clock.EndedChildrenCpuTime == ended;
            _ended = ended;
            if (consistent)
            {
                return;
            }
        }
    }
}
