using Eco2Test.Carbon;

namespace Eco2Test.Core.Tests.Carbon;

/// <summary>What services call places.</summary>
public sealed class ServiceZoneTests
{
    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("CA-ON", "CA-ON")]
    [InlineData("aws:ap-northeast-1", "JP-TK")]
    [InlineData("azure:westus2", "US-NW-BPAT")]
    public void A_place_with_a_zone_of_its_own_has_that(string region, string zone) =>
        ElectricityMapsZone.Of(Place(region)).ShouldBe(new ElectricityMapsZone(zone));

    [Fact]
    public void Of_several_zones_within_a_place_none_is_chosen()
    {
        var zone = ElectricityMapsZone.Of(Place("US-CA"))!;

        zone.Zone.ShouldBe("US");
        zone.Notice.ShouldBe(
            "Electricity Maps has no zone with the bounds of US-CA; that of its country, US, is taken (--zone chooses one of US-CAL-BANC, US-CAL-CISO, US-CAL-IID, US-CAL-LDWP, US-CAL-TIDC)");
    }

    [Fact]
    public void The_only_zone_within_a_place_is_taken_and_said() =>
        RegionCatalog.Default.All.Select(grid => ElectricityMapsZone.Of(new Place(grid))).ShouldContain(zone => zone != null && zone.Notice != null && zone.Notice.Contains("which lies in it, is taken"));

    [Fact]
    public void Every_grid_of_one_country_has_a_zone_and_others_have_none()
    {
        foreach (var grid in RegionCatalog.Default.All)
        {
            (ElectricityMapsZone.Of(new Place(grid)) is null).ShouldBe(grid.Country.Length == 0, grid.Code);
        }
    }

    [Fact]
    public void A_region_of_WattTime_is_that_of_the_cloud_or_the_only_one_on_the_grid()
    {
        WattTimeRegion.Of(Place("gcp:us-west1"), out _).ShouldBe(new WattTimeRegion("BPA"));
        WattTimeRegion.Of(Place("FR"), out _)!.Notice.ShouldBe("WattTime's region FR is taken for FR: it is the only one that is known there");
        WattTimeRegion.Of(Place("azure:ukwest"), out _)!.Region.ShouldBe("UK");
        WattTimeRegion.Of(Place("gcp:me-west1"), out _)!.Region.ShouldBe("ISR");
        WattTimeRegion.Of(Place("azure:westus"), out _).ShouldBeNull();
        WattTimeRegion.Of(Place("US-CA"), out var candidates).ShouldBeNull();
        candidates.ShouldBe(["CAISO_NORTH", "LDWP"]);
        WattTimeRegion.Of(Place("FI"), out candidates).ShouldBeNull();
        candidates.ShouldBeEmpty();
    }

    private static Place Place(string region) => RegionCatalog.Default.FindPlace(region)!;
}
