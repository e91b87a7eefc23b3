using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>Where Linux shows an AMD GPU; all below the root of the system's files.</summary>
/// <param name="Monitor">Its hwmon folder.</param>
/// <param name="Device">Its PCI device.</param>
/// <param name="Power">The file with its power.</param>
/// <param name="ComputeId">The number by which the compute driver knows it; <see langword="null"/> when it does not.</param>
internal sealed record AmdGpuFolders(string Monitor, string Device, string Power, uint? ComputeId);

/// <summary>
/// Finds AMD's GPUs by <c>/sys/class/hwmon</c>. A GPU that shares its chip with the processor (an APU) is not added: its
/// power is the chip's, processor included (the kernel's documentation, amdgpu/thermal), which is counted already.
/// </summary>
internal sealed class AmdGpuSearch(SystemFiles files, TimeProvider time)
{
    /// <summary>Where the compute driver shows itself.</summary>
    public const string Compute = "sys/class/kfd/kfd";

    /// <summary>10 kW: no board draws as much, and what says so is an error.</summary>
    public const ulong MostMicrowatts = 10_000_000_000;

    private const string Monitors = "sys/class/hwmon";
    private const string ComputeNodes = $"{Compute}/topology/nodes";
    private const int LongestName = 96;

    public SensorSet Find()
    {
        var gpus = new List<IGpuSensor>();
        var notAdded = new List<EnergyChannel>();
        var missing = new List<MissingSensor>();
        foreach (var name in Names())
        {
            var monitor = $"{Monitors}/{name}";
            if (PowerOf(monitor) is not { } power)
            {
                missing.Add(new MissingSensor("AMD GPU", $"{NameOf(monitor)} shows no power (no power1_average or power1_input).", "A newer kernel may show it."));
                continue;
            }

            var channel = new EnergyChannel(NameOf(monitor), "amdgpu-power", EnergyDomain.Gpu, Provenance.Measured, AmdGpuSensor.Period)
            {
                IsSampledPower = true,
                Scale = 1e-6,
                Uncertainty = 0.1,
            };
            if (IsProcessorsChip(monitor))
            {
                notAdded.Add(channel with { ContainedIn = "the processor's package" });
                continue;
            }

            gpus.Add(new AmdGpuSensor(files, new AmdGpuFolders(monitor, $"{monitor}/device", power, ComputeIdOf(monitor)), channel, time));
        }

        return new SensorSet { Gpus = gpus, NotAdded = notAdded, Missing = missing };
    }

    /// <summary>A file that holds one number that is not negative.</summary>
    public static long? Number(SystemFiles files, string path) =>
        long.TryParse(files.Read(path)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private List<string> Names()
    {
        var names = files.Entries(Monitors).Where(IsAmdGpu).ToList();
        names.Sort((one, other) => NumberOf(one).CompareTo(NumberOf(other)));
        return names;
    }

    private bool IsAmdGpu(string monitor) => files.Read($"{Monitors}/{monitor}/name")?.Trim() == "amdgpu";

    /// <summary>Only APUs have this voltage (<c>amdgpu_pm.c</c>), all but the MI300A, which is told by its PCI number.</summary>
    private bool IsProcessorsChip(string monitor) =>
        files.Read($"{monitor}/in1_label")?.Trim() == "vddnb" || files.Read($"{monitor}/device/device")?.Trim() == "0x74a0";

    private static int NumberOf(string monitor) =>
        monitor.StartsWith("hwmon", StringComparison.Ordinal) && int.TryParse(monitor.AsSpan("hwmon".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;

    /// <summary>The mean where there is one: it misses less between two readings than the power of a moment.</summary>
    private string? PowerOf(string monitor) =>
        new[] { $"{monitor}/power1_average", $"{monitor}/power1_input" }.FirstOrDefault(file => Number(files, file) is not null);

    private string NameOf(string monitor) =>
        files.Read($"{monitor}/device/product_name")?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : "AMD GPU";

    /// <summary>By its place on the PCI bus: <c>0000:03:00.0</c> is domain 0, and location 3 × 256 + 0 × 8 + 0.</summary>
    private uint? ComputeIdOf(string monitor)
    {
        var place = Path.GetFileName(files.RealPath($"{monitor}/device")).Split(':', '.');
        if (place.Length != 4 || !TryHex(place[0], out var domain) || !TryHex(place[1], out var bus) || !TryHex(place[2], out var device) || !TryHex(place[3], out var function))
        {
            return null;
        }

        var location = (bus << 8) | (device << 3) | function;
        foreach (var node in files.Entries(ComputeNodes))
        {
            var properties = files.Read($"{ComputeNodes}/{node}/properties") ?? "";
            if (Property(properties, "location_id") == location && (Property(properties, "domain") ?? 0) == domain
                && Number(files, $"{ComputeNodes}/{node}/gpu_id") is > 0 and <= uint.MaxValue and var id)
            {
                return (uint)id;
            }
        }

        return null;
    }

    private static long? Property(string properties, string name)
    {
        foreach (var line in properties.Split('\n'))
        {
            if (line.StartsWith(name + " ", StringComparison.Ordinal) && long.TryParse(line.AsSpan(name.Length + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static bool TryHex(string text, out int number) => int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
