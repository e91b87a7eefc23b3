using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// Counters that are added up, such as the packages of a machine: what they counted since the last time. When one of them
/// fails the sum is not known, and the interval is left to a model.
/// </summary>
internal sealed class CounterMeter(IReadOnlyList<IEnergySensor> sensors)
{
    private readonly Energy?[] _last = new Energy?[sensors.Count];

    /// <summary>Whether there is a counter at all.</summary>
    public bool Exists => sensors.Count > 0;

    /// <summary>How often the slowest of them refreshes.</summary>
    public TimeSpan UpdatePeriod { get; } = sensors.Count == 0 ? TimeSpan.Zero : sensors.Max(sensor => sensor.Channel.UpdatePeriod);

    /// <summary>How far their figures may be off, as a part.</summary>
    public double Uncertainty { get; } = sensors.Count == 0 ? 0 : sensors.Max(sensor => sensor.Channel.Uncertainty);

    /// <summary>How many intervals there were of which the sum is not known.</summary>
    public int Failures { get; private set; }

    /// <summary>What the sensors counted since the last call; <see langword="false"/> at the first, and when one of them failed then or now.</summary>
    public bool TryTake(out Energy energy)
    {
        energy = Energy.Zero;
        var complete = sensors.Count > 0;
        for (var i = 0; i < sensors.Count; i++)
        {
            if (!SensorRead.TryRead(sensors[i], out var now))
            {
                (_last[i], complete) = (null, false);
                continue;
            }

            // A sensor never counts backwards; if one does all the same, what happened in between is lost, not negative.
            complete &= _last[i] is { } last && now >= last;
            energy += now - (_last[i] ?? now);
            _last[i] = now;
        }

        Failures += complete ? 0 : 1;
        return complete;
    }

    /// <summary>What they counted, with the bounds of their figures.</summary>
    public BoundedEnergy Bounded(Energy energy) => new(energy * (1 - Uncertainty), energy, energy * (1 + Uncertainty));
}
