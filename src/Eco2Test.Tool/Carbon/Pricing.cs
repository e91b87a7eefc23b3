using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Prices reports by what a source says of the time in which they ran.</summary>
/// <param name="source">The source.</param>
/// <param name="zone">The zone that was asked for, which makes another price.</param>
/// <param name="time">The clock.</param>
internal sealed class Pricing(IIntensitySource source, string? zone, TimeProvider time)
{
    /// <summary>The place; <see langword="null"/>: that of each report.</summary>
    public Place? Place { get; init; }

    /// <summary>Whether a gap is an error.</summary>
    public bool IsStrict { get; init; }

    // Sums and products of what is less stay finite.
    private const double Largest = 1e100;

    /// <summary>The price of a report.</summary>
    /// <exception cref="InputException">
    /// It has no place, or the source cannot tell and nothing stands in, or what would stand in is worth less than what the report has.
    /// </exception>
    public async Task<ReportPrice> PriceAsync(string file, EmissionsReport report, CancellationToken cancelled)
    {
        if (!IsPriceable(report))
        {
            throw new InputException(ToolCodes.NotAReport, $"'{file}' cannot be priced: it has figures that no run has, or times that no calendar has.");
        }

        var price = PriceOf(file, report);
        var terms = new PriceTerms(KeyOf(price), price.Key, price.Grid.Code, price.Pue, price.Report.PueSource)
        {
            IsActual = report.Prices?.Any(other => other.IsActual && other.Place == price.Key) ?? false,
            PricedAt = time.GetUtcNow(),
        };
        try
        {
            var series = await ReadAsync(report, price.Place, cancelled).ConfigureAwait(false);
            var made = TimedPricing.Of(report, terms, series, StaticIntensity.Of(price.Place, series.Kind));
            return IsStrict && Gaps(made) is var gaps and > 0
                ? throw new IntensitySourceException($"{gaps} of {made.Stretches.Sum(stretch => stretch.Intervals)} intervals have no value from the source, or one for a part of them")
                : IsWorthLess(made, report) ? throw new IntensitySourceException($"{string.Join("; ", Remarks(made))}; the price that the report has from it stays")
                : made;
        }
        catch (IntensitySourceException fault)
        {
            throw new InputException(ToolCodes.NoIntensity, $"'{file}' cannot be priced by {source.Name}: {fault.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>How many intervals have no value from the source, or one for a part of them.</summary>
    private static int Gaps(ReportPrice made) => made.Stretches.Where(stretch => stretch.Known is "table" or "partly").Sum(stretch => stretch.Intervals);

    private static IEnumerable<string> Remarks(ReportPrice made) =>
        made.Notices.Where(notice => notice.Code == DiagnosticCodes.IntensityRemark).Select(notice => notice.Message.TrimEnd('.'));

    /// <summary>A source that has nothing to say now takes nothing away of what it said before.</summary>
    private static bool IsWorthLess(ReportPrice made, EmissionsReport report) =>
        made.SourceJoules == 0 && report.Prices?.FirstOrDefault(before => before.Key == made.Key) is { SourceJoules: not 0 };

    /// <summary>What the source says; where it cannot tell, nothing, with the reason, so that the table stands in.</summary>
    private async Task<IntensitySeries> ReadAsync(EmissionsReport report, Place place, CancellationToken cancelled)
    {
        var (from, to) = TimedPricing.Time(report);
        try
        {
            return await source.ReadAsync(new IntensityQuery(place, from, to), cancelled).ConfigureAwait(false);
        }
        catch (IntensitySourceException fault) when (!IsStrict && StaticIntensity.Of(place, source.Kind) is { } known)
        {
            return known.Series([]) with { Notices = [$"{source.Name} could not tell: {fault.Message}"] };
        }
    }

    /// <summary>The place that was asked for, else where the run was said to run, else where it was declared to, with the PUE that goes with it.</summary>
    private Price PriceOf(string file, EmissionsReport report)
    {
        var declared = report.Intensities.FirstOrDefault(intensity => intensity.Key == report.Totals.Intensity);

        // Reports of before places had a PUE of their own say it of the whole run only.
        double? set = declared is { PueSource: "set" } ? declared.Pue : declared is { PueSource: "none" } && report.Pue != 1 ? report.Pue : null;
        var name = report.Prices?.FirstOrDefault(price => price.IsActual)?.Place ?? (declared is { Assumed: false } ? declared.Key : null);
        var place = Place ?? (name is null ? throw NoPlace(file) : IntensityOptions.Place(name));
        return new Price(place, Assumed: false, set);
    }

    private static InputException NoPlace(string file) =>
        new(ToolCodes.NoPlace, $"Where '{file}' ran is not known: nobody declared a region. Name it with --region, such as --region FR.");

    private string KeyOf(Price price) => zone is null ? $"{source.Name} {price.Key}" : $"{source.Name} {price.Key} {zone}";

    /// <summary>A file can carry numbers whose sums have no end, and times near to that of the calendar.</summary>
    private static bool IsPriceable(EmissionsReport report) =>
        Figures(report).All(figure => Math.Abs(figure) < Largest) && TimedPricing.Time(report).To.Year < DateTimeOffset.MaxValue.Year;

    private static IEnumerable<double> Figures(EmissionsReport report) =>
    [
        report.Totals.EnergyJoules, report.Totals.TrackedJoules, report.Totals.UntrackedJoules, report.Totals.LowJoules, report.Totals.HighJoules,
        report.Run.DurationSeconds, report.Pue,
        .. report.Intensities.Select(intensity => intensity.Pue),
        .. report.Timeline?.TrackedJoules ?? [], .. report.Timeline?.UntrackedJoules ?? [],
        .. report.Windows.Select(window => window.Energy.Joules), .. report.Windows.SelectMany(window => window.Timeline?.Joules ?? []),
    ];
}
