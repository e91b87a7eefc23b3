using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What the processors drew, by their counters or by a model, and how much of it a second of CPU time of this process tree
/// costs. A counter sees the whole machine: what is above idle belongs to whoever was busy.
/// </summary>
internal sealed class CpuMeter
{
    /// <summary>The grain of the machine's busy time, of each reading.</summary>
    private static readonly TimeSpan MachineGrain = TimeSpan.FromMilliseconds(10);

    private readonly CpuPowerModel _model;
    private readonly double _availableCpus;
    private readonly int _machineCpus;
    private readonly CounterMeter _packages;
    private readonly Energy _modeledSecond;
    private BoundedEnergy _modeledRate;

    private IdleSplit _split;
    private BoundedPower _idle;
    private double _quietest = double.PositiveInfinity;
    private Power _highest;

    // Busy CPUs of other processes, from the last completed interval of the sampling thread.
    private double _others;
    private double _othersGrain;

    // Since the last tick of the sampling thread.
    private TimeSpan _elapsed;
    private double _treeSeconds;
    private Energy _counted;
    private BoundedEnergy _ofTree;
    private bool _isComplete = true;
    private TimeSpan? _machine;

    /// <param name="model">For what no counter tells.</param>
    /// <param name="availableCpus">CPUs that the process can keep busy.</param>
    /// <param name="machineCpus">Logical CPUs of the machine.</param>
    /// <param name="packages">Counters, which see the whole machine.</param>
    public CpuMeter(CpuPowerModel model, double availableCpus, int machineCpus, IReadOnlyList<IEnergySensor> packages)
    {
        (_model, _availableCpus, _machineCpus, _packages) = (model, availableCpus, machineCpus, new CounterMeter(packages));
        _modeledRate = model.ActivePower * TimeSpan.FromSeconds(1);
        _modeledSecond = _modeledRate.Central;
        Rate = _modeledRate;

        // Until a quiet interval was seen, what the model says of an idle machine.
        var idle = model.IdlePower;
        _idle = new BoundedPower(idle.Low * machineCpus, idle.Central * machineCpus, idle.High * machineCpus);
    }

    /// <summary>A window that is shorter cannot be told from the refreshing of the counters; zero for a model.</summary>
    public TimeSpan Resolution => _packages.UpdatePeriod * EnergyChannel.ResolutionInPeriods;

    /// <summary>
    /// How far both edges of a window are off together, as two standard deviations: each counter shows its last refresh, up
    /// to a period U old, so at a power P the two are off by P·U/√6. P is the highest power that was seen.
    /// </summary>
    public Energy EdgeDoubt => _highest * _packages.UpdatePeriod * (2 / Math.Sqrt(6));

    /// <summary>
    /// CPU seconds of other processes in the last completed interval of the sampling thread; none where the system does not
    /// tell. Below zero where the machine's clock, which is coarse, is behind: the next intervals make up for it.
    /// </summary>
    public double SecondsOfOthers { get; private set; }

    /// <summary>Whether counters see what other processes draw.</summary>
    public bool SeesOthers => _packages.Exists;

    /// <summary>How many intervals the model stood in for counters; without counters it always does.</summary>
    public int Modeled => _packages.Failures;

    /// <summary>Joules of a CPU second of the process tree: the model's, or what the counters gave in the last completed interval.</summary>
    public BoundedEnergy Rate { get; private set; }

    /// <summary>Takes an interval in which the process tree used so much CPU time.</summary>
    public CpuInterval Take(TimeSpan elapsed, double treeSeconds)
    {
        _elapsed += elapsed;
        _treeSeconds += treeSeconds;
        if (_packages.TryTake(out var counted))
        {
            return Measured(counted, elapsed, treeSeconds);
        }

        _isComplete = false;
        return new CpuInterval(_modeledRate * treeSeconds, _model.IdlePower * elapsed * _availableCpus, BoundedEnergy.Zero, _model.IncludesMemory);
    }

    /// <summary>
    /// Closes an interval of the sampling thread: learns how busy others are, what the machine draws without work, and what
    /// a CPU second costs.
    /// </summary>
    /// <param name="machineCpuTime">CPU time of all processes of the machine since some moment; <see langword="null"/> when unknown.</param>
    /// <returns>What a machine whose power curve is known drew more than was booked (negative: less), for untracked.</returns>
    public Energy Tick(TimeSpan? machineCpuTime)
    {
        var correction = Energy.Zero;
        if (_elapsed > TimeSpan.Zero)
        {
            var busy = LearnOthers(machineCpuTime);
            if (_packages.Exists && _isComplete)
            {
                LearnIdle(busy);
                LearnRate();
            }
            else if (!_packages.Exists && double.IsFinite(busy))
            {
                LearnBounds(busy / _machineCpus);
                correction = BeyondTheLine(busy / _machineCpus);
            }
        }

        _machine = machineCpuTime;
        (_elapsed, _treeSeconds, _counted, _ofTree, _isComplete) = (TimeSpan.Zero, 0, Energy.Zero, BoundedEnergy.Zero, true);
        return correction;
    }

    private CpuInterval Measured(Energy counted, TimeSpan elapsed, double treeSeconds)
    {
        _counted += counted;
        var active = _split.TakeActive(counted, elapsed, _idle.Central, _packages.UpdatePeriod);
        var idle = counted - active;
        if (treeSeconds <= 0)
        {
            return new CpuInterval(BoundedEnergy.Zero, _packages.Bounded(idle), _packages.Bounded(active), IncludesMemory: false);
        }

        var seconds = elapsed.TotalSeconds;
        var ofTree = _packages.Bounded(active) * Share(treeSeconds, _others * seconds);

        // From all others twice as busy as they were, and the machine idling at its most, to the opposite.
        var idleMore = (_idle.High - _idle.Central) * elapsed;
        var idleLess = (_idle.Central - _idle.Low) * elapsed;
        var least = (active > idleMore ? active - idleMore : Energy.Zero) * Share(treeSeconds, (2 * _others * seconds) + _othersGrain) * (1 - _packages.Uncertainty);
        var most = (active + idleLess) * Share(treeSeconds, 0.5 * _others * seconds) * (1 + _packages.Uncertainty);
        ofTree = new BoundedEnergy(least, ofTree.Central, most).InOrder();
        _ofTree += ofTree;
        return new CpuInterval(ofTree, _packages.Bounded(idle), _packages.Bounded(active - ofTree.Central), IncludesMemory: false);
    }

    /// <summary>Clocks of different grain never make a share above one.</summary>
    private static double Share(double tree, double others) => tree / (tree + Math.Max(0, others));

    /// <summary>How many CPUs were busy; infinite when it is not known.</summary>
    private double LearnOthers(TimeSpan? machineCpuTime)
    {
        if (machineCpuTime is not { } machine || _machine is not { } before || machine < before)
        {
            (_others, _othersGrain, SecondsOfOthers) = (0, 0, 0);
            return double.PositiveInfinity;
        }

        var busy = Math.Max((machine - before).TotalSeconds, _treeSeconds);
        _others = (busy - _treeSeconds) / _elapsed.TotalSeconds;
        SecondsOfOthers = (machine - before).TotalSeconds - _treeSeconds;
        _othersGrain = MachineGrain.TotalSeconds;
        return busy / _elapsed.TotalSeconds;
    }

    /// <summary>The quietest interval so far, less what its busy CPUs drew by the model; they may have drawn nothing, or more.</summary>
    private void LearnIdle(double busyCpus)
    {
        // An interval of a few refreshes says little.
        if (_elapsed < Resolution)
        {
            return;
        }

        var power = _counted / _elapsed;
        _highest = power > _highest ? power : _highest;
        if (double.IsInfinity(busyCpus))
        {
            // The lowest that was seen, and nobody knows how busy it was.
            _idle = power < _idle.Central || _quietest == double.PositiveInfinity ? new BoundedPower(Power.Zero, power, power) : _idle;
            _quietest = double.MaxValue;
        }
        else if (busyCpus <= _quietest)
        {
            var active = _model.ActivePower;
            _idle = new BoundedPower(Less(power, active.High * busyCpus), Less(power, active.Central * busyCpus), power);
            _quietest = busyCpus;
        }
    }

    private void LearnRate()
    {
        // Of a few milliseconds of work the clocks say too little.
        if (_treeSeconds >= MachineGrain.TotalSeconds && _ofTree.Central > Energy.Zero)
        {
            Rate = _ofTree * (1 / _treeSeconds);
        }
    }

    /// <summary>How far machines are from the line that is charged depends on how loaded they are.</summary>
    private void LearnBounds(double load)
    {
        var (low, high) = _model.BoundsAt(load);
        _modeledRate = new BoundedEnergy(_modeledSecond * Math.Max(low, CpuLoadBounds.LeastCharged), _modeledSecond, _modeledSecond * Math.Max(high, 1));
        Rate = _modeledRate;
    }

    /// <summary>The run's total follows the curve of a machine that is known, where windows are charged by a line.</summary>
    private Energy BeyondTheLine(double load) => _model.Curve is { } curve && curve.LogicalProcessors == _machineCpus && _availableCpus >= _machineCpus
        ? (curve.PowerAt(load) * _elapsed) - (_model.IdlePower.Central * _elapsed * _availableCpus) - (_modeledSecond * _treeSeconds)
        : Energy.Zero;

    private static Power Less(Power power, Power part) => power > part ? power - part : Power.Zero;
}

/// <summary>What the processors drew in an interval, by whose it is.</summary>
/// <param name="OfTree">Above idle, for the CPU time of the process tree.</param>
/// <param name="Idle">Without work.</param>
/// <param name="OfOthers">Above idle, for other processes of the machine.</param>
/// <param name="IncludesMemory">Whether memory is contained.</param>
internal readonly record struct CpuInterval(BoundedEnergy OfTree, BoundedEnergy Idle, BoundedEnergy OfOthers, bool IncludesMemory);
