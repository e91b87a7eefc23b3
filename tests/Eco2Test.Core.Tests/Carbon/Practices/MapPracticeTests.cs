using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Carbon.Practices;

public sealed class MapPracticeTests
{
    private static readonly IReadOnlyList<GridIntensity> Regions = RegionCatalog.Default.All;

    private static readonly Gen<EmissionsReport> Runs = Gen.Select(
        Gen.Double[1e-6, 1e5].Array[0, 12], Gen.Int[0, 2].Array[12], Gen.Double[1, 2].Array[3], Gen.OneOf(Gen.Const("FR"), Gen.Const("WORLD"), Gen.Const("US-CA")),
        (joules, prices, pues, here) =>
        {
            ReportIntensity[] intensities = [Price(here, "run", pues[0]), Price("DE", "one", pues[1]), Price("AU-NSW", "other", pues[2])];
            var windows = joules.Select((value, i) => SampleReports.Window(i + 1, $"T{i}", value) with
            {
                // Every third is inside the one before it, and counts with that.
                Parent = i % 3 == 2 ? i : null, Intensity = intensities[prices[i]].Key,
            }).ToList();
            var report = SampleReports.Of(windows);
            return report with { Intensities = intensities, Totals = report.Totals with { Intensity = "run" } };
        });

    [Fact]
    public void In_every_region_the_roots_and_what_is_untracked_are_the_whole() => Runs.Sample(
        run =>
        {
            var map = Map(run);
            var building = run.Windows.Where(window => window.Parent is null).Sum(window => window.Energy.Joules * PueOf(run, window.Intensity))
                + (run.Totals.UntrackedJoules * PueOf(run, "run"));

            map.BuildingJoules.ShouldBe(building, building * 1e-9);
            foreach (var region in Rows(map))
            {
                var grams = building / 3_600_000 * region.GramsPerKilowattHour;
                region.EmissionsGrams.ShouldBe(grams, grams * 1e-9);
                (region.TrackedGrams + region.UntrackedGrams).ShouldBe(region.EmissionsGrams, region.EmissionsGrams * 1e-9);
                region.LowGrams.ShouldBeLessThanOrEqualTo(region.EmissionsGrams);
                region.HighGrams.ShouldBeGreaterThanOrEqualTo(region.EmissionsGrams);
            }
        },
        iter: 100);

    [Fact]
    public void Every_region_is_there_once_and_the_ranked_ones_are_sorted_with_here_among_them() => Runs.Sample(
        run =>
        {
            var map = Map(run);
            Rows(map).Select(region => region.Region).ShouldBe(Regions.Select(region => region.Code), ignoreOrder: true);

            var ranked = map.Ranked.Append(map.Here!).Where(region => region.Rank is not null).OrderBy(region => region.Rank).ToList();
            ranked.Select(region => region.Rank!.Value).ShouldBe(Enumerable.Range(1, ranked.Count));
            ranked.Select(region => region.EmissionsGrams).ShouldBeInOrder();
            map.Ranked.Select(region => region.EmissionsGrams).ShouldBeInOrder();
        },
        iter: 50);

    [Theory]
    [InlineData("FR", "lifecycle", "production")]
    [InlineData("US-CA", "direct", "production")]
    [InlineData("AU-NSW", "direct", "consumption")]
    public void Only_what_answers_the_same_question_is_ranked_and_the_others_say_why_not(string here, string basis, string boundary)
    {
        var map = Map(At(here));

        map.Ranked.ShouldNotBeEmpty();
        map.Ranked.ShouldAllBe(region => region.Basis == basis && region.Boundary == boundary && region.Reason == null);
        map.Unranked.ShouldNotBeEmpty();
        map.Unranked.ShouldAllBe(region => (region.Basis != basis || region.Boundary != boundary) && region.Rank == null && region.Factor == null);
        map.Unranked.ShouldAllBe(region => region.Reason!.Contains("not comparable with"));
        map.Here!.Rank.ShouldNotBeNull();
    }

    [Fact]
    public void A_direct_region_is_not_comparable_with_a_lifecycle_one() =>
        Map(At("FR")).Unranked.Single(region => region.Region == "US-CA").Reason.ShouldBe("direct, not comparable with lifecycle");

    [Fact]
    public void A_marginal_price_is_not_ranked_among_averages()
    {
        var report = At("FR");
        var map = Map(report with { Intensities = [report.Intensities[0] with { Kind = "marginal" }] });

        map.Ranked.ShouldBeEmpty();
        map.Unranked.Single(region => region.Region == "DE").Reason.ShouldBe("average, not comparable with marginal");
    }

    [Fact]
    public void Where_the_run_was_is_what_its_report_says()
    {
        var report = At("FR");
        var map = Map(report);

        map.Here!.EmissionsGrams.ShouldBe(report.Totals.EmissionsGrams, report.Totals.EmissionsGrams * 1e-9);
        map.Here.Factor.ShouldBe(1);
        map.Ranked.Single(region => region.Region == "DE").Factor!.Value.ShouldBe(RegionCatalog.Default.Find("DE")!.Intensity.GramsPerKilowattHour / 44.18, 1e-9);
        map.Notes.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_building_is_priced_too()
    {
        var report = At("FR");
        var there = Map(report with { Intensities = [report.Intensities[0] with { Pue = 1.5 }] }).Ranked[0];

        there.EmissionsGrams.ShouldBe(Map(report).Ranked[0].EmissionsGrams * 1.5, 1e-9);
    }

    [Fact]
    public void Averages_over_many_places_are_listed_apart()
    {
        var map = Map(At("FR"));

        map.Aggregates.Select(region => region.Region).ShouldBe(["EU", "WORLD", "X-AFRICA", "X-ASIA", "X-EUROPE", "X-LATAM", "X-MIDEAST", "X-NAM", "X-OCEANIA"]);
        map.Aggregates.ShouldAllBe(region => region.Rank == null);
    }

    [Fact]
    public void A_world_that_is_assumed_is_said_and_has_no_rank()
    {
        var report = At("WORLD");
        var map = Map(report with { Intensities = [report.Intensities[0] with { Assumed = true }] });

        map.Here!.Rank.ShouldBeNull();
        map.Notes[0].ShouldBe("Nobody declared where the run was: World is assumed, and 'here' means that. Set Region.");
        map.Ranked[0].Rank.ShouldBe(1);
    }

    [Fact]
    public void A_run_at_several_places_is_at_one_and_that_is_said()
    {
        var report = SampleReports.Of(SampleReports.Test("A", 5) with { Intensity = "DE" }, SampleReports.Test("B", 7, seq: 2));
        var map = Map(report with { Intensities = [.. report.Intensities, Price("DE", "DE", 1)] });

        map.Notes[0].ShouldContain("2 places (DE, FR)");
        map.Here!.EmissionsGrams.ShouldBe(report.Totals.EnergyJoules / 3_600_000 * 44.18, 1e-12);
    }

    [Fact]
    public void A_report_without_the_price_of_its_run_ranks_nothing()
    {
        var map = Map(At("FR") with { Intensities = [] });

        map.Here.ShouldBeNull();
        map.Ranked.ShouldBeEmpty();
        map.Unranked[0].Reason.ShouldBe("the report does not have the price of its run");
    }

    private static ReportMap Map(EmissionsReport report) => MapPractice.Of(RunFigures.Of(report), Regions);

    private static IEnumerable<ReportMapRegion> Rows(ReportMap map) => [map.Here!, .. map.Ranked, .. map.Unranked, .. map.Aggregates];

    private static double PueOf(EmissionsReport report, string key) => report.Intensities.Single(intensity => intensity.Key == key).Pue;

    private static EmissionsReport At(string region)
    {
        var report = SampleReports.Of(SampleReports.Test("A", 5), SampleReports.Test("B", 7, seq: 2));
        return report with { Intensities = [Price(region, "FR", 1)] };
    }

    private static ReportIntensity Price(string region, string key, double pue) =>
        new Price(RegionCatalog.Default.FindPlace(region)!, Assumed: false, pue).Report with { Key = key };
}
