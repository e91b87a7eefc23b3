using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Which of the counters of a machine's processors are added, so that no joule is counted twice and none is left out
/// unsaid: the packages, and memory beside them. Cores and uncore are in their package; a board (psys) contains the
/// packages, and stands for them only where there is none.
/// </summary>
internal static class RaplArrangement
{
    /// <summary>Two readings of one counter, a moment apart, differ by less: 1 kW for the millisecond of its period.</summary>
    private static readonly Energy OnePeriod = Energy.FromJoules(1);

    /// <summary>Arranges zones. Sensors that are not in the set are disposed of.</summary>
    /// <param name="zones">All that were found.</param>
    /// <param name="denied">What to say when a counter may not be read.</param>
    public static SensorSet Arrange(IReadOnlyList<RaplZone> zones, MissingSensor denied)
    {
        var doubles = new Dictionary<RaplZone, RaplZone?>(ReferenceEqualityComparer.Instance);
        var packages = OncePerSocket(zones, EnergyDomain.Package, doubles);
        var boards = packages.Count == 0 ? zones.Where(zone => zone.Domain == EnergyDomain.Platform).Take(1).ToList() : [];
        var processors = packages.Count > 0 ? packages : boards;
        var missing = Unreadable(processors, denied);
        var partOfMemory = new MissingSensor($"{denied.Name} of memory", "Memory energy is modeled: the counter of memory cannot be read for all processors, and a part would be taken for the whole.", null);
        if (missing is not null)
        {
            processors = [];
        }

        var memory = processors.Count > 0 && boards.Count == 0 ? Memory(zones, processors, doubles) : [];
        var set = new SensorSet
        {
            Packages = [.. processors.Select(zone => zone.Sensor)],
            Memory = [.. memory.Select(zone => zone.Sensor)],
            NotAdded = processors.Count == 0 ? [] : [.. zones.Except(processors).Except(memory).Select(zone => NotAdded(zone, processors, doubles))],
            Missing = missing is not null ? [missing] : memory.Count == 0 && boards.Count == 0 && zones.Any(zone => zone.Domain == EnergyDomain.Dram) ? [partOfMemory] : [],
        };
        foreach (var zone in zones.Except(processors).Except(memory))
        {
            zone.Sensor.Dispose();
        }

        return set;
    }

    /// <summary>Of each socket the zones of one domain that do not show the same energy; <paramref name="doubles"/> gets the others.</summary>
    private static List<RaplZone> OncePerSocket(IEnumerable<RaplZone> zones, EnergyDomain domain, Dictionary<RaplZone, RaplZone?> doubles)
    {
        var kept = new List<RaplZone>();
        foreach (var socket in zones.Where(zone => zone.Domain == domain).GroupBy(zone => zone.Socket))
        {
            var keptHere = new List<RaplZone>();
            foreach (var zone in socket.OrderBy(zone => zone.IsSecondWay))
            {
                var original =
                    zone.IsSecondWay && keptHere.FirstOrDefault(first => !first.IsSecondWay) is { } first ? first
                    : zone.Dies == RaplDies.OwnCounters ? null
                    : zone.Dies == RaplDies.OneCounter ? keptHere.FirstOrDefault()
                    : keptHere.FirstOrDefault(other => ShowOneCounter(other.Sensor, zone.Sensor));
                if (original is null)
                {
                    keptHere.Add(zone);
                }
                else
                {
                    doubles[zone] = original;
                }
            }

            kept.AddRange(keptHere);
        }

        return kept;
    }

    /// <summary>
    /// Whether the second reads, between two readings of the first, what the first reads. Two counters that are not one
    /// do so by chance only: they count up to hundreds of kilojoules.
    /// </summary>
    public static bool ShowOneCounter(IEnergySensor first, IEnergySensor second) =>
        first.TryRead(out var before) && second.TryRead(out var between) && first.TryRead(out var after)
        && between > Energy.Zero && between >= before - OnePeriod && between <= after + OnePeriod;

    /// <summary>Why the processors' energy is not known; <see langword="null"/> when all of it is.</summary>
    private static MissingSensor? Unreadable(List<RaplZone> processors, MissingSensor denied)
    {
        var silent = processors.Where(zone => !zone.Sensor.TryRead(out _)).ToList();
        if (silent.Count == 0)
        {
            return null;
        }

        if (silent.Any(zone => zone.Sensor is RaplSensor { IsDenied: true }))
        {
            return denied;
        }

        return new MissingSensor(
            denied.Name,
            $"CPU energy is modeled: {silent[0].Sensor.Fault}{(processors.Count > 1 ? ", and the other processors are only a part of the machine" : "")}.",
            "Load the counter's driver anew, or start the machine anew.");
    }

    /// <summary>Memory of all processors or of none: a part would be taken for the whole.</summary>
    private static List<RaplZone> Memory(IReadOnlyList<RaplZone> zones, List<RaplZone> processors, Dictionary<RaplZone, RaplZone?> doubles)
    {
        var ofProcessors = zones.Where(zone => zone.Domain == EnergyDomain.Dram && (zone.Parent is null || !doubles.ContainsKey(zone.Parent) || zone.IsSecondWay));
        var memory = OncePerSocket(ofProcessors, EnergyDomain.Dram, doubles);
        var readable = memory.Where(zone => zone.Sensor.TryRead(out _)).ToList();
        var isWhole = readable.Count == memory.Count && processors.All(processor => readable.Any(zone => zone.Socket == processor.Socket));
        return isWhole ? readable : [];
    }

    private static EnergyChannel NotAdded(RaplZone zone, List<RaplZone> processors, Dictionary<RaplZone, RaplZone?> doubles)
    {
        var containing = doubles.GetValueOrDefault(zone) ?? zone.Domain switch
        {
            EnergyDomain.Core or EnergyDomain.Uncore => zone.Parent,
            EnergyDomain.Dram or EnergyDomain.Package => processors.FirstOrDefault(processor => processor.Domain == EnergyDomain.Platform),
            _ => null,
        };
        return zone.Sensor.Channel with { ContainedIn = containing?.Device };
    }
}
