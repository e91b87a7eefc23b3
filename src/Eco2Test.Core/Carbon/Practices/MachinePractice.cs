using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// Machine: the tracked work on other devices of one class. <c>E × (other design power ÷ own) ÷ relative speed</c>. The tables
/// have no performance: a speed is the user's, or equal time is assumed and the bounds say that nothing more is known.
/// </summary>
/// <remarks>
/// Bounds (docs/carbon.md, "The four practices"). With a speed: 0.8 to 1.25, since devices draw different parts of their
/// design power for one work; assumed, the same as for a processor of which only the TDP is known. Without: performance per watt
/// of two devices differs by a factor of 5 at most (assumed: the upper end of the 2 to 5 that the authors of Patterson et al.
/// 2022 give for processors made for training against general ones), so the energy is between a fifth of the lesser and five times the
/// greater of what equal time and equal performance per watt give.
/// </remarks>
internal static class MachinePractice
{
    private const double LowAtKnownSpeed = 0.8;
    private const double HighAtKnownSpeed = 1.25;
    private const double EfficiencySpread = 5;

    public static IReadOnlyList<ReportMachine> Of(RunFigures run, ReportTestbed testbed, DevicePerformance performance) =>
    [
        OfClass("cpu", Energy.FromJoules(run.Roots.Sum(root => root.Energy.CpuJoules)), [testbed.CpuModel], performance.Processors, performance),
        OfClass("gpu", Energy.FromJoules(run.Roots.Sum(root => root.Energy.GpuJoules)), testbed.Gpus, performance.Gpus, performance),
    ];

    private static ReportMachine OfClass(string @class, Energy used, IReadOnlyList<string> names, DeviceTable table, DevicePerformance performance)
    {
        var models = names.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return (used > Energy.Zero, models.Count) switch
        {
            (false, _) => None(@class, used, $"No window used energy of a {@class.ToUpperInvariant()}."),
            (_, 0) => None(@class, used, "The report does not name the device."),
            (_, > 1) => None(@class, used, $"The work is of devices of several kinds ({string.Join(", ", models)}): which did what is not known."),
            _ when table.Find(models[0]) is { } own => Compared(@class, used, own, table, performance),
            _ => None(@class, used, $"The tables do not have {table.Need} of the run's own device '{models[0]}': nothing can be compared with it."),
        };
    }

    private static ReportMachine None(string @class, Energy used, string reason) => new() { Class = @class, Joules = used.Joules, Others = [], Reason = reason };

    private static ReportMachine Compared(string @class, Energy used, TableDevice own, DeviceTable table, DevicePerformance performance) => new()
    {
        Class = @class,
        Joules = used.Joules,
        Own = new()
        {
            Name = own.Name,
            DesignWatts = own.Design.Watts,
            Joules = used.Joules,
            LowJoules = used.Joules,
            HighJoules = used.Joules,
            Factor = 1,
            BreakEvenSpeed = 1,
            Provenance = Provenance.Modeled,
            Source = own.Source,
        },
        Others = [.. table.Devices
            .Where(other => other != own && other.IsForServers == own.IsForServers)
            .Select(other => On(other, own, used, performance.Of(other, own)))
            .OrderBy(device => device.Speed is null)
            .ThenBy(device => device.Joules)
            .ThenBy(device => device.Name, StringComparer.Ordinal)],
    };

    private static ReportDevice On(TableDevice other, TableDevice own, Energy used, DeviceSpeed? speed)
    {
        var power = other.Design / own.Design;
        var central = used * (power / (speed?.Relative ?? 1));
        var (low, high) = speed is null
            ? (used * (Math.Min(1, power) / EfficiencySpread), used * (Math.Max(1, power) * EfficiencySpread))
            : (central * LowAtKnownSpeed, central * HighAtKnownSpeed);
        return new()
        {
            Name = other.Name,
            DesignWatts = other.Design.Watts,
            Joules = central.Joules,
            LowJoules = low.Joules,
            HighJoules = high.Joules,
            Factor = central / used,
            BreakEvenSpeed = power,
            Speed = speed?.Relative,
            SpeedSource = speed?.Source,
            Provenance = speed is null ? Provenance.Assumed : Provenance.Modeled,
            Source = other.Source,
        };
    }
}
