using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Settings;

/// <summary>Where a build writes, and from where its paths are seen.</summary>
public sealed class BuildFolderTests : IDisposable
{
    private readonly Repository _shop = new();

    [Theory]
    [InlineData(".git/HEAD")]
    [InlineData(".git")]
    [InlineData("Directory.Build.props")]
    [InlineData("Shop.sln")]
    [InlineData("Shop.slnx")]
    public void The_root_is_the_nearest_folder_upwards_that_is_one(string marker)
    {
        _shop.With(marker, "").With("src/Core/Core.csproj", "");

        var settings = _shop.OfProject("src/Core/Core.csproj");

        settings.Root.ShouldBe(_shop.Root);
        settings.Run.ResultsFolder.ShouldBe(Path.Combine(_shop.Root, "artifacts", "eco2test"));
    }

    [Fact]
    public void Without_a_mark_it_is_the_folder_itself() => BuildFolder.RootOf("/nowhere/at/all").ShouldBe(Path.GetFullPath("/nowhere/at/all"));

    [Fact]
    public void Reports_go_where_a_variable_says_then_a_property_then_the_artifacts_of_the_SDK()
    {
        _shop.With("Directory.Build.props", "<Project />");
        _shop.OfBuild(artifacts: "out").Run.ResultsFolder.ShouldBe(_shop["out/eco2test"]);

        _shop.Properties["BuildResults"] = "energy";
        _shop.OfBuild(artifacts: "out").Run.ResultsFolder.ShouldBe(_shop["energy"]);

        _shop.Environment["ECO2TEST_BUILD_RESULTS"] = _shop["../all"];
        _shop.Environment["ECO2TEST_RESULTS"] = "tests";
        _shop.OfBuild(artifacts: "out").Run.ResultsFolder.ShouldBe(Path.GetFullPath(_shop["../all"]));
    }

    public void Dispose() => _shop.Dispose();
}
