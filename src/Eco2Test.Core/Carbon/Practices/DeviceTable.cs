using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>A device that work can be moved to.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Design">The design power that is compared: of one core of a processor, of the board of a GPU.</param>
/// <param name="IsForServers">Whether it is made for servers; only devices of one kind are set beside each other.</param>
/// <param name="Source">Where the power comes from.</param>
internal sealed record TableDevice(string Name, Power Design, bool IsForServers, string Source);

/// <summary>The devices of one class that the tables know.</summary>
internal sealed class DeviceTable
{
    private static readonly string[] ServerProcessors = ["EPYC", "Xeon", "Opteron", "Ampere", "Graviton"];

    private readonly Func<string, string> _key;

    private DeviceTable(IReadOnlyList<TableDevice> devices, Func<string, string> key, string need) => (Devices, _key, Need) = (devices, key, need);

    /// <summary>In the order of names.</summary>
    public IReadOnlyList<TableDevice> Devices { get; }

    /// <summary>What the tables must have of a device for it to be here.</summary>
    public string Need { get; }

    /// <summary>
    /// The processors whose TDP and count of cores are known. Work that keeps some cores busy is compared core by core: the TDP
    /// of whole sockets says how many cores they have, not what the same work draws.
    /// </summary>
    public static DeviceTable Processors()
    {
        // Where two sources disagree about the TDP, none is taken.
        var devices = CpuModel.All()
            .Where(cpu => cpu is { Cores: not null, OtherTdp: null })
            .Select(cpu => new TableDevice(cpu.Name, cpu.Tdp / cpu.Cores!.Value, ServerProcessors.Any(cpu.Name.Contains), cpu.Source))
            .ToList();
        return new(OnePerName(devices, ProcessorKey), ProcessorKey, "the TDP and the count of cores");
    }

    /// <summary>The GPUs; Google's TPUs, of which the table has a mean power and no design power, are none.</summary>
    public static DeviceTable Gpus()
    {
        var devices = GpuModel.All()
            .Where(gpu => !gpu.Name.StartsWith("Google TPU", StringComparison.Ordinal))
            .Select(gpu => new TableDevice(gpu.Name, gpu.Tdp, false, gpu.IsVerified ? gpu.Source : $"{gpu.Source}, not verified"))
            .ToList();
        return new(devices, name => GpuModel.Find(name)?.Name ?? name, "the TDP");
    }

    /// <summary>The device of this name, in any case; <see langword="null"/> when none is called so.</summary>
    public TableDevice? Find(string name)
    {
        var wanted = _key(name);
        return Devices.FirstOrDefault(device => string.Equals(_key(device.Name), wanted, StringComparison.OrdinalIgnoreCase));
    }

    // The table has some processors with the maker's name and without it.
    private static string ProcessorKey(string name)
    {
        var normalized = CpuName.Normalized(name);
        var maker = Array.Find(["Intel ", "AMD "], maker => normalized.StartsWith(maker, StringComparison.OrdinalIgnoreCase));
        return normalized[(maker?.Length ?? 0)..];
    }

    private static List<TableDevice> OnePerName(List<TableDevice> devices, Func<string, string> key) =>
        [.. devices.GroupBy(device => key(device.Name), StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Select(device => device.Design).Distinct().Count() == 1)
            .Select(same => same.First())];
}
