using System.Globalization;
using System.Text.RegularExpressions;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>Chooses the power model of a processor: the best evidence that this machine gives.</summary>
/// <remarks>
/// Bounds, as factors of active power (docs/methodology.md, "How good the bounds are"): a known runner 0.64 to 1.44, wider
/// where its own curve bends more; an identified processor 0.6 to 1.6, by its microarchitecture 0.6 to 1.8; its nearest known
/// relative 0.4 to 2.5; nothing known from the least to the most of all coefficients, widened like an identified processor.
/// </remarks>
internal static partial class CpuPowerModels
{
    /// <summary>In per cent of a machine. Below it the linear form is off by too much for bounds that say anything.</summary>
    private const int LeastLoad = 25;

    private const double RunnerLow = 0.64;
    private const double RunnerHigh = 1.44;
    private const double IdentifiedLow = 0.6;
    private const double IdentifiedHigh = 1.6;
    private const double MicroarchitectureHigh = 1.8;
    private const double NearestLow = 0.4;
    private const double NearestHigh = 2.5;
    private const double IdleLow = 0.5;
    private const double IdleHigh = 1.5;

    /// <summary>The user's watts; else those of a CI runner that is known; else, on bare metal, TDP per thread; else the microarchitecture; else an average vCPU.</summary>
    public static CpuPowerModel Choose(CpuIdentity cpu, Power? userWatts, CiRunner? runner = null) =>
        FromUser(userWatts) ?? FromRunner(runner) ?? FromTdp(cpu) ?? FromMicroarchitecture(cpu) ?? Average(cpu);

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

        var (low, high) = runner.IsCpuConfirmed ? (RunnerLow, RunnerHigh) : (NearestLow, NearestHigh);
        var (least, most) = LinearFormOf(runner.Curve);
        return new(
            "ci-runner",
            $"{runner.Name} with {runner.VirtualCpus} vCPUs, {runner.CpuModel}{(runner.IsCpuConfirmed ? "" : " (not confirmed: this system does not name its processor)")}: {runner.Full} busy, {runner.Idle} idle, memory included ({runner.Source})",
            runner.IsCpuConfirmed ? Provenance.Modeled : Provenance.Assumed,
            BoundedPower.Around((runner.Full - runner.Idle) * (1.0 / runner.VirtualCpus), Math.Min(low, least), Math.Max(high, most)),
            BoundedPower.Around(runner.Idle * (1.0 / runner.VirtualCpus), IdleLow, IdleHigh),
            IncludesMemory: true);
    }

    /// <summary>The least and the most that a machine draws above idle, as factors of the line from idle to full, at the loads that bounds are for.</summary>
    private static (double Least, double Most) LinearFormOf(string curve)
    {
        using var table = ProductData.Open("machine-power-curves.csv");
        var watts = CsvTable.Rows(table)
            .Where(row => row[0] == curve)
            .ToDictionary(row => int.Parse(row[1], CultureInfo.InvariantCulture), row => double.Parse(row[2], CultureInfo.InvariantCulture));
        var factors = watts.Keys.Where(load => load >= LeastLoad).Select(load => (watts[load] - watts[0]) / ((watts[100] - watts[0]) * load / 100)).ToList();
        return (factors.Min(), factors.Max());
    }

    private static CpuPowerModel? FromTdp(CpuIdentity cpu)
    {
        if (cpu.IsGuest || cpu.ThreadsPerSocket is not > 0 || TdpOf(cpu.ModelName, cpu.ThreadsPerSocket.Value) is not { } tdp)
        {
            return null;
        }

        return OfBusyPower(
            "tdp-per-thread",
            $"{NormalizedName(cpu.ModelName)}: TDP {tdp} over {cpu.ThreadsPerSocket} threads of its socket",
            tdp / cpu.ThreadsPerSocket.Value);
    }

    /// <summary>A processor of which only the power of a busy logical CPU is known: idle is the share of it that an average vCPU has.</summary>
    private static CpuPowerModel OfBusyPower(string source, string detail, Power busy)
    {
        var average = VirtualCpus()["average"];
        var idleShare = average.Idle / average.Busy;
        return new(
            source,
            $"{detail}; idle {QuantityText.Digits(idleShare * 100)} % of it",
            Provenance.Modeled,
            BoundedPower.Around(busy * (1 - idleShare), IdentifiedLow, IdentifiedHigh),
            BoundedPower.Around(busy * idleShare, IdleLow, IdleHigh),
            IncludesMemory: false);
    }

    private static CpuPowerModel? FromMicroarchitecture(CpuIdentity cpu)
    {
        using var table = ProductData.Open("cpu-microarchitectures.csv");
        foreach (var row in CsvTable.Rows(table))
        {
            if (row[0] != cpu.Vendor || !Within(cpu.Family, row[1], row[1]) || !Within(cpu.Model, row[2], row[3]) || !Within(cpu.Stepping, row[4], row[5]))
            {
                continue;
            }

            var (idle, busy) = VirtualCpus()[row[7]];
            var exact = row[8] == "exact";
            return new(
                "microarchitecture",
                exact
                    ? $"{row[6]}: {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle per vCPU, memory included (Cloud Carbon Footprint)"
                    : $"{row[6]} has no coefficient; its nearest relative {row[7]}: {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle per vCPU, memory included (Cloud Carbon Footprint)",
                exact ? Provenance.Modeled : Provenance.Assumed,
                BoundedPower.Around(Power.FromWatts(busy - idle), exact ? IdentifiedLow : NearestLow, exact ? MicroarchitectureHigh : NearestHigh),
                BoundedPower.Around(Power.FromWatts(idle), IdleLow, IdleHigh),
                IncludesMemory: true);
        }

        return null;
    }

    private static CpuPowerModel Average(CpuIdentity cpu)
    {
        var known = VirtualCpus();
        var (idle, busy) = known["average"];
        var active = known.Values.Select(each => each.Busy - each.Idle).ToList();
        return new(
            "average-vcpu",
            $"'{cpu.ModelName}' is not known: an average vCPU, {QuantityText.Digits(busy)} W busy, {QuantityText.Digits(idle)} W idle, memory included (Cloud Carbon Footprint); set ECO2TEST_CPU_POWER to the watts of a busy logical CPU for better",
            Provenance.Assumed,
            new BoundedPower(Power.FromWatts(active.Min() * IdentifiedLow), Power.FromWatts(busy - idle), Power.FromWatts(active.Max() * IdentifiedHigh)),
            BoundedPower.Around(Power.FromWatts(idle), IdleLow, IdleHigh),
            IncludesMemory: true);
    }

    /// <summary>
    /// The TDP of exactly this model. A name that two rows share with different figures is no match, never the larger; nor
    /// is a model that has more cores than we see threads of its socket: that is a slice, whose hypervisor hides.
    /// </summary>
    private static Power? TdpOf(string modelName, int threadsPerSocket)
    {
        var wanted = NormalizedName(modelName);
        double? found = null;
        using var table = ProductData.Open("cpus.csv");
        foreach (var row in CsvTable.Rows(table))
        {
            if (!string.Equals(NormalizedName(row[0]), wanted, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var watts = double.Parse(row[1], CultureInfo.InvariantCulture);
            var slice = row[2].Length > 0 && threadsPerSocket < int.Parse(row[2], CultureInfo.InvariantCulture);
            if (slice || row[5].Length > 0 || (found is not null && found != watts))
            {
                return null;
            }

            found = watts;
        }

        return found is { } tdp ? Power.FromWatts(tdp) : null;
    }

    /// <summary><c>AMD EPYC 7763 64-Core Processor</c> and <c>12th Gen Intel(R) Core(TM) i9-12900K CPU @ 3.20GHz</c> as tables write them.</summary>
    internal static string NormalizedName(string name) =>
        Spaces().Replace(Decoration().Replace(name, " "), " ").Trim();

    [GeneratedRegex(@"\((R|TM|tm|r)\)|^\d+th Gen\b|\bCPU\b|\bProcessor\b|\b\d+-Cores?\b|@.*$|\b(with|w/) Radeon.*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decoration();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    private static bool Within(int? value, string from, string to) =>
        value >= int.Parse(from, CultureInfo.InvariantCulture) && value <= int.Parse(to, CultureInfo.InvariantCulture);

    /// <summary>W per vCPU by microarchitecture (Cloud Carbon Footprint).</summary>
    private static Dictionary<string, (double Idle, double Busy)> VirtualCpus()
    {
        using var table = ProductData.Open("power-coefficients.csv");
        var watts = CsvTable.Rows(table).ToLookup(row => row[0], row => (Name: row[2], Watts: double.Parse(row[3], CultureInfo.InvariantCulture)));
        return watts["vcpu-min"].Join(watts["vcpu-max"], idle => idle.Name, busy => busy.Name, (idle, busy) => (idle.Name, idle.Watts, Busy: busy.Watts))
            .ToDictionary(each => each.Name, each => (each.Watts, each.Busy));
    }
}
