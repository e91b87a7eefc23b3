using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>
/// What devices draw together while they work, from what is known of their kind (docs/carbon.md, "The calculator").
/// With a utilisation, the mean power over the power at full load, there is a central figure; without one there are bounds
/// only, from rest to full load.
/// </summary>
/// <param name="Name">As its table calls it.</param>
/// <param name="Count">How many.</param>
/// <param name="Power">Of all of them.</param>
/// <param name="Formula">How the central figure comes about, or the bounds where there is none.</param>
/// <param name="Source">Where the power of one is from, as the tables call it (data/README.md).</param>
internal sealed record DeviceLoad(string Name, int Count, Estimated<Power> Power, string Formula, string Source)
{
    /// <summary>Of the ten GPUs whose power at rest is known it is 11.4 to 14.4 % of the TDP.</summary>
    public const double LeastIdleShareOfGpu = 0.10;

    /// <inheritdoc cref="LeastIdleShareOfGpu"/>
    public const double MostIdleShareOfGpu = 0.15;

    /// <summary>Assumed: how far the TDP of a GPU may be off of which no source was read.</summary>
    public const double UnverifiedTdp = 0.2;

    /// <summary>
    /// Assumed of all devices: a mean power is known no better. NVIDIA's drivers tell power to ±5 % on Fermi and Kepler GPUs
    /// (<c>nvml.h</c>, <c>nvmlDeviceGetPowerUsage</c>), and say nothing of later ones.
    /// </summary>
    public const double MeanPower = 0.05;

    /// <summary>What a reader must know of the figures, such as that sources disagree.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether memory is in the figure.</summary>
    public bool IncludesMemory { get; init; }

    /// <summary>TDP × utilisation, as Eco2AI and mlco2 have it.</summary>
    public static DeviceLoad Of(GpuModel gpu, int count, double? utilization)
    {
        var rated = gpu.IsVerified ? BoundedPower.Around(gpu.Tdp, 1, 1) : BoundedPower.Around(gpu.Tdp, 1 - UnverifiedTdp, 1 + UnverifiedTdp);
        var idle = gpu.Idle is { } known ? (Low: known, High: known) : (Low: rated.Low * LeastIdleShareOfGpu, High: rated.High * MostIdleShareOfGpu);
        List<string> notes = [];
        if (!gpu.IsVerified)
        {
            notes.Add($"{gpu.Name}: the TDP of {gpu.Tdp} was not checked against a source; ±20 % is assumed.");
        }

        if (utilization is null && gpu.Idle is null)
        {
            notes.Add($"{gpu.Name}: its power at rest is not known; 10 % of its TDP is taken for the least.");
        }

        return OfRated(gpu.Name, count, rated, idle, utilization, gpu.Source) with { Notes = notes };
    }

    /// <summary>The same of whole sockets, or of some cores of one: its TDP in equal parts.</summary>
    public static DeviceLoad Of(CpuModel cpu, int sockets, int? cores, double? utilization)
    {
        var part = cores is { } some && cpu.Cores is { } all ? (double)some / all : 1;
        var other = cpu.OtherTdp ?? cpu.Tdp;
        var rated = new BoundedPower(Least(cpu.Tdp, other) * part, cpu.Tdp * part, Most(cpu.Tdp, other) * part);
        var (least, most) = IdleShareOfCpus();
        List<string> notes = cpu.OtherTdp is null ? [] : [$"{cpu.Name}: sources disagree about its TDP, {cpu.Tdp} and {cpu.OtherTdp}; the bounds have both."];
        if (utilization is null)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{cpu.Name}: its power at rest is not known; {least * 100:0} % of its TDP is taken for the least, as of the microarchitecture that rests best."));
        }

        var name = part < 1 ? $"{cores} of {cpu.Cores} cores of {cpu.Name}" : cpu.Name;
        return OfRated(name, sockets, rated, (rated.Low * least, rated.High * most), utilization, cpu.Source) with { Notes = notes };
    }

    /// <summary>Memory draws what its size makes it draw, busy or not.</summary>
    public static DeviceLoad OfMemory(double gigabytes)
    {
        const double Gibibyte = 1024.0 * 1024 * 1024;
        var ram = new RamPowerModel(ContainedInCpu: false);
        var power = ram.PowerOf((long)(gigabytes * Gibibyte));
        return new DeviceLoad($"{QuantityText.Digits(gigabytes)} GB of memory", 1, new(power.Low, power.Central, power.High), "0.375 W per GB, 0.16 to 0.625 W by the size of modules", "eco2ai");
    }

    /// <summary>
    /// The CPUs of a cloud's machine by the coefficients of their microarchitecture, W at rest and busy per vCPU (Cloud Carbon
    /// Footprint: wall power, memory contained), and its GPUs.
    /// </summary>
    public static IReadOnlyList<DeviceLoad> Of(CloudInstance instance, int count, double? utilization)
    {
        var cpus = OfVirtualCpus(instance, count, utilization);
        return instance.Gpu is null ? [cpus] : [cpus, Of(GpuModel.Find(instance.Gpu)!, count * instance.GpuCount, utilization)];
    }

    /// <summary>A CI runner, by its curve where that is known (Eco-CI: wall power, memory contained).</summary>
    public static DeviceLoad Of(LentRunner runner, int count, double? utilization)
    {
        var least = runner.Idle * CpuPowerModels.IdleLow;
        var rest = runner.Idle * CpuPowerModels.IdleHigh;
        if (utilization is not { } load)
        {
            var bounds = new Estimated<Power>(least, null, rest + ((runner.Full - runner.Idle) * CpuPowerModels.RunnerHigh));
            return new DeviceLoad(runner.Key, count, bounds.Select(power => power * count), $"{runner.Idle} at rest, {runner.Full} busy; bounds of a known runner", runner.Source) { IncludesMemory = true };
        }

        var mean = runner.Curve?.PowerAt(load) ?? (runner.Idle + ((runner.Full - runner.Idle) * load));
        var active = mean - runner.Idle;
        var estimated = new Estimated<Power>(least + (active * CpuPowerModels.RunnerLow), mean, rest + (active * CpuPowerModels.RunnerHigh));
        var formula = runner.Curve is null
            ? $"{runner.Idle} at rest, {runner.Full} busy, linear between"
            : $"{mean} by its curve at this load, {runner.Idle} at rest, {runner.Full} busy";
        return new DeviceLoad(runner.Key, count, estimated.Select(power => power * count), formula, runner.Source) { IncludesMemory = true };
    }

    /// <summary>
    /// The upper bound reads a utilisation as the share of time that a device is busy, which is what most tools show: it then
    /// draws full power for that share and rests for the other.
    /// </summary>
    private static DeviceLoad OfRated(string name, int count, BoundedPower rated, (Power Low, Power High) idle, double? utilization, string source)
    {
        if (utilization is not { } load)
        {
            var bounds = new Estimated<Power>(idle.Low, null, rated.High);
            return new DeviceLoad(name, count, bounds.Select(power => power * count), $"from {idle.Low} at rest to {rated.High} at full load", source);
        }

        var busyForThatShare = idle.High + ((rated.High - idle.High) * load);
        var mean = new Estimated<Power>(rated.Low * (load * (1 - MeanPower)), rated.Central * load, Most(rated.High * (load * (1 + MeanPower)), busyForThatShare));
        return new DeviceLoad(name, count, mean.Select(power => power * count), string.Create(CultureInfo.InvariantCulture, $"TDP {rated.Central} × {load}"), source);
    }

    private static DeviceLoad OfVirtualCpus(CloudInstance instance, int count, double? utilization)
    {
        var known = instance.Microarchitectures.Count > 0;
        var candidates = (known ? instance.Microarchitectures : KnownMicroarchitectures()).Select(CpuPowerModels.Coefficient).ToList();
        var central = known
            ? (Idle: candidates.Average(each => each.Idle), Busy: candidates.Average(each => each.Busy))
            : CpuPowerModels.Coefficient(AverageMicroarchitecture);
        var cpus = instance.VirtualCpus * count;
        var full = candidates.Max(each => each.Busy) * CpuPowerModels.MicroarchitectureAtFullLoad.High;
        var name = $"{instance.Key} with {instance.VirtualCpus} vCPUs";
        var formula = $"{QuantityText.Digits(central.Idle)} W at rest, {QuantityText.Digits(central.Busy)} W busy per vCPU{(known ? $" of {string.Join(" or ", instance.Microarchitectures)}" : ", an average")}";
        IReadOnlyList<string> notes = known ? [] : [$"{instance.Key}: no source tells the power of its processor; an average vCPU is assumed, with the bounds of all that are known."];
        var watts = utilization is { } load
            ? new Estimated<double>(
                candidates.Min(each => At(each, load)) * CpuPowerModels.IdentifiedLow,
                At(central, load),
                Math.Min(candidates.Max(each => At(each, load)) * CpuPowerModels.MicroarchitectureHigh, full))
            : new Estimated<double>(candidates.Min(each => each.Idle) * CpuPowerModels.IdleLow, null, full);
        return new DeviceLoad(name, count, watts.Select(each => Units.Power.FromWatts(each * cpus)), formula, $"ccf-azure; number of vCPUs: {instance.Source}") { IncludesMemory = true, Notes = notes };
    }

    private static double At((double Idle, double Busy) vcpu, double load) => vcpu.Idle + ((vcpu.Busy - vcpu.Idle) * load);

    private const string AverageMicroarchitecture = "average";

    private static List<string> KnownMicroarchitectures()
    {
        var known = new List<string>();
        foreach (var row in new CsvScan(ProductData.Bytes("power-coefficients.csv")))
        {
            if (row.Is(0, "vcpu-min") && !row.Is(2, AverageMicroarchitecture))
            {
                known.Add(row.Text(2));
            }
        }

        return known;
    }

    /// <summary>What processors draw at rest as a part of what they draw at full load, of the microarchitectures that are known.</summary>
    private static (double Least, double Most) IdleShareOfCpus()
    {
        var shares = KnownMicroarchitectures().Select(CpuPowerModels.Coefficient).Select(each => each.Idle / each.Busy).ToList();
        return (shares.Min(), shares.Max());
    }

    private static Power Least(Power one, Power other) => one < other ? one : other;

    private static Power Most(Power one, Power other) => one > other ? one : other;
}
