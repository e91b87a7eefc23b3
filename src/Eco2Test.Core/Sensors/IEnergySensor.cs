using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Reads the energy of one device. A sensor knows joules and watts, never carbon. It never throws: a read that fails
/// returns <see langword="false"/> and says why in <see cref="Fault"/>; energy from before stays booked.
/// </summary>
internal interface IEnergySensor : IDisposable
{
    /// <summary>What it offers.</summary>
    EnergyChannel Channel { get; }

    /// <summary>Why the last read failed; <see langword="null"/> when it did not.</summary>
    string? Fault { get; }

    /// <summary>The device's energy since some moment in the past; only differences mean something.</summary>
    bool TryRead(out Energy cumulative);
}

/// <summary>One quantity that a sensor offers.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Source">How it is read, such as <c>nvml-energy-counter</c>.</param>
/// <param name="Provenance">How the figure is known.</param>
/// <param name="UpdatePeriod">How often the device refreshes it.</param>
internal sealed record EnergyChannel(string Device, string Source, Provenance Provenance, TimeSpan UpdatePeriod);
