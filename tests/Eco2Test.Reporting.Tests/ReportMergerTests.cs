using CsCheck;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class ReportMergerTests
{
    [Fact]
    public void Nothing_is_lost_and_nothing_is_counted_twice() => MergingReports.Several.Sample(
        reports =>
        {
            var (merged, leftOut) = ReportMerger.Merge([.. reports, reports[0]]);

            leftOut.Count.ShouldBeGreaterThanOrEqualTo(1);
            var parts = reports.Except(leftOut).ToList();
            var tolerance = 1e-9 * Math.Max(1, merged.Totals.EnergyJoules);
            var roots = ReportTree.Roots(merged.Windows);
            (roots.Sum(root => root.Energy.Joules) + merged.Totals.UntrackedJoules).ShouldBe(merged.Totals.EnergyJoules, tolerance);
            (roots.Sum(root => root.EmissionsGrams) + merged.Totals.UntrackedGrams).ShouldBe(merged.Totals.EmissionsGrams, tolerance);
            (merged.Merged?.Sum(part => part.Totals.EnergyJoules) ?? merged.Totals.EnergyJoules).ShouldBe(merged.Totals.EnergyJoules, tolerance);
            merged.Windows.Count.ShouldBe((merged.Merged ?? []).Sum(part => part.Windows) + (merged.Merged is null ? merged.Windows.Count : 0));
            merged.Windows.Select(window => window.Seq).ShouldBeUnique();
            merged.Windows.ShouldAllBe(window => window.Parent == null || merged.Windows.Any(parent => parent.Seq == window.Parent && parent.Project == window.Project));
            merged.Windows.ShouldAllBe(window => merged.Intensities.Any(intensity => intensity.Key == window.Intensity));
            ReportJson.Read(ReportJson.Write(merged)).Totals.ShouldBe(merged.Totals);
        },
        iter: 300);

    [Fact]
    public void The_order_in_which_reports_are_given_makes_no_difference() => MergingReports.Several.Sample(
        reports => ReportJson.Write(ReportMerger.Merge([.. reports.DistinctBy(Identity).Reverse()]).Report).ShouldBe(ReportJson.Write(ReportMerger.Merge([.. reports.DistinctBy(Identity)]).Report)),
        iter: 100);

    [Fact]
    public void Windows_keep_their_project_and_those_inside_each_other_stay_so()
    {
        var merged = ReportMerger.Merge([B(), A()]).Report;

        merged.Windows.Select(window => (window.Seq, window.Parent, window.Project, window.Id)).ShouldBe([
            (1, null, "A.Tests (net10.0)", "A.Tests.C.Outer"), (2, 1, "A.Tests (net10.0)", "A.Tests.C.Inner"), (3, null, "B.Tests (net8.0)", "B.Tests.C.Alone")]);
        merged.Run.ShouldBe(merged.Run with { Project = "2 projects", TargetFramework = "net10.0, net8.0", Kind = "test", Id = "run-1", Commit = A().Run.Commit, DurationSeconds = 30.1 });
        merged.Merged.ShouldNotBeNull().Select(part => (part.Name, part.Windows, part.Totals.EnergyJoules)).ShouldBe([("A.Tests (net10.0)", 2, 98.0), ("B.Tests (net8.0)", 1, 93.0)]);
        merged.Intensities.Count.ShouldBe(1);
        merged.Testbed.ShouldBe(A().Testbed);
    }

    [Fact]
    public void One_report_is_itself() => ReportMerger.Merge([A(), A()]).Report.Totals.ShouldBe(A().Totals, "once more is not twice as much");

    [Fact]
    public void Of_two_reports_of_one_run_the_longer_counts()
    {
        var early = A() with { Run = A().Run with { DurationSeconds = 1 } };

        var (merged, leftOut) = ReportMerger.Merge([early, A(), B()]);

        merged.Totals.EnergyJoules.ShouldBe(98 + 93);
        leftOut.ShouldHaveSingleItem().Run.DurationSeconds.ShouldBe(1);
    }

    [Fact]
    public void A_merged_report_is_never_added_to_its_parts()
    {
        var (a, b, c) = (A(), B(), MergingReports.Project("C.Tests", "net10.0", SampleReports.Test("C.Tests.C.M", 1)));
        var ab = ReportMerger.Merge([a, b]).Report;

        ReportMerger.Merge([ab, a, c, b]).Report.Totals.EnergyJoules.ShouldBe(98 + 93 + 89);
        ReportMerger.Merge([ab, c]).Report.Merged!.Select(part => part.Run.Project).ShouldBe(["A.Tests", "B.Tests", "C.Tests"], ignoreOrder: true);
        ReportMerger.Merge([ab, a]).Report.ShouldBeSameAs(ab);
        ReportMerger.Merge([ab, c]).Report.Windows.Select(window => window.Project).ShouldBe(["A.Tests (net10.0)", "A.Tests (net10.0)", "B.Tests (net8.0)", "C.Tests (net10.0)"], ignoreOrder: true);
    }

    [Fact]
    public void An_intensity_that_says_something_else_under_the_same_key_stays_another_one()
    {
        var other = B() with { Intensities = [B().Intensities[0] with { GramsPerKilowattHour = 21, Year = 2025 }] };

        var merged = ReportMerger.Merge([A(), other]).Report;

        merged.Intensities.Select(intensity => (intensity.Key, intensity.GramsPerKilowattHour)).ShouldBe([("FR", 44.18), ("FR in B.Tests (net8.0)", 21.0)]);
        merged.Windows[^1].Intensity.ShouldBe("FR in B.Tests (net8.0)");
        merged.Merged![1].Totals.Intensity.ShouldBe("FR in B.Tests (net8.0)");
    }

    [Fact]
    public void Different_machines_and_methods_are_joined_and_the_least_certain_counts()
    {
        var other = B() with
        {
            Testbed = B().Testbed with { Fingerprint = "other", CpuModel = "Ampere Altra", LogicalProcessors = 80 },
            Method = B().Method with { Cpu = new() { Provenance = Provenance.Measured, Source = "rapl", Detail = "package", Low = 0.97, High = 1.03 } },
            Pue = 1.5,
        };

        var merged = ReportMerger.Merge([A(), other]).Report;

        merged.Testbed.CpuModel.ShouldBe("AMD EPYC 7763, Ampere Altra");
        merged.Method.Cpu.ShouldBe(merged.Method.Cpu with { Provenance = Provenance.Modeled, Source = "tdp-per-thread, rapl", Low = 0.6, High = 1.5 });
        merged.Pue.ShouldBe(((98 * 1) + (93 * 1.5)) / (98 + 93), 1e-12);
        merged.Merged!.Select(part => part.Method.Cpu.Provenance).ShouldBe([Provenance.Modeled, Provenance.Measured]);
    }

    [Fact]
    public void Notices_are_said_once_and_those_of_one_project_name_it()
    {
        var (common, own) = (new ReportNotice { Code = "ECO2010", Message = "Assumed." }, new ReportNotice { Code = "ECO2024", Message = "Cut off." });

        ReportMerger.Merge([A() with { Notices = [common, own] }, B() with { Notices = [common] }]).Report.Notices
            .ShouldBe([common, own with { Message = "A.Tests (net10.0): Cut off." }]);
    }

    [Fact]
    public void Budgets_of_groups_stay_those_of_their_project()
    {
        var budget = new ReportGroupBudget { Scope = "run", EnergyJoules = 1, UsedJoules = 98, LowJoules = 50, HighJoules = 100, UsedGrams = 1, LowGrams = 1, HighGrams = 1, Verdict = BudgetVerdict.Exceeded, Message = "ECO2001: over", Fails = true };

        var merged = ReportMerger.Merge([A() with { Budgets = [budget] }, B()]).Report;

        merged.Budgets.ShouldBe([budget with { Project = "A.Tests (net10.0)" }]);
        Written.Lines(new SummaryExporter(), merged).ShouldContain("of the run in A.Tests (net10.0)    98 J of 1 J  OVER");
    }

    [Fact]
    public void Timelines_fit_onto_each_other()
    {
        var timed = SampleReports.Timed();
        var later = timed with { Run = timed.Run with { Project = "Later" }, Timeline = timed.Timeline! with { StartedAt = timed.Timeline.StartedAt.AddSeconds(300) } };

        var merged = ReportMerger.Merge([timed, later]).Report;

        merged.Timeline.ShouldNotBeNull().TrackedJoules.Count.ShouldBe(3);
        (merged.Timeline.TrackedJoules.Sum() + merged.Timeline.UntrackedJoules.Sum()).ShouldBe(merged.Totals.EnergyJoules, 1e-9);
        merged.Windows.Where(window => window.Timeline is not null).Select(window => (window.Project, window.Timeline!.First)).ShouldBe([("Later (net10.0)", 1), ("Shop.Tests (net10.0)", 0)]);
        ReportJson.Read(ReportJson.Write(merged)).Timeline.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void A_merged_report_is_a_line_for_each_project_and_their_sum(string culture) => Approved.Matches(
        Written.By(new SummaryExporter(), ReportMerger.Merge([A(), B(), SampleReports.Shop() with { Intensities = A().Intensities }]).Report, culture), "Summary.merged");

    [Fact]
    public void A_merged_report_in_Markdown_names_the_project_of_each_test()
    {
        var markdown = Written.By(new MarkdownExporter(), ReportMerger.Merge([A(), B()]).Report);

        markdown.ShouldContain("### By project");
        markdown.ShouldContain("[B.Tests (net8.0)]");
    }

    private static ReportIdentity Identity(EmissionsReport report) => ReportIdentity.Of(report.Run);

    private static EmissionsReport A() => MergingReports.Project("A.Tests", "net10.0", SampleReports.Test("A.Tests.C.Outer", 10), SampleReports.Test("A.Tests.C.Inner", 4, seq: 2) with { Parent = 1 });

    private static EmissionsReport B() => MergingReports.Project("B.Tests", "net8.0", SampleReports.Test("B.Tests.C.Alone", 5));
}
