using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Metering;

public sealed class BuildOfTestsTests : IDisposable
{
    private const string Whole = "artifacts/eco2test/build.eco2test.json";
    private const string OfProject = "artifacts/eco2test/projects/Shop.Tests_net10.0.eco2test.json";

    private static readonly DateTimeOffset Ended = SampleReports.Shop().Run.StartedAt.AddSeconds(SampleReports.Shop().Run.DurationSeconds);

    private readonly TempFolder _repository = new();

    public BuildOfTestsTests()
    {
        _repository.Write("Shop.slnx", "");
        _repository.Write("tests/Shop.Tests/Shop.Tests.csproj", "");
        Built(Ended);
    }

    [Fact]
    public void The_whole_build_and_the_project_of_it_are_found_where_builds_write()
    {
        var (whole, project) = (Put(Whole, Build("Shop.Tests (net10.0)")), Put(OfProject, Project("Shop.Tests", "net10.0")));

        Find().Select(file => (file.Path, file.Name)).ShouldBe([(whole, "build.eco2test.json"), (project, "build.Shop.Tests_net10.0.eco2test.json")]);
        ReportJson.Read(Find()[0].Content).Run.Kind.ShouldBe("build");
    }

    [Fact]
    public void Where_there_is_no_report_nothing_is_found() => Find().ShouldBeEmpty();

    [Theory]
    [InlineData("results")]
    [InlineData("../Shop.Tests/results")]
    public void A_folder_that_is_set_is_seen_from_the_project(string folder)
    {
        Put("tests/Shop.Tests/results/build.eco2test.json", Build("Shop.Tests"));

        Find(property: ("BuildResults", folder)).ShouldHaveSingleItem();
        Find(variable: ("ECO2TEST_BUILD_RESULTS", folder)).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_artifacts_of_the_SDK_are_seen_from_the_assembly()
    {
        Put("out/eco2test/build.eco2test.json", Build("Shop.Tests"));

        Find(artifacts: "../../../out").ShouldHaveSingleItem();
    }

    [Fact]
    public void The_solution_may_lie_above_what_looks_like_the_root_of_the_project()
    {
        _repository.Write("tests/Directory.Build.props", "<Project />");
        Put(Whole, Build("Shop.Tests"));
        Put("tests/" + OfProject, Project("Shop.Tests", "net10.0"));

        Find().Select(file => file.Name).ShouldBe(["build.eco2test.json", "build.Shop.Tests_net10.0.eco2test.json"]);
    }

    [Fact]
    public void What_lies_above_the_repository_is_not_its_own()
    {
        Directory.CreateDirectory(_repository["tests/.git"]);
        Put(Whole, Build("Shop.Tests"));

        Find().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Till.Tests (net10.0)")]
    [InlineData("Shop.Tests (net9.0)")]
    [InlineData("Shop.Tests (restore)")]
    [InlineData("Shop.Tests.Slow")]
    public void A_build_without_the_project_is_another(string project)
    {
        Put(Whole, Build(project));

        Find().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Till.Tests", "net10.0")]
    [InlineData("Shop.Tests", "net9.0")]
    public void A_report_of_another_project_is_none_of_this(string project, string framework)
    {
        Put(OfProject, Project(project, framework));

        Find().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-600, 2)]
    [InlineData(0, 2)]
    [InlineData(1.9, 2)]
    [InlineData(3, 0)]
    public void A_build_that_ended_before_the_assembly_was_written_is_an_earlier_one(double secondsLater, int found)
    {
        Put(Whole, Build("Shop.Tests"));
        Put(OfProject, Project("Shop.Tests", "net10.0"));
        Built(Ended.AddSeconds(secondsLater));

        Find().Count.ShouldBe(found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"schema\": \"eco2test/v9\" }")]
    public void What_cannot_be_read_is_left_out(string text)
    {
        _repository.Write(Whole, text);
        Put(OfProject, Project("Shop.Tests", "net10.0"));

        Find().Select(file => file.Name).ShouldBe(["build.Shop.Tests_net10.0.eco2test.json"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("|net10.0|")]
    [InlineData("a\0b|net10.0|")]
    public void What_names_no_project_finds_nothing(string? setting)
    {
        Put(Whole, Build("Shop.Tests"));

        BuildOfTests.Reports(setting, Assembly, new EnvironmentVariables(_ => null), _ => null).ShouldBeEmpty();
    }

    private string Assembly => _repository["tests/Shop.Tests/bin/Shop.Tests.dll"];

    private IReadOnlyList<BuildFile> Find(string artifacts = "", (string Name, string Value) property = default, (string Name, string Value) variable = default) => BuildOfTests.Reports(
        $"../Shop.Tests.csproj|net10.0|{artifacts}", Assembly,
        new EnvironmentVariables(name => name == variable.Name ? variable.Value : null), name => name == property.Name ? property.Value : null);

    private void Built(DateTimeOffset at)
    {
        _repository.Write("tests/Shop.Tests/bin/Shop.Tests.dll", "");
        File.SetLastWriteTimeUtc(Assembly, at.UtcDateTime);
    }

    private string Put(string path, EmissionsReport report)
    {
        _repository.Write(path, ReportJson.Write(report));
        return _repository[path];
    }

    private static EmissionsReport Build(string project)
    {
        var shop = SampleReports.Shop();
        return shop with
        {
            Run = shop.Run with { Kind = "build" },
            Build = new ReportBuild { Succeeded = true },
            Windows = [.. shop.Windows.Take(1).Select(window => window with { Kind = WindowKind.Project, DisplayName = project })],
        };
    }

    private static EmissionsReport Project(string project, string framework)
    {
        var shop = SampleReports.Shop();
        return shop with { Run = shop.Run with { Kind = "build", Project = project, TargetFramework = framework }, Build = new ReportBuild { Succeeded = true } };
    }

    public void Dispose() => _repository.Dispose();
}
