using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What memory drew: by its counters where there are some, else by a model of what the process tree has resident. A counter
/// sees the memory of the whole machine: what it draws without work is nobody's.
/// </summary>
internal sealed class MemoryMeter(RamPowerModel model, IReadOnlyList<IEnergySensor> sensors)
{
    private readonly CounterMeter _counters = new(sensors);
    private IdleSplit _split;
    private Power? _idle;
    private Energy _counted;
    private TimeSpan _elapsed;

    /// <summary>How many intervals the model stood in for counters; without counters it always does.</summary>
    public int Modeled => _counters.Failures;

    /// <summary>Takes an interval; what is above idle is whoever worked in it.</summary>
    /// <param name="elapsed">How long it was.</param>
    /// <param name="residentBytes">What the process tree has resident.</param>
    /// <param name="includedInCpu">Whether the energy of the processors contains it already.</param>
    public (BoundedEnergy OfTree, BoundedEnergy Idle) Take(TimeSpan elapsed, long residentBytes, bool includedInCpu)
    {
        if (!_counters.TryTake(out var counted))
        {
            return (includedInCpu ? BoundedEnergy.Zero : model.PowerOf(residentBytes) * elapsed, BoundedEnergy.Zero);
        }

        if (includedInCpu)
        {
            // A model stands in for the processors' counter, and contains memory: what was counted of it is in there.
            return (BoundedEnergy.Zero, BoundedEnergy.Zero);
        }

        _counted += counted;
        _elapsed += elapsed;
        var active = _split.TakeActive(counted, elapsed, _idle ?? Power.Zero, _counters.UpdatePeriod);
        return (_counters.Bounded(active), _counters.Bounded(counted - active));
    }

    /// <summary>Closes an interval of the sampling thread: the lowest power that was seen is what memory draws without work.</summary>
    public void Tick()
    {
        if (_elapsed > TimeSpan.Zero && _counted / _elapsed is var power && !(_idle <= power))
        {
            _idle = power;
        }

        (_counted, _elapsed) = (Energy.Zero, TimeSpan.Zero);
    }
}
