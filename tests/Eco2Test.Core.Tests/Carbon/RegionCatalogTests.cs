using System.Diagnostics;
using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Carbon;

public sealed class RegionCatalogTests
{
    private static readonly RegionCatalog Catalog = RegionCatalog.Default;

    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("fr", "FR")]
    [InlineData(" France ", "FR")]
    [InlineData("fRANCE", "FR")]
    [InlineData("FRA", "FR")]
    [InlineData("NA", "NA")]
    [InlineData("na", "NA")]
    [InlineData("WORLD", "WORLD")]
    [InlineData("us-ca", "US-CA")]
    public void A_region_is_found_by_code_name_or_alias_in_any_case(string text, string code) => Catalog.Find(text)!.Code.ShouldBe(code);

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_finds_the_same(string culture) => HostileCulture.Run(culture, () =>
    {
        Catalog.Find("fr")!.Intensity.GramsPerKilowattHour.ShouldBe(44.18);
        Catalog.Find("fi")!.Name.ShouldBe("Finland");
        Catalog.Find("INDIA")!.Code.ShouldBe("IN");
        Catalog.Find("india")!.Code.ShouldBe("IN");
        Catalog.Explain("FINLAMD").ShouldContain("did you mean 'FI' (Finland)?");
    });

    [Fact]
    public void Namibia_is_a_country_and_not_a_missing_value()
    {
        var namibia = Catalog.Find("NA")!;

        namibia.Name.ShouldBe("Namibia");
        namibia.Intensity.GramsPerKilowattHour.ShouldBe(47.62);
        Catalog.Find("Namibia").ShouldBe(namibia);
    }

    [Fact]
    public void No_grid_is_free_of_carbon_by_rounding()
    {
        Catalog.Find("CF")!.Intensity.GramsPerKilowattHour.ShouldBe(24);
        Catalog.All.ShouldAllBe(region => region.Intensity.GramsPerKilowattHour > 0);
    }

    [Fact]
    public void Every_region_says_how_its_figure_is_known()
    {
        Catalog.All.ShouldAllBe(region => region.Source.Length > 0 && region.Name.Length > 0);
        Catalog.All.ShouldAllBe(region => region.Kind == "average" || region.Kind == "marginal");
        Catalog.All.ShouldAllBe(region => region.Basis == "lifecycle" || region.Basis == "direct");
        Catalog.All.ShouldAllBe(region => region.Boundary == "production" || region.Boundary == "consumption");
        Catalog.All.ShouldAllBe(region => region.Year == null || (region.Year >= 2000 && region.Year <= 2030));
    }

    [Fact]
    public void Every_alias_means_the_region_that_the_table_says_also_to_the_generator()
    {
        using var intensities = ProductData.Open("grid-intensity.csv");
        using var aliases = ProductData.Open("grid-aliases.csv");
        using var clouds = ProductData.Open("cloud-regions.csv");
        using var countries = ProductData.Open("iso-3166-1.csv");
        var names = new RegionNames(intensities, aliases, clouds, countries);
        using var table = ProductData.Open("grid-aliases.csv");
        foreach (var row in CsvTable.Rows(table))
        {
            Catalog.Find(row[0])?.Code.ShouldBe(row[1], row[0]);
            names.CodeOf(row[0]).ShouldBe(Catalog.Find(row[0])?.Code, row[0]);
            names.CodeOf(row[0]).ShouldBe(row[1], row[0]);
        }

        foreach (var region in Catalog.All)
        {
            Catalog.Find(region.Code).ShouldBe(region);
            names.CodeOf(region.Code).ShouldBe(region.Code);
            names.NameOf(region.Code).ShouldBe(region.Name);
        }
    }

    [Fact]
    public void Looked_for_where_the_tables_lie_every_name_in_any_case_means_what_it_means_once_all_are_read()
    {
        var fresh = new RegionCatalog();
        using var aliases = ProductData.Open("grid-aliases.csv");
        var names = CsvTable.Rows(aliases).Select(row => row[0]).Concat(Catalog.All.Select(region => region.Code)).ToList();
        foreach (var name in names.Concat(names.Select(name => name.ToUpperInvariant())).Concat(names.Select(name => $" {name.ToLowerInvariant()}")))
        {
            fresh.Find(name).ShouldBe(Catalog.Find(name), name);
            fresh.Find(name).ShouldNotBeNull(name);
        }

        fresh.Find("Atlantis").ShouldBeNull();
        fresh.Find("").ShouldBeNull();
        fresh.Find("FR,").ShouldBeNull();
        fresh.Find("\"").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("F")]
    [InlineData("FR\0")]
    [InlineData("FR,DE")]
    [InlineData("Atlantis")]
    public void What_is_no_region_is_nothing_and_never_a_default(string text) => Catalog.Find(text).ShouldBeNull();

    [Theory]
    [InlineData("Frnace", "'Frnace' is not a known region; did you mean 'FR' (France)?")]
    [InlineData("germny", "'germny' is not a known region; did you mean 'DE' (Germany)?")]
    [InlineData("US-CAA", "'US-CAA' is not a known region; did you mean 'US-CA' (California)?")]
    [InlineData("Atlantis", "'Atlantis' is not a known region; use an ISO 3166 code such as 'FR' or 'US-CA', or a name such as 'France'")]
    [InlineData("", "'' is not a known region; use an ISO 3166 code such as 'FR' or 'US-CA', or a name such as 'France'")]
    public void The_nearest_region_is_suggested(string text, string message) => Catalog.Explain(text).ShouldBe(message);

    [Fact]
    public void A_hostile_text_takes_no_long_time_and_fills_no_screen()
    {
        foreach (var hostile in new[] { new string('a', 5_000_000), string.Concat(Enumerable.Repeat("France ", 100_000)), new string('\0', 100_000) })
        {
            var started = Stopwatch.GetTimestamp();

            Catalog.Find(hostile).ShouldBeNull();
            var why = Catalog.Explain(hostile);

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
            why.Length.ShouldBeLessThan(300);
        }
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Catalog.Explain("Fr\u001b[31mnce\r\n\u0007").ShouldAllBe(c => !char.IsControl(c));

    [Fact]
    public void Search_gives_the_region_that_is_meant_first_and_then_those_that_begin_with_it()
    {
        Catalog.Search("FR").First().Code.ShouldBe("FR");
        Catalog.Search("franc").Select(region => region.Code).ShouldContain("FR");
        Catalog.Search(" ").Count().ShouldBe(Catalog.All.Count);
        Catalog.Search("Atlantis").ShouldBeEmpty();
    }
}
