using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Carbon;

/// <summary>
/// Users of Eco2AI keep their labels (<c>carbon_index.csv</c> of 366debb: 209 countries, 156 regions written
/// <c>Country/Region</c>); the errors of that table are not taken over.
/// </summary>
public sealed class Eco2AiRegionTests
{
    private static readonly RegionCatalog Catalog = RegionCatalog.Default;

    private static readonly string[] Labels = File.ReadAllLines(TestKit.Acceptance.Repository.PathOf("tests", "Eco2Test.Core.Tests", "Carbon", "eco2ai-labels.txt"));

    [Fact]
    public void Every_label_of_Eco2AI_is_a_region_in_any_case()
    {
        Labels.Length.ShouldBe(365);
        Labels.Count(label => label.Contains('/')).ShouldBe(156);
        foreach (var label in Labels)
        {
            var region = Catalog.Find(label).ShouldNotBeNull(label);
            Catalog.Find(label.ToUpperInvariant()).ShouldBe(region, label);
            Catalog.Find(label.ToLowerInvariant()).ShouldBe(region, label);
        }
    }

    [Fact]
    public void No_label_means_no_carbon() => Labels.ShouldAllBe(label => Catalog.Find(label)!.Intensity.GramsPerKilowattHour > 0);

    [Fact]
    public void The_Central_African_Republic_is_not_free_of_carbon_and_says_what_was_assumed()
    {
        var region = Catalog.Find("Central African Republic")!;

        (region.Code, region.Intensity.GramsPerKilowattHour, region.Source).ShouldBe(("CF", 24, "DERIVED-IPCC2014"));
        region.Note!.ShouldContain("published values are 0 by rounding");
    }

    [Fact]
    public void Namibia_has_its_code_which_is_not_a_missing_value()
    {
        Catalog.Find("Namibia")!.Code.ShouldBe("NA");
        Catalog.FindPlace("NA")!.Grid.Name.ShouldBe("Namibia");
        Catalog.Search("NA").First().Code.ShouldBe("NA");
        new PriceList(Catalog, "NA", pue: null).OfRun.Report.Name.ShouldBe("Namibia");
    }

    [Theory]
    [InlineData("Australia/ACT", "Australia/Australian Capital Territory", "AU-ACT")]
    [InlineData("Russia/Stavropol’ Kray", "Russia/Stavropol Kray", "RU-STA")]
    [InlineData("Russia/Primorskiy (Maritime) Kray", "Russia/Primorskiy Kray", "RU-PRI")]
    [InlineData("United States/Virgin Islands", "United States Virgin Islands", "VI")]
    public void Two_labels_of_one_region_mean_one_code(string one, string other, string code)
    {
        Labels.ShouldContain(one);
        Labels.ShouldContain(other);
        Catalog.Find(one)!.Code.ShouldBe(code);
        Catalog.Find(other).ShouldBe(Catalog.Find(one));
    }

    [Theory]
    [InlineData("Russia/Crimea", "UA-43")]
    [InlineData("Russia/Sevastopol City", "UA-40")]
    public void A_label_under_another_country_than_that_of_ISO_3166_says_so(string label, string code)
    {
        var region = Catalog.Find(label)!;

        (region.Code, region.Country).ShouldBe((code, "UA"));
        region.Note!.ShouldContain("listed under Russia by Eco2AI");
    }

    [Fact]
    public void The_label_Krasnoyarskiy_is_among_the_south_of_Russia_and_has_its_figure_so_that_Krasnodar_is_meant()
    {
        Catalog.Find("Russia/Krasnoyarskiy")!.Code.ShouldBe("RU-KDA");
        Catalog.Find("Russia/Krasnoyarskiy")!.Intensity.GramsPerKilowattHour.ShouldBe(218.85);
        Catalog.Find("Russia/Krasnoyarsk Krai")!.Code.ShouldBe("RU-KYA");
        Catalog.Find("Russia/Krasnoyarsk Krai")!.Intensity.GramsPerKilowattHour.ShouldBe(363.42);
    }

    /// <summary>Eco2AI prints 16.5 for Delaware; what it prints for the two provinces is not that of their mix either.</summary>
    [Theory]
    [InlineData("United States/Delaware", "US-DE", 408.594, "EGRID2022")]
    [InlineData("Canada/Prince Edward Island", "CA-PE", 26.375, "DERIVED-CER2023xIPCC2014")]
    [InlineData("Canada/Manitoba", "CA-MB", 27.63, "DERIVED-CER2023xIPCC2014")]
    public void A_figure_that_is_wrong_there_is_taken_from_another_source(string label, string code, double grams, string source)
    {
        var region = Catalog.Find(label)!;

        (region.Code, region.Intensity.GramsPerKilowattHour, region.Source).ShouldBe((code, grams, source));
    }

    [Fact]
    public void Regions_of_which_only_Eco2AI_says_something_say_that_it_is_undated()
    {
        var ofEco2Ai = Catalog.All.Where(region => region.Source == "ECO2AI-2025").ToList();

        ofEco2Ai.Count.ShouldBeGreaterThan(80);
        ofEco2Ai.ShouldAllBe(region => region.Year == null && region.Note!.Contains("undated", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AD", "'AD' is Andorra, for which no source gives a figure; name the region whose grid feeds it")]
    [InlineData("li", "'li' is Liechtenstein, for which no source gives a figure; name the region whose grid feeds it")]
    [InlineData(" MCO ", "'MCO' is Monaco, for which no source gives a figure; name the region whose grid feeds it")]
    [InlineData("010", "'010' is Antarctica, for which no source gives a figure; name the region whose grid feeds it")]
    [InlineData("Åland Islands", "'Åland Islands' is Åland Islands, for which no source gives a figure; name the region whose grid feeds it")]
    public void A_country_of_which_nobody_gives_a_figure_is_named_and_never_given_one(string text, string message)
    {
        Catalog.Find(text).ShouldBeNull();
        Catalog.Explain(text).ShouldBe(message);
        Should.Throw<FormatException>(() => new PriceList(Catalog, text, pue: null)).Message.ShouldBe(message);
    }

    [Fact]
    public void Every_code_of_ISO_3166_1_has_a_figure_or_says_that_there_is_none()
    {
        using var countries = ProductData.Open("iso-3166-1.csv");
        var rows = CsvTable.Rows(countries).ToList();
        var without = new List<string>();
        foreach (var row in rows)
        {
            if (Catalog.Find(row[0]) is { } region)
            {
                region.Code.ShouldBe(row[0]);
                Catalog.Find(row[1])!.Code.ShouldBe(row[0]);
                Catalog.Find(row[3])!.Code.ShouldBe(row[0]);
            }
            else
            {
                without.Add(row[0]);
                Catalog.Explain(row[0]).ShouldStartWith($"'{row[0]}' is {row[3]}, for which no source gives a figure");
            }
        }

        rows.Count.ShouldBe(250, "249 of ISO 3166-1, and Kosovo");
        without.Count.ShouldBe(37);
    }
}
