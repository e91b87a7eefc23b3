using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Finds the energy counters of Linux' powercap framework: <c>/sys/class/powercap/intel-rapl:N</c> is a package or a board,
/// <c>intel-rapl:N:M</c> a part of it. AMD's processors are served by the same driver under the same name.
/// </summary>
/// <param name="files">The door to <c>/sys</c>.</param>
/// <param name="vendor">The processor's CPUID vendor, where it is known.</param>
/// <param name="isGuest">Whether a hypervisor is between us and the processor.</param>
/// <param name="time">A clock.</param>
internal sealed class PowercapSearch(SystemFiles files, string? vendor, bool isGuest, TimeProvider time)
{
    public const string Name = "RAPL";

    private const string Class = "sys/class/powercap";
    private const string Remedies = "docs/rapl.md";

    /// <summary>More than any machine has.</summary>
    private const int MostZones = 1024;

    /// <summary>No name that a driver gives is longer (the kernel's PACKAGE_DOMAIN_NAME_LENGTH is 30).</summary>
    private const int LongestName = 64;

    /// <summary>Four times the largest socket on sale (500 W), assumed: turbo draws more than the TDP for a moment.</summary>
    private static readonly Power MostOfPackage = Power.FromWatts(2_000);

    /// <summary>A board of eight such sockets, assumed.</summary>
    private static readonly Power MostOfBoard = Power.FromWatts(16_000);

    private static readonly MissingSensor Denied = new(
        Name,
        "CPU energy is modeled: the RAPL counter is readable by root only (it is a side channel, CVE-2020-8694).",
        "To measure, give a group read access by a udev rule: docs/rapl.md.")
    {
        IsDenied = true,
    };

    public SensorSet Find()
    {
        var folders = Folders();
        var zones = folders.Count == 0 ? [] : Zones(folders);
        if (zones.Exists(zone => zone.Domain is EnergyDomain.Package or EnergyDomain.Platform))
        {
            return RaplArrangement.Arrange(zones, Denied);
        }

        zones.ForEach(zone => zone.Sensor.Dispose());
        return new SensorSet { Missing = [WhyNone(areListed: folders.Count > 0)] };
    }

    /// <summary>The zones' folders in the order of their numbers; a folder that has two names once.</summary>
    private List<ZoneFolder> Folders()
    {
        var folders = new List<ZoneFolder>();
        foreach (var entry in files.Entries(Class))
        {
            if (ZoneFolder.Parse(entry) is { } folder && folders.Count < MostZones)
            {
                folders.Add(folder);
            }
        }

        folders.Sort();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        folders.RemoveAll(folder => !seen.Add(files.RealPath($"{Class}/{folder.Id}")));
        return folders;
    }

    private List<RaplZone> Zones(List<ZoneFolder> folders)
    {
        var zones = new Dictionary<string, RaplZone>(StringComparer.Ordinal);
        var devices = new HashSet<string>(StringComparer.Ordinal);

        // A part comes after what it is a part of.
        foreach (var folder in folders)
        {
            var parent = folder.ParentId is { } id ? zones.GetValueOrDefault(id) : null;
            if (NameOf(folder) is not { } name || DomainOf(name, isPart: folder.Part is not null) is not { } domain || (folder.Part is not null && parent is null))
            {
                continue;
            }

            var device = parent is null ? $"{name}{(folder.IsSecondWay ? " (mmio)" : "")}" : $"{parent.Device} {name}";
            if (!devices.Add(device))
            {
                devices.Add(device = $"{device} ({folder.Id})");
            }

            zones[folder.Id] = new RaplZone(Sensor(folder, device, domain), parent?.Socket ?? SocketOf(name))
            {
                Parent = parent,
                IsSecondWay = folder.IsSecondWay,
                Dies = parent is null ? DiesOf(name) : RaplDies.OwnCounters,
            };
        }

        return [.. zones.Values];
    }

    private RaplSensor Sensor(ZoneFolder folder, string device, EnergyDomain domain)
    {
        var range = files.Read($"{Class}/{folder.Id}/max_energy_range_uj")?.Trim();
        var channel = new EnergyChannel(device, folder.IsSecondWay ? "rapl-mmio" : "rapl-powercap", domain, Provenance.Measured, RaplSensor.Period)
        {
            Scale = 1e-6,
            Uncertainty = UncertaintyOf(domain),
            WrapModulus = ulong.TryParse(range, NumberStyles.None, CultureInfo.InvariantCulture, out var modulus) && modulus > 0 ? modulus : null,
        };
        return domain == EnergyDomain.Platform
            ? new RaplSensor(files, $"{Class}/{folder.Id}", channel, MostOfBoard, time, "CPU energy is that of the whole board (psys): this machine has no counter of the processor alone.")
            : new RaplSensor(files, $"{Class}/{folder.Id}", channel, MostOfPackage, time);
    }

    /// <summary>
    /// Assumed, in the order of what was found: Intel's packages are measured since Haswell (Hackenberg et al. 2015), the limits
    /// of AMD's are described (Schöne et al. 2021), memory is off by an offset that differs between machines (Desrochers et al. 2016).
    /// </summary>
    private double UncertaintyOf(EnergyDomain domain) => domain switch
    {
        EnergyDomain.Dram => 0.2,
        EnergyDomain.Platform => 0.1,
        _ => vendor == "GenuineIntel" ? 0.05 : 0.1,
    };

    /// <summary>
    /// On AMD's processors the counter is the package's, and a driver that lists dies shows it once for each (Linux corrected
    /// that in 2024: "powercap: intel_rapl: Fix the energy-pkg event for AMD CPUs"); on Intel's it is the die's (Cascade Lake-AP).
    /// </summary>
    private RaplDies DiesOf(string name) => vendor switch
    {
        "AuthenticAMD" or "HygonGenuine" => RaplDies.OneCounter,
        "GenuineIntel" when SocketOf(name) != name => RaplDies.OwnCounters,
        _ => RaplDies.Unknown,
    };

    private string? NameOf(ZoneFolder folder) =>
        files.Read($"{Class}/{folder.Id}/name")?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : null;

    private static EnergyDomain? DomainOf(string name, bool isPart) => name switch
    {
        "core" when isPart => EnergyDomain.Core,
        "uncore" when isPart => EnergyDomain.Uncore,
        "dram" when isPart => EnergyDomain.Dram,
        _ when isPart => null,
        _ when name.StartsWith("package", StringComparison.Ordinal) => EnergyDomain.Package,
        _ when name.StartsWith("psys", StringComparison.Ordinal) => EnergyDomain.Platform,
        _ => null,
    };

    /// <summary><c>package-0</c> of <c>package-0-die-1</c>.</summary>
    private static string SocketOf(string name) => name.IndexOf("-die-", StringComparison.Ordinal) is > 0 and var die ? name[..die] : name;

    private MissingSensor WhyNone(bool areListed)
    {
        var isContainer = files.Read(".dockerenv") is not null || files.Read("run/.containerenv") is not null;
        return
            isContainer || areListed ? new MissingSensor(
                Name,
                "CPU energy is modeled: this container does not show the RAPL counters (container engines hide them, since they are a side channel, CVE-2020-8694).",
                $"To measure, show the container /sys/devices/virtual/powercap: {Remedies}.")
            : isGuest ? new MissingSensor(
                Name,
                "CPU energy is modeled: this is a virtual machine, and its host does not pass the processor's energy counter on.",
                null)
            : new MissingSensor(
                Name,
                "CPU energy is modeled: the kernel shows no RAPL counter (nothing in /sys/class/powercap).",
                $"On a processor of Intel (since Sandy Bridge) or AMD (since Zen), load the driver: modprobe intel_rapl_msr; see {Remedies}.");
    }

    /// <summary>The name of a zone's folder: the control type, the number of the zone, and that of a part of it.</summary>
    private sealed record ZoneFolder(string Id, bool IsSecondWay, int Number, int? Part) : IComparable<ZoneFolder>
    {
        public string? ParentId => Part is null ? null : Id[..Id.LastIndexOf(':')];

        public static ZoneFolder? Parse(string id)
        {
            var words = id.Split(':');
            var isSecondWay = words[0] == "intel-rapl-mmio";
            if (!isSecondWay && words[0] is not ("intel-rapl" or "amd-rapl"))
            {
                return null;
            }

            return words.Length switch
            {
                2 when TryNumber(words[1], out var number) => new ZoneFolder(id, isSecondWay, number, null),
                3 when TryNumber(words[1], out var number) && TryNumber(words[2], out var part) => new ZoneFolder(id, isSecondWay, number, part),
                _ => null,
            };
        }

        public int CompareTo(ZoneFolder? other) =>
            other is null ? 1
            : IsSecondWay != other.IsSecondWay ? (IsSecondWay ? 1 : -1)
            : Number != other.Number ? Number.CompareTo(other.Number)
            : Part != other.Part ? (Part ?? -1).CompareTo(other.Part ?? -1)
            : string.CompareOrdinal(Id, other.Id);

        private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
