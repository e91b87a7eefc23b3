using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>Chooses the power model of a processor: the best evidence that this machine gives.</summary>
/// <remarks>
/// Bounds, as factors of active power (docs/methodology.md, "How good the bounds are"): a known runner 0.64 to 1.44, wider
/// where its own curve bends more; an identified processor 0.6 to 1.6, by its microarchitecture 0.6 to 1.8; its nearest known
/// relative, or cores of two kinds, 0.4 to 2.5; nothing known from the least to the most of all coefficients, widened like
/// an identified processor. These hold from a quarter of the machine's load up; where its load is known,
/// <see cref="CpuPowerModel.BoundsAt"/> says more.
/// </remarks>
internal static class CpuPowerModels
{
    /// <summary>In per cent of a machine. Below it the linear form is off by too much for bounds that say anything.</summary>
    private const int LeastLoad = 25;

    internal const double RunnerLow = 0.64;
    internal const double RunnerHigh = 1.44;
    internal const double IdentifiedLow = 0.6;
    private const double IdentifiedHigh = 1.6;
    internal const double MicroarchitectureHigh = 1.8;
    private const double NearestLow = 0.4;
    private const double NearestHigh = 2.5;
    internal const double IdleLow = 0.5;
    internal const double IdleHigh = 1.5;

    // The same at full load, where the form of the curve does not matter.
    private static readonly (double Low, double High) IdentifiedAtFullLoad = (0.8, 1.25);
    internal static readonly (double Low, double High) MicroarchitectureAtFullLoad = (0.8, 1.5);
    private static readonly (double Low, double High) NearestAtFullLoad = (0.6, 2);

    /// <summary>The user's watts; else those of a CI runner that is known; else, on bare metal, TDP per thread; else the microarchitecture; else an average vCPU.</summary>
    public static CpuPowerModel Choose(CpuIdentity cpu, Power? userWatts, CiRunner? runner = null, CpuModelChoice choice = CpuModelChoice.Best)
    {
        var best = FromUser(userWatts) ?? FromRunner(runner) ?? FromTdp(cpu) ?? FromMicroarchitecture(cpu) ?? Average(cpu);
        return choice == CpuModelChoice.Tdp ? WholeSocket(cpu, best) : best;
    }

    /// <summary>The model, or an average vCPU in place of one whose figures cannot be: no numbers, negative, or nothing for work.</summary>
    public static CpuPowerModel Sound(CpuPowerModel model, CpuIdentity cpu) => model.IsSound ? model : Average(cpu) with
    {
        Problem = $"The model of CPU power '{model.Source}' ({model.Detail}) gives powers that cannot be: an average vCPU is assumed in its place. Set ECO2TEST_CPU_POWER to the watts of a busy logical CPU.",
    };

    private static CpuPowerModel? FromUser(Power? watts)
    {
        if (watts is not { } power)
        {
            return null;
        }

        return OfBusyPower("user-watts", $"{power} per busy logical CPU, as set by ECO2TEST_CPU_POWER", power);
    }

    private static CpuPowerModel? FromRunner(CiRunner? runner)
    {
        if (runner is null)
        {
            return null;
        }

        var curve = PowerCurve.Find(runner.Curve, runner.VirtualCpus);
        var (low, high) = runner.IsCpuConfirmed ? (RunnerLow, RunnerHigh) : (NearestLow, NearestHigh);
        for (var load = LeastLoad; load < 100 && curve is not null; load += 5)
        {
            var factor = curve.FactorOfLine(load / 100.0);
            (low, high) = (Math.Min(low, factor), Math.Max(high, factor));
        }

        return new(
            "ci-runner",
            $"{runner.Name} with {runner.VirtualCpus} vCPUs, {runner.CpuModel}{(runner.IsCpuConfirmed ? "" : " (not confirmed: this system does not name its processor)")}: {runner.Full} busy, {runner.Idle} idle, memory included ({runner.Source})",
            runner.IsCpuConfirmed ? Provenance.Modeled : Provenance.Assumed,
            BoundedPower.Around((runner.Full - runner.Idle) * (1.0 / runner.VirtualCpus), low, high),
            BoundedPower.Around(runner.Idle * (1.0 / runner.VirtualCpus), IdleLow, IdleHigh),
            IncludesMemory: true)
        {
            Curve = runner.IsCpuConfirmed ? curve : null,
            AtFullLoad = NearestAtFullLoad,
        };
    }

    private static CpuPowerModel? FromTdp(CpuIdentity cpu)
    {
        if (cpu.IsGuest || cpu.ThreadsPerSocket is not > 0 || WithTdp(cpu.ModelName, cpu.ThreadsPerSocket.Value) is not { } known)
        {
            return null;
        }

        var tdp = known.Tdp;
        var name = $"{CpuName.Normalized(cpu.ModelName)}: TDP {tdp} ({known.Source}) over {cpu.ThreadsPerSocket} threads of its socket";
        return cpu.Topology is { EfficiencyThreads: > 0 } topology
            ? OfBusyPower("tdp-per-thread", $"{name}, {topology.EfficiencyThreads} of them of smaller cores, whose part of it is not known", tdp / cpu.ThreadsPerSocket.Value, isMixed: true)
            : OfBusyPower("tdp-per-thread", name, tdp / cpu.ThreadsPerSocket.Value);
    }

    /// <summary>A processor of which only the power of a busy logical CPU is known: idle is the share of it that an average vCPU has.</summary>
    private static CpuPowerModel OfBusyPower(string source, string detail, Power busy, bool isMixed = false)
    {
        var average = Coefficient("average");
        var idleShare = average.Idle / average.Busy;
        return new(
            source,
            $"{detail}; idle {QuantityText.Digits(idleShare * 100)} % of it",
            Provenance.Modeled,
            BoundedPower.Around(busy * (1 - idleShare), isMixed ? NearestLow : IdentifiedLow, isMixed ? NearestHigh : IdentifiedHigh),
            BoundedPower.Around(busy * idleShare, IdleLow, IdleHigh),
            IncludesMemory: false)
        {
            AtFullLoad = isMixed ? NearestAtFullLoad : IdentifiedAtFullLoad,
        };
    }

    private static CpuPowerModel? FromMicroarchitecture(CpuIdentity cpu)
    {
        foreach (var row in new CsvScan(ProductData.Bytes("cpu-microarchitectures.csv")))
        {
            if (!row.Is(0, cpu.Vendor) || !Within(cpu.Family, row, 1, 1) || !Within(cpu.Model, row, 2, 3) || !Within(cpu.Stepping, row, 4, 5))
            {
                continue;
            }

            var (name, relative) = (row.Text(6), row.Text(7));
            var (idle, busy) = Coefficient(relative);
            var exact = row.Is(8, "exact");
            return new(
                "microarchitecture",
                exact
                    ? $"{name}: {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle per vCPU, memory included (Cloud Carbon Footprint)"
                    : $"{name} has no coefficient; its nearest relative {relative}: {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle per vCPU, memory included (Cloud Carbon Footprint)",
                exact ? Provenance.Modeled : Provenance.Assumed,
                BoundedPower.Around(Power.FromWatts(busy - idle), exact ? IdentifiedLow : NearestLow, exact ? MicroarchitectureHigh : NearestHigh),
                BoundedPower.Around(Power.FromWatts(idle), IdleLow, IdleHigh),
                IncludesMemory: true)
            {
                AtFullLoad = exact ? MicroarchitectureAtFullLoad : NearestAtFullLoad,
            };
        }

        return null;
    }

    private static CpuPowerModel Average(CpuIdentity cpu)
    {
        var (idle, busy) = Coefficient("average");
        var (least, most) = (double.PositiveInfinity, 0.0);
        foreach (var row in new CsvScan(ProductData.Bytes("power-coefficients.csv")))
        {
            if (row.Is(0, "vcpu-min"))
            {
                var (idleOfEach, busyOfEach) = Coefficient(row.Text(2));
                (least, most) = (Math.Min(least, busyOfEach - idleOfEach), Math.Max(most, busyOfEach - idleOfEach));
            }
        }

        return new(
            "average-vcpu",
            $"'{cpu.ModelName}' is not known: an average vCPU, {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle, memory included (Cloud Carbon Footprint); set ECO2TEST_CPU_POWER to the watts of a busy logical CPU for better",
            Provenance.Assumed,
            new BoundedPower(Power.FromWatts(least * IdentifiedLow), Power.FromWatts(busy - idle), Power.FromWatts(most * IdentifiedHigh)),
            BoundedPower.Around(Power.FromWatts(idle), IdleLow, IdleHigh),
            IncludesMemory: true)
        {
            AtFullLoad = (least / (busy - idle) * IdentifiedAtFullLoad.Low, most / (busy - idle) * IdentifiedAtFullLoad.High),
        };
    }

    /// <summary>
    /// Eco2AI's: the TDP of all sockets × how busy the machine is, its constant where the name is not known, nothing at
    /// rest. Its bounds reach to those of the best evidence, since nothing says that it is right.
    /// </summary>
    private static CpuPowerModel WholeSocket(CpuIdentity cpu, CpuPowerModel best)
    {
        var sockets = cpu.Topology?.Sockets ?? 1;
        var known = WithTdp(cpu.ModelName, int.MaxValue);
        var tdp = known?.Tdp ?? Coefficient("cpu-default-tdp", "unknown CPU");
        var perCpu = tdp * sockets / Math.Max(1, cpu.LogicalProcessors);
        return new(
            "tdp",
            $"{(known is null ? $"'{cpu.ModelName}' is not known, Eco2AI's constant" : CpuName.Normalized(cpu.ModelName))}: TDP {tdp}{(known is null ? "" : $" ({known.Source})")} of each of {sockets} sockets × utilisation of {cpu.LogicalProcessors} CPUs, as asked for by ECO2TEST_CPU_MODEL; for comparison only, the bounds reach to those of '{best.Source}'",
            Provenance.Assumed,
            new BoundedPower(Least(perCpu, best.ActivePower.Low), perCpu, Most(perCpu, best.ActivePower.High)),
            new BoundedPower(Power.Zero, Power.Zero, best.IdlePower.High),
            IncludesMemory: false);
    }

    private static Power Least(Power one, Power other) => one < other ? one : other;

    private static Power Most(Power one, Power other) => one > other ? one : other;

    /// <summary>
    /// Exactly this model, with its TDP. A name that two rows share with different figures is no match, never the larger; nor
    /// is a model that has more cores than we see threads of its socket: that is a slice, whose hypervisor hides.
    /// </summary>
    private static CpuModel? WithTdp(string modelName, int threadsPerSocket)
    {
        var found = CpuModel.Find(modelName);
        return found.Count > 0 && found.All(cpu => cpu.Tdp == found[0].Tdp && cpu.OtherTdp is null && (cpu.Cores is null || threadsPerSocket >= cpu.Cores))
            ? found[0]
            : null;
    }

    private static bool Within(int? value, CsvRow row, int from, int to) => value >= row.Integer(from) && value <= row.Integer(to);

    /// <summary>W per vCPU of a microarchitecture (Cloud Carbon Footprint).</summary>
    internal static (double Idle, double Busy) Coefficient(string name) => (Coefficient("vcpu-min", name).Watts, Coefficient("vcpu-max", name).Watts);

    private static Power Coefficient(string component, string name)
    {
        foreach (var row in new CsvScan(ProductData.Bytes("power-coefficients.csv")))
        {
            if (row.Is(0, component) && row.Is(2, name))
            {
                return Power.FromWatts(row.Number(3));
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"power-coefficients.csv has no {component} of '{name}'."));
    }
}
