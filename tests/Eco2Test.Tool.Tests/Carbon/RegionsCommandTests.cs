using System.Text.Json;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class RegionsCommandTests
{
    [Fact]
    public void I_see_all_that_is_known_of_a_region() => Approved.Matches(ToolRun.Of("regions", "AU-NSW").Output, "Regions.of-a-grid");

    [Fact]
    public void I_see_all_that_is_known_of_a_region_of_a_cloud() => Approved.Matches(ToolRun.Of("regions", "gcp:europe-west9").Output, "Regions.of-a-cloud");

    [Fact]
    public void I_see_how_each_of_many_is_known() => Approved.Matches(ToolRun.Of("regions", "virgin").Output, "Regions.many");

    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("fra", "FR")]
    [InlineData("NA", "NA")]
    [InlineData("516", "NA")]
    [InlineData("us-ca", "US-CA")]
    [InlineData("ivory coast", "CI")]
    [InlineData("Türkiye", "TR")]
    public void The_region_that_I_mean_comes_first(string query, string code) => ToolRun.Of("regions", query).Output.ShouldStartWith($"{code} ");

    [Theory]
    [InlineData("CÔTE", "CI")]
    [InlineData("turki", "TR")]
    public void Without_the_whole_name_I_find_it_too(string query, string code) =>
        ToolRun.Of("regions", query).Output.Split('\n').ShouldContain(line => line.StartsWith($"{code} ", StringComparison.Ordinal));

    [Fact]
    public void I_can_write_a_name_of_two_words() => ToolRun.Of("regions", "united", "kingdom").Output.ShouldStartWith("GB ");

    [Fact]
    public void Where_a_cloud_stands_finds_it()
    {
        var lines = ToolRun.Of("regions", "paris").Output.Split('\n');

        lines.ShouldContain(line => line.StartsWith("aws:eu-west-3 ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("gcp:europe-west9 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_query_I_see_all_within_80_columns()
    {
        var lines = ToolRun.Of("regions").Output.Split('\n');

        lines.Count(line => line.StartsWith("aws:", StringComparison.Ordinal)).ShouldBeGreaterThan(30);
        lines.TakeWhile(line => line.Length > 0).Count().ShouldBe(433);
        lines.ShouldAllBe(line => line.Length <= 80);
    }

    [Theory]
    [InlineData("FR")]
    [InlineData("US")]
    [InlineData("WORLD")]
    [InlineData("azure:eastus")]
    [InlineData("canada")]
    public void What_I_see_fits_80_columns(string query) => ToolRun.Of("regions", query).Output.Split('\n').ShouldAllBe(line => line.Length <= 80);

    [Fact]
    public void Regions_of_different_bases_come_with_a_warning()
    {
        ToolRun.Of("regions", "FR").Output.ShouldContain("Beware:");
        ToolRun.Of("regions", "virgin").Output.ShouldContain("Beware:");
        ToolRun.Of("regions", "US-VA").Output.ShouldNotContain("Beware:");
    }

    [Fact]
    public void The_marginal_figure_of_a_part_of_a_country_says_that_it_is_the_countrys() =>
        ToolRun.Of("regions", "US-CA").Output.ShouldContain("416 gCO2e/kWh of United States:");

    [Fact]
    public void Where_no_source_gives_a_marginal_figure_this_is_said() => ToolRun.Of("regions", "WORLD").Output.ShouldContain("no source gives one");

    [Fact]
    public void Nothing_found_comes_with_what_is_near() =>
        ToolRun.Of("regions", "Frnace").ShouldBeWrongInput("ECO4005", "'Frnace' is not a known region; did you mean 'FR' (France)?");

    [Fact]
    public void Nothing_near_comes_with_what_would_be_right() =>
        ToolRun.Of("regions", "qqqqqqqq", "--format", "json").ShouldBeWrongInput("ECO4005", "ISO 3166");

    [Fact]
    public void A_country_without_a_figure_is_named() =>
        ToolRun.Of("regions", "Liechtenstein").ShouldBeWrongInput("ECO4005", "'Liechtenstein' is Liechtenstein, for which no source gives a figure");

    [Theory]
    [InlineData("AD", "Andorra", "RU-AD")]
    [InlineData("Jersey", "Jersey", "US-NJ")]
    public void It_is_named_too_where_regions_with_a_figure_have_these_letters(string query, string country, string other)
    {
        var run = ToolRun.Of("regions", query);

        run.Error.ShouldStartWith($"'{query}' is {country}, for which no source gives a figure");
        run.Output.Split('\n').ShouldContain(line => line.StartsWith($"{other} ", StringComparison.Ordinal));
        JsonDocument.Parse(ToolRun.Of("regions", query, "--format", "json").Output).Dispose();
    }

    [Fact]
    public void Two_letters_are_found_at_the_start_of_words_and_not_everywhere_in_them()
    {
        var found = ToolRun.Of("regions", "fr").Output.Split('\n').Select(line => line.Split(' ')[0]).ToList();

        found.ShouldContain("GF");
        found.ShouldContain("US-EGRID-FRCC");
        ToolRun.Of("regions", "na").Output.ShouldNotContain("Argentina");
    }

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
        namibia.GetProperty("marginal").GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(355);
        namibia.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()).ShouldContain("516");
    }

    [Fact]
    public void JSON_of_a_cloud_has_what_its_provider_says_beside_what_is_priced_with()
    {
        using var json = JsonDocument.Parse(ToolRun.Of("regions", "gcp:europe-west9", "--format", "json").Output);

        var region = json.RootElement[0];
        (region.GetProperty("region").GetString(), region.GetProperty("grid").GetString()).ShouldBe(("gcp:europe-west9", "FR"));
        region.GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(44.18);
        region.GetProperty("cloud").GetProperty("pue").GetDouble().ShouldBe(1.12);
        region.GetProperty("cloud").GetProperty("published").GetProperty("gramsPerKilowattHour").GetDouble().ShouldBe(16.3);
    }

    [Fact]
    public void An_undated_figure_says_so() => ToolRun.Of("regions", "RU-TYU").Output.ShouldContain("undated");

    [Fact]
    public void Help_has_examples() => ToolRun.Of("regions", "--help").Output.ShouldContain("Examples:\n  eco2test regions\n");
}
