using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// Map: the same run in every other region. Only what answers the same question is ranked: the same kind (average or
/// marginal), basis (lifecycle or direct) and boundary (production or consumption) as the run's own price.
/// </summary>
internal static class MapPractice
{
    public static ReportMap Of(RunFigures run, IReadOnlyList<GridIntensity> regions)
    {
        var here = run.Price is { } price ? Priced(run, GridOf(price)) : null;
        var others = regions.Where(region => region.Code != here?.Region).ToList();
        var places = others.Where(region => !IsAggregate(region)).ToLookup(region => IsComparable(region, run.Price));

        // An average over many places is none that could be better or worse: a run that declared none has no rank.
        var isPlace = here is not null && !regions.Any(region => region.Code == here.Region && IsAggregate(region));
        var order = places[true].Select(region => Priced(run, region)).Concat(isPlace ? [here!] : [])
            .OrderBy(row => row.EmissionsGrams).ThenBy(row => row.Region, StringComparer.Ordinal)
            .Select((row, i) => row with { Rank = i + 1, Factor = FactorOf(row, here) })
            .ToList();
        return new()
        {
            BuildingJoules = run.Building.Joules,
            Here = here is null ? null : order.Find(row => row.Region == here.Region) ?? here with { Factor = FactorOf(here, here) },
            Ranked = [.. order.Where(row => row.Region != here?.Region)],
            Unranked = [.. places[false].Select(region => Priced(run, region) with { Reason = WhyNot(region, run.Price) })],
            Aggregates = [.. others.Where(IsAggregate).Select(region => Aggregate(run, region, here))],
            Notes = [.. NotesOf(run, isPlace)],
        };
    }

    /// <summary>An average over many countries has no country of its own.</summary>
    private static bool IsAggregate(GridIntensity region) => region.Country.Length == 0;

    private static bool IsComparable(GridIntensity region, ReportIntensity? price) =>
        price is not null && region.Kind == price.Kind && region.Basis == price.Basis && region.Boundary == price.Boundary;

    private static string WhyNot(GridIntensity region, ReportIntensity? price)
    {
        if (price is null)
        {
            return "the report does not have the price of its run";
        }

        (string Is, string Other)[] questions = [(region.Kind, price.Kind), (region.Basis, price.Basis), (region.Boundary, price.Boundary)];
        var different = questions.Where(question => question.Is != question.Other).ToList();
        return $"{string.Join(", ", different.Select(question => question.Is))}, not comparable with {string.Join(", ", different.Select(question => question.Other))}";
    }

    private static GridIntensity GridOf(ReportIntensity price) => new(
        price.Region, price.Name, "", CarbonIntensity.FromGramsPerKilowattHour(price.GramsPerKilowattHour), price.Kind, price.Basis, price.Boundary, price.Year, price.Source, null);

    private static ReportMapRegion Priced(RunFigures run, GridIntensity region)
    {
        var (tracked, untracked) = (run.TrackedBuilding * region.Intensity, run.UntrackedBuilding * region.Intensity);
        var all = tracked + untracked;
        return new()
        {
            Region = region.Code,
            Name = region.Name,
            GramsPerKilowattHour = region.Intensity.GramsPerKilowattHour,
            EmissionsGrams = all.Grams,
            TrackedGrams = tracked.Grams,
            UntrackedGrams = untracked.Grams,
            LowGrams = (all * run.Low).Grams,
            HighGrams = (all * run.High).Grams,
            Kind = region.Kind,
            Basis = region.Basis,
            Boundary = region.Boundary,
            Year = region.Year,
            Source = region.Source,
        };
    }

    private static ReportMapRegion Aggregate(RunFigures run, GridIntensity region, ReportMapRegion? here)
    {
        var row = Priced(run, region);
        return IsComparable(region, run.Price) ? row with { Factor = FactorOf(row, here) } : row with { Reason = WhyNot(region, run.Price) };
    }

    private static double? FactorOf(ReportMapRegion row, ReportMapRegion? here) =>
        here is { GramsPerKilowattHour: > 0 } ? row.GramsPerKilowattHour / here.GramsPerKilowattHour : null;

    private static IEnumerable<string> NotesOf(RunFigures run, bool isPlace)
    {
        if (run.Price is null)
        {
            yield return "The report does not have the price of its run: nothing is ranked.";
        }
        else if (run.Price.Assumed)
        {
            yield return $"Nobody declared where the run was: {run.Price.Name} is assumed, and 'here' means that. Set Region.";
        }
        else if (!isPlace)
        {
            yield return $"'Here' is {run.Price.Name}, an average over many places: it has no rank.";
        }

        if (run.Regions.Count > 1)
        {
            yield return $"Parts of the run are priced at {run.Regions.Count} places ({string.Join(", ", run.Regions)}). In these figures the whole run is at one place, also where 'here' is meant.";
        }

        yield return "Bounds are those of the energy: no source states the uncertainty of an intensity.";
    }
}
