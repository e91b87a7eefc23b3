using System.Globalization;
using System.Reflection;
using Eco2Test.Cost;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What a report says of its run: what wrote it, which run it is, and how its figures are known.</summary>
internal static class RunDescription
{
    public static ReportTool ThisTool() => new()
    {
        Name = "Eco2Test",
        Version = typeof(RunDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0",
    };

    public static ReportRun Run(RunIdentity identity, RunSettings settings, CiContext ci, RunMachine machine, DateTimeOffset startedAt) => new()
    {
        Id = settings.RunId ?? ci.RunId ?? Guid.NewGuid().ToString("N"),
        StartedAt = startedAt,
        DurationSeconds = 0,
        Project = identity.Project,
        TargetFramework = identity.TargetFramework,
        Configuration = identity.Configuration,
        Kind = identity.Kind,
        Commit = ci.Commit,
        Branch = ci.Branch,
        PullRequest = ci.PullRequest,
        Ci = ci.Name,
        Runner = Runner(settings, ci, machine),
    };

    /// <summary>What making the machine emitted: what the user says comes before what is known of a runner.</summary>
    public static ReportEmbodiedMachine? Embodied(RunSettings settings, RunMachine machine) => (settings.Embodied ?? machine.Runner?.Embodied)?.Report;

    public static ReportMethod Method(RunMachine machine) => new()
    {
        Cpu = OfSensors(machine.Sensors.Packages) ?? new ReportMethodPart
        {
            Provenance = machine.CpuModel.Provenance,
            Source = machine.CpuModel.Source,
            Detail = machine.CpuModel.Detail + (machine.BoundsFollowLoad ? "; bounds of windows follow the load of the machine" : ""),
            Low = machine.CpuModel.LowFactor,
            High = machine.CpuModel.HighFactor,
        },
        Gpu = OfSensors(machine.Sensors.Gpus),
        Ram = OfSensors(machine.Sensors.Memory) ?? new ReportMethodPart
        {
            Provenance = Provenance.Modeled,
            Source = machine.RamModel.Source,
            Detail = machine.RamModel.Detail,
            Low = machine.RamModel.LowFactor,
            High = machine.RamModel.HighFactor,
        },
    };

    /// <summary>The devices of a machine: its processors, each GPU, and its memory.</summary>
    public static IReadOnlyList<AvailableDevice> Devices(RunMachine machine)
    {
        var method = Method(machine);
        var testbed = Testbed.Describe(machine.Cpu, []);
        return
        [
            Device("CPU", string.Create(CultureInfo.InvariantCulture, $"{testbed.CpuModel}, {testbed.LogicalProcessors} logical processors"), method.Cpu),
            .. machine.Sensors.Gpus.Select(gpu => Device("GPU", gpu.Channel.Device, OfSensors([gpu])!)),
            Device("RAM", $"{QuantityText.Digits(testbed.MemoryBytes / 1e9)} GB", method.Ram),
        ];
    }

    private static AvailableDevice Device(string kind, string name, ReportMethodPart part) =>
        new() { Kind = kind, Name = name, Provenance = part.Provenance, Source = part.Source, Detail = part.Detail };

    /// <summary>The price of electricity by the clock that it goes by; <see langword="null"/> when none is set.</summary>
    public static TariffClock? Tariff(RunSettings settings, TimeProvider time) =>
        settings.ElectricityPrice is { } tariff ? TariffClock.Of(tariff, time.LocalTimeZone, time.GetUtcNow()) : null;

    private static ReportRunner? Runner(RunSettings settings, CiContext ci, RunMachine machine) => ci.Name is null && settings.RunnerOwnership is null ? null : new ReportRunner
    {
        Provider = ci.Name,
        Label = machine.RunnerLabel,
        Ownership = settings.RunnerOwnership?.ToString().ToLowerInvariant() ?? ci.RunnerOwnership,
        OwnershipSource = settings.RunnerOwnership is null ? ci.OwnershipSource : "set",
    };

    /// <summary>Devices that are read; <see langword="null"/> when there is none.</summary>
    private static ReportMethodPart? OfSensors(IReadOnlyList<IEnergySensor> sensors)
    {
        if (sensors.Count == 0)
        {
            return null;
        }

        return new ReportMethodPart
        {
            Provenance = sensors.Max(sensor => sensor.Channel.Provenance),
            Source = string.Join(", ", sensors.Select(sensor => sensor.Channel.Source).Distinct()),
            Detail = string.Join("; ", sensors.Select(sensor => sensor.Channel.Device)),
            Low = sensors.Min(sensor => sensor.Channel.Bounds.Low),
            High = sensors.Max(sensor => sensor.Channel.Bounds.High),
        };
    }
}
