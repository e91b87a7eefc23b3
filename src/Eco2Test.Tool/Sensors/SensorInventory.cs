using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eco2Test.Tool;

/// <summary>What a machine has to measure with; every text in it is clean, and every number finite.</summary>
internal sealed record SensorInventory
{
    public required ProcessorFacts Processor { get; init; }

    public required IReadOnlyList<ChannelFacts> Channels { get; init; }

    /// <summary>Channels that are there, but contained in another one or its double.</summary>
    public required IReadOnlyList<ChannelFacts> NotAdded { get; init; }

    public required CpuModelFacts CpuModel { get; init; }

    public required RamModelFacts RamModel { get; init; }

    public required IReadOnlyList<MissingFacts> Missing { get; init; }

    /// <summary>Settings that cannot be read.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

internal sealed record ProcessorFacts(string Name, bool IsGuest, int LogicalProcessors, double AvailableCpus);

/// <summary>A channel; what the device does not say is <see langword="null"/>.</summary>
internal sealed record ChannelFacts(string Device, string Domain, string Source, Provenance Provenance, bool IsSampledPower)
{
    public double? UpdatePeriodMilliseconds { get; init; }

    public double? UncertaintyPercent { get; init; }

    public string? ContainedIn { get; init; }

    /// <summary>How the first reading went; of a channel that is not added, nothing.</summary>
    public ChannelState? State { get; init; }

    public string? Fault { get; init; }

    public string? Remark { get; init; }

    public GpuFacts? Gpu { get; init; }
}

internal enum ChannelState
{
    Works,
    Faulted,
    DoesNotAnswer,
}

internal sealed record GpuFacts
{
    public double? PowerWatts { get; init; }

    public double? PowerLimitWatts { get; init; }

    public double? TemperatureCelsius { get; init; }

    public long? MemoryBytes { get; init; }

    public long? MemoryUsedBytes { get; init; }

    public string? DriverVersion { get; init; }

    public bool IsPartitioned { get; init; }

    public SharingFacts? Sharing { get; init; }
}

/// <summary>Whether the driver tells whose a GPU's energy is.</summary>
/// <param name="ProcessCount">How many processes have a context on it; <see langword="null"/> when the driver does not say.</param>
/// <param name="TellsUtilization">Whether it says how much of the time each of them uses.</param>
/// <param name="AreProcessesRecognised">Whether its numbers of processes are those of this system.</param>
/// <param name="Reason">Why it does not say.</param>
internal sealed record SharingFacts(int? ProcessCount, bool TellsUtilization, bool AreProcessesRecognised, string? Reason);

/// <summary>The power model of the processor, which is in use where no counter of it can be read.</summary>
internal sealed record CpuModelFacts(
    bool IsInUse, Provenance Provenance, string Source, string Detail, BoundedWatts ActiveWattsPerCpu, BoundedWatts IdleWattsPerCpu, bool IncludesMemory);

/// <summary>The power model of memory, which is in use where neither a counter nor the processor's figure has it.</summary>
internal sealed record RamModelFacts(
    bool IsInUse, bool IsContainedInCpu, Provenance Provenance, string Source, string Detail, double? LowFactor, double? HighFactor);

internal sealed record BoundedWatts(double Low, double Central, double High);

internal sealed record MissingFacts(string Name, string Reason, string? Remedy, bool IsDenied);

/// <summary>Writes the inventory as JSON.</summary>
internal static class SensorInventoryJson
{
    public static string Write(SensorInventory inventory) => JsonSerializer.Serialize(inventory, SensorJsonContext.Readable.SensorInventory) + "\n";
}

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SensorInventory))]
internal sealed partial class SensorJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static SensorJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<Provenance>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<ChannelState>(JsonNamingPolicy.CamelCase) },
    });
}
