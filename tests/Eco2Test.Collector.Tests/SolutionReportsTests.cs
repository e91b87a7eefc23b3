using Eco2Test.Reporting;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Collector.Tests;

public sealed class SolutionReportsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public void Several_projects_have_one_summary()
    {
        Write(Report("Shop.Tests"), Report("Till.Tests"), _folder.Write("Shop.Tests_net10.0.eco2test.md", "no report"), _folder.Write("window.eco2test.json", "{}"));

        _output.ToString().Split("= total").Length.ShouldBe(2);
        _errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void One_project_has_its_summary_already()
    {
        Write(Report("Shop.Tests"));

        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_copy_of_its_report_makes_no_second_project()
    {
        Write(Report("Shop.Tests"), _folder.Write("copy.eco2test.json", File.ReadAllText(Report("Shop.Tests"))));

        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void The_build_is_no_project_of_it()
    {
        var shop = SampleReports.Shop();
        var build = _folder.Write("build.eco2test.json", ReportJson.Write(shop with { Run = shop.Run with { Id = "build", Kind = "build" }, Build = new ReportBuild() }));

        Write(Report("Shop.Tests"), build);

        _output.ToString().ShouldBeEmpty();
        _errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_report_that_cannot_be_read_is_said_and_breaks_nothing()
    {
        Write(Report("Shop.Tests"), _folder.Write("Till.Tests_net10.0.eco2test.json", "{"));

        _output.ToString().ShouldBeEmpty();
        _errors.ToString().ShouldStartWith("ECO2044: ");
    }

    private void Write(params string[] files) => SolutionReports.Write(files, _output, _errors, new SummaryExporter());

    private string Report(string project)
    {
        var shop = SampleReports.Shop();
        return _folder.Write($"{project}_net10.0.eco2test.json", ReportJson.Write(shop with { Run = shop.Run with { Id = project, Project = project } }));
    }

    public void Dispose() => _folder.Dispose();
}
