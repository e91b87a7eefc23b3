using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>
/// What a run used and emitted, by place. Location-based is where the electricity was used: a run that was said to run
/// elsewhere than it was declared to (<c>ECO2TEST_ACTUAL_REGION</c>) is where it ran, with all that it used.
/// </summary>
internal sealed class InventoryParts(EmissionsReport report, IReadOnlyList<ReportWindow> roots, InventoryYear share)
{
    private const string UnknownBasis = "unknown";

    private readonly Dictionary<InventoryPlace, InventoryPart> _parts = [];

    /// <summary>The price of where a run ran, when that is not where it was declared to; that of the table before those that were asked for afterwards.</summary>
    public static ReportPrice? RanAt(EmissionsReport report) =>
        report.Prices?.Where(price => price is { IsActual: true, Kind: "average" }).OrderBy(price => price.PricedAt is not null).FirstOrDefault();

    /// <summary>One part for each place.</summary>
    public IReadOnlyList<InventoryPart> All()
    {
        var ranAt = RanAt(report);
        foreach (var root in roots)
        {
            var (place, factor, gramsPerJoule) = ranAt is null ? Declared(root.Intensity) : At(ranAt);
            Add(place, factor, share.Of(root), new InventoryAmounts
            {
                DeviceJoules = root.Energy.Joules,
                LowDeviceJoules = root.Energy.LowJoules,
                HighDeviceJoules = root.Energy.HighJoules,
                BuildingJoules = root.Energy.Joules * factor.Pue,
                Grams = ranAt?.WindowGrams.GetValueOrDefault(root.Seq) ?? root.EmissionsGrams,
                LowGrams = root.Energy.LowJoules * gramsPerJoule ?? root.LowGrams,
                HighGrams = root.Energy.HighJoules * gramsPerJoule ?? root.HighGrams,
                EmbodiedGrams = root.EmbodiedGrams ?? 0,
            });
        }

        AddUntracked(ranAt);
        return [.. _parts.Values];
    }

    /// <summary>Its bounds are what those of the roots leave of the run's.</summary>
    private void AddUntracked(ReportPrice? ranAt)
    {
        var totals = report.Totals;
        var (place, factor, gramsPerJoule) = ranAt is null ? Declared(totals.Intensity) : At(ranAt);
        var (low, high) = (totals.LowJoules - roots.Sum(root => root.Energy.LowJoules), totals.HighJoules - roots.Sum(root => root.Energy.HighJoules));
        Add(place, factor, share.OfUntracked(), new InventoryAmounts
        {
            DeviceJoules = totals.UntrackedJoules,
            LowDeviceJoules = low,
            HighDeviceJoules = high,
            BuildingJoules = totals.UntrackedJoules * factor.Pue,
            Grams = ranAt?.UntrackedGrams ?? totals.UntrackedGrams,
            LowGrams = low * gramsPerJoule ?? totals.LowGrams - roots.Sum(root => root.LowGrams),
            HighGrams = high * gramsPerJoule ?? totals.HighGrams - roots.Sum(root => root.HighGrams),
            EmbodiedGrams = report.Embodied?.UntrackedGrams ?? 0,
        });
    }

    private void Add(InventoryPlace place, InventoryFactor factor, double ofYear, InventoryAmounts amounts)
    {
        if (ofYear == 0 && share.TimeShare == 0)
        {
            return;
        }

        var part = _parts.GetValueOrDefault(place) ?? new InventoryPart(place, factor, default);
        _parts[place] = part with { Amounts = part.Amounts + amounts.Part(ofYear, share.TimeShare) };
    }

    /// <summary>Where the run ran, with what a joule there emits on average: its price has bounds of the whole only.</summary>
    private static (InventoryPlace Place, InventoryFactor Factor, double? GramsPerJoule) At(ReportPrice price) => (
        new(price.Place, price.Region, RegionCatalog.Default.FindPlace(price.Place)?.Grid.Name ?? price.Place, price.Kind, price.Basis, price.Boundary, Assumed: false),
        new(price.GramsPerKilowattHour, price.Year, price.Source, price.Pue, price.PueSource),
        price.GramsPerKilowattHour * price.Pue / 3.6e6);

    private (InventoryPlace Place, InventoryFactor Factor, double? GramsPerJoule) Declared(string key)
    {
        var intensity = report.Intensities.FirstOrDefault(known => known.Key == key) ?? Unknown(key);
        return (
            new(intensity.Key, intensity.Region, intensity.Name, intensity.Kind, intensity.Basis, intensity.Boundary, intensity.Assumed),
            new(intensity.GramsPerKilowattHour, intensity.Year, intensity.Source, PueOf(intensity), intensity.PueSource),
            null);
    }

    /// <summary>Reports of the first version have one PUE for all of them.</summary>
    private double PueOf(ReportIntensity intensity) =>
        report.Intensities.All(known => known is { Pue: 1, PueSource: "none" }) ? report.Pue : intensity.Pue;

    private static ReportIntensity Unknown(string key) => new()
    {
        Key = key, Region = key, Name = key, GramsPerKilowattHour = 0, Kind = UnknownBasis, Basis = UnknownBasis, Boundary = UnknownBasis, Source = UnknownBasis,
    };
}
