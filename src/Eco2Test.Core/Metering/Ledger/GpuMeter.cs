using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// One GPU in the ledger. Its driver is read on a lane of its own (<see cref="Read"/>); between readings energy is
/// extrapolated, and the next reading corrects the difference. All else is called under the ledger's gate.
/// </summary>
internal sealed class GpuMeter
{
    /// <summary>Above this share of a window's energy its GPU part decides what the window's figure is worth.</summary>
    private const double NegligibleShare = 0.01;

    private readonly IGpuSensor _sensor;
    private readonly GpuOwnership _ownership;

    // Written by the lane before it hands the reading over.
    private Energy? _reading;

    // The reading that was booked last, and what has been extrapolated since.
    private Energy? _last;
    private TimeSpan _sinceReading;
    private Energy _bookedIdle;
    private Energy _bookedActive;
    private IdleSplit _split;

    private readonly IdlePower _idle = new();
    private PowerStretch _recent;
    private Power _power;
    private Power _highest;
    private string? _parked;

    /// <param name="sensor">The sensor.</param>
    /// <param name="isExclusive">Whether the user asserts that nobody else uses it.</param>
    public GpuMeter(IGpuSensor sensor, bool isExclusive = false)
    {
        _sensor = sensor;
        _ownership = new GpuOwnership(sensor, isExclusive);
    }

    public EnergyChannel Channel => _sensor.Channel;

    /// <summary>What is wrong with the sensor; <see langword="null"/> when nothing is.</summary>
    public string? Fault => _parked ?? _sensor.Fault;

    /// <summary>What a reader must know of its readings.</summary>
    public string? Remark => _sensor.Remark;

    /// <summary>Why it is not known whose its energy is, and what would help; <see langword="null"/> when it is known.</summary>
    public string? OwnerUnknown => _ownership.Unknown;

    /// <summary>Whether the process tree may be using it, so that an edge of a window wants a reading of its own.</summary>
    public bool MayBeOurs => _last is not null && _ownership.Use.Kind != GpuUseKind.NotOurs;

    /// <summary>Whether its driver did not answer in time and is left alone until it does.</summary>
    public bool IsParked => Volatile.Read(ref _parked) is not null;

    /// <summary>Which windows were open at the last reading, as a number that changes with them.</summary>
    public int OpenSetAtReading { get; private set; }

    /// <summary>Reads the sensor, which may be slow, or hang. Only the lane calls it.</summary>
    public void Read(bool alsoProcesses)
    {
        _reading = SensorRead.TryRead(_sensor, out var energy) ? energy : null;
        if (alsoProcesses)
        {
            _ownership.Read();
        }
    }

    /// <summary>Extrapolates an interval: what the GPU draws without work, and what it draws above that.</summary>
    public (Energy Idle, Energy Active) Extrapolate(TimeSpan elapsed)
    {
        _sinceReading += elapsed;
        if (_last is null)
        {
            return default;
        }

        var idlePower = Idle;
        var (idle, active) = (idlePower * elapsed, (_power - idlePower) * elapsed);
        _bookedIdle += idle;
        _bookedActive += active;
        return (idle, active);
    }

    /// <summary>Takes what <see cref="Read"/> gave.</summary>
    /// <param name="openSet">Which windows are open now.</param>
    /// <returns>
    /// Idle: what was booked too little since the reading before (negative: too much). Booked: what was extrapolated above
    /// idle since then. Active: what it was.
    /// </returns>
    public (Energy Idle, Energy Booked, Energy Active) Take(int openSet)
    {
        OpenSetAtReading = openSet;
        if (_reading is not { } reading)
        {
            Forget();
            return default;
        }

        var (bookedIdle, booked) = (_bookedIdle, _bookedActive);
        if (_last is not { } last || reading < last)
        {
            // The first, or a counter that jumped backwards: what happened in between is lost, not negative.
            var isFirst = _last is null;
            Forget();
            Begin(reading);
            return isFirst ? default : (Energy.Zero - bookedIdle, booked, Energy.Zero);
        }

        var measured = reading - last;
        Learn(measured);
        var active = _split.TakeActive(measured, _sinceReading, Idle, Channel.UpdatePeriod);
        (_last, _sinceReading, _bookedIdle, _bookedActive) = (reading, TimeSpan.Zero, Energy.Zero, Energy.Zero);
        return (measured - active - bookedIdle, booked, active);
    }

    /// <summary>Decides whose its energy is from now on, by what the driver said last.</summary>
    public void DecideWhose(IProcessClock clock) => _ownership.Decide(clock);

    /// <summary>Bounds of the tree's part of energy above idle, how much is that of others, and whether that is certain.</summary>
    public (BoundedEnergy OfTree, Energy OfOthers, bool IsCertain) Shared(Energy active)
    {
        var use = _ownership.Use;
        var ofTree = active * use.Share;
        var bounded = Bounded(ofTree);
        return (use.IsGuess ? new BoundedEnergy(Energy.Zero, ofTree, Bounded(active).High) : bounded, active - ofTree, !use.IsGuess);
    }

    /// <summary>
    /// The variance (J²) that an edge of a window adds: the counter shows the last refresh, which is up to a period U old, so
    /// at a power P the edge is off by a part of P·U, evenly spread. P is the highest power that was seen: which power there
    /// was just before the edge is not known, and the mean of a bursty load is less.
    /// </summary>
    public double EdgeVariance()
    {
        var joules = (_highest * Channel.UpdatePeriod).Joules;
        return joules * joules / 12;
    }

    /// <summary>How far a window of this length is off because idle power is known no better than it is.</summary>
    public Energy IdleDoubt(TimeSpan window) => Idle * window * _idle.Doubt(Channel.UpdatePeriod);

    /// <summary>Whether a window of this length and energy is too short for this GPU's part of it to be told.</summary>
    public bool IsTooShort(TimeSpan window, BoundedEnergy gpu, BoundedEnergy total) =>
        MayBeOurs && window < Channel.Resolution && gpu.Central > total.Central * NegligibleShare;

    /// <summary>Its driver does not answer, and is left alone. Only the lane calls it.</summary>
    public void Park(string reason) => Volatile.Write(ref _parked, reason);

    /// <summary>Its driver has answered after all, and is read again.</summary>
    public void Unpark() => Volatile.Write(ref _parked, null);

    /// <summary>Nothing is extrapolated from a sensor that is silent.</summary>
    public void Forget() =>
        (_last, _power, _sinceReading, _bookedIdle, _bookedActive, _split, _recent) =
            (null, Power.Zero, TimeSpan.Zero, Energy.Zero, Energy.Zero, default, default);

    private Power Idle => _idle.Power is { } idle && idle < _power ? idle : _power;

    /// <summary>Energy of its, with the bounds of its figures.</summary>
    public BoundedEnergy Bounded(Energy energy)
    {
        var (low, high) = Channel.Bounds;
        return new(energy * low, energy, energy * high);
    }

    private void Begin(Energy reading)
    {
        _last = reading;

        // What it draws before anybody works is the best first guess of what it draws without work.
        if (_idle.Power is null && _ownership.Details.Power is { } power)
        {
            _idle.Guess(power);
            _power = power;
        }
    }

    private void Learn(Energy measured)
    {
        if (_recent.Add(measured, _sinceReading, Channel.UpdatePeriod * 2) is { } power)
        {
            _power = power;
            _highest = power > _highest ? power : _highest;
        }

        _idle.Learn(measured, _sinceReading, Channel.UpdatePeriod);
    }
}
