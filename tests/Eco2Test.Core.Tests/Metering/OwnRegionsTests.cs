using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A user's own table of regions: what it adds to those of the product, and what a run is priced with.</summary>
public sealed class OwnRegionsTests
{
    private const string Header = "code,name,gCO2_per_kWh,basis,boundary,year,source\n";
    private const string Hall = Header + "acme-dc1,Acme Hall,12.5,lifecycle,consumption,2025,contract\n";
    private const string France = Header + "fr,France,30,direct,production,,contract\n";

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void A_region_of_it_is_found_by_code_and_name_and_says_which_file_it_is_from(string culture) => HostileCulture.Run(culture, () =>
    {
        var catalog = InAssembly(Hall).Regions;

        var hall = catalog.Find("ACME-dc1").ShouldNotBeNull();
        catalog.Find(" acme hall").ShouldBe(hall);
        hall.ShouldBe(new GridIntensity("ACME-DC1", "Acme Hall", "", CarbonIntensity.FromGramsPerKilowattHour(12.5), "average", "lifecycle", "consumption", 2025, "user: regions.csv (contract)", null));
        catalog.All.ShouldContain(hall);
        catalog.Search("hall").ShouldContain(hall);
        catalog.Find("DE").ShouldBe(RegionCatalog.Default.Find("DE"));
        catalog.Explain("Acme Hsll").ShouldContain("did you mean 'ACME-DC1' (Acme Hall)?");
        RegionCatalog.Default.Find("acme-dc1").ShouldBeNull();
    });

    [Fact]
    public void A_code_of_the_product_is_replaced_for_all_that_mean_it()
    {
        var catalog = InAssembly(France).Regions;
        foreach (var everythingIsRead in new[] { false, true })
        {
            foreach (var text in new[] { "FR", "france", "FRA", "aws:eu-west-3" })
            {
                var grid = catalog.Find(text).ShouldNotBeNull(text);
                (grid.Code, grid.Intensity.GramsPerKilowattHour, grid.Country).ShouldBe(("FR", 30, "FR"), $"{text}, {everythingIsRead}");
            }

            catalog.All.Count.ShouldBe(RegionCatalog.Default.All.Count);
        }

        catalog.Replaced().ShouldBe(["'FR' is FR with 30 g/kWh (user: regions.csv (contract)), not FR with 44.18 g/kWh (EMBER, 2024)"]);
        InAssembly(Hall).Regions.Replaced().ShouldBeEmpty();
        InAssembly(Header + "mine,France,30,direct,production,,contract\n").Regions.Replaced().Single().ShouldStartWith("'France' is MINE with 30 g/kWh");
    }

    [Fact]
    public void A_run_prices_its_windows_with_it_and_says_what_it_replaced()
    {
        using var run = new FakeRun(InAssembly(Hall.TrimEnd('\n') + France[(France.IndexOf('\n'))..]) with { Region = "Acme Hall", ActualRegion = "FR" });
        run.Test("A");
        run.Test("B", request => request with { Region = "fr" });

        var report = run.Report();

        report.Windows.Select(window => window.Intensity).ShouldBe(["ACME-DC1", "FR"]);
        report.Windows[0].EmissionsGrams.ShouldBe(2 / 3.6e6 * 12.5, 1e-12);
        report.Windows[1].EmissionsGrams.ShouldBe(2 / 3.6e6 * 30, 1e-12);
        report.Intensities.Select(intensity => intensity.Source).Distinct().ShouldBe(["user: regions.csv (contract)"]);
        report.Prices!.Single().GramsPerKilowattHour.ShouldBe(30, 1e-9);
        var notice = report.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Message).ShouldBe(("ECO2031", "'FR' is FR with 30 g/kWh (user: regions.csv (contract)), not FR with 44.18 g/kWh (EMBER, 2024)"));
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void The_variable_names_a_file_and_comes_before_the_assembly()
    {
        var settings = Read(Hall, "/etc/acme/grid.csv", path => path == "/etc/acme/grid.csv" ? France : throw new FileNotFoundException());

        settings.Problems.ShouldBeEmpty();
        settings.Regions.Find("FR")!.Source.ShouldBe("user: grid.csv (contract)");
        settings.Regions.Find("acme-dc1").ShouldBeNull();
    }

    [Fact]
    public void A_file_is_read_from_the_disk()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder, "grid.csv");
        File.WriteAllText(path, Hall);

        Read(null, path, null).Regions.Find("acme-dc1").ShouldNotBeNull();
        Read(null, folder, null).Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_no_table_is_a_problem_that_names_its_place_and_no_region_of_it_is_one()
    {
        Read(Hall, "/none/grid.csv", _ => throw new FileNotFoundException()).Problems.Single()
            .ShouldBe("ECO2004: the environment variable ECO2TEST_REGIONS: grid.csv cannot be read (FileNotFoundException); name a table of regions by its whole path");
        var wrong = Read(null, "/none/grid.csv", _ => Hall + "b,B,many,direct,production,,contract\n");
        wrong.Problems.Single().ShouldStartWith("ECO2004: grid.csv(3,5): gCO2_per_kWh: 'many' is no intensity");
        wrong.Regions.Find("acme-dc1").ShouldBeNull();
    }

    [Fact]
    public void A_budget_is_not_judged_with_a_table_that_cannot_be_read()
    {
        using var run = new FakeRun(InAssembly(Header + "b,B,many,direct,production,,contract\n") with { Region = "FR" });

        var closed = run.Test("A", request => request with { EnergyBudget = FakeRun.Budget("1 kJ") });

        closed.Budget.Fails.ShouldBeTrue();
        closed.Budget.Message.ShouldNotBeNull().ShouldContain("regions.csv(2,5)");
    }

    private static RunSettings InAssembly(string table) => Read(table, null, null);

    private static RunSettings Read(string? inAssembly, string? variable, Func<string, string>? readFile) => RunSettings.Read(
        new EnvironmentVariables(name => name == "ECO2TEST_REGIONS" ? variable : null),
        name => name == "RegionsTable" && inAssembly is not null ? "regions.csv\n" + inAssembly : null,
        readFile);
}
