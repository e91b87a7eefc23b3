using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

/// <summary>The budgets of the run and of groups as people read them, and the terminal in ASCII.</summary>
public sealed class GroupBudgetTextTests
{
    [Theory]
    [InlineData(80, "")]
    [InlineData(80, "de-DE")]
    [InlineData(120, "")]
    public void They_stand_below_each_other_in_a_terminal_of_any_width(int width, string culture) =>
        Approved.Matches(Written.By(new SummaryExporter(width), Budgeted(), culture), $"Summary.budgets-{width}");

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_or_ends_in_a_space(int width)
    {
        foreach (var report in (EmissionsReport[])[Budgeted(), SampleReports.Large(200), ReportMerger.Merge([Budgeted(), MergingReports.Project("A.Very.Long.Project.Name.That.No.Terminal.Has.The.Room.For.Tests", "net8.0", SampleReports.Test("A", 1))]).Report])
        {
            foreach (var ascii in (bool[])[false, true])
            {
                var lines = Written.By(new SummaryExporter(width, ascii), report).Split('\n');
                lines.ShouldAllBe(line => TerminalText.Width(line) <= width && !line.EndsWith(' '));
            }
        }
    }

    [Fact]
    public void A_terminal_without_Unicode_gets_ASCII_in_the_same_columns()
    {
        var report = SampleReports.Of([.. Budgeted().Windows, SampleReports.Test("店.テスト.モデル", 2e-6, seq: 20), SampleReports.Test("T.Züge", 1, seq: 21)]) with { Budgets = Budgeted().Budgets };

        var (plain, ascii) = (Written.By(new SummaryExporter(), report), Written.By(new SummaryExporter(80, ascii: true), report));

        ascii.ShouldAllBe(c => c < 128);
        ascii.ShouldContain("2 uJ");
        ascii.ShouldContain("Zuge");
        ascii.ShouldContain("x30000");
        ascii.Split('\n').Select(line => line.Length).ShouldBe(plain.Split('\n').Select(TerminalText.Width));
    }

    [Theory]
    [InlineData("12 µJ, 540–900 J × 2 ÷ 3", "12 uJ, 540-900 J x 2 / 3")]
    [InlineData("déjà “vu”", "deja \"vu\"")]
    [InlineData("de\u0301ja\u0300", "deja")]
    [InlineData("日本 👍🏽", "???? ??")]
    [InlineData("a\nb?", "a\nb?")]
    public void What_has_a_likeness_in_ASCII_gets_it(string text, string ascii) => TerminalText.Ascii(text).ShouldBe(ascii);

    [Fact]
    public void Markdown_says_that_they_fail_the_run()
    {
        Written.By(new MarkdownExporter(), Budgeted()).ShouldContain("**2 budgets exceeded** (3 kept, 1 warned, 2 exceeded, 2 not measurable).");
        var undecided = SampleReports.Of(SampleReports.Test("A", 1)) with { Budgets = [Budgeted().Budgets![2]] };

        var markdown = Written.By(new MarkdownExporter(), undecided);

        markdown.ShouldContain("**1 budget undecided, which fails the run**");
        markdown.ShouldContain("### Budgets of the run and of groups");
        markdown.ShouldContain("| of category slow | 0 J of 1 kJ | n/m |");
        markdown.ShouldContain("- ECO2012: category slow has a budget and no data");
    }

    private static EmissionsReport Budgeted() => SampleReports.Shop() with
    {
        Budgets =
        [
            Budget("run", null, 629, 20_000, 0.01) with { Verdict = BudgetVerdict.Kept },
            Budget("class", "Shop.Tests.ModelTests", 509, 200, null) with
            {
                Verdict = BudgetVerdict.Exceeded, Fails = true,
                Message = "ECO2001: class Shop.Tests.ModelTests (2 windows) used 509 J (modeled, 305–763 J), budget 200 J, over by 154 % (at least 53 %)",
            },
            Budget("category", "slow", 0, 1000, null) with { Verdict = BudgetVerdict.NotMeasurable, Fails = true, Message = "ECO2012: category slow has a budget and no data: no tracked test is in it" },
            Budget("name", "Shop.*.Train*", 412.8, null, 0.02) with { Verdict = BudgetVerdict.Kept },
        ],
    };

    private static ReportGroupBudget Budget(string scope, string? pattern, double joules, double? limit, double? grams) => new()
    {
        Scope = scope, Pattern = pattern, EnergyJoules = limit, EmissionsGrams = grams, Windows = 2, UsedJoules = joules, LowJoules = joules * 0.6, HighJoules = joules * 1.5,
        UsedGrams = joules / 1e5, LowGrams = joules / 2e5, HighGrams = joules / 5e4, Verdict = BudgetVerdict.None,
    };
}
