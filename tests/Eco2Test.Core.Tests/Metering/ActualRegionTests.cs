using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Where a run is declared to be, and where it is: two prices side by side, and one that judges.</summary>
public sealed class ActualRegionTests
{
    [Fact]
    public void The_price_of_where_it_ran_stands_beside_the_declared_one()
    {
        using var run = Run("PL");
        var closed = run.Test("A", request => request with { EmissionsBudget = new(Emissions.Parse("30 ug")) });

        var report = run.Report();

        // 2 J: 24.5 µg in France, and 20 times that in Poland, which no budget asks for.
        closed.Window.Verdict.ShouldBe(BudgetVerdict.Kept);
        report.Totals.Intensity.ShouldBe("FR");
        var price = report.Prices!.Single();
        (price.Key, price.Place, price.IsActual, price.Kind, price.Year, price.Source).ShouldBe(("table PL", "PL", true, "average", 2024, "EMBER"));
        price.PricedAt.ShouldBeNull();
        price.WindowGrams[closed.Window.Seq].ShouldBe(2 / 3.6e6 * price.GramsPerKilowattHour, 1e-12);
        price.EmissionsGrams.ShouldBe(report.Totals.EnergyJoules / 3.6e6 * price.GramsPerKilowattHour, 1e-12);
        price.Stretches.Single().Known.ShouldBe("source");
        report.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void The_region_of_a_cloud_brings_the_PUE_of_its_buildings()
    {
        using var run = Run("aws:eu-west-3");
        run.Test("A");

        var price = run.Report().Prices!.Single();

        price.Pue.ShouldBeGreaterThan(1);
        price.PueSource.ShouldNotBe("none");
        price.GramsPerKilowattHour.ShouldBe(44.18, 1e-9);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("fr")]
    [InlineData("France")]
    public void Where_it_ran_is_where_it_was_declared_to_run_unless_somebody_says_otherwise(string? actual)
    {
        using var run = Run(actual);
        run.Test("A");

        run.Report().Prices.ShouldBeNull();
    }

    [Fact]
    public void A_test_that_declares_another_place_is_priced_by_where_it_ran_too()
    {
        using var run = Run("FR");
        var closed = run.Test("A", request => request with { Region = "PL" });

        var report = run.Report();

        (closed.Window.Intensity, report.Totals.Intensity).ShouldBe(("PL", "FR"));
        var price = report.Prices!.Single();
        (price.Place, price.IsActual).ShouldBe(("FR", true));
        price.WindowGrams[closed.Window.Seq].ShouldBe(2 / 3.6e6 * 44.18, 1e-12);
    }

    [Fact]
    public void A_place_that_is_none_is_said_and_fails_no_budget()
    {
        using var run = Run("Frnace");
        var closed = run.Test("A", request => request with { EnergyBudget = FakeRun.Budget("1 kJ") });

        var report = run.Report();

        closed.Budget.Fails.ShouldBeFalse();
        closed.Window.Verdict.ShouldBe(BudgetVerdict.Kept);
        report.Prices.ShouldBeNull();
        report.Notices.Single().Code.ShouldBe("ECO2004");
        report.Notices.Single().Message.ShouldStartWith("ECO2TEST_ACTUAL_REGION or Eco2TestActualRegion: 'Frnace' is not a known region; did you mean 'FR' (France)?");
    }

    [Fact]
    public void Average_and_marginal_intensity_of_a_place_stand_side_by_side()
    {
        using var run = Run(null);
        run.Test("A");

        run.Report().Intensities.Single().Marginal
            .ShouldBe(new ReportMarginal { Region = "FR", GramsPerKilowattHour = 158, Basis = "direct", Year = 2021, Source = "IFI-TWG-3.1" });
    }

    [Fact]
    public void Where_nobody_says_what_one_kWh_more_emits_nothing_is_said()
    {
        using var run = new FakeRun(new RunSettings { Region = "WORLD" });
        run.Test("A");

        run.Report().Intensities.Single().Marginal.ShouldBeNull();
    }

    private static FakeRun Run(string? actual) => new(new RunSettings { Region = "FR", ActualRegion = actual });
}
