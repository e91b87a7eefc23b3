using Eco2Test.Hardware;
using Eco2Test.Reports;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>A build from its first event to its end, on this machine.</summary>
public sealed class LoggedBuildTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly string _solution;

    public LoggedBuildTests() => _solution = _folder.Write("Shop.slnx", "<Solution />");

    [Fact]
    public void A_build_leaves_a_report_and_a_summary()
    {
        Build().ShouldBeNull();

        var report = Report();
        report.Run.Project.ShouldBe("Shop.slnx");
        report.Run.Configuration.ShouldBe("Release");
        report.Windows.First(window => window.Kind == WindowKind.Build).Id.ShouldBe("Shop.slnx");
        report.Build.ShouldNotBeNull().Succeeded.ShouldBe(true);
        _output.ToString().ShouldContain("Shop.slnx");
    }

    [Fact]
    public void A_budget_in_the_settings_file_fails_the_build_at_its_line()
    {
        var settings = _folder.Write("eco2test.json", "{\n  \"buildEnergyBudget\": \"1 uJ\"\n}");

        Build().ShouldNotBeNull().Code.ShouldBe("ECO3002");

        _output.ToString().ShouldContain($"{settings}(2,");
        _output.ToString().ShouldContain(": error ECO3002: ");
    }

    [Fact]
    public void A_budget_that_a_project_says_fails_the_build()
    {
        var place = new Eco2Test.Budgets.SettingPlace("Eco2TestBuildEnergyBudget", _folder.PathOf("Directory.Build.props"), 9, 5);
        var said = BuildMessage.Of(BuildMessage.Budgets([new WrittenProperty("BuildEnergyBudget", "1 uJ", place)]));

        Build(build => build.Hear(said)).ShouldNotBeNull().Place.ShouldBe(place);
    }

    [Fact]
    public void A_budget_in_the_props_of_the_repository_holds_without_the_package()
    {
        var props = _folder.Write("Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <Eco2TestBuildEnergyBudget>1 uJ</Eco2TestBuildEnergyBudget>\n  </PropertyGroup>\n</Project>");

        var failure = Build().ShouldNotBeNull();

        (failure.Code, failure.Place.File, failure.Place.Line).ShouldBe(("ECO3002", props, 3));
    }

    [Fact]
    public void In_shadow_a_budget_fails_nothing()
    {
        _folder.Write("eco2test.json", """{ "mode": "shadow", "buildEnergyBudget": "1 uJ" }""");

        Build().ShouldBeNull();

        _output.ToString().ShouldContain("would fail");
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_a_warning_and_a_budget_without_data_fails()
    {
        _folder.Write("artifacts", "a file where the folder should be");
        Build().ShouldBeNull();

        _folder.Write("eco2test.json", """{ "buildEnergyBudget": "1 MJ" }""");
        Build().ShouldNotBeNull().Code.ShouldBe("ECO3006");
    }

    [Fact]
    public void Nothing_is_tracked_that_is_to_be_skipped()
    {
        Build(properties: new() { ["Eco2TestSkip"] = "true", ["Eco2TestBuildEnergyBudget"] = "1 uJ" }).ShouldBeNull();

        Directory.Exists(_folder.PathOf("artifacts")).ShouldBeFalse();
        _output.ToString().ShouldBeEmpty();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    private Eco2Test.Budgets.BuildVerdict? Build(Action<LoggedBuild>? more = null, Dictionary<string, string>? properties = null)
    {
        var given = new Dictionary<string, string>(properties ?? []) { ["Configuration"] = "Release" };
        var build = new LoggedBuild(new EnvironmentVariables(_ => null), new BuildTerminal(_output, isQuiet: false, ascii: true), mostNodes: 2);
        build.Begin(new EntryCommand(_solution, given, IsGraph: false));
        build.Hear(Happened.ProjectStarted(_solution + ".metaproj", 1, 0, given));
        more?.Invoke(build);
        build.Hear(Happened.ProjectFinished(_solution, 1, 1));
        build.Hear(new BuildFinishedEventArgs("", null, succeeded: true));
        return build.End();
    }

    private EmissionsReport Report() => ReportJson.Read(File.ReadAllText(_folder.PathOf("artifacts", "eco2test", "build.eco2test.json")));
}
