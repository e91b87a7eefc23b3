using System.Globalization;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The four practices as people read them.</summary>
internal static class PracticesSections
{
    /// <summary>All of them, at most so many rows of each table.</summary>
    public static IEnumerable<Section> Of(ReportPractices practices, EmissionsReport report, int most) =>
    [
        .. ExceptModel(practices, most),
        .. practices.Model.Select(comparison => ComparisonSection.Of(comparison, report, most)).Select(section => section with { Title = $"Model: {section.Title}" }),
        .. practices.Model.Count > 0 ? Array.Empty<Section>() : [NoModel()],
    ];

    /// <summary>Map, Machine and Mechanization.</summary>
    public static IEnumerable<Section> ExceptModel(ReportPractices practices, int most) =>
        [Map(practices.Map, most), .. Unranked(practices.Map, most), Aggregates(practices.Map), .. practices.Machine.Select(machine => Machine(machine, most)), Mechanization(practices.Mechanization)];

    private static Section Map(ReportMap map, int most)
    {
        var shown = map.Ranked.Take(most).ToList();
        var rows = shown.Concat(map.Here is { } here ? [here] : []).OrderBy(region => region.Rank ?? int.MaxValue).ToList();
        var all = map.Ranked.Count + (map.Here?.Rank is null ? 0 : 1);
        return new(
            "Map: the same run in other regions",
            map.Here is { } at
                ? $"The run took {Figures.Joules(map.BuildingJoules)} with its building. Ranked are {all} regions whose intensity is {at.Kind}, {at.Basis} and of {at.Boundary}, as that of {at.Name} is. The factor is against here."
                : $"The run took {Figures.Joules(map.BuildingJoules)} with its building.")
        {
            Headings = ["Rank", "Region", "g/kWh", "CO2e", "Factor", "Year", "Source"],
            Names = [1, 6],
            Rows = [.. rows.Select(region => (string[])
            [
                Whole(region.Rank), $"{region.Region} {region.Name}{(region.Region == map.Here?.Region ? " (here)" : "")}", Figures.Number(region.GramsPerKilowattHour),
                Figures.Grams(region.EmissionsGrams), Times(region.Factor), Whole(region.Year), region.Source,
            ])],
            Notes =
            [
                .. rows.Find(region => region.EmissionsGrams > 0) is { } range ? [$"Each is {Figures.Number(100 * range.LowGrams / range.EmissionsGrams)} % to {Figures.Number(100 * range.HighGrams / range.EmissionsGrams)} % of its figure."] : Array.Empty<string>(),
                .. map.Ranked.Count > most ? [$"Ranked behind these: {map.Ranked.Count - most} more."] : Array.Empty<string>(),
                .. map.Notes,
            ],
        };
    }

    private static IEnumerable<Section> Unranked(ReportMap map, int most) => map.Unranked.GroupBy(region => region.Reason).Select(why => new Section(
        "Map: regions that are not ranked", $"{why.Count()} regions: {why.Key}.")
    {
        Headings = ["Region", "g/kWh", "CO2e", "Boundary", "Year", "Source"],
        Names = [0, 5],
        Rows = [.. why.Take(most).Select(region => (string[])
            [$"{region.Region} {region.Name}", Figures.Number(region.GramsPerKilowattHour), Figures.Grams(region.EmissionsGrams), region.Boundary, Whole(region.Year), region.Source])],
        Notes = why.Count() > most ? [$"{why.Count() - most} more, in the order of codes."] : [],
    });

    private static Section Aggregates(ReportMap map) => new("Map: averages over many places, for comparison")
    {
        Headings = ["Region", "g/kWh", "CO2e", "Factor", "Year", "Source"],
        Names = [0, 5],
        Rows = [.. map.Aggregates.Select(region => (string[])
            [$"{region.Region} {region.Name}", Figures.Number(region.GramsPerKilowattHour), Figures.Grams(region.EmissionsGrams), Times(region.Factor), Whole(region.Year), region.Source])],
        Notes = [.. map.Aggregates.Select(region => region.Reason).OfType<string>().Distinct().Select(reason => $"Without a factor: {reason}.")],
    };

    private static Section Machine(ReportMachine machine, int most)
    {
        var title = $"Machine: the same work on another {machine.Class.ToUpperInvariant()}";
        if (machine.Own is not { } own)
        {
            return new(title, machine.Reason ?? "");
        }

        var speeds = machine.Others.Any(device => device.Speed is not null);
        return new(
            title,
            $"The windows took {Figures.Joules(machine.Joules)} on {own.Name}, {Figures.Number(own.DesignWatts)} W {(machine.Class == "cpu" ? "for each core" : "by design")}.")
        {
            Headings = ["Device", "W", "Energy", "Between", "Even at", "Speed", "How known"],
            Names = [0, 6],
            Rows = [.. machine.Others.Take(most).Select(device => (string[])
            [
                device.Name, Figures.Number(device.DesignWatts), Figures.Joules(device.Joules), Figures.JoulesRange(device.LowJoules, device.HighJoules),
                Times(device.BreakEvenSpeed), device.Speed is null ? "?" : Times(device.Speed), device.SpeedSource ?? ReportWords.Of(device.Provenance),
            ])],
            Notes =
            [
                .. speeds ? Array.Empty<string>() : ["No performance of these devices is known for this work: the energy assumes equal time, and its bounds allow five times more or less per watt. They tell no device to be better. Give speeds with --performance FILE."],
                "Even at: how many times as fast as the run's own device it must be to use the same energy.",
                $"TDP of these devices by {string.Join("; ", machine.Others.Take(most).Prepend(own).Select(device => device.Source).Distinct())} (data/README.md).",
                .. machine.Others.Count > most ? [$"Not shown: {machine.Others.Count - most} more."] : Array.Empty<string>(),
            ],
        };
    }

    // Sources are long, and few: the table has their numbers.
    private static Section Mechanization(ReportMechanization mechanization)
    {
        var buildings = mechanization.Others.Prepend(mechanization.Used).ToList();
        var sources = buildings.Select(building => building.Source).Distinct().ToList();
        return new(
            "Mechanization: the same run in other buildings",
            $"The devices took {Figures.Joules(mechanization.DeviceJoules)}; the report used PUE {Figures.Number(mechanization.Used.Pue)}. CO2e is at the intensity of this run, whatever the place; the factor is against this run.")
        {
            Headings = ["Building", "Which", "PUE", "Energy", "CO2e", "Factor", "Year", "Source"],
            Names = [0, 1],
            Rows = [.. buildings.Select(building => (string[])
            [
                building.Region ?? building.Name, building.Which, Figures.Number(building.Pue), Figures.Joules(building.BuildingJoules), Figures.Grams(building.EmissionsGrams),
                Times(building.Factor), Whole(building.Year), Whole(sources.IndexOf(building.Source) + 1),
            ])],
            Notes = [$"Sources of PUE: {string.Join("; ", sources.Select((source, i) => $"{Whole(i + 1)} {source}"))}.", .. mechanization.Notes],
        };
    }

    private static Section NoModel() => new(
        "Model: what accuracy costs",
        "No test carries a comparison. Give tests that compete one label, [TrackEmissions(Comparison = \"sentiment\")], and record what they reach: TrackingWindow.Current?.Record(\"accuracy\", value).");

    private static string Times(double? factor) => factor is { } value ? $"{Figures.Number(value)} ×" : "-";

    private static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
