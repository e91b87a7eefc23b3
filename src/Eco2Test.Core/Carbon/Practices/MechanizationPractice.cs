using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Reports;

namespace Eco2Test.Carbon;

/// <summary>Mechanization: the same run with the overhead (PUE) of other buildings: on premise, and in each cloud.</summary>
internal static class MechanizationPractice
{
    public static ReportMechanization Of(RunFigures run, IReadOnlyList<CloudRegion> clouds)
    {
        var known = clouds.Where(cloud => cloud.Pue is not null).GroupBy(cloud => cloud.Provider, StringComparer.Ordinal).ToList();
        return new()
        {
            DeviceJoules = run.Device.Joules,
            Used = Row(run, "this run", "used", null, run.Building / run.Device, null, SourceOfUsed(run)),
            Others = [OnPremise(run), .. known.SelectMany(provider => OfProvider(run, provider))],
            Notes = [.. NotesOf(run, clouds)],
        };
    }

    private static string SourceOfUsed(RunFigures run) => (run.Regions.Count, run.Price?.PueSource) switch
    {
        ( > 1, _) => "of several prices, by energy",
        (_, null or "none") => "none, the device alone",
        (_, var source) => source,
    };

    private static ReportBuilding OnPremise(RunFigures run)
    {
        foreach (var row in new CsvScan(ProductData.Bytes("power-coefficients.csv")))
        {
            if (row.Is(0, "pue-unknown"))
            {
                // "Uptime 2024 survey average": the year is in the name of the survey.
                return Row(run, "on premise", "average", null, row.Number(3), 2024, row.Text(2));
            }
        }

        throw new InvalidOperationException("The table 'power-coefficients.csv' has no row 'pue-unknown'.");
    }

    /// <summary>Buildings that exist: of an even number, the median is the lower of the two in the middle.</summary>
    private static IEnumerable<ReportBuilding> OfProvider(RunFigures run, IEnumerable<CloudRegion> provider)
    {
        var regions = provider.OrderBy(cloud => cloud.Pue).ThenBy(cloud => cloud.Name, StringComparer.Ordinal).ToList();
        if (regions[0].Pue == regions[^1].Pue)
        {
            return [OfCloud(run, regions[0], "median")];
        }

        return
        [
            OfCloud(run, regions[0], "least"),
            OfCloud(run, regions[(regions.Count - 1) / 2], "median"),
            OfCloud(run, regions[^1], "most"),
        ];
    }

    private static ReportBuilding OfCloud(RunFigures run, CloudRegion cloud, string which) =>
        Row(run, cloud.Provider, which, cloud.Key, cloud.Pue!.Value, cloud.PueYear, cloud.PueSource!);

    private static ReportBuilding Row(RunFigures run, string name, string which, string? region, double pue, int? year, string source) => new()
    {
        Name = name,
        Which = which,
        Region = region,
        Pue = pue,
        Year = year,
        Source = source,
        BuildingJoules = (run.Device * pue).Joules,
        EmissionsGrams = Grams(run, which, pue),
        Factor = run.Device * pue / run.Building,
    };

    // What the report used is what it says, also where its parts have several PUEs.
    private static double Grams(RunFigures run, string which, double pue) => (which == "used" ? run.Emissions : run.DeviceEmissions * pue).Grams;

    private static IEnumerable<string> NotesOf(RunFigures run, IReadOnlyList<CloudRegion> clouds)
    {
        if (run.Building == run.Device)
        {
            yield return "The report counts the device alone (PUE 1): every building adds to that. To compare buildings, compare these rows with each other.";
        }

        var defaults = clouds.Count(cloud => cloud is { Pue: not null, PueYear: null });
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The PUE of {clouds.Count(cloud => cloud.Pue is not null)} of {clouds.Count} regions of clouds is known, of {defaults} of them as a default of the provider without a year. Providers disclose it themselves.");
    }
}
