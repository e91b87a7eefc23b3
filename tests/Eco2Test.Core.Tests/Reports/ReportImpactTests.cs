using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Reports;

public sealed class ReportImpactTests
{
    /// <summary>One gram a second.</summary>
    private static readonly ReportEmbodiedMachine Machine = new() { TotalGrams = 400, LifetimeSeconds = 100, Share = 0.25, Source = "set" };

    private static readonly DateTimeOffset Start = SampleReports.Nothing().Run.StartedAt;

    [Fact]
    public void The_example_of_the_specification_is_reproduced()
    {
        EmbodiedCarbon.Read("1000 kg / 4 y", out var embodied).ShouldBeNull();
        var report = Complete(embodied!.Report, 3_600);

        report.Embodied!.Grams.ShouldBe(28.5, 0.05, "1000 kg over four years, reserved for an hour, are around 28 g");
        report.Embodied.UntrackedGrams.ShouldBe(report.Embodied.Grams, 1e-12);
        report.Sci.RunGrams!.Value.ShouldBe(report.Totals.EmissionsGrams + report.Embodied.Grams, 1e-12);
    }

    [Fact]
    public void An_instant_goes_to_the_windows_that_are_open_in_equal_parts()
    {
        // 0 to 4 s, 2 to 6 s, nobody until 8 s, then a test in which a method runs.
        var report = Complete(Machine, 10, Test(1, 0, 4), Test(2, 2, 4), Test(3, 8, 1), Test(4, 8.2, 0.5) with { Kind = WindowKind.Method, Parent = 3 });

        report.Windows.Select(window => window.EmbodiedGrams).ShouldBe([3, 3, 1, null]);
        report.Embodied!.UntrackedGrams.ShouldBe(3);
        report.Embodied.Grams.ShouldBe(10);
    }

    [Fact]
    public void A_test_that_sleeps_holds_the_machine_like_one_that_works()
    {
        var report = Complete(Machine, 4, Test(1, 0, 2) with { Energy = SampleReports.Test("A", 0).Energy }, Test(2, 2, 2));

        report.Windows.Select(window => window.EmbodiedGrams).ShouldBe([2, 2]);
    }

    [Fact]
    public void Windows_that_were_added_up_have_the_time_in_which_no_other_was_open_and_no_more()
    {
        var spread = new ReportSpread { LeastJoules = 0, MostJoules = 1, StandardDeviationJoules = 0.1 };

        var roomy = Complete(Machine, 10, Test(1, 0, 4), Test(2, 1, 3) with { Spread = spread, Count = 5 });
        roomy.Windows.Select(window => window.EmbodiedGrams).ShouldBe([4, 3]);
        roomy.Embodied!.UntrackedGrams.ShouldBe(3);

        var crowded = Complete(Machine, 10, Test(1, 0, 4), Test(2, 1, 9) with { Spread = spread, Count = 5 }, Test(3, 1, 3) with { Spread = spread, Count = 5 });
        crowded.Windows.Select(window => window.EmbodiedGrams!.Value).ShouldBe([4, 4.5, 1.5], 1e-12);
        crowded.Embodied!.UntrackedGrams.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Whatever_windows_there_are_the_parts_make_the_whole_and_the_intensities_of_all_tests_that_of_the_run()
    {
        var window = Gen.Select(Gen.Double[-5, 120], Gen.Double[-1, 200], Gen.Int[1, 4], Gen.Bool);
        Gen.Select(window.List[0, 40], Gen.Double[0, 100]).Sample((windows, duration) =>
        {
            var report = Complete(Machine, duration, [.. windows.Select((drawn, index) => Test(index + 1, drawn.Item1, drawn.Item2) with
            {
                Count = drawn.Item3,
                Spread = drawn.Item4 ? new ReportSpread { LeastJoules = 0, MostJoules = 1, StandardDeviationJoules = 0 } : null,
                DurationSeconds = drawn.Item4 ? Math.Abs(drawn.Item2) : drawn.Item2,
            })]);

            var embodied = report.Embodied!;
            (report.Windows.Sum(root => root.EmbodiedGrams!.Value) + embodied.UntrackedGrams).ShouldBe(embodied.Grams, 1e-9);
            report.Windows.ShouldAllBe(root => root.EmbodiedGrams >= -1e-9);
            embodied.UntrackedGrams.ShouldBeGreaterThanOrEqualTo(-1e-9);
            (report.Windows.Sum(root => ReportSci.OfTest(root) * root.Count) + report.Totals.UntrackedGrams + embodied.UntrackedGrams)
                .ShouldBe(report.Sci.RunGrams!.Value, 1e-9);
        });
    }

    [Fact]
    public void Without_evidence_there_is_no_embodied_carbon_and_it_is_said_to_be_missing()
    {
        var report = ReportImpact.Complete(SampleReports.Shop(), machine: null);

        report.Embodied.ShouldBeNull();
        report.Windows.ShouldAllBe(window => window.EmbodiedGrams == null);
        report.Sci.IncludesEmbodied.ShouldBeFalse();
        report.Sci.RunGrams.ShouldBe(report.Totals.EmissionsGrams);
        ReportJson.Write(report).ShouldNotContain("\"embodied");
    }

    [Fact]
    public void Embodied_carbon_is_beside_the_emissions_and_changes_none_of_them()
    {
        var shop = SampleReports.Shop();
        var report = ReportImpact.Complete(shop, Machine);

        report.Totals.ShouldBe(shop.Totals);
        report.Windows.Select(window => window with { EmbodiedGrams = null }).ShouldBe(shop.Windows);
    }

    [Fact]
    public void A_journal_of_a_run_that_was_killed_has_it_too()
    {
        EmbodiedCarbon.Read("1200 kg / 4 y * 0.25", out var embodied).ShouldBeNull();
        using var run = new FakeRun(new RunSettings { Region = "FR", Embodied = embodied, FunctionalUnit = "predictions" });
        run.Test("A");
        var open = run.Open("B");
        open.Record("predictions", 50);
        run.Work(2, open);
        run.Run.Sample(journal: true);

        var report = run.Report();

        var gramsPerSecond = 1_200_000 * 0.25 / 126_144_000;
        report.Embodied!.Grams.ShouldBe(3 * gramsPerSecond, 1e-12);
        report.Windows.Select(window => window.EmbodiedGrams!.Value).ShouldBe([gramsPerSecond, 2 * gramsPerSecond], 1e-12);
        report.Sci.Unit!.Count.ShouldBe(50);
        report.Sci.Unit.Grams!.Value.ShouldBe(report.Sci.RunGrams!.Value / 50, 1e-15);
        ReportJson.Read(ReportJson.Write(report)).Embodied.ShouldBe(report.Embodied);
    }

    [Fact]
    public void The_functional_unit_is_what_outermost_windows_recorded_once_for_each_run_of_them()
    {
        var report = Complete(
            Machine, 10,
            Test(1, 0, 2) with { Metrics = Units(100) },
            Test(2, 0.5, 1) with { Parent = 1, Metrics = Units(60) },
            Test(3, 2, 2) with { Metrics = Units(10), Count = 5 },
            Test(4, 4, 2),
            Test(5, 4.5, 1) with { Parent = 4, Metrics = Units(50) },
            Test(6, 6, 2));

        var unit = report.Sci.Unit!;
        unit.Count.ShouldBe(200);
        unit.Grams!.Value.ShouldBe(report.Sci.RunGrams!.Value / 200, 1e-12);
        unit.WindowsGrams!.Value.ShouldBe(report.Windows.Where(window => window.Seq is 1 or 3 or 4).Sum(root => root.EmissionsGrams + root.EmbodiedGrams!.Value) / 200, 1e-12);
        report.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "no window recorded it")]
    [InlineData(0.0, "its sum is not above 0")]
    [InlineData(-3.0, "its sum is not above 0")]
    [InlineData(5e-324, "its sum is not above 0")]
    public void A_functional_unit_without_a_count_has_no_figure_and_a_notice(double? count, string why)
    {
        var report = Complete(Machine, 10, Test(1, 0, 2) with { Metrics = count is { } value ? Units(value) : new Dictionary<string, double>() });

        (report.Sci.Unit!.Grams, report.Sci.Unit.WindowsGrams, report.Sci.Unit.Count).ShouldBe((null, null, null));
        report.Notices.ShouldHaveSingleItem().Code.ShouldBe("ECO2037");
        report.Notices[0].Message.ShouldContain(why);
    }

    [Fact]
    public void Values_of_which_only_the_last_was_kept_make_no_functional_unit()
    {
        var report = Complete(Machine, 10, Test(1, 0, 2) with { Metrics = Units(10), Count = 7, Spread = new ReportSpread { LeastJoules = 0, MostJoules = 1, StandardDeviationJoules = 0 } });

        report.Sci.Unit!.Grams.ShouldBeNull();
        report.Notices.ShouldHaveSingleItem().Message.ShouldContain("only the last of its values was kept");
    }

    [Fact]
    public void A_marginal_intensity_gives_no_figure()
    {
        var shop = SampleReports.Shop();

        var sci = (shop with { Intensities = [shop.Intensities[0] with { Kind = "marginal" }] }).Sci;
        var beside = (shop with { Intensities = [.. shop.Intensities, shop.Intensities[0] with { Key = "FR, marginal", Kind = "marginal" }] }).Sci;

        beside.ShouldBe(shop.Sci, "what prices nothing does not matter");
        sci.RunGrams.ShouldBeNull();
        sci.Missing!.ShouldContain("marginal");
    }

    [Fact]
    public void A_file_cannot_say_what_its_own_software_carbon_intensity_is()
    {
        var json = ReportJson.Write(SampleReports.Shop());
        var forged = json.Replace("\"runGrams\":", "\"runGrams\": 0, \"was\":");

        forged.ShouldNotBe(json);
        ReportJson.Read(forged).Sci.ShouldBe(SampleReports.Shop().Sci);
    }

    private static Dictionary<string, double> Units(double count) => new() { ["predictions"] = count };

    private static ReportWindow Test(int seq, double from, double seconds) =>
        SampleReports.Test($"T{seq}", seq, seconds, seq) with { StartedAt = Start.AddSeconds(from) };

    private static EmissionsReport Complete(ReportEmbodiedMachine machine, double duration, params IReadOnlyList<ReportWindow> windows)
    {
        var report = SampleReports.Of(windows);
        var unit = windows.Any(window => window.Metrics.Count > 0) || windows is [{ Metrics: Dictionary<string, double> }] ? "predictions" : null;
        return ReportImpact.Complete(report with { Run = report.Run with { DurationSeconds = duration }, FunctionalUnit = unit }, machine);
    }
}
