using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class SciTextTests
{
    private static readonly ReportEmbodiedMachine Machine = new() { TotalGrams = 1_200_000, LifetimeSeconds = 126_144_000, Share = 0.25, Source = "set" };

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Embodied_carbon_and_the_unit_of_the_user_have_a_section_of_their_own(string culture) =>
        Approved.Matches(Written.By(new MarkdownExporter(), WithAll(), culture), "Markdown.with-embodied");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void The_terminal_has_a_line_of_it(string culture) =>
        OneLine(Written.By(new SummaryExporter(), WithAll(), culture)).ShouldContain(
            "SCI: 87 mg of CO2e per run (15.4 mg of energy + 71.6 mg embodied); 8.7 µg for each of 10000 predictions (5.99 µg in their tests alone).");

    [Fact]
    public void Without_embodied_carbon_it_is_said_that_it_is_missing_and_no_zero_is_shown()
    {
        var report = WithAll() with { Embodied = null };
        report = report with { Windows = [.. report.Windows.Select(window => window with { EmbodiedGrams = null })] };

        Written.By(new MarkdownExporter(), report).ShouldContain("| 1 run | 15.4 mg | 15.4 mg | not included |");
        OneLine(Written.By(new SummaryExporter(), report)).ShouldContain("15.4 mg of CO2e per run (M is not included: nobody says what making the machine emitted (set ECO2TEST_EMBODIED))");
    }

    [Fact]
    public void Where_nothing_is_known_beyond_the_energy_the_terminal_says_nothing_new() =>
        Written.By(new SummaryExporter(), SampleReports.Shop()).ShouldNotContain("SCI");

    [Fact]
    public void A_unit_that_nobody_recorded_is_said_and_has_no_figure()
    {
        var text = Written.By(new MarkdownExporter(), WithAll() with { FunctionalUnit = "trees" });

        text.ShouldContain("no window recorded it");
        text.ShouldNotContain("| 1 of ");
    }

    [Fact]
    public void A_marginal_intensity_makes_no_software_carbon_intensity()
    {
        var report = WithAll();

        Written.By(new MarkdownExporter(), report with { Intensities = [report.Intensities[0] with { Kind = "marginal" }] })
            .ShouldContain("The intensity of FR is marginal: Eco2Test gives a Software Carbon Intensity of averages only.");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static EmissionsReport WithAll() => SampleReports.Of(
        SampleReports.Test("Shop.Tests.ModelTests.Trains", 1000, 20) with { EmbodiedGrams = 0.0476, Metrics = new Dictionary<string, double> { ["predictions"] = 10_000 } },
        SampleReports.Test("Shop.Tests.ModelTests.Repeats", 170, 5, seq: 2) with { EmbodiedGrams = 0.0119, Count = 100 }) with
    {
        Embodied = new ReportEmbodied { Machine = Machine, Grams = 0.0716, UntrackedGrams = 0.0121 },
        FunctionalUnit = "predictions",
    };
}
