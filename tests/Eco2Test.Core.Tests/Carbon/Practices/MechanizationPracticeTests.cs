using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Carbon.Practices;

public sealed class MechanizationPracticeTests
{
    [Fact]
    public void On_premise_is_the_average_of_a_survey_that_is_named()
    {
        var premise = Of(At(pue: 1)).Others[0];

        premise.ShouldSatisfyAllConditions(
            () => premise.Name.ShouldBe("on premise"),
            () => premise.Pue.ShouldBe(1.56),
            () => premise.Source.ShouldBe("Uptime 2024 survey average"),
            () => premise.Year.ShouldBe(2024));
    }

    [Fact]
    public void Each_cloud_has_the_building_of_least_median_and_most_overhead_with_its_source()
    {
        var aws = Of(At(pue: 1)).Others.Where(building => building.Name == "aws").ToList();
        var known = CloudRegion.All().Where(cloud => cloud is { Provider: "aws", Pue: not null }).Select(cloud => cloud.Pue!.Value).Order().ToList();

        aws.Select(building => building.Which).ShouldBe(["least", "median", "most"]);
        aws.Select(building => building.Pue).ShouldBe([known[0], known[(known.Count - 1) / 2], known[^1]]);
        aws.ShouldAllBe(building => CloudRegion.Find(building.Region!)!.Pue == building.Pue && CloudRegion.Find(building.Region!)!.PueSource == building.Source);
    }

    [Fact]
    public void A_cloud_of_which_no_pue_is_known_is_not_guessed()
    {
        CloudRegion.All().ShouldContain(cloud => cloud.Provider == "coreweave");
        Of(At(pue: 1)).Others.ShouldNotContain(building => building.Name == "coreweave");
    }

    [Fact]
    public void Energy_and_emissions_follow_the_overhead_at_the_intensity_of_the_run()
    {
        var report = At(pue: 1.3);
        var mechanization = Of(report);

        mechanization.DeviceJoules.ShouldBe(report.Totals.EnergyJoules, 1e-9);
        mechanization.Used.Pue.ShouldBe(1.3, 1e-12);
        mechanization.Used.EmissionsGrams.ShouldBe(report.Totals.EmissionsGrams);
        foreach (var building in mechanization.Others)
        {
            building.BuildingJoules.ShouldBe(report.Totals.EnergyJoules * building.Pue, 1e-9);
            building.EmissionsGrams.ShouldBe(report.Totals.EmissionsGrams / 1.3 * building.Pue, 1e-12);
            building.Factor.ShouldBe(building.Pue / 1.3, 1e-12);
        }
    }

    [Fact]
    public void A_report_of_the_device_alone_says_so()
    {
        Of(At(pue: 1)).Notes[0].ShouldStartWith("The report counts the device alone (PUE 1)");
        Of(At(pue: 1)).Used.Source.ShouldBe("none, the device alone");
        Of(At(pue: 1.3)).Notes.ShouldHaveSingleItem();
    }

    [Fact]
    public void Parts_with_several_pues_are_one_by_energy()
    {
        var report = SampleReports.Of(SampleReports.Test("A", 12) with { Intensity = "cloud", EmissionsGrams = 1.2 });
        var mechanization = Of(report with { Intensities = [.. report.Intensities, report.Intensities[0] with { Key = "cloud", Pue = 1.5 }] });

        mechanization.Used.Pue.ShouldBe(((12 * 1.5) + 88) / 100, 1e-12);
        mechanization.Used.Source.ShouldBe("of several prices, by energy");
        mechanization.Others[0].EmissionsGrams.ShouldBe(((1.2 / 1.5) + report.Totals.UntrackedGrams) * 1.56, 1e-12);
    }

    private static ReportMechanization Of(EmissionsReport report) => MechanizationPractice.Of(RunFigures.Of(report), CloudRegion.All());

    private static EmissionsReport At(double pue)
    {
        var report = SampleReports.Of(SampleReports.Test("A", 12));
        return report with
        {
            Pue = pue,
            Intensities = [report.Intensities[0] with { Pue = pue, PueSource = pue == 1 ? "none" : "set" }],
            Windows = [.. report.Windows.Select(window => window with { EmissionsGrams = window.EmissionsGrams * pue })],
            Totals = report.Totals with { EmissionsGrams = report.Totals.EmissionsGrams * pue, UntrackedGrams = report.Totals.UntrackedGrams * pue },
        };
    }
}
