using System.Text.RegularExpressions;
using CsCheck;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed partial class MarkdownTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void A_suite_is_written_the_same_in_every_culture(string culture) =>
        Approved.Matches(Written.By(new MarkdownExporter(), SampleReports.Shop(), culture), "Markdown.of-a-suite");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Prices_stand_side_by_side(string culture) =>
        Approved.Matches(Section(Written.By(new MarkdownExporter(), SampleReports.Priced(), culture), "### Prices"), "Markdown.prices");

    [Fact]
    public void Without_another_price_and_a_marginal_intensity_there_is_no_section_of_prices()
    {
        Written.By(new MarkdownExporter(), SampleReports.Shop()).ShouldNotContain("### Prices");

        // A region of which nobody knows it makes the whole unknown: half of it would be no sum.
        var timed = SampleReports.Timed();
        Written.By(new MarkdownExporter(), timed).ShouldContain("| marginal: FR | 27.6 mg | 158 | marginal, direct | IFI-TWG-3.1 2021 |");
        Written.By(new MarkdownExporter(), timed with { Windows = [timed.Windows[0] with { Intensity = "XX" }] }).ShouldNotContain("marginal");
    }

    [Fact]
    public void A_row_that_was_cut_out_of_samples_says_so()
    {
        var report = SampleReports.Shop();

        Written.By(new MarkdownExporter(), report).ShouldNotContain("sampled");
        Written.By(new MarkdownExporter(), report with { Windows = [.. report.Windows.Select(window => window with { Sampled = true })] }).ShouldContain(", sampled |");
    }

    [Fact]
    public void Hostile_prices_stay_text()
    {
        var report = SampleReports.Priced();
        var text = Section(Written.By(new MarkdownExporter(), report with
        {
            Prices = [report.Prices![1] with { Key = "a|b@c", Source = "<b>|`x`", Kind = "average\n# no", Notices = [new() { Code = "E`1", Message = "@all | <i>" }] }],
        }), "### Prices");

        text.Split('\n').Where(line => line.StartsWith('|')).ShouldAllBe(row => Unescaped().Count(row) == 7);
        text.ShouldNotContain("<b>");
        text.ShouldNotContain("@");
    }

    [Fact]
    public void Hostile_names_stay_text() => Approved.Matches(
        Written.By(new MarkdownExporter(), SampleReports.Of(
            SampleReports.Test("T.A.pipe | cell", 9),
            SampleReports.Test("T.A.back\\| slash", 8, seq: 2),
            SampleReports.Test("T.A.`tick`", 7, seq: 3),
            SampleReports.Test("T.A.<img src=x onerror=alert(1)>", 6, seq: 4),
            SampleReports.Test("T.A.@everyone", 5, seq: 5),
            SampleReports.Test("T.A.[click](https://example.com)", 4, seq: 6),
            SampleReports.Test("T.A.two\r\n\r\n# lines", 3, seq: 7),
            SampleReports.Test("T.A.\u202eesrever\u0000", 2, seq: 8)) with
        {
            Notices = [new() { Code = "ECO`2", Message = "@everyone, see [this](https://example.com) <b>#12</b> | www.example.com\n# now" }],
        }),
        "Markdown.hostile-names");

    [Fact]
    public void What_the_energy_costs_is_one_line_where_a_price_is_set()
    {
        var cost = new ReportCost
        {
            Amount = 0.0123, LowAmount = 0.01, HighAmount = 0.02, UntrackedAmount = 0.004, Timing = "even",
            Tariff = new() { Text = "22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh", Currency = "EUR", Zone = "Europe/Paris" },
        };

        Written.Lines(new MarkdownExporter(), SampleReports.Shop() with { Cost = cost }).ShouldContain(
            "Electricity: 0.0123 EUR (0.01 to 0.02), 0.004 EUR of it untracked; 22:00-06:00 0.12 EUR/kWh &#124; 06:00-22:00 0.25 EUR/kWh, "
            + "by the clock of Europe/Paris, energy spread evenly over the time of each window.");
        Written.By(new SummaryExporter(400), SampleReports.Shop() with { Cost = cost with { Timing = "flat", Tariff = new() { Text = "0.25 EUR/kWh", Currency = "EUR" } } })
            .ShouldContain("\nElectricity: 0.0123 EUR (0.01 to 0.02), 0.004 EUR of it untracked; 0.25 EUR/kWh.\n");
        Written.By(new MarkdownExporter(), SampleReports.Shop()).ShouldNotContain("Electricity");
    }

    [Fact]
    public void An_assumption_is_said()
    {
        var shop = SampleReports.Shop();
        var text = Written.By(new MarkdownExporter(), shop with
        {
            Intensities = [shop.Intensities[0] with { Assumed = true, Year = null }],
            Method = shop.Method with { Cpu = shop.Method.Cpu with { Provenance = Provenance.Assumed } },
        });

        text.ShouldContain("- **CPU**: **assumed**, ");
        text.ShouldContain("undated");
        text.ShouldContain("**Assumed**: nobody declared a region.");
    }

    [Theory]
    [InlineData(BudgetVerdict.None, "No budgets.")]
    [InlineData(BudgetVerdict.Kept, "**The budget is kept.**")]
    [InlineData(BudgetVerdict.Warned, "**No budget exceeded** (0 kept, 1 warned, 0 exceeded, 0 not measurable).")]
    [InlineData(BudgetVerdict.Exceeded, "**1 budget exceeded** (0 kept, 0 warned, 1 exceeded, 0 not measurable).")]
    public void The_verdict_comes_first(BudgetVerdict verdict, string expected) =>
        Written.Lines(new MarkdownExporter(), SampleReports.Of(SampleReports.Test("T", 1) with { Verdict = verdict }))[2].ShouldStartWith(expected);

    [Fact]
    public void More_than_two_hundred_tests_are_folded()
    {
        var lines = Written.Lines(new MarkdownExporter(), SampleReports.Large(300));

        lines.Count(line => line.StartsWith("| `LoadTests.")).ShouldBe(200);
        lines.ShouldContain(line => line.StartsWith("| 100 more tests used | "));
    }

    [Fact]
    public void A_run_without_tracked_tests_says_what_to_do() =>
        Written.By(new MarkdownExporter(), SampleReports.Nothing()).ShouldContain("Put `[TrackEmissions]` on a test");

    [Fact]
    public void No_name_adds_a_cell_an_element_or_a_mention() =>
        Gen.String[Gen.Char["ab1 |`\\<>&@[](){}*_#!~\n\r\u001b:/.é試"], 0, 40].Sample(name =>
        {
            var text = Written.By(new MarkdownExporter(), SampleReports.Of(
                SampleReports.Test(name, 2) with { Kind = WindowKind.Method },
                SampleReports.Test("plain", 1, seq: 2)));
            var rows = text.Split('\n').SkipWhile(line => !line.StartsWith("| Test ")).TakeWhile(line => line.Length > 0).ToList();
            return rows.Count == 4
                && rows.All(row => Unescaped().Count(row) == 6)
                && !rows[2].Contains('@')
                && rows[2].Replace("<code>", "").Replace("</code>", "").IndexOfAny(['<', '>']) < 0;
        });

    [Fact]
    public void Prose_has_no_unescaped_sign() =>
        Gen.String[Gen.Char["ab1 |`\\<>&@[]*_#!~$:/."], 0, 40].Sample(text => !Sign().IsMatch(MarkdownText.Prose(text)));

    private static string Section(string text, string heading)
    {
        var from = text.IndexOf(heading, StringComparison.Ordinal);
        var to = text.IndexOf("\n###", from + 1, StringComparison.Ordinal);
        return text[from..to];
    }

    // A pipe ends a cell unless a backslash stands before it.
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Unescaped();

    [GeneratedRegex(@"(?:^|[^\\])(?:\\\\)*(?:[|<>@`*_\[\]~!$]|://)")]
    private static partial Regex Sign();
}
