namespace Eco2Test.Sensors;

/// <summary>
/// CPU time and memory of this process with all its children, as a sum that only grows. A child moves from "living" to
/// "ended" when it is waited for; whatever the moment of the reading, it is counted once.
/// </summary>
internal sealed class ProcessTreeMeter(IProcessClock clock)
{
    /// <summary>Children that end while they are read: how often the reading is repeated.</summary>
    private const int MostAttempts = 3;

    private TimeSpan _ended;
    private ChildrenReading _living;
    private TimeSpan _counted;
    private bool _dropped;

    /// <summary>Resident memory of the process and its living children at the last reading, bytes.</summary>
    public long ResidentBytes => clock.ResidentBytes + _living.ResidentBytes;

    /// <summary>CPU time since the last call; the first call gives all since the process started.</summary>
    /// <param name="lookForChildren">Whether new children are looked for, which is slow: not at every window edge.</param>
    public TimeSpan Advance(bool lookForChildren)
    {
        ReadChildren(lookForChildren);
        var total = clock.ProcessCpuTime + _ended + _living.CpuTime;
        if (total >= _counted)
        {
            var delta = total - _counted;
            (_counted, _dropped) = (total, false);
            return delta;
        }

        // Between its end and its being waited for, a child is in neither sum; it comes back at the next reading. A
        // child that nobody waits for does not: a drop that stays is accepted, without taking back what was counted.
        if (_dropped)
        {
            _counted = total;
        }

        _dropped = !_dropped;
        return TimeSpan.Zero;
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
