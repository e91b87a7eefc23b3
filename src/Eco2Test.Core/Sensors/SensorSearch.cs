using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// What a machine has to measure with. Which code path an operating system takes is decided here and nowhere else; a test
/// takes the path of any system on any other. A search that throws, or finds what cannot be, never stops the others.
/// </summary>
internal sealed record SensorSearch
{
    public required OperatingSystemKind System { get; init; }

    public required SystemFiles Files { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The processor's CPUID vendor, where it is known.</summary>
    public string? CpuVendor { get; init; }

    /// <summary>Whether a hypervisor is between us and the processor.</summary>
    public bool IsGuest { get; init; }

    /// <summary>NVIDIA's GPUs, or why there is none.</summary>
    public required Func<(IReadOnlyList<IGpuSensor> Gpus, MissingSensor? Missing)> Nvml { get; init; }

    /// <summary>The devices of Windows' Energy Meter Interface, or why there is none.</summary>
    public required Func<(IReadOnlyList<IEnergyMeterDevice> Devices, string? Reason)> EnergyMeters { get; init; }

    /// <summary>The search on this machine.</summary>
    public static SensorSearch OfThisMachine(CpuIdentity cpu, TimeProvider time) => new()
    {
        System = OperatingSystems.OfThisMachine,
        Files = SystemFiles.OfThisMachine,
        Time = time,
        CpuVendor = cpu.Vendor,
        IsGuest = cpu.IsGuest,
        Nvml = () => NvmlSearch.Find(time),
        EnergyMeters = EnergyMeterWindows.Find,
    };

    public SensorSet Find()
    {
        var found = System switch
        {
            OperatingSystemKind.Linux => new[] { Try(PowercapSearch.Name, FindPowercap), Try("NVML", FindNvml), Try("AMD GPU", FindAmdGpus) },
            OperatingSystemKind.Windows => [Try(EnergyMeterSearch.Name, FindEnergyMeters), Try("NVML", FindNvml)],
            OperatingSystemKind.MacOs => [MissingOnMacOS()],
            _ => [Missing("CPU energy", "CPU energy is modeled: counters are read on Linux and Windows only.")],
        };
        return new SensorSet
        {
            Packages = [.. found.SelectMany(set => set.Packages)],
            Memory = [.. found.SelectMany(set => set.Memory)],
            Gpus = [.. found.SelectMany(set => set.Gpus)],
            NotAdded = [.. found.SelectMany(set => set.NotAdded)],
            Missing = [.. found.SelectMany(set => set.Missing)],
        };
    }

    /// <summary>CPU time and memory of the process and its children.</summary>
    public IProcessClock Clock() => ClockOf(System);

    /// <summary>The same without a search.</summary>
    public static IProcessClock ClockOfThisProcess() => ClockOf(OperatingSystems.OfThisMachine);

    private static IProcessClock ClockOf(OperatingSystemKind system) => system switch
    {
        OperatingSystemKind.Linux => new LinuxProcessClock(),
        OperatingSystemKind.Windows => new WindowsProcessClock(new WindowsTimes()),
        _ => new PortableProcessClock(),
    };

    private SensorSet FindPowercap() => new PowercapSearch(Files, CpuVendor, IsGuest, Time).Find();

    private SensorSet FindAmdGpus() => new AmdGpuSearch(Files, Time).Find();

    private SensorSet FindNvml()
    {
        var (gpus, missing) = Nvml();
        return new SensorSet { Gpus = gpus, Missing = missing is null ? [] : [missing] };
    }

    private SensorSet FindEnergyMeters()
    {
        var (devices, reason) = EnergyMeters();
        return reason is null
            ? new EnergyMeterSearch(devices, Time).Find()
            : Missing(EnergyMeterSearch.Name, $"CPU energy is modeled: {reason}.");
    }

    private static SensorSet MissingOnMacOS() => Missing(
        "CPU energy",
        "CPU energy is modeled: macOS shows the processor's energy to root only (powermetrics), and the interface behind it (IOReport) is not public.");

    private static SensorSet Missing(string name, string reason) => new() { Missing = [new MissingSensor(name, reason, null)] };

    private static SensorSet Try(string name, Func<SensorSet> find)
    {
        try
        {
            return Sound(name, find());
        }
        catch (Exception fault)
        {
            return Missing(name, $"Looking for it failed: {fault.Message}");
        }
    }

    /// <summary>A set without the sensors that say of themselves what cannot be.</summary>
    private static SensorSet Sound(string name, SensorSet set)
    {
        var (packages, memory, gpus) = (set.Packages.Where(IsSound).ToList(), set.Memory.Where(IsSound).ToList(), set.Gpus.Where(IsSound).ToList());
        var unsound = set.Packages.Count + set.Memory.Count + set.Gpus.Count - packages.Count - memory.Count - gpus.Count;
        return unsound == 0 ? set : set with
        {
            Packages = packages,
            Memory = memory,
            Gpus = gpus,
            Missing = [.. set.Missing, new MissingSensor(name, "A device says of itself what cannot be, and is not read.", null)],
        };
    }

    private static bool IsSound(IEnergySensor? sensor)
    {
        try
        {
            return sensor?.Channel is { Device: not null, Source: not null, UpdatePeriod.Ticks: >= 0 and <= TimeSpan.TicksPerHour, Uncertainty: >= 0 and <= 1 };
        }
        catch (Exception)
        {
            return false;
        }
    }
}
