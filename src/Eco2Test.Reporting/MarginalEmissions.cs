using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// What a run emits by marginal intensity: each root window by that of its declared region, the untracked energy by that of
/// the run. It answers what one kWh more makes plants emit, not what a kWh emits on average.
/// </summary>
/// <param name="Grams">gCO2e.</param>
/// <param name="Of">The marginal intensities that went into it, each once.</param>
internal sealed record MarginalEmissions(double Grams, IReadOnlyList<ReportMarginal> Of)
{
    private const double JoulesPerKilowattHour = 3_600_000;

    /// <summary><see langword="null"/> when nobody says it of one of the regions that are needed.</summary>
    public static MarginalEmissions? In(EmissionsReport report)
    {
        var energies = ReportRows.Of(report, 0).Roots.Select(root => (root.Intensity, root.Energy.Joules)).Concat(Untracked(report));
        var (grams, used) = (0.0, new List<ReportMarginal>());
        foreach (var (key, joules) in energies.GroupBy(energy => energy.Item1, (key, of) => (key, of.Sum(energy => energy.Item2))))
        {
            if (report.Intensities.FirstOrDefault(intensity => intensity.Key == key) is not { Marginal: { } marginal } priced)
            {
                return null;
            }

            grams += joules / JoulesPerKilowattHour * priced.Pue * marginal.GramsPerKilowattHour;
            used.Add(marginal);
        }

        return new MarginalEmissions(grams, [.. used.Distinct()]);
    }

    private static IEnumerable<(string Intensity, double Joules)> Untracked(EmissionsReport report) =>
        (report.Merged?.Select(part => part.Totals) ?? [report.Totals]).Select(totals => (totals.Intensity, totals.UntrackedJoules));
}
