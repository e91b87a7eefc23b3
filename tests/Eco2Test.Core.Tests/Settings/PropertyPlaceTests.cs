using Eco2Test.Settings;

namespace Eco2Test.Core.Tests.Settings;

/// <summary>Where an MSBuild property is written that MSBuild tells the value of only.</summary>
public sealed class PropertyPlaceTests : IDisposable
{
    private const string Name = "Eco2TestBuildEnergyBudget";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("<Project>\n  <PropertyGroup>\n    <Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget>\n  </PropertyGroup>\n</Project>", 3, 5, "5 J")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\r\n<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\">\r\n<PropertyGroup><eco2testBUILDEnergyBudget> 5 J </eco2testBUILDEnergyBudget></PropertyGroup></Project>", 3, 16, "5 J")]
    [InlineData("<Project><PropertyGroup><X>1</X><Eco2TestBuildEnergyBudget><!-- no -->5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Project>", 1, 33, "5 J")]
    [InlineData("<Project><PropertyGroup><Eco2TestBuildEnergyBudget>1 J</Eco2TestBuildEnergyBudget><Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Project>", 1, 83, "5 J")]
    [InlineData("<Project><PropertyGroup><Eco2TestBuildEnergyBudget>$(Limit) J</Eco2TestBuildEnergyBudget></PropertyGroup></Project>", 1, 25, null)]
    [InlineData("<Project><PropertyGroup><Eco2TestBuildEnergyBudget Condition=\"'$(CI)' == 'true'\">5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Project>", 1, 25, null)]
    [InlineData("<Project><PropertyGroup Condition=\"false\"><Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Project>", 1, 43, null)]
    [InlineData("<Project><Choose><Otherwise><PropertyGroup><Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Otherwise></Choose></Project>", 1, 44, null)]
    [InlineData("<Project><PropertyGroup><Eco2TestBuildEnergyBudget /></PropertyGroup></Project>", 1, 25, "")]
    public void The_last_element_is_found_with_its_value_where_that_depends_on_nothing(string text, int line, int column, string? value)
    {
        _folder.Write("Shop.csproj", text);

        var found = PropertyPlace.Find(Name, [_folder["Shop.csproj"]])!;

        (found.Place.Name, found.Place.File, found.Place.Line, found.Place.Column).ShouldBe((Name, _folder["Shop.csproj"], line, column));
        found.Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("<Project><Target Name=\"A\"><PropertyGroup><Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget></PropertyGroup></Target></Project>")]
    [InlineData("<Project><ItemGroup><Eco2TestBuildEnergyBudget Include=\"a\" /></ItemGroup></Project>")]
    [InlineData("<Project><!-- <PropertyGroup><Eco2TestBuildEnergyBudget>5 J</Eco2TestBuildEnergyBudget></PropertyGroup> --></Project>")]
    [InlineData("<Project><PropertyGroup>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><Project><PropertyGroup><Eco2TestBuildEnergyBudget>&b;</Eco2TestBuildEnergyBudget></PropertyGroup></Project>")]
    [InlineData("")]
    public void What_is_no_property_of_a_project_is_not_found_and_what_is_no_project_does_no_harm(string text)
    {
        _folder.Write("Shop.csproj", text);

        PropertyPlace.Find(Name, [_folder["Shop.csproj"], _folder["none.props"]]).ShouldBeNull();
    }

    [Fact]
    public void Files_are_those_of_the_project_and_the_nearest_of_the_directory_in_the_order_of_MSBuild()
    {
        const string Limit = "<Project><PropertyGroup><Eco2TestBuildEnergyBudget>{0}</Eco2TestBuildEnergyBudget></PropertyGroup></Project>";
        _folder.Write("Directory.Build.props", Limit.Replace("{0}", "1 J", StringComparison.Ordinal));
        _folder.Write("src/Directory.Build.props", Limit.Replace("{0}", "2 J", StringComparison.Ordinal));
        _folder.Write("src/Core/Core.csproj", Limit.Replace("{0}", "3 J", StringComparison.Ordinal));
        _folder.Write("Directory.Build.targets", "<Project />");

        var files = PropertyPlace.FilesOf(_folder["src/Core/Core.csproj"]);

        files.ShouldBe([_folder["src/Directory.Build.props"], _folder["src/Core/Core.csproj"], _folder["Directory.Build.targets"]]);
        PropertyPlace.Find(Name, files)!.Value.ShouldBe("3 J");
        PropertyPlace.Find(Name, files, evaluated: " 2 J")!.Place.File.ShouldBe(files[0], "MSBuild knows which one counted");
        PropertyPlace.Find(Name, files, evaluated: "7 J")!.Place.File.ShouldBe(files[1], "by a condition, or on the command line");
    }

    public void Dispose() => _folder.Dispose();
}
