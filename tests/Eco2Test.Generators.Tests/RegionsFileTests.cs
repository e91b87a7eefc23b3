using Eco2Test.Generators.Tests.Harness;

namespace Eco2Test.Generators.Tests;

/// <summary>A project's own table of regions: what it makes a region, what reaches the run-time of it, and what is wrong with it where.</summary>
public class RegionsFileTests
{
    private const string Header = "code,name,gCO2_per_kWh,basis,boundary,year,source\n";
    private const string Table = Header + "acme-dc1,Acme Hall,12.5,lifecycle,consumption,2025,contract\n";
    private const string Settings = UserProject.Folder + "eco2test.json";
    private const string Regions = "/home/ada/org/regions.csv";

    [Theory]
    [InlineData("acme-dc1")]
    [InlineData("ACME hall")]
    [InlineData("FR")]
    public async Task Its_codes_and_names_are_regions_in_attributes_and_settings(string region) =>
        (await Project(Table, $$"""{ "regions": "../org/regions.csv", "region": "{{region}}" }""", region).Diagnose()).ShouldBeEmpty();

    [Fact]
    public async Task A_name_that_is_near_to_one_of_its_own_is_pointed_to_it() =>
        (await Project(Table, """{ "regions": "../org/regions.csv", "actualRegion": "Acme Hal" }""", "Acme Hsll").Diagnose()).ShouldBe(
            [
                "error ECO1022 at eco2test.json(1,52): actualRegion: 'Acme Hal' is not a known region; did you mean 'ACME-DC1' (Acme Hall)?",
                "error ECO1001 at Region = \"Acme Hsll\": Region 'Acme Hsll' is not a known region; did you mean 'ACME-DC1' (Acme Hall)?",
            ],
            ignoreOrder: true);

    [Fact]
    public async Task Without_it_they_are_none_and_another_file_of_the_project_is_not_read() =>
        (await (Project(Table, "{ }", "acme-dc1") with { OtherFiles = [(Regions, "nonsense")] }).Diagnose()).ShouldHaveSingleItem().ShouldStartWith("error ECO1001");

    [Fact]
    public async Task The_property_comes_before_the_settings_file_and_the_nearest_file_of_a_chain_before_what_it_extends()
    {
        var project = Project(Table, """{ "extends": "../org/base.json", "regions": "../org/none.csv" }""", "acme-dc1");
        project = project with { SettingsFiles = project.SettingsFiles.Add(("/home/ada/org/base.json", """{ "regions": "regions.csv" }""")) };

        var missing = await project.Diagnose();
        missing.ShouldContain("error ECO1024 at eco2test.json(1,45): regions: '../org/none.csv' is not there, seen from the folder of this file");
        missing.Length.ShouldBe(2, "and what is in no table is no region");
        (await (project with { SettingsFiles = project.SettingsFiles.SetItem(0, (Settings, """{ "extends": "../org/base.json" }""")) }).Diagnose()).ShouldBeEmpty();
        (await (project with { Properties = project.Properties.Add("build_property._Eco2TestRegionsOfProperty", Regions) }).Diagnose()).ShouldBeEmpty();
    }

    [Fact]
    public void The_table_is_written_into_the_assembly_whole_and_its_path_is_not()
    {
        var text = Project(Table, """{ "regions": "../org/regions.csv", "region": "acme-dc1" }""", "acme-dc1").GeneratedSettings();

        text.ShouldContain("""[assembly: global::System.Reflection.AssemblyMetadata("Eco2Test.File.Region", "acme-dc1")]""");
        text.ShouldContain("""AssemblyMetadata("Eco2Test.RegionsTable", "regions.csv\ncode,name,gCO2_per_kWh,basis,boundary,year,source\nacme-dc1,Acme Hall,12.5,lifecycle,consumption,2025,contract\n")]""");
        text.ShouldNotContain("/org/");
    }

    [Fact]
    public void Named_by_a_property_it_needs_no_settings_file()
    {
        var project = UserProject.Of("") with { OtherFiles = [(Regions, Table)] };

        (project with { Properties = project.Properties.Add("build_property._Eco2TestRegionsOfProperty", Regions) }).GeneratedSettings().ShouldContain("Eco2Test.RegionsTable");
        (project with { Properties = project.Properties.Add("build_property._Eco2TestRegionsOfProperty", Regions).Add("build_property.Eco2TestSkip", "true") }).GeneratedSettings().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "(1,1): The table of regions cannot be read: it is empty; the first line names the columns: code,name,gCO2_per_kWh,basis,boundary,year,source")]
    [InlineData("code;name\n", "(1,1): The table of regions cannot be read: 'code;name' is no column; there are code, name, gCO2_per_kWh, basis, boundary, year, source, country, kind, note, with commas between them")]
    [InlineData("code,name,code\n", "(1,11): The table of regions cannot be read: the column 'code' is there twice")]
    [InlineData("code,name\n", "(1,1): The table of regions cannot be read: the column 'gCO2_per_kWh' is missing")]
    [InlineData(Header + "A1,Hall,12,5,lifecycle,consumption,2025,contract\n", "(2,1): The table of regions cannot be read: the row has 8 fields and the header 7")]
    [InlineData(Header + "\r\nA1,Hall,12 g,lifecycle,consumption,2025,contract\r\n", "(3,9): The table of regions cannot be read: gCO2_per_kWh: '12 g' is no intensity")]
    [InlineData(Header + "A1,Hall,-1,lifecycle,consumption,2025,contract", "(2,9): The table of regions cannot be read: gCO2_per_kWh: '-1' is no intensity")]
    [InlineData(Header + "A1,Hall,NaN,lifecycle,consumption,2025,contract", "(2,9): The table of regions cannot be read: gCO2_per_kWh: 'NaN' is no intensity")]
    [InlineData(Header + "A1,\"Hall, 1\",1,whole,consumption,2025,contract", "(2,16): The table of regions cannot be read: basis: 'whole' is none of lifecycle, direct")]
    [InlineData(Header + "A1,Hall,1,direct,,2025,contract", "(2,18): The table of regions cannot be read: boundary: '' is none of production, consumption")]
    [InlineData(Header + "A1,Hall,1,direct,production,25,contract", "(2,29): The table of regions cannot be read: year: '25' is no year from 1990 to 2100")]
    [InlineData(Header + "A1,Hall,1,direct,production,2025,", "(2,34): The table of regions cannot be read: source: it is empty")]
    [InlineData(Header + ",Hall,1,direct,production,2025,contract", "(2,1): The table of regions cannot be read: code: it is empty")]
    [InlineData(Header + "aws:x,Hall,1,direct,production,2025,contract", "(2,1): The table of regions cannot be read: code: 'aws:x' has a character that no region has")]
    [InlineData(Header + "A1,Hall,1,direct,production,,contract\na1,Wing,1,direct,production,,contract", "(3,1): The table of regions cannot be read: code: 'a1' is in another row already")]
    [InlineData(Header + "A1,Hall,1,direct,production,,contract\nA2,hall,1,direct,production,,contract", "(3,4): The table of regions cannot be read: name: 'hall' is in another row already")]
    public async Task What_is_wrong_with_it_does_not_compile_and_is_named_where_it_stands(string table, string expected) =>
        (await Project(table, """{ "regions": "../org/regions.csv" }""", "FR").Diagnose()).ShouldHaveSingleItem().ShouldStartWith("error ECO1024 at regions.csv" + expected);

    [Fact]
    public async Task The_columns_may_be_those_of_the_products_table_in_any_order() =>
        (await Project(
            "source,code,name,country,gCO2_per_kWh,kind,basis,boundary,year,note\ncontract,acme-dc1,Acme Hall,FR,12.5,marginal,direct,production,2025,\n",
            """{ "regions": "../org/regions.csv" }""",
            "acme-dc1").Diagnose()).ShouldBeEmpty();

    private static UserProject Project(string table, string settings, string region) =>
        UserProject.Of($$"""class C { [Eco2Test.TrackEmissions(Region = "{{region}}")] public void M() { } }""") with
        {
            SettingsFiles = [(Settings, settings)],
            OtherFiles = [(Regions, table)],
        };
}
