using System.Buffers.Binary;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// One channel of a device of Windows' Energy Meter Interface, in picowatt-hours. A reading is one call of the device, which
/// answers for all its channels, and allocates nothing. Not for several threads at once.
/// </summary>
internal sealed class EnergyMeterSensor : IEnergySensor
{
    /// <summary>Assumed, a tick of Windows' clock: how often a device renews its figures is its driver's to choose.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(15.625);

    /// <summary>1 pWh = 1e-12 W × 3600 s.</summary>
    public const double JoulesPerUnit = 3.6e-9;

    /// <summary>Drivers may add up what they have not been asked for.</summary>
    private static readonly TimeSpan OldestValue = TimeSpan.FromSeconds(1);

    private readonly int _index;
    private readonly int _count;
    private readonly TimeProvider _time;
    private readonly CounterUnwrapper _counter;
    private long _lastTimestamp;

    /// <param name="device">The device, which stays open: its channels share it.</param>
    /// <param name="index">Which of its channels.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="channel">What it is of.</param>
    /// <param name="largestPower">More than it can draw.</param>
    /// <param name="time">A clock.</param>
    public EnergyMeterSensor(IEnergyMeterDevice device, int index, int count, EnergyChannel channel, Power largestPower, TimeProvider time)
    {
        (Device, _index, _count, Channel, _time) = (device, index, count, channel, time);
        _counter = new CounterUnwrapper(channel.Device, JoulesPerUnit, modulus: null, largestPower, OldestValue);
    }

    public IEnergyMeterDevice Device { get; }

    public EnergyChannel Channel { get; }

    public string? Fault { get; private set; }

    public string? Remark => _counter.Remark;

    public bool TryRead(out Energy cumulative)
    {
        Span<byte> answer = stackalloc byte[_count * EnergyMeterCodes.MeasurementLength];
        var start = _index * EnergyMeterCodes.MeasurementLength;
        if (!Device.TryControl(EnergyMeterCodes.Measurement, answer, out var length) || length < start + EnergyMeterCodes.MeasurementLength)
        {
            Fault ??= $"{Channel.Device}: the energy meter gives no measurement (its driver answers with an error)";
            cumulative = _counter.Cumulative;
            return false;
        }

        var now = _time.GetTimestamp();
        cumulative = _counter.Advance(BinaryPrimitives.ReadUInt64LittleEndian(answer[start..]), _time.GetElapsedTime(_lastTimestamp, now));
        _lastTimestamp = now;
        Fault = null;
        return true;
    }

    /// <summary>Nothing of its own to release.</summary>
    public void Dispose()
    {
    }
}
