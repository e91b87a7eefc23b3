using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Carbon.Practices;

public sealed class FourPracticesTests
{
    [Fact]
    public void A_report_with_them_is_read_as_it_was_written_and_one_without_has_no_word_of_them()
    {
        var report = SampleReports.Shop();
        var text = ReportJson.Write(report);
        var with = ReportJson.WithPractices(text, FourPractices.Of(report, DevicePerformance.None()));

        text.ShouldNotContain("practices");
        ReportJson.Write(ReportJson.Read(with) with { Practices = null }).ShouldBe(text);
        ReportJson.Read(with).Practices!.Map.Ranked.Count.ShouldBeGreaterThan(200);
        ReportJson.WithPractices(with, ReportJson.Read(with).Practices!).ShouldBe(with);
    }

    [Fact]
    public void What_this_version_does_not_know_stays_in_the_report()
    {
        var text = ReportJson.Write(SampleReports.Shop()).Replace("\"windows\":", "\"future\": { \"x\": 1.50 }, \"windows\":");

        ReportJson.WithPractices(text, FourPractices.Of(SampleReports.Shop(), DevicePerformance.None())).ShouldContain("\"x\": 1.50");
    }

    [Theory]
    [InlineData("\"ranked\": [", "\"ranked\": [null,")]
    [InlineData("\"machine\": [", "\"machine\": [null,")]
    [InlineData("\"name\": \"on premise\"", "\"name\": null")]
    [InlineData("\"which\": \"used\"", "\"which\": null")]
    public void Nulls_in_them_are_said(string part, string damaged)
    {
        var text = ReportJson.WithPractices(ReportJson.Write(SampleReports.Shop()), FourPractices.Of(SampleReports.Shop(), DevicePerformance.None()));

        text.ShouldContain(part);
        Should.Throw<FormatException>(() => ReportJson.Read(text.Replace(part, damaged))).Message.ShouldContain("'practices'");
    }

    [Fact]
    public void Figures_that_are_no_numbers_are_refused()
    {
        var report = SampleReports.Shop();

        Should.Throw<FormatException>(() => RunFigures.Of(report with { Totals = report.Totals with { EnergyJoules = double.PositiveInfinity } }));
        Should.Throw<FormatException>(() => RunFigures.Of(report with { Totals = report.Totals with { EnergyJoules = 0 } }));
        Should.Throw<FormatException>(() => RunFigures.Of(report with { Intensities = [report.Intensities[0] with { Pue = 0.5 }] })).Message.ShouldContain("PUE");
    }
}
