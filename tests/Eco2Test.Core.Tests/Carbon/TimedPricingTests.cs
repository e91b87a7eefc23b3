using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Carbon;

/// <summary>The integral of power over intensity, conserved in grams.</summary>
public sealed class TimedPricingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);
    private static readonly PriceTerms Terms = new("fake FR", "FR", "FR", 1.2, "set");
    private static readonly StaticIntensity Fallback = StaticIntensity.Of(new Place(RegionCatalog.Default.Find("FR")!), IntensityKind.Average)!;

    private static readonly Gen<EmissionsReport> Reports = Gen.Select(
        Gen.Select(Gen.Double[0, 1000].Array[1, 30], Gen.Int[0, 29], Gen.Int[-1, 9]).Array[0, 12], Gen.Double[-5, 50].Array[30], Gen.Int[0, 299], Gen.Double[0, 8000],
        (windows, untracked, second, length) => Report(untracked, Start.AddSeconds(second), length, [.. windows.Select((window, i) => (window.Item1, window.Item2, window.Item3 < i ? window.Item3 : -1))]));

    /// <summary>Points of any length, finer than the intervals and coarser, with gaps.</summary>
    private static readonly Gen<IntensitySeries> Series = Gen.Select(Gen.Int[20, 4000], Gen.Int[-50, 900], Gen.Int[0, 9]).Array[0, 40].Select(pieces =>
    {
        var (points, at) = (new List<IntensityPoint>(), Start.AddSeconds(-700));
        foreach (var (seconds, grams, what) in pieces)
        {
            if (what > 1)
            {
                points.Add(new IntensityPoint(at, at.AddSeconds(seconds), CarbonIntensity.FromGramsPerKilowattHour(grams)) { IsEstimated = what == 2 });
            }

            at = at.AddSeconds(seconds);
        }

        return Of(points);
    });

    [Fact]
    public void Grams_of_roots_and_of_untracked_make_the_whole_whatever_the_source_leaves_out() =>
        Gen.Select(Reports, Series).Sample((report, series) =>
        {
            var price = TimedPricing.Of(report, Terms, series, Fallback);

            var roots = report.Windows.Where(window => window.Parent is null).Sum(window => price.WindowGrams[window.Seq]);
            var tolerance = 1e-9 * Math.Max(1, Math.Abs(price.EmissionsGrams));
            (roots + price.UntrackedGrams).ShouldBe(price.EmissionsGrams, tolerance);
            (price.SourceJoules + price.FallbackJoules).ShouldBe(report.Totals.EnergyJoules, 1e-9 * Math.Max(1, Math.Abs(report.Totals.EnergyJoules)));
            price.WindowGrams.Count.ShouldBe(report.Windows.Count);
            price.Stretches.Sum(stretch => stretch.Intervals).ShouldBe(report.Timeline!.TrackedJoules.Count);
            price.EmissionsGrams.ShouldBe(SecondBySecond(report, series), 1e-6 * Math.Max(1, Math.Abs(price.EmissionsGrams)));
        });

    [Fact]
    public void What_the_source_tells_whole_has_no_part_of_the_table_and_what_it_does_not_tell_has_none_of_the_source() =>
        Reports.Sample(report =>
        {
            TimedPricing.Of(report, Terms, Of([Point(-86_400, 864_000, 100)]), Fallback).FallbackJoules.ShouldBe(0);
            TimedPricing.Of(report, Terms, Of([]), Fallback).SourceJoules.ShouldBe(0);
        });

    [Fact]
    public void An_hour_at_one_intensity_and_an_hour_at_another_are_priced_each_by_its_own()
    {
        var report = Report([.. Enumerable.Repeat(0.0, 24)], Start, 7200, [([.. Enumerable.Repeat(150_000.0, 24)], 0, -1)]);

        var price = TimedPricing.Of(report, Terms, Of([Point(0, 3600, 100), Point(3600, 7200, 500)]), Fallback);

        // Half a kWh in each hour, × PUE 1.2.
        price.EmissionsGrams.ShouldBe(1.2 * ((0.5 * 100) + (0.5 * 500)), 1e-9);
        price.GramsPerKilowattHour.ShouldBe(300, 1e-9);
        price.Stretches.ShouldBe([Stretch(12, 100, "source"), Stretch(12, 500, "source")]);
        price.Notices.ShouldBeEmpty();
        (price.SourceJoules, price.FallbackJoules).ShouldBe((3_600_000, 0));
    }

    [Fact]
    public void Points_finer_than_an_interval_are_weighted_by_time_over_the_part_in_which_the_run_ran()
    {
        var report = Report([300], Start.AddSeconds(60), 120, []);

        var price = TimedPricing.Of(report, Terms, Of([Point(0, 90, 100), Point(90, 300, 400)]), Fallback);

        // From second 60 to 180: 30 s at 100, 90 s at 400.
        price.Stretches.ShouldBe([Stretch(1, 325, "source")]);
    }

    [Fact]
    public void A_gap_is_priced_by_the_table_and_said()
    {
        var report = Report([100, 100, 100, 100], Start, 1200, []);

        var price = TimedPricing.Of(report, Terms, Of([Point(0, 300, 100), Point(300, 450, 200), Point(600, 900, 100) with { IsEstimated = true }]), Fallback);

        price.Stretches.Select(stretch => stretch.Known).ShouldBe(["source", "partly", "estimated", "table"]);
        price.Stretches[1].GramsPerKilowattHour.ShouldBe((200 + 44.18) / 2, 1e-9);
        price.Stretches[3].GramsPerKilowattHour.ShouldBe(44.18, 1e-9);
        (price.SourceJoules, price.FallbackJoules).ShouldBe((250, 150));
        price.Notices.Select(notice => notice.Code).ShouldBe(["ECO2030", "ECO2031"]);
        price.Notices[0].Message.ShouldContain("2 of 4 intervals");
        price.Notices[0].Message.ShouldContain("44.2 g/kWh (average, lifecycle, production, 2024, EMBER)");
        price.Notices[1].Message.ShouldContain("1 of 4 intervals are estimated");
    }

    [Fact]
    public void A_gap_of_a_marginal_series_is_never_filled_with_an_average()
    {
        var report = Report([100, 100], Start, 600, []);
        var series = Of([Point(0, 300, 100)]) with { Kind = IntensityKind.Marginal };

        Should.Throw<IntensitySourceException>(() => TimedPricing.Of(report, Terms, series, StaticIntensity.Of(new Place(RegionCatalog.Default.Find("WORLD")!), IntensityKind.Marginal)))
            .Message.ShouldContain("from 2026-03-14 09:05:00Z to 2026-03-14 09:10:00Z");

        var marginal = StaticIntensity.Of(new Place(RegionCatalog.Default.Find("FR")!), IntensityKind.Marginal)!;
        TimedPricing.Of(report, Terms, series, marginal).Stretches[1].GramsPerKilowattHour.ShouldBe(158);
    }

    [Fact]
    public void A_report_without_a_timeline_is_priced_as_if_its_energy_had_been_used_evenly_and_says_so()
    {
        var report = SampleReports.Shop() with { Run = SampleReports.Shop().Run with { StartedAt = Start, DurationSeconds = 7200 } };

        var price = TimedPricing.Of(report, Terms, Of([Point(0, 3600, 100), Point(3600, 7200, 200)]), Fallback);

        price.GramsPerKilowattHour.ShouldBe(150, 1e-9);
        price.Notices.Single().Code.ShouldBe("ECO2032");
        price.WindowGrams.Keys.ShouldBe(report.Windows.Select(window => window.Seq), ignoreOrder: true);
        (report.Windows.Where(window => window.Parent is null).Sum(window => price.WindowGrams[window.Seq]) + price.UntrackedGrams).ShouldBe(price.EmissionsGrams, 1e-9);
    }

    [Fact]
    public void A_run_without_energy_has_the_mean_over_time() =>
        TimedPricing.Of(Report([0, 0], Start, 600, []), Terms, Of([Point(0, 300, 100), Point(300, 600, 200)]), Fallback).GramsPerKilowattHour.ShouldBe(150, 1e-9);

    [Fact]
    public void The_price_of_a_key_is_replaced_and_another_stands_beside_it()
    {
        var price = TimedPricing.Of(Report([1], Start, 10, []), Terms, Of([Point(0, 300, 100)]), Fallback);
        var other = price with { Key = "other FR" };

        var prices = TimedPricing.With(TimedPricing.With(TimedPricing.With(null, price), other), price with { Source = "again" });

        prices.Select(one => (one.Key, one.Source)).ShouldBe([("fake FR", "again"), ("other FR", "Fake")]);
    }

    [Fact]
    public void Prices_are_written_and_read_again() => Gen.Select(Reports, Series).Sample((report, series) =>
    {
        var priced = report with { Prices = [TimedPricing.Of(report, Terms with { IsActual = true, PricedAt = Start }, series with { Notices = ["said"] }, Fallback)] };

        var read = ReportJson.Read(ReportJson.Write(priced));

        ReportJson.Write(read).ShouldBe(ReportJson.Write(priced));
        read.Prices!.Single().WindowGrams.ShouldBe(priced.Prices[0].WindowGrams, ignoreOrder: true);
    }, iter: 20);

    [Fact]
    public void Prices_are_put_into_a_report_without_what_this_version_does_not_know_being_lost()
    {
        var report = SampleReports.Shop();
        var price = TimedPricing.Of(report, Terms, Of([]), Fallback);
        var json = ReportJson.Write(report).Replace("\"totals\": {", "\"weather\": [1.50, null],\n  \"totals\": {\n    \"future\": \"\\u003C\",", StringComparison.Ordinal);

        var once = ReportJson.WithPrices(json, [price]);
        var twice = ReportJson.WithPrices(once, [price, price]);

        ReportJson.Read(once).Prices!.Count.ShouldBe(1);
        ReportJson.Read(twice).Prices!.Count.ShouldBe(2);
        twice.ShouldContain("1.50");
        twice.ShouldContain("\"future\": \"\\u003C\"");
        ReportJson.Write(ReportJson.Read(once)).ShouldBe(ReportJson.Write(report with { Prices = [price] }));
    }

    [Theory]
    [InlineData("FR", false, 44.18, "FR")]
    [InlineData("aws:eu-west-3", false, 44.18, "FR")]
    [InlineData("FR", true, 158, "FR")]
    [InlineData("US-CA", true, 416, "US")]
    public async Task The_table_is_a_source_of_one_intensity_for_the_whole_time(string region, bool isMarginal, double grams, string zone)
    {
        var kind = isMarginal ? IntensityKind.Marginal : IntensityKind.Average;
        var source = new TableIntensitySource(kind);
        var query = new IntensityQuery(RegionCatalog.Default.FindPlace(region)!, Start, Start.AddHours(2));

        var series = await source.ReadAsync(query, TestContext.Current.CancellationToken);

        series.Points.ShouldBe([new IntensityPoint(query.From, query.To, CarbonIntensity.FromGramsPerKilowattHour(grams))]);
        (series.Kind, series.Zone).ShouldBe((kind, zone));
        source.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task The_table_has_no_forecast_and_not_every_marginal_intensity()
    {
        var query = new IntensityQuery(RegionCatalog.Default.FindPlace("WORLD")!, Start, Start.AddHours(2));

        (await Should.ThrowAsync<IntensitySourceException>(() => new TableIntensitySource(IntensityKind.Marginal).ReadAsync(query, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("World");
        (await Should.ThrowAsync<IntensitySourceException>(() => new TableIntensitySource(IntensityKind.Average).ReadAsync(query with { IsForecast = true }, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("no forecast");
    }

    /// <summary>A report of these windows: each with its joules from an interval on, in another or in none.</summary>
    private static EmissionsReport Report(double[] untracked, DateTimeOffset startedAt, double seconds, (double[] Joules, int First, int Parent)[] windows)
    {
        var tracked = new double[untracked.Length];
        var reported = new List<ReportWindow>();
        for (var i = 0; i < windows.Length; i++)
        {
            var (joules, first, parent) = windows[i];
            joules = joules[..Math.Min(joules.Length, untracked.Length - first)];
            reported.Add(SampleReports.Test("T", joules.Sum(), seq: i + 1) with
            {
                Parent = parent < 0 ? null : parent + 1,
                StartedAt = Start.AddSeconds(300 * first),
                Timeline = joules.Length == 1 ? null : new ReportWindowTimeline { First = first, Joules = joules },
            });
            for (var j = 0; j < joules.Length && parent < 0; j++)
            {
                tracked[first + j] += joules[j];
            }
        }

        var sample = SampleReports.Of(reported);
        return sample with
        {
            Run = sample.Run with { StartedAt = startedAt, DurationSeconds = seconds },
            Timeline = new ReportTimeline { StartedAt = Start, IntervalSeconds = 300, TrackedJoules = tracked, UntrackedJoules = untracked },
            Totals = sample.Totals with { EnergyJoules = tracked.Sum() + untracked.Sum(), TrackedJoules = tracked.Sum(), UntrackedJoules = untracked.Sum() },
        };
    }

    /// <summary>The same integral, by another way: each second of an interval has its part of the energy.</summary>
    private static double SecondBySecond(EmissionsReport report, IntensitySeries series)
    {
        var (timeline, sum) = (report.Timeline!, 0.0);
        var (runFrom, runTo) = (report.Run.StartedAt, report.Run.StartedAt.AddSeconds(report.Run.DurationSeconds));
        for (var i = 0; i < timeline.TrackedJoules.Count; i++)
        {
            var (from, to) = (Start.AddSeconds(300 * i), Start.AddSeconds(300 * (i + 1)));
            var (clippedFrom, clippedTo) = (from > runFrom ? from : runFrom, to < runTo ? to : runTo);
            (from, to) = clippedTo > clippedFrom ? (clippedFrom, clippedTo) : (from, to);
            var joules = timeline.TrackedJoules[i] + timeline.UntrackedJoules[i];
            for (var at = from; at < to;)
            {
                var next = at.AddSeconds(1) < to ? at.AddSeconds(1) : to;
                var known = series.Points.Where(point => point.From <= at && at < point.To).Select(point => point.Intensity.GramsPerKilowattHour).ToList();
                sum += joules * ((next - at) / (to - from)) / 3_600_000 * 1.2 * (known.Count == 0 ? 44.18 : known[0]);
                at = next;
            }
        }

        return sum;
    }

    private static IntensityPoint Point(int from, int to, double grams) => new(Start.AddSeconds(from), Start.AddSeconds(to), CarbonIntensity.FromGramsPerKilowattHour(grams));

    private static ReportPriceStretch Stretch(int intervals, double grams, string known) => new() { Intervals = intervals, GramsPerKilowattHour = grams, Known = known };

    private static IntensitySeries Of(IReadOnlyList<IntensityPoint> points) => new()
    {
        Source = "Fake", Zone = "FR", Kind = IntensityKind.Average, Basis = "lifecycle", Boundary = "consumption", Points = points,
    };
}
