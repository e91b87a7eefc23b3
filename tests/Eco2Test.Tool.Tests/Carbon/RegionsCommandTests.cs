using System.Text.Json;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class RegionsCommandTests
{
    [Fact]
    public void I_see_all_that_is_known_of_a_region() => ToolRun.Of("regions", "france").Output.ShouldBe(
        """
        Code  Name    gCO2e/kWh  Kind     Basis      Boundary    Year  Source  Note
        FR    France      44.18  average  lifecycle  production  2024  EMBER

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("fra", "FR")]
    [InlineData("NA", "NA")]
    [InlineData("516", "NA")]
    [InlineData("us-ca", "US-CA")]
    [InlineData("cote d'ivoire", "CI")]
    [InlineData("CÔTE", "CI")]
    [InlineData("Türkiye", "TR")]
    public void The_region_that_I_mean_comes_first(string query, string code) =>
        ToolRun.Of("regions", query).Output.Split('\n')[1].ShouldStartWith($"{code} ");

    [Fact]
    public void I_can_write_a_name_of_two_words() => ToolRun.Of("regions", "united", "kingdom").Output.Split('\n')[1].ShouldStartWith("GB ");

    [Fact]
    public void Without_a_query_I_see_all() => ToolRun.Of("regions").Output.TrimEnd().Split('\n').Length.ShouldBe(433);

    [Fact]
    public void Nothing_found_comes_with_what_is_near() =>
        ToolRun.Of("regions", "Frnace").ShouldBeWrongInput("ECO4005", "'Frnace' is not a known region; did you mean 'FR' (France)?");

    [Fact]
    public void Nothing_near_comes_with_what_would_be_right() =>
        ToolRun.Of("regions", "qqqqqqqq", "--format", "json").ShouldBeWrongInput("ECO4005", "ISO 3166");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_can_have_JSON(string culture)
    {
        var run = InCulture.Run(culture, () => ToolRun.Of("regions", "Namibia", "--format", "json"));

        using var json = JsonDocument.Parse(run.Output);
        var namibia = json.RootElement.EnumerateArray().ShouldHaveSingleItem();
        namibia.GetProperty("region").GetString().ShouldBe("NA");
        namibia.GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(47.62);
        namibia.GetProperty("year").GetInt32().ShouldBe(2023);
        namibia.GetProperty("note").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void An_undated_figure_has_no_year() => ToolRun.Of("regions", "RU-TYU").Output.Split('\n')[1].ShouldContain(" -  ");
}
