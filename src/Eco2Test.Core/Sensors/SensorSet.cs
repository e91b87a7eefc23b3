namespace Eco2Test.Sensors;

/// <summary>What a machine has to measure with, and what it lacks.</summary>
internal sealed record SensorSet
{
    /// <summary>No sensor: everything is modeled.</summary>
    public static SensorSet None { get; } = new();

    /// <summary>Processors: none contains another, so that they are added up. A read takes microseconds.</summary>
    public IReadOnlyList<IEnergySensor> Packages { get; init; } = [];

    /// <summary>Memory that is not in a package's figure. A read takes microseconds.</summary>
    public IReadOnlyList<IEnergySensor> Memory { get; init; } = [];

    /// <summary>GPUs. A read is a call of a driver, which may be slow or hang.</summary>
    public IReadOnlyList<IGpuSensor> Gpus { get; init; } = [];

    /// <summary>Channels that are there, but contained in another one or its double; for display.</summary>
    public IReadOnlyList<EnergyChannel> NotAdded { get; init; } = [];

    /// <summary>What could not be had.</summary>
    public IReadOnlyList<MissingSensor> Missing { get; init; } = [];

    /// <summary>Lets go of all devices.</summary>
    public void Close()
    {
        foreach (var sensor in Packages.Concat(Memory).Concat(Gpus))
        {
            sensor.Dispose();
        }
    }
}

/// <summary>A kind of sensor that this machine lacks, or that may not be read.</summary>
/// <param name="Name">What it would be, such as <c>RAPL</c>.</param>
/// <param name="Reason">Why it is not there, as a sentence.</param>
/// <param name="Remedy">What would help, as a sentence; <see langword="null"/> when nothing would.</param>
internal sealed record MissingSensor(string Name, string Reason, string? Remedy)
{
    /// <summary>Whether the device is there and only the permission is missing: then the report says so too.</summary>
    public bool IsDenied { get; init; }
}
