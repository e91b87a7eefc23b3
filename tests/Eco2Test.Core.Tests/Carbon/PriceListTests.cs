using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Carbon;

public sealed class PriceListTests
{
    private static readonly BoundedEnergy TwoKilowattHours = new(
        Energy.FromKilowattHours(1), Energy.FromKilowattHours(2), Energy.FromKilowattHours(4));

    [Fact]
    public void Emissions_are_energy_times_the_overhead_of_the_building_times_the_intensity_of_the_grid()
    {
        var price = new PriceList(RegionCatalog.Default, "FR", pue: 1.5).OfRun;

        var emissions = price.Emissions(TwoKilowattHours);

        // 2 kWh × 1.5 × 44.18 g/kWh
        emissions.Central.Grams.ShouldBe(132.54, 1e-12);
        emissions.Low.Grams.ShouldBe(66.27, 1e-12);
        emissions.High.Grams.ShouldBe(265.08, 1e-12);
    }

    [Fact]
    public void A_region_that_nobody_declared_is_the_world_and_says_that_it_is_assumed()
    {
        var price = new PriceList(RegionCatalog.Default, null, pue: 1).OfRun;

        price.Assumed.ShouldBeTrue();
        price.Key.ShouldBe("WORLD (assumed)");
        price.Grid.Code.ShouldBe("WORLD");
        price.Report.Assumed.ShouldBeTrue();
        price.Report.Region.ShouldBe("WORLD");
    }

    [Fact]
    public void The_world_that_somebody_declared_is_not_assumed()
    {
        var price = new PriceList(RegionCatalog.Default, "world", pue: 1).OfRun;

        price.Assumed.ShouldBeFalse();
        price.Key.ShouldBe("WORLD");
    }

    [Fact]
    public void A_window_without_a_region_has_the_price_of_the_run_and_one_with_a_region_its_own()
    {
        var prices = new PriceList(RegionCatalog.Default, "FR", pue: 1.2);

        prices.Of(null).ShouldBe(prices.OfRun);
        prices.Of("Germany").Key.ShouldBe("DE");
        prices.Of("Germany").Pue.ShouldBe(1.2);
    }

    [Fact]
    public void An_unknown_region_is_an_error_that_says_which_is_nearest() =>
        Should.Throw<FormatException>(() => new PriceList(RegionCatalog.Default, "FR", pue: 1).Of("Frnace")).Message.ShouldContain("did you mean 'FR' (France)?");

    [Fact]
    public void What_a_user_sets_for_a_window_is_said_to_be_set()
    {
        var prices = new PriceList(RegionCatalog.Default, "FR", pue: 1.2);

        prices.Of(null, null, null).ShouldBe(prices.OfRun);
        var pue = prices.Of("DE", 1.5, null);
        (pue.Key, pue.Pue, pue.Report.PueSource, pue.Report.Source).ShouldBe(("DE (PUE 1.5)", 1.5, "set", prices.Of("DE").Report.Source));
        var intensity = prices.Of(null, null, CarbonIntensity.FromGramsPerKilowattHour(12.5)).Report;
        (intensity.Key, intensity.Region, intensity.GramsPerKilowattHour, intensity.Source, intensity.Kind, intensity.Year)
            .ShouldBe(("FR (set to 12.5 g/kWh)", "FR", 12.5, "set by the user", "unknown", null));
        intensity.Pue.ShouldBe(1.2, "the rest is as the run has it");
    }

    [Fact]
    public void An_intensity_that_is_set_where_nobody_declared_a_place_is_of_no_place()
    {
        var price = new PriceList(RegionCatalog.Default, null, null).Of(null, 1.1, CarbonIntensity.FromGramsPerKilowattHour(240.56));

        (price.Key, price.Report.Region, price.Report.Name, price.Assumed).ShouldBe(("unknown (set to 240.56 g/kWh, PUE 1.1)", "unknown", "not declared", false));
        price.Emissions(BoundedEnergy.Exact(Energy.FromKilowattHours(1.37))).Central.Grams.ShouldBe(1.37 * 1.1 * 240.56, 1e-9);
    }

    [Fact]
    public void The_report_names_the_source_the_year_and_the_kind_of_a_price()
    {
        var report = new PriceList(RegionCatalog.Default, "FR", pue: 1).OfRun.Report;

        (report.Key, report.Name, report.GramsPerKilowattHour, report.Year, report.Source).ShouldBe(("FR", "France", 44.18, 2024, "EMBER"));
        (report.Kind, report.Basis, report.Boundary).ShouldBe(("average", "lifecycle", "production"));
    }
}
