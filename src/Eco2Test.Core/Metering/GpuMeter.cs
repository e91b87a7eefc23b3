using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// One GPU in the ledger. The sensor is read by the sampling thread; between readings the energy is extrapolated from
/// the last completed interval, and the next reading corrects the difference.
/// </summary>
internal sealed class GpuMeter(IEnergySensor sensor)
{
    private Energy? _lastReading;
    private Energy _booked;
    private TimeSpan _sinceReading;
    private Power _power;
    private Power? _idlePower;

    /// <summary>What the last <see cref="Read"/> gave; <see langword="null"/> when it failed.</summary>
    public Energy? Reading { get; private set; }

    /// <summary>Reads the sensor, which may be slow. Only the sampling thread calls it.</summary>
    public void Read() => Reading = sensor.TryRead(out var reading) ? reading : null;

    /// <summary>Extrapolates an interval: what the GPU draws without work, the lowest power seen, and what it draws above that.</summary>
    public (Energy Idle, Energy Active) Extrapolate(TimeSpan elapsed)
    {
        var idlePower = _idlePower is { } lowest && lowest < _power ? lowest : _power;
        var (idle, active) = (idlePower * elapsed, (_power - idlePower) * elapsed);
        _booked += idle + active;
        _sinceReading += elapsed;
        return (idle, active);
    }

    /// <summary>Takes a new reading; returns what was booked too little since the last one (negative: too much).</summary>
    public Energy Correct(Energy reading)
    {
        if (_lastReading is not { } last)
        {
            (_lastReading, _booked, _sinceReading) = (reading, Energy.Zero, TimeSpan.Zero);
            return Energy.Zero;
        }

        // A counter that jumps backwards was reset by its driver: what happened in between is lost, not negative.
        var measured = reading > last ? reading - last : Energy.Zero;
        var correction = measured - _booked;
        if (_sinceReading > TimeSpan.Zero && reading >= last)
        {
            _power = measured / _sinceReading;
            _idlePower = _idlePower is { } lowest && lowest < _power ? lowest : _power;
        }

        (_lastReading, _booked, _sinceReading) = (reading, Energy.Zero, TimeSpan.Zero);
        return correction;
    }

    /// <summary>The sensor gave no reading: nothing is extrapolated from one that is silent.</summary>
    public void Fail() => (_lastReading, _power, _booked, _sinceReading) = (null, Power.Zero, Energy.Zero, TimeSpan.Zero);
}
