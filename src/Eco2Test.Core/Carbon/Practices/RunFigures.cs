using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>The figures of a run that practices reckon with: energy and emissions of its roots and of what is untracked, with and without the building.</summary>
internal sealed class RunFigures
{
    private readonly EmissionsReport _report;

    private RunFigures(EmissionsReport report)
    {
        _report = report;
        Roots = ReportTree.Roots(report.Windows);
        Tracked = Sum(Roots.Select(root => Energy.FromJoules(root.Energy.Joules)));
        Untracked = Energy.FromJoules(report.Totals.UntrackedJoules);
        TrackedBuilding = Sum(Roots.Select(root => Energy.FromJoules(root.Energy.Joules) * PueOf(root.Intensity)));
        UntrackedBuilding = Untracked * PueOf(report.Totals.Intensity);
        DeviceEmissions = Roots.Aggregate(
            Units.Emissions.FromGrams(report.Totals.UntrackedGrams) / PueOf(report.Totals.Intensity),
            (sum, root) => sum + (Units.Emissions.FromGrams(root.EmissionsGrams) / PueOf(root.Intensity)));
        Emissions = Units.Emissions.FromGrams(report.Totals.EmissionsGrams);
        Price = report.Intensities.FirstOrDefault(intensity => intensity.Key == report.Totals.Intensity);
        Regions = [.. Roots.Select(root => root.Intensity).Append(report.Totals.Intensity).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The windows that no other includes.</summary>
    public IReadOnlyList<ReportWindow> Roots { get; }

    /// <summary>Energy of the devices for the roots.</summary>
    public Energy Tracked { get; }

    /// <summary>Energy of the devices for no window.</summary>
    public Energy Untracked { get; }

    /// <summary>Energy of the devices.</summary>
    public Energy Device => Tracked + Untracked;

    /// <summary>Energy of the roots with that of the building.</summary>
    public Energy TrackedBuilding { get; }

    /// <summary>Untracked energy with that of the building.</summary>
    public Energy UntrackedBuilding { get; }

    /// <summary>All energy with that of the building, at the PUE that priced each part.</summary>
    public Energy Building => TrackedBuilding + UntrackedBuilding;

    /// <summary>All emissions as the report has them.</summary>
    public Emissions Emissions { get; }

    /// <summary>What the energy of the devices alone emitted, at the intensities that priced each part.</summary>
    public Emissions DeviceEmissions { get; }

    /// <summary>The price of what no window declares otherwise; <see langword="null"/> when the report does not have it.</summary>
    public ReportIntensity? Price { get; }

    /// <summary>The keys of the prices that the run's parts have.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>The lower bound of all energy over the central value.</summary>
    public double Low => Factor(_report.Totals.LowJoules);

    /// <summary>The upper bound of all energy over the central value.</summary>
    public double High => Factor(_report.Totals.HighJoules);

    /// <summary>The figures of a report.</summary>
    /// <exception cref="FormatException">They cannot be reckoned with; the message says which.</exception>
    public static RunFigures Of(EmissionsReport report)
    {
        var totals = report.Totals;
        double[] all =
        [
            totals.EnergyJoules, totals.UntrackedJoules, totals.LowJoules, totals.HighJoules, totals.EmissionsGrams, totals.UntrackedGrams,
            .. report.Windows.SelectMany(window => (double[])
            [
                window.Energy.Joules, window.Energy.LowJoules, window.Energy.HighJoules, window.Energy.CpuJoules, window.Energy.GpuJoules,
                window.EmissionsGrams, window.LowGrams, window.HighGrams, window.DurationSeconds,
            ]),
            .. report.Intensities.Select(intensity => intensity.GramsPerKilowattHour),
        ];
        if (!all.All(double.IsFinite) || totals.EnergyJoules <= 0)
        {
            throw new FormatException("its energy or its emissions are not all numbers, or the whole is not above zero");
        }

        return report.Intensities.Select(intensity => intensity.Pue).Append(report.Pue).All(pue => double.IsFinite(pue) && pue >= 1)
            ? new RunFigures(report)
            : throw new FormatException("its PUE is not a number from 1 on");
    }

    /// <summary>Energy of the building over energy of the device, in a price of the report.</summary>
    private double PueOf(string key) => _report.Intensities.FirstOrDefault(intensity => intensity.Key == key)?.Pue ?? _report.Pue;

    private double Factor(double joules) => joules / _report.Totals.EnergyJoules;

    private static Energy Sum(IEnumerable<Energy> energies) => energies.Aggregate(Energy.Zero, (sum, energy) => sum + energy);
}
