using CsCheck;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class SummaryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void A_suite_is_summed_up_the_same_in_every_culture(string culture) =>
        Approved.Matches(Written.By(new SummaryExporter(), SampleReports.Shop(), culture), "Summary.of-a-suite");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Other_prices_are_summed_up_in_a_line_each(string culture)
    {
        var lines = Written.By(new SummaryExporter(), SampleReports.Priced(), culture).Split('\n').SkipWhile(line => !line.StartsWith("The total")).Take(6);

        Approved.Matches(string.Join('\n', lines), "Summary.prices");
    }

    [Fact]
    public void A_suite_fits_a_narrow_terminal() =>
        Approved.Matches(Written.By(new SummaryExporter(60), SampleReports.Shop()), "Summary.narrow");

    [Fact]
    public void A_run_without_tracked_tests_says_what_to_do() =>
        Approved.Matches(Written.By(new SummaryExporter(), SampleReports.Nothing()), "Summary.of-nothing");

    [Fact]
    public void Of_a_run_of_something_else_it_says_what_can_be_tracked_there() =>
        Written.By(new SummaryExporter(), SampleReports.Nothing() with { Run = SampleReports.Nothing().Run with { Kind = "program" } }).ShouldContain("No method was tracked");

    [Fact]
    public void Runs_without_tracked_tests_have_a_line_each_and_their_sum()
    {
        var (a, b) = (SampleReports.Nothing(), SampleReports.Nothing() with { Run = SampleReports.Nothing().Run with { Project = "Till.Tests" } });

        var summary = Written.By(new SummaryExporter(), ReportMerger.Merge([a, b]).Report);

        summary.ShouldMatch(@"\nShop\.Tests \(net10\.0\) +88 J ");
        summary.ShouldMatch(@"\nTill\.Tests \(net10\.0\) +88 J ");
        summary.ShouldMatch(@"\n= total +176 J ");
        summary.ShouldNotContain("+ untracked");
    }

    [Fact]
    public void A_test_that_is_cut_out_of_samples_is_marked_and_the_mark_explained()
    {
        var summary = Written.By(new SummaryExporter(), SampleReports.Of(
            SampleReports.Test("T.Cut_out", 12) with { Sampled = true },
            SampleReports.Test("T.Own_window", 11, seq: 2),
            SampleReports.Test("T.Beside_another", 10, seq: 3) with { Sampled = true, Quality = MeasurementQuality.Overlapped }));

        summary.ShouldMatch(@"Cut_out +~12 J ");
        summary.ShouldMatch(@"Own_window +11 J ");
        summary.ShouldContain("\n~ 1 overlapped, 2 cut out of samples: less certain, see the bounds in the\n");
    }

    [Fact]
    public void Names_in_wide_characters_stay_in_their_column() => Approved.Matches(
        Written.By(new SummaryExporter(), SampleReports.Of(
            SampleReports.Test("店.テスト.モデルを訓練する", 412),
            SampleReports.Test("店.テスト.とても長い名前のテストはどこかで切らなければならないので省略記号で切られます", 96, seq: 2),
            SampleReports.Test("店.テスト.👩‍🔬測る", 22, seq: 3),
            SampleReports.Test("店.テスト.Zu\u0308ge", 11, seq: 4),
            SampleReports.Test("店.テスト.👍🏽⚡🇫🇷", 1, seq: 5))),
        "Summary.wide-characters");

    [Fact]
    public void A_hostile_name_cannot_move_the_cursor_or_hide() => Approved.Matches(
        Written.By(new SummaryExporter(), SampleReports.Of(
            SampleReports.Test("T.A.red\u001b[31m\u0007bell", 5),
            SampleReports.Test("T.A.two\r\nlines\tand\u2028more", 4, seq: 2),
            SampleReports.Test("T.A.\u202egnirts\u2066\u200b", 3, seq: 3),
            SampleReports.Test("T.A.lone\ud800surrogate", 2, seq: 4),
            SampleReports.Test("T.A.za" + new string('\u0301', 500) + "lgo", 1, seq: 5),
            SampleReports.Test("", 0.5, seq: 6),
            SampleReports.Test("...", 0.4, seq: 7))),
        "Summary.hostile-names");

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(1_000)]
    public void More_than_fifty_tests_are_folded_and_nothing_is_lost(int more)
    {
        var report = SampleReports.Large(50 + more);

        var folded = ReportRows.Of(report, 50).Rows.Single(row => row.Window is null);

        folded.Folded.ShouldBe(more == 1 ? "1 more test" : $"{more} more tests");
        ReportRows.Of(report, 50).Rows.Sum(row => row.Joules).ShouldBe(report.Totals.TrackedJoules, 1e-9 * report.Totals.TrackedJoules);
        Written.Lines(new SummaryExporter(), report).Count(line => line.StartsWith("LoadTests.")).ShouldBe(50);
        Written.By(new SummaryExporter(), report).ShouldContain($"\n... {folded.Folded} ");
    }

    [Fact]
    public void Windows_that_differ_in_nothing_but_their_figures_are_one_row_and_nothing_is_lost()
    {
        var report = SampleReports.Of([
            SampleReports.Test("N.C.Test", 100),
            .. Enumerable.Range(2, 40).Select(seq => SampleReports.Window(seq, "Tokenizer.Split", seq / 10.0) with { Kind = WindowKind.Method }),
            SampleReports.Window(42, "Tokenizer.Split", 30) with
            {
                Kind = WindowKind.Method, Count = 60, Spread = new() { LeastJoules = 0.001, MostJoules = 7, StandardDeviationJoules = 0.5 },
            },
            .. Enumerable.Range(43, 10).Select(seq => SampleReports.Window(seq, "Inside", 1) with { Kind = WindowKind.Method, Parent = 1 }),
        ]);

        var rows = ReportRows.Of(report, 50).Rows;

        rows.Select(row => (row.Window!.Id, row.Window.Count, row.Depth)).ShouldBe([("Tokenizer.Split", 100, 0), ("N.C.Test", 1, 0), ("Inside", 10, 1)]);
        rows.Where(row => row.Depth == 0).Sum(row => row.Joules).ShouldBe(report.Totals.TrackedJoules, 1e-9);
        rows[0].Window!.Spread.ShouldBe(new() { LeastJoules = 0.001, MostJoules = 7, StandardDeviationJoules = StandardDeviation() });
        var lines = Written.Lines(new SummaryExporter(), report);
        lines.ShouldContain(line => line.StartsWith("Tokenizer.Split ×100 (1.16 J each) "));
        lines.ShouldContain(line => line.StartsWith("Tracked, 1 test, 41 methods "));

        // Of sixty of half a joule, spread by half a joule, and of forty from 0.2 to 4.1 J.
        static double StandardDeviation()
        {
            var mean = (30 + Enumerable.Range(2, 40).Sum(seq => seq / 10.0)) / 100;
            var squares = (60 * (0.25 + 0.25)) + Enumerable.Range(2, 40).Sum(seq => seq / 10.0 * (seq / 10.0));
            return Math.Sqrt((squares / 100) - (mean * mean));
        }
    }

    [Fact]
    public void What_is_alike_but_has_a_budget_a_metric_or_others_inside_stays_by_itself()
    {
        var alike = Enumerable.Range(1, 30).Select(seq => SampleReports.Test("N.C.Test", 1, seq: seq)).ToList();
        for (var i = 0; i < 10; i++)
        {
            alike[i] = alike[i] with { Budget = new() { EnergyJoules = 2 }, Verdict = BudgetVerdict.Kept };
            alike[i + 10] = alike[i + 10] with { Metrics = new Dictionary<string, double> { ["accuracy"] = i } };
            alike.Add(SampleReports.Test("Inside", 0.5, seq: 100 + i) with { Parent = 21 + i });
        }

        ReportRows.Of(SampleReports.Of(alike), 50).Rows.Count.ShouldBe(40);
    }

    [Fact]
    public void Of_many_windows_that_were_not_all_certain_the_row_says_the_worst()
    {
        Quality(MeasurementQuality.Ok, MeasurementQuality.BelowResolution).ShouldBe(MeasurementQuality.Ok);
        Quality(MeasurementQuality.BelowResolution, MeasurementQuality.BelowResolution).ShouldBe(MeasurementQuality.BelowResolution);
        Quality(MeasurementQuality.Ok, MeasurementQuality.Overlapped).ShouldBe(MeasurementQuality.Overlapped);
        Quality(MeasurementQuality.Overlapped, MeasurementQuality.Incomplete).ShouldBe(MeasurementQuality.Incomplete);

        static MeasurementQuality Quality(MeasurementQuality most, MeasurementQuality one) => ReportRows.Of(SampleReports.Of([
            .. Enumerable.Range(1, 10).Select(seq => SampleReports.Test("A", 1, seq: seq) with { Quality = seq == 3 ? one : most })]), 50).Rows.Single().Window!.Quality;
    }

    [Fact]
    public void An_exceeded_budget_is_never_folded()
    {
        var tests = SampleReports.Large(80).Windows.ToList();
        tests[79] = tests[79] with { Budget = new() { EnergyJoules = 1 }, Verdict = BudgetVerdict.Exceeded };

        var lines = Written.Lines(new SummaryExporter(), SampleReports.Of(tests));

        lines.ShouldContain(line => line.StartsWith("LoadTests.Serves_page_80 ") && line.EndsWith("1 J OVER"));
    }

    [Fact]
    public void Windows_inside_others_are_indented_and_in_no_sum()
    {
        var report = SampleReports.Of(
            SampleReports.Test("N.C.Parent", 100),
            SampleReports.Test("N.C.Child", 40, seq: 2) with { Parent = 1 },
            SampleReports.Test("N.C.Grandchild", 10, seq: 3) with { Parent = 2 });

        var lines = Written.Lines(new SummaryExporter(), report);

        lines.ShouldContain(line => line.StartsWith("C.Parent "));
        lines.ShouldContain(line => line.StartsWith("  C.Child "));
        lines.ShouldContain(line => line.StartsWith("    C.Grandchild "));
        lines.ShouldContain(line => line.StartsWith("Tracked, 1 test ") && line.Contains(" 100 J "));
    }

    [Fact]
    public void A_window_whose_parent_is_missing_or_nonsense_is_a_root()
    {
        var rows = ReportRows.Of(SampleReports.Of(
            SampleReports.Test("A", 1) with { Parent = 1 },
            SampleReports.Test("B", 1, seq: 2) with { Parent = 3 },
            SampleReports.Test("C", 1, seq: 3) with { Parent = 2 },
            SampleReports.Test("D", 1, seq: 4) with { Parent = 99 }), 50);

        rows.Roots.Select(root => root.Id).ShouldBe(["A", "B", "D"]);
        rows.Rows.Count.ShouldBe(4);
    }

    [Fact]
    public void Windows_nested_a_hundred_thousand_deep_are_no_fault()
    {
        var chain = Enumerable.Range(1, 100_000).Select(i => SampleReports.Test($"M{i}", 1, seq: i) with { Parent = i == 1 ? null : i - 1 });

        Written.Lines(new SummaryExporter(), SampleReports.Of([.. chain])).Length.ShouldBeLessThan(20);
    }

    [Fact]
    public void An_assumed_region_another_region_and_a_gpu_counter_are_said()
    {
        var shop = SampleReports.Shop();
        var report = shop with
        {
            Pue = 1.2,
            Intensities = [shop.Intensities[0] with { Assumed = true }, shop.Intensities[0] with { Key = "SE", Region = "SE" }],
            Method = shop.Method with { Gpu = shop.Method.Cpu with { Provenance = Provenance.Measured } },
        };

        var headline = string.Join(' ', Written.Lines(new SummaryExporter(), report).TakeWhile(line => line.Length > 0));

        headline.ShouldContain("FR 44.2 g/kWh (assumed) +1 more");
        headline.ShouldContain("PUE 1.2");
        headline.ShouldContain("CPU, RAM modeled; GPU measured");
    }

    [Fact]
    public void A_figure_that_is_none_is_not_written_as_one()
    {
        var window = SampleReports.Test("T.A.B", 1);
        var report = SampleReports.Of(window with { Energy = window.Energy with { Joules = double.NaN }, EmissionsGrams = double.PositiveInfinity });

        Written.Lines(new SummaryExporter(), report).ShouldContain(line => line.StartsWith("A.B") && line.Count("n/a") == 2);
    }

    [Fact]
    public void No_line_is_wider_than_the_terminal_whatever_the_report() =>
        (from report in RandomReports.Any from width in Gen.Int[60, 160] select (report, width)).Sample(
            (report, width) => Written.Lines(new SummaryExporter(width), report).All(line => TerminalText.Width(line) <= width && line == line.TrimEnd()),
            iter: 400);

    [Fact]
    public void Rows_add_up_to_what_is_tracked_whatever_the_report() =>
        (from report in RandomReports.Any from limit in Gen.Int[0, 60] select (report, limit)).Sample(
            (report, limit) =>
            {
                var sum = ReportRows.Of(report, limit).Rows.Where(row => row.Depth == 0).Sum(row => row.Joules);
                return Math.Abs(sum - report.Totals.TrackedJoules) <= 1e-9 * Math.Abs(report.Totals.TrackedJoules);
            },
            iter: 400);

    private static class RandomReports
    {
        private static readonly Gen<string> Name = Gen.OneOf(
            Gen.String[0, 120],
            Gen.String[Gen.Char["abcXYZ._()<>,「試験」é\u0301\u001b\n👍|`@ "], 0, 120],
            Gen.OneOf("Shop.Tests.A.B", "Shop.Tests.Some.Very.Long.Namespace.OfTests.AndAClassWithAVeryLongNameIndeed.And_a_method_that_says_what_it_does(x: 1)"));

        private static readonly Gen<double> Amount = Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e9], Gen.OneOf(0.0, 1e-15, 1e-7, 9.995, 999.6, 999_600, 1e14, 1e200));

        private static readonly Gen<ReportWindow> Window =
            from id in Name
            from kind in Gen.Enum<WindowKind>()
            from joules in Amount
            from seconds in Amount
            from limit in Amount
            from verdict in Gen.Enum<BudgetVerdict>()
            from quality in Gen.Enum<MeasurementQuality>()
            from parent in Gen.Int[-20, 20]
            from attempt in Gen.Int[1, 3]
            select SampleReports.Test(id, joules, seconds) with
            {
                Kind = kind,
                Parent = parent > 0 ? parent : null,
                Attempt = attempt,
                Quality = quality,
                Verdict = verdict,
                Budget = verdict is BudgetVerdict.None ? null : new() { EnergyJoules = limit, EmissionsGrams = seconds },
            };

        public static readonly Gen<EmissionsReport> Any =
            from windows in Window.Array[0, 90]
            from project in Name
            from code in Gen.String[0, 20]
            from message in Gen.String[0, 400]
            select SampleReports.Of([.. windows.Select((window, i) => window with { Seq = i + 1, Parent = window.Parent < i + 1 ? window.Parent : null })]) with
            {
                Run = SampleReports.Nothing().Run with { Project = project },
                Notices = [new() { Code = code, Message = message }],
            };
    }
}

internal static class Occurrences
{
    public static int Count(this string text, string part) => text.Split(part).Length - 1;
}
