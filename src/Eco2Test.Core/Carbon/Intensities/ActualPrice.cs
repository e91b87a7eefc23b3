using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>The price of the place where a run is said to run, when something was declared to run elsewhere: by the table, made with the report.</summary>
internal static class ActualPrice
{
    public static ReportPrice Of(EmissionsReport report, ReportIntensity actual)
    {
        var known = new StaticIntensity(
            IntensityKind.Average, CarbonIntensity.FromGramsPerKilowattHour(actual.GramsPerKilowattHour), actual.Region, actual.Basis, actual.Boundary, actual.Year, actual.Source);
        var series = known.Series([new IntensityPoint(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, known.Intensity)]);
        var terms = new PriceTerms($"{TableIntensitySource.AverageName} {actual.Key}", actual.Key, actual.Region, actual.Pue, actual.PueSource) { IsActual = true };
        return TimedPricing.Of(report, terms, series, fallback: null);
    }
}
