using CsCheck;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class RollUpTests
{
    [Fact]
    public void What_is_added_up_by_one_thing_is_all_that_is_tracked() => MergingReports.Several.Sample(
        reports =>
        {
            var report = ReportMerger.Merge(reports).Report;
            foreach (var by in Enum.GetValues<RollUpBy>())
            {
                var rollUp = RollUps.Of(report, by);
                var tracked = report.Totals.TrackedJoules;

                rollUp.Rows.Select(row => row.Name).ShouldBeUnique();
                if (rollUp.Overlaps)
                {
                    rollUp.Rows.Sum(row => row.Joules).ShouldBeGreaterThanOrEqualTo(tracked - 1e-9);
                }
                else
                {
                    rollUp.Rows.Sum(row => row.Joules).ShouldBe(tracked, 1e-9 * Math.Max(1, tracked));
                    rollUp.Rows.Sum(row => row.Windows).ShouldBe(ReportTree.Roots(report.Windows).Count);
                }

                rollUp.Rows.ShouldAllBe(row => row.LowJoules <= row.Joules && row.Joules <= row.HighJoules && row.BelowResolution <= row.Windows);
            }
        },
        iter: 200);

    [Fact]
    public void Tests_are_added_up_by_class_and_namespace_whatever_is_in_their_brackets()
    {
        var report = SampleReports.Of(
            SampleReports.Test("Shop.Tests.Model<System.Int32>.Trains(x: \"a.b(c)\")", 4),
            SampleReports.Test("Shop.Tests.Model<System.String>.Trains(x: \"].)\")", 3, seq: 2),
            SampleReports.Test("Shop.Tests.Fixture(1.5,\"x.y\").Runs", 2, seq: 3),
            SampleReports.Window(4, "Shop.Other.Database", 1) with { Kind = WindowKind.Fixture },
            SampleReports.Test("work", 0.5, seq: 5));

        Rows(report, RollUpBy.Class).ShouldBe([("Shop.Tests.Model", 7.0), ("Shop.Tests.Fixture", 2.0), ("Shop.Other.Database", 1.0), ("(no class)", 0.5)]);
        Rows(report, RollUpBy.Namespace).ShouldBe([("Shop.Tests", 9.0), ("Shop.Other", 1.0), ("(no namespace)", 0.5)]);
        Rows(report, RollUpBy.Project).ShouldBe([("Shop.Tests (net10.0)", 10.5)]);
        RollUps.Of(report, RollUpBy.Class).Rows[0].Share.ShouldBe(7 / 10.5, 1e-12);
    }

    [Fact]
    public void A_test_of_two_categories_is_in_both_and_that_is_said()
    {
        var report = SampleReports.Of(
            SampleReports.Test("A.B.C", 4) with { Categories = ["slow", "gpu"] },
            SampleReports.Test("A.B.D", 3, seq: 2) with { Categories = ["slow"] },
            SampleReports.Test("A.B.E", 2, seq: 3));

        Rows(report, RollUpBy.Category).ShouldBe([("slow", 7.0), ("gpu", 4.0), ("(no category)", 2.0)]);
        RollUps.Of(report, RollUpBy.Category).Overlaps.ShouldBeTrue();
        Written.By(new MarkdownExporter(), report).ShouldContain("A test of several categories is in each of them");
    }

    [Fact]
    public void A_sum_can_be_worth_more_than_its_windows()
    {
        ReportWindow[] windows = [.. Enumerable.Range(1, 20).Select(seq => SampleReports.Test($"A.B.C{seq}", 1, 0.01, seq) with { Quality = MeasurementQuality.BelowResolution })];

        var row = RollUps.Of(SampleReports.Of(windows), RollUpBy.Class).Rows.ShouldHaveSingleItem();

        (row.BelowResolution, row.Quality).ShouldBe((20, MeasurementQuality.Ok));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void More_tests_than_a_terminal_lists_are_summed_up_by_class(string culture) => Approved.Matches(
        Written.By(new SummaryExporter(), SampleReports.Of([.. Enumerable.Range(1, 60).Select(i =>
            SampleReports.Test($"Shop.Tests.Class{i % 14}.Test_{i}", 100.0 / i, i % 14 > 9 ? 0.0001 : 1, i) with { Quality = i % 14 > 9 ? MeasurementQuality.BelowResolution : MeasurementQuality.Ok })]), culture),
        "Summary.by-class");

    [Fact]
    public void What_is_below_resolution_is_folded_unless_all_is_asked_for()
    {
        var report = SampleReports.Of([SampleReports.Test("A.B.Long", 5), .. Enumerable.Range(2, 37).Select(seq => SampleReports.Test($"A.B.Short_{seq}", 1e-3, 1e-4, seq) with { Quality = MeasurementQuality.BelowResolution })]);

        var folded = Written.By(new SummaryExporter(), report);
        folded.ShouldContain("... 37 more tests below resolution");
        folded.ShouldNotContain("Short_5");
        Written.By(new MarkdownExporter(), report).ShouldContain("| 37 more tests below resolution used | 37 mJ |");
        Written.By(new SummaryExporter(all: true), report).ShouldContain("Short_5");
        Written.By(new MarkdownExporter(all: true), report).ShouldContain("Short_5");
    }

    [Fact]
    public void What_is_below_resolution_and_has_a_budget_or_is_alone_is_shown()
    {
        var report = SampleReports.Of(
            SampleReports.Test("A.B.One", 1e-3) with { Quality = MeasurementQuality.BelowResolution },
            SampleReports.Test("A.B.Two", 1e-3, seq: 2) with { Quality = MeasurementQuality.BelowResolution, Budget = new() { EnergyJoules = 1 }, Verdict = BudgetVerdict.Kept });

        Written.By(new SummaryExporter(), report).ShouldNotContain("more test");
    }

    private static (string, double)[] Rows(EmissionsReport report, RollUpBy by) => [.. RollUps.Of(report, by).Rows.Select(row => (row.Name, row.Joules))];
}
