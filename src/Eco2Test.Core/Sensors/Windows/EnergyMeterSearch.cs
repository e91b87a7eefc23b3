using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Finds the processors' counters among the devices of Windows' Energy Meter Interface, by the names that Windows gives
/// them: <c>RAPL_Package0_PKG</c>, <c>…_PP0</c> (cores), <c>…_PP1</c> (uncore), <c>…_DRAM</c>, and on AMD's processors
/// <c>RAPL_Package0_Core3_CORE</c>. Other meters, such as those of a tablet's parts, are of what is not told.
/// </summary>
internal sealed class EnergyMeterSearch(IReadOnlyList<IEnergyMeterDevice> devices, TimeProvider time)
{
    public const string Name = "EMI";

    private const string Prefix = "RAPL_";

    /// <summary>As for powercap: four times the largest socket on sale, assumed.</summary>
    private static readonly Power MostOfPackage = Power.FromWatts(2_000);

    private static readonly MissingSensor None = new(
        Name,
        "CPU energy is modeled: Windows' Energy Meter Interface has no counter of the processor here.",
        "Windows 11 has one on most machines; a virtual machine has none.");

    public SensorSet Find()
    {
        var channels = devices.SelectMany(ChannelsOf).ToList();
        var packages = Packages(channels);
        var parts = channels.Where(channel => channel.Domain != EnergyDomain.Package).Select(channel => Part(channel, packages));
        var set = packages.Count == 0 ? new SensorSet { Missing = [None] } : RaplArrangement.Arrange([.. packages, .. parts], None);
        foreach (var device in devices.Except(set.Packages.Concat(set.Memory).OfType<EnergyMeterSensor>().Select(sensor => sensor.Device)))
        {
            device.Dispose();
        }

        return set;
    }

    private IEnumerable<NamedChannel> ChannelsOf(IEnergyMeterDevice device)
    {
        var names = NamesOf(device);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] is { } name && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && name.LastIndexOf('_') is var end && end > Prefix.Length && DomainOf(name[(end + 1)..]) is { } domain)
            {
                var channel = new EnergyChannel(name, "emi", domain, Provenance.Measured, EnergyMeterSensor.Period) { Scale = EnergyMeterSensor.JoulesPerUnit, Uncertainty = 0.1 };
                yield return new NamedChannel(PackageOf(name), domain, new EnergyMeterSensor(device, i, names.Count, channel, MostOfPackage, time));
            }
        }
    }

    private static IReadOnlyList<string?> NamesOf(IEnergyMeterDevice device)
    {
        if (!device.TryNumber(EnergyMeterCodes.Version, sizeof(ushort), out var version)
            || !device.TryNumber(EnergyMeterCodes.MetadataSize, sizeof(uint), out var size) || size > EnergyMeterMetadata.Longest)
        {
            return [];
        }

        var metadata = new byte[size];
        return device.TryControl(EnergyMeterCodes.Metadata, metadata, out var length) && length >= 0 && length <= size
            ? EnergyMeterMetadata.Parse(version, metadata.AsSpan(0, length)) ?? []
            : [];
    }

    /// <summary>
    /// The packages. On processors of several dies Windows lists a package for each, which all show the one counter of the
    /// processor: those belong to one socket.
    /// </summary>
    private static List<RaplZone> Packages(IEnumerable<NamedChannel> channels)
    {
        var packages = new List<RaplZone>();
        foreach (var channel in channels.Where(channel => channel.Domain == EnergyDomain.Package))
        {
            var original = packages.Find(other => RaplArrangement.ShowOneCounter(other.Sensor, channel.Sensor));
            packages.Add(new RaplZone(channel.Sensor, original?.Socket ?? $"{channel.Package}/{packages.Count}") { Dies = RaplDies.OneCounter });
        }

        return packages;
    }

    private static RaplZone Part(NamedChannel channel, List<RaplZone> packages)
    {
        var package = packages.Find(other => string.Equals(PackageOf(other.Device), channel.Package, StringComparison.OrdinalIgnoreCase));
        return new RaplZone(channel.Sensor, package?.Socket ?? channel.Package) { Parent = package, Dies = RaplDies.OwnCounters };
    }

    private static string PackageOf(string name) => name[Prefix.Length..].Split('_')[0];

    private static EnergyDomain? DomainOf(string name) => name.ToUpper(CultureInfo.InvariantCulture) switch
    {
        "PKG" => EnergyDomain.Package,
        "PP0" or "CORE" => EnergyDomain.Core,
        "PP1" => EnergyDomain.Uncore,
        "DRAM" => EnergyDomain.Dram,
        "PSYS" => EnergyDomain.Platform,
        _ => null,
    };

    private sealed record NamedChannel(string Package, EnergyDomain Domain, EnergyMeterSensor Sensor);
}
