using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class ComparisonTests
{
    private static readonly EmissionsReport Models = SampleReports.Of(
        Model(1, "Full", 1_000, 0.912, 2_082),
        Model(2, "Pruned", 310, 0.905, 520),
        Model(3, "Distilled", 290, 0.871, 105),
        Model(4, "Inference", 600, 0, 0) with { Count = 60, Metrics = new Dictionary<string, double>() },
        Model(10, "Repeated", 6_000, 0.874, 2_082) with { Count = 20 },
        Model(5, "Sweep", 9_000, 0.934, 2_082),
        Model(6, "Quantized", 1, 0.9, 2_082) with { Quality = MeasurementQuality.BelowResolution },
        Model(7, "Fewer_labels", 95, 0.82, 2_082) with { Outcome = TestOutcome.Failed },
        Model(8, "Fewer_labels", 91, 0.86, 2_082) with { Attempt = 2 },
        SampleReports.Window(9, "Shop.Tests.ModelTests.Other", 3));

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void A_summary_shows_what_accuracy_costs(string culture) =>
        Approved.Matches(Written.By(new SummaryExporter(), Models, culture), "Summary.of-a-comparison");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void So_does_markdown(string culture) =>
        Approved.Matches(Written.By(new MarkdownExporter(), Models, culture), "Markdown.of-a-comparison");

    [Fact]
    public void Lines_fit_the_terminal_whatever_tests_and_metrics_are_called()
    {
        var longName = new string('x', 200);
        var report = SampleReports.Of(
            Model(1, "A", 10, 0.9, 5) with { Id = $"N.{longName}.{longName}", Comparison = longName }, Model(2, "B", 20, 0.95, 5) with { Comparison = longName });

        Written.Lines(new SummaryExporter(80), report).ShouldAllBe(line => TerminalText.Width(line) <= 80);
    }

    [Fact]
    public void Names_and_labels_stay_text_in_markdown()
    {
        var text = Written.By(new MarkdownExporter(), SampleReports.Of(
            Model(1, "A", 10, 0.9, 5) with { Id = "T.A.pipe | @everyone", Comparison = "<b>|`x`" },
            Model(2, "B", 20, 0.95, 5) with { Comparison = "<b>|`x`" }));

        text.ShouldContain("### Comparison '&lt;b&gt;&#124;\\`x\\`'");
        text.ShouldNotContain("| @everyone");
        text.ShouldContain("pipe &#124; &#64;&#8203;everyone");
    }

    [Fact]
    public void A_report_with_practices_shows_them_in_markdown()
    {
        var report = SampleReports.Shop();
        var text = Written.By(new MarkdownExporter(), report with { Practices = FourPractices.Of(report, DevicePerformance.None()) });

        text.ShouldContain("### Map: the same run in other regions");
        text.ShouldContain("### Machine: the same work on another CPU");
        text.ShouldContain("### Mechanization: the same run in other buildings");
        Written.By(new MarkdownExporter(), report).ShouldNotContain("### Map");
    }

    private static ReportWindow Model(int seq, string name, double joules, double accuracy, int bytes) =>
        SampleReports.Window(seq, $"Shop.Tests.ModelTests.{name}", joules, joules / 100) with
        {
            Comparison = "sentiment", Metrics = new Dictionary<string, double> { ["accuracy"] = accuracy, ["bytes"] = bytes },
        };
}
