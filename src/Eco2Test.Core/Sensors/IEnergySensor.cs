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

    /// <summary>
    /// What a reader of the report must know of the readings so far, such as energy that was lost when a counter was reset;
    /// <see langword="null"/> when there is nothing. It changes when there is more to say.
    /// </summary>
    string? Remark { get; }

    /// <summary>
    /// The device's energy since some moment in the past: only differences mean something. It never decreases: wraps are
    /// undone, and what a reset lost is not made up. Not for several threads at once.
    /// </summary>
    bool TryRead(out Energy cumulative);
}

/// <summary>A GPU: its energy, and whose it is.</summary>
internal interface IGpuSensor : IEnergySensor
{
    /// <summary>
    /// The processes that have a context on it, by the numbers that the driver gives them. Slow, like every call of a driver.
    /// </summary>
    /// <param name="processes">Is filled; what was in it is removed.</param>
    /// <param name="reason">Why the driver does not say; <see langword="null"/> when it does.</param>
    bool TryReadProcesses(List<GpuProcess> processes, out string? reason);

    /// <summary>What people want to know of it; for display.</summary>
    GpuDetails ReadDetails();
}

/// <summary>A process that has a context on a GPU.</summary>
/// <param name="Id">Its number as the driver sees it, which in a container is that of the host.</param>
/// <param name="SmUtilization">Its part of the time of the GPU's multiprocessors since the last reading, from 0 to 1; <see langword="null"/> when the driver does not say.</param>
internal readonly record struct GpuProcess(int Id, double? SmUtilization);

/// <summary>What people want to know of a GPU; <see langword="null"/> where the driver does not say.</summary>
internal sealed record GpuDetails
{
    public Power? PowerLimit { get; init; }

    public Power? Power { get; init; }

    public double? TemperatureCelsius { get; init; }

    public long? MemoryBytes { get; init; }

    public long? MemoryUsedBytes { get; init; }

    public string? DriverVersion { get; init; }

    /// <summary>Whether it is divided into instances, whose energy the driver does not tell apart.</summary>
    public bool IsPartitioned { get; init; }
}
