using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

/// <summary>Reports of runs at places, with sums that are right.</summary>
internal static class InventoryReports
{
    public static readonly ReportIntensity France = SampleReports.Nothing().Intensities[0];

    public static readonly ReportIntensity Virginia = France with
    {
        Key = "US-VA", Region = "US-VA", Name = "Virginia", GramsPerKilowattHour = 300, Basis = "direct", Year = 2022, Source = "EGRID2022",
    };

    public static readonly ReportIntensity World = France with { Key = "WORLD (assumed)", Region = "WORLD", Name = "World", GramsPerKilowattHour = 480, Assumed = true };

    /// <summary>A run of 1 kWh in a test and half of that outside of any, at one place.</summary>
    public static EmissionsReport Run(
        string id = "run-1", string startedAt = "2026-03-14T09:26:53Z", string? ownership = null, ReportIntensity? place = null, double tracked = 1, double untracked = 0.5,
        double? embodied = null)
    {
        var intensity = place ?? France;
        var window = Priced(SampleReports.Test("Shop.Tests.A", tracked * 3_600_000), intensity);
        return Of([window with { EmbodiedGrams = embodied * 0.75 }], untracked, intensity, [intensity]) with
        {
            Run = SampleReports.Nothing().Run with
            {
                Id = id, StartedAt = DateTimeOffset.Parse(startedAt, System.Globalization.CultureInfo.InvariantCulture),
                Runner = ownership is null ? null : new ReportRunner { Provider = "github", Ownership = ownership, OwnershipSource = "set" },
            },
            Embodied = embodied is { } grams
                ? new ReportEmbodied { Machine = new ReportEmbodiedMachine { TotalGrams = 1, LifetimeSeconds = 1, Share = 1, Source = "set" }, Grams = grams, UntrackedGrams = grams * 0.25 }
                : null,
        };
    }

    /// <summary>A window that a place prices, its PUE included.</summary>
    public static ReportWindow Priced(ReportWindow window, ReportIntensity place) => window with
    {
        Intensity = place.Key,
        EmissionsGrams = Grams(window.Energy.Joules, place),
        LowGrams = Grams(window.Energy.LowJoules, place),
        HighGrams = Grams(window.Energy.HighJoules, place),
    };

    /// <summary>A report of windows and of untracked kWh, which the place of the run prices.</summary>
    public static EmissionsReport Of(IReadOnlyList<ReportWindow> windows, double untracked, ReportIntensity place, IReadOnlyList<ReportIntensity> places)
    {
        var (report, joules) = (SampleReports.Of(windows), untracked * 3_600_000);
        var energy = windows.Sum(window => window.Energy.Joules) + joules;
        var (low, high) = (windows.Sum(window => window.Energy.LowJoules) + (joules * 0.6), windows.Sum(window => window.Energy.HighJoules) + (joules * 1.5));
        return report with
        {
            Intensities = places,
            Pue = place.Pue,
            Totals = report.Totals with
            {
                Intensity = place.Key,
                EnergyJoules = energy,
                UntrackedJoules = joules,
                LowJoules = Math.Min(low, high),
                HighJoules = Math.Max(low, high),
                UntrackedGrams = Grams(joules, place),
                EmissionsGrams = windows.Sum(window => window.EmissionsGrams) + Grams(joules, place),
                LowGrams = windows.Sum(window => window.LowGrams) + Grams(joules * 0.6, place),
                HighGrams = windows.Sum(window => window.HighGrams) + Grams(joules * 1.5, place),
            },
        };
    }

    private static double Grams(double joules, ReportIntensity place) => joules / 3_600_000 * place.Pue * place.GramsPerKilowattHour;
}
