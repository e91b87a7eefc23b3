namespace Eco2Test.Sensors;

/// <summary>A counter of a processor's energy as an operating system lists it, before it is known which of them may be added.</summary>
/// <param name="Sensor">Reads it.</param>
/// <param name="Socket">The processor that it belongs to, such as <c>package-0</c>: zones of one socket share it.</param>
internal sealed record RaplZone(IEnergySensor Sensor, string Socket)
{
    /// <summary>The zone that it is listed in; <see langword="null"/> for a package or a board.</summary>
    public RaplZone? Parent { get; init; }

    /// <summary>Whether the processor's registers are read on a second way, which shows the same counters again.</summary>
    public bool IsSecondWay { get; init; }

    /// <summary>What is known of it beside other zones of its socket and domain.</summary>
    public RaplDies Dies { get; init; }

    public EnergyDomain Domain => Sensor.Channel.Domain;

    public string Device => Sensor.Channel.Device;
}

/// <summary>Whether counters of one processor, such as those of its dies, show one and the same energy.</summary>
internal enum RaplDies
{
    /// <summary>Not known: their values tell.</summary>
    Unknown,

    /// <summary>Each has its own.</summary>
    OwnCounters,

    /// <summary>All show the processor's.</summary>
    OneCounter,
}
