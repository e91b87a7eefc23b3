using System.Globalization;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>For where a price is, and what it is known by.</summary>
/// <param name="Key">What the price is known by.</param>
/// <param name="Place">The place as settings name it.</param>
/// <param name="Region">Code of its grid.</param>
/// <param name="Pue">Power usage effectiveness.</param>
/// <param name="PueSource">Where that comes from.</param>
internal sealed record PriceTerms(string Key, string Place, string Region, double Pue, string PueSource)
{
    /// <summary>Whether the run was said to run there.</summary>
    public bool IsActual { get; init; }

    /// <summary>When the source was asked.</summary>
    public DateTimeOffset? PricedAt { get; init; }
}

/// <summary>
/// Prices the energy of a run by an intensity that changes with time: the integral of power over intensity, as
/// <c>Σ joules(i) ÷ 3.6e6 × PUE × intensity(i)</c> over the intervals of the report's timeline, where intensity(i) is the
/// mean over time of what the source says of the part of the interval in which the run ran. Where the source has no value
/// the table's stands in, of the same kind.
/// </summary>
internal static class TimedPricing
{
    /// <summary>The price of a run.</summary>
    /// <param name="report">What ran.</param>
    /// <param name="terms">Where.</param>
    /// <param name="series">The intensity by time.</param>
    /// <param name="fallback">What stands in where the series has a gap; of the same kind.</param>
    /// <exception cref="IntensitySourceException">There is a gap, and nothing to stand in.</exception>
    public static ReportPrice Of(EmissionsReport report, PriceTerms terms, IntensitySeries series, StaticIntensity? fallback)
    {
        var timeline = report.Timeline ?? WholeRun(report);
        var means = Means(report.Run, timeline, series, fallback);
        var windows = new Dictionary<int, double>(report.Windows.Count);
        var (roots, untracked, fromSource, fromTable) = (Emissions.Zero, Emissions.Zero, Energy.Zero, Energy.Zero);
        foreach (var window in report.Windows)
        {
            var grams = OfWindow(window, timeline, means) * terms.Pue;
            windows[window.Seq] = grams.Grams;
            roots += window.Parent is null ? grams : Emissions.Zero;
        }

        for (var i = 0; i < means.Length; i++)
        {
            var nobodys = Energy.FromJoules(timeline.UntrackedJoules[i]);
            untracked += nobodys * means[i].Intensity * terms.Pue;

            // Each by itself, since a difference of sums would leave a table's part of a few bits where there is none.
            var anybodys = nobodys + Energy.FromJoules(timeline.TrackedJoules[i]);
            fromSource += anybodys * means[i].SourceShare;
            fromTable += anybodys * (1 - means[i].SourceShare);
        }

        var all = Energy.FromJoules(report.Totals.EnergyJoules);
        var total = roots + untracked;
        var mean = all > Energy.Zero
            ? CarbonIntensity.FromGramsPerKilowattHour(total.Grams / (all.KilowattHours * terms.Pue))
            : MeanOverTime(means);
        return new ReportPrice
        {
            Key = terms.Key,
            Place = terms.Place,
            Region = terms.Region,
            Zone = series.Zone,
            Source = series.Source,
            Kind = series.Kind == IntensityKind.Average ? "average" : "marginal",
            Basis = series.Basis,
            Boundary = series.Boundary,
            Year = series.Year,
            IsActual = terms.IsActual,
            PricedAt = terms.PricedAt,
            Pue = terms.Pue,
            PueSource = terms.PueSource,
            GramsPerKilowattHour = mean.GramsPerKilowattHour,
            EmissionsGrams = total.Grams,
            UntrackedGrams = untracked.Grams,
            LowGrams = (Energy.FromJoules(report.Totals.LowJoules) * mean * terms.Pue).Grams,
            HighGrams = (Energy.FromJoules(report.Totals.HighJoules) * mean * terms.Pue).Grams,
            SourceJoules = fromSource.Joules,
            FallbackJoules = fromTable.Joules,
            Stretches = Stretches(means),
            WindowGrams = windows,
            Notices = [.. Notices(report, series, fallback, means)],
        };
    }

    /// <summary>The prices with one more; that of its key is replaced.</summary>
    public static IReadOnlyList<ReportPrice> With(IReadOnlyList<ReportPrice>? prices, ReportPrice added)
    {
        var all = prices?.ToList() ?? [];
        var place = all.FindIndex(price => price.Key == added.Key);
        if (place < 0)
        {
            all.Add(added);
        }
        else
        {
            all[place] = added;
        }

        return all;
    }

    /// <summary>The time over which an intensity is wanted: the intervals of the timeline, else the run.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Time(EmissionsReport report)
    {
        var timeline = report.Timeline ?? WholeRun(report);
        return (timeline.StartedAt, After(timeline.StartedAt, timeline.IntervalSeconds * timeline.TrackedJoules.Count));
    }

    /// <summary>A file can carry a time that no calendar has.</summary>
    private static DateTimeOffset After(DateTimeOffset start, double seconds) =>
        seconds < (DateTimeOffset.MaxValue - start).TotalSeconds ? start.AddSeconds(seconds) : DateTimeOffset.MaxValue;

    /// <summary>A report that does not know when its energy was used: evenly, for as long as the run lasted.</summary>
    private static ReportTimeline WholeRun(EmissionsReport report) => new()
    {
        StartedAt = report.Run.StartedAt,
        IntervalSeconds = Math.Max(1, report.Run.DurationSeconds),
        TrackedJoules = [report.Totals.TrackedJoules],
        UntrackedJoules = [report.Totals.UntrackedJoules],
    };

    /// <summary>The intensity of each interval, over the part of it in which the run ran.</summary>
    private static Mean[] Means(ReportRun run, ReportTimeline timeline, IntensitySeries series, StaticIntensity? fallback)
    {
        var means = new Mean[timeline.TrackedJoules.Count];
        var (runEnd, next) = (After(run.StartedAt, run.DurationSeconds), 0);
        for (var i = 0; i < means.Length; i++)
        {
            var (start, end) = (After(timeline.StartedAt, i * timeline.IntervalSeconds), After(timeline.StartedAt, (i + 1) * timeline.IntervalSeconds));
            var (from, to) = (start > run.StartedAt ? start : run.StartedAt, end < runEnd ? end : runEnd);
            (from, to) = to > from ? (from, to) : (start, end);
            while (next < series.Points.Count && series.Points[next].To <= from)
            {
                next++;
            }

            means[i] = Over(from, to, series.Points, next) is { } known && (known.SourceShare == 1 || fallback is not null)
                ? known with { Intensity = known.Intensity + ((fallback?.Intensity ?? CarbonIntensity.Zero) * (1 - known.SourceShare)) }
                : throw new IntensitySourceException($"{series.Source} has no value for all of the time from {Text(start)} to {Text(end)}, and no table has one of its kind to stand in.");
        }

        return means;
    }

    /// <summary>The mean over time of the points, as far as they reach: what is missing counts nothing yet.</summary>
    private static Mean Over(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<IntensityPoint> points, int first)
    {
        var (length, covered) = ((to - from).Ticks, 0L);
        var (intensity, estimated) = (CarbonIntensity.Zero, false);
        for (var i = first; i < points.Count && points[i].From < to; i++)
        {
            var overlap = Math.Min(points[i].To.UtcTicks, to.UtcTicks) - Math.Max(points[i].From.UtcTicks, from.UtcTicks);
            covered += overlap;
            intensity += points[i].Intensity * ((double)overlap / length);
            estimated |= points[i].IsEstimated;
        }

        return new Mean(intensity, covered == length ? 1 : (double)covered / length, estimated);
    }

    private static Emissions OfWindow(ReportWindow window, ReportTimeline timeline, Mean[] means)
    {
        if (window.Timeline is not { } own)
        {
            var started = Math.Floor((window.StartedAt - timeline.StartedAt).TotalSeconds / timeline.IntervalSeconds);
            return Energy.FromJoules(window.Energy.Joules) * means[(int)Math.Clamp(started, 0, means.Length - 1)].Intensity;
        }

        var sum = Emissions.Zero;
        for (var i = 0; i < own.Joules.Count; i++)
        {
            sum += Energy.FromJoules(own.Joules[i]) * means[own.First + i].Intensity;
        }

        return sum;
    }

    private static CarbonIntensity MeanOverTime(Mean[] means)
    {
        var sum = CarbonIntensity.Zero;
        foreach (var mean in means)
        {
            sum += mean.Intensity / means.Length;
        }

        return sum;
    }

    private static List<ReportPriceStretch> Stretches(Mean[] means)
    {
        var stretches = new List<ReportPriceStretch>();
        foreach (var mean in means)
        {
            var one = new ReportPriceStretch { Intervals = 1, GramsPerKilowattHour = mean.Intensity.GramsPerKilowattHour, Known = mean.Known };
            if (stretches.Count > 0 && stretches[^1] is { } last && last with { Intervals = 1 } == one)
            {
                stretches[^1] = last with { Intervals = last.Intervals + 1 };
            }
            else
            {
                stretches.Add(one);
            }
        }

        return stretches;
    }

    private static IEnumerable<ReportNotice> Notices(EmissionsReport report, IntensitySeries series, StaticIntensity? fallback, Mean[] means)
    {
        if (report.Timeline is null)
        {
            yield return Notice(DiagnosticCodes.NoTimeline, "The report does not know its energy by time: it is priced as if it had been used evenly for as long as the run lasted.");
        }

        var gaps = means.Count(mean => mean.SourceShare < 1);
        if (gaps > 0)
        {
            yield return Notice(DiagnosticCodes.PricedByTable, string.Create(CultureInfo.InvariantCulture, $"{gaps} of {means.Length} intervals have no value from the source, or one for a part of them: the table's stands in, {fallback}."));
        }

        var estimated = means.Count(mean => mean.IsEstimated);
        if (estimated > 0)
        {
            yield return Notice(DiagnosticCodes.IntensityRemark, string.Create(CultureInfo.InvariantCulture, $"{estimated} of {means.Length} intervals are estimated by the source, which may correct them: price again later."));
        }

        foreach (var remark in series.Notices)
        {
            yield return Notice(DiagnosticCodes.IntensityRemark, remark);
        }
    }

    private static ReportNotice Notice(string code, string message) => new() { Code = code, Message = message };

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The intensity of an interval.</summary>
    /// <param name="Intensity">Mean over time.</param>
    /// <param name="SourceShare">The part of the time of which the source says something.</param>
    /// <param name="IsEstimated">Whether any of that is estimated.</param>
    private readonly record struct Mean(CarbonIntensity Intensity, double SourceShare, bool IsEstimated)
    {
        public string Known => (SourceShare, IsEstimated) switch
        {
            (0, _) => "table",
            ( < 1, _) => "partly",
            (_, true) => "estimated",
            _ => "source",
        };
    }
}
