using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class HeadlineTests
{
    [Fact]
    public void A_run_is_said_in_one_line()
    {
        var report = SampleReports.Shop();

        HeadlineText.Of(report).ShouldBe(
            $"Eco2Test: 5 tests, 1 fixture, 1 method {Figures.Joules(report.Totals.EnergyJoules)}, {Figures.Grams(report.Totals.EmissionsGrams)} CO2e "
            + $"(modeled {Figures.JoulesRange(report.Totals.LowJoules, report.Totals.HighJoules)}) [{report.Totals.Intensity}]");
    }
}
