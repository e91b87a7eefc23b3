using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The sums of the ledger: whole, tracked and untracked are three accounts, each added up by itself. Every joule is booked
/// here once on the whole, and once on one of the other two.
/// </summary>
internal sealed class LedgerSums
{
    private BoundedEnergy _whole;
    private BoundedEnergy _tracked;
    private BoundedEnergy _untracked;
    private Energy _idle;
    private Energy _correction;
    private Energy _overhead;
    private ActiveUse _unclaimed;

    /// <summary>What was spent, whoever it is that pays.</summary>
    public void Spent(BoundedEnergy energy) => _whole += energy;

    /// <summary>Of what was spent, this went to windows.</summary>
    public void Tracked(BoundedEnergy energy) => _tracked += energy;

    /// <summary>Of what was spent, this went to none.</summary>
    public void Untracked(BoundedEnergy energy) => _untracked += energy;

    /// <summary>Of what was spent, this went to a root window, which may be a test without the attribute.</summary>
    public void Root(bool isExempt, BoundedEnergy energy)
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

    /// <summary>Of what went to no window, this the process tree used above idle.</summary>
    public void Unclaimed(ActiveUse use) => _unclaimed += use;

    /// <summary>Of what went to no window, this was found to be that of tests.</summary>
    public void Claim(BoundedEnergy energy)
    {
        _tracked += energy;
        _untracked -= energy;
    }

    /// <summary>Was spent without work.</summary>
    public void Idle(BoundedEnergy energy)
    {
        SpentByNobody(energy);
        _idle += energy.Central;
    }

    /// <summary>Was spent by other processes, or while no window was open.</summary>
    public void SpentByNobody(BoundedEnergy energy)
    {
        _whole += energy;
        _untracked += energy;
    }

    /// <summary>Moves energy from a window that is not exempt to untracked.</summary>
    public void Return(BoundedEnergy energy)
    {
        _tracked -= energy;
        _untracked += energy;
    }

    /// <summary>Of what is untracked, this is the difference between what was booked on windows that have closed and what was found later.</summary>
    public void NoteCorrection(Energy energy) => _correction += energy;

    /// <summary>Of what is untracked, this is the tracker's own.</summary>
    public void NoteOverhead(Energy energy) => _overhead += energy;

    public LedgerTotals Totals() => new(_whole.InOrder(), _tracked.InOrder(), _untracked.InOrder(), _idle, _correction, _overhead, _unclaimed);
}
