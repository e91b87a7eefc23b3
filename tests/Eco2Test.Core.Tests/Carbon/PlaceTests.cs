using Eco2Test.Carbon;

namespace Eco2Test.Core.Tests.Carbon;

public sealed class PlaceTests
{
    private static readonly RegionCatalog Catalog = RegionCatalog.Default;

    [Theory]
    [InlineData("aws:eu-west-3", "FR", 1.2)]
    [InlineData("azure:francecentral", "FR", 1.12)]
    [InlineData("GCP:Europe-West9", "FR", 1.12)]
    public void A_region_of_a_cloud_is_a_grid_and_what_its_buildings_add(string region, string grid, double pue)
    {
        var place = Catalog.FindPlace(region)!;

        place.Grid.Code.ShouldBe(grid);
        place.Cloud!.Pue.ShouldBe(pue);
        Catalog.Find(region).ShouldBe(place.Grid);
        new PriceList(Catalog, region, pue: null).OfRun.Pue.ShouldBe(pue);
    }

    [Fact]
    public void Every_region_of_a_cloud_is_on_a_grid_that_is_known()
    {
        foreach (var cloud in CloudRegion.All())
        {
            Catalog.FindPlace(cloud.Key)!.Cloud.ShouldBe(cloud);
            new RegionCatalog().FindPlace(cloud.Key)!.Grid.Code.ShouldBe(cloud.GridCode);
        }
    }

    [Fact]
    public void What_the_user_says_of_the_building_comes_before_what_is_known_of_the_place()
    {
        var price = new PriceList(Catalog, "aws:eu-west-3", pue: 1.05).OfRun;

        price.Pue.ShouldBe(1.05);
        (price.Report.Pue, price.Report.PueSource).ShouldBe((1.05, "set"));
        price.Key.ShouldBe("aws:eu-west-3");
    }

    [Fact]
    public void A_place_of_which_nobody_says_what_its_buildings_add_has_none_added_and_says_so()
    {
        var price = new PriceList(Catalog, "FR", pue: null).OfRun;

        (price.Report.Pue, price.Report.PueSource).ShouldBe((1, "none"));
        new PriceList(Catalog, "aws:eu-west-3", pue: null).OfRun.Report.PueSource.ShouldBe("GreenAlgorithms provider default, undated");
    }

    [Theory]
    [InlineData("aws:eu-wst-3", "'aws:eu-wst-3' is not a known region; did you mean 'aws:eu-west-3' (France)?")]
    [InlineData("azur:francecentral", "'azur:francecentral' is not a known region; did you mean 'azure:francecentral' (France)?")]
    public void The_nearest_region_of_a_cloud_is_suggested(string text, string message) => Catalog.Explain(text).ShouldBe(message);
}
