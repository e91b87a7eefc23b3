using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.TestKit.Acceptance;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Estimates;

/// <summary>
/// What papers say that their work took, from its devices and hours alone (<c>published-figures.csv</c>: the energy is
/// compared with, never used).
/// </summary>
public sealed class PublishedFigureTests
{
    private static readonly Price Unpriced = new(RegionCatalog.Default.FindPlace("WORLD")!, Assumed: true, SetPue: null);

    public static TheoryData<string> Ids { get; } = [.. Rows().Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void With_the_utilisation_of_the_row_its_energy_comes_out(string id)
    {
        var row = Rows().Single(row => row.Id == id);

        var energy = EstimateOf(row, row.Ratio).Energy;

        energy.Central!.Value.KilowattHours.ShouldBe(row.KilowattHours, row.KilowattHours * 0.01);
        energy.Low.ShouldBeLessThan(energy.Central.Value);
        energy.High.ShouldBeGreaterThan(energy.Central.Value);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Without_it_there_is_no_figure_and_what_was_used_is_within_the_bounds(string id)
    {
        var row = Rows().Single(row => row.Id == id);

        var energy = EstimateOf(row, utilization: null).Energy;

        energy.Central.ShouldBeNull();
        row.KilowattHours.ShouldBeInRange(energy.Low.KilowattHours, energy.High.KilowattHours);
        energy.High.KilowattHours.ShouldBe(row.FullKilowattHours, row.FullKilowattHours * 0.001);
    }

    [Fact]
    public void Every_row_has_the_TDP_of_its_device_in_our_table() => Rows().ShouldAllBe(row => GpuModel.Find(row.Gpu)!.Tdp.Watts == row.TdpWatts);

    [Fact]
    public void Thirteen_per_cent_of_a_training_extrapolate_to_the_whole_of_it()
    {
        var row = Rows().Single(row => row.Id == "6b-transformer-partial");

        var whole = (EstimateOf(row, row.Ratio) with { Fraction = 0.13 }).WholeEnergy;

        // 103.5 MWh is what its authors extrapolate to.
        whole.Central!.Value.KilowattHours.ShouldBe(103_500, 103_500 * 0.03);
    }

    [Theory]
    [InlineData("malevich", 0.33)]
    [InlineData("kandinsky", 5.89)]
    public void What_Eco2AI_publishes_in_kilograms_comes_out_at_its_intensity(string id, double kilograms)
    {
        var row = Rows().Single(row => row.Id == id);
        var grid = Unpriced.Grid with { Intensity = CarbonIntensity.FromGramsPerKilowattHour(240.56) };

        var emissions = (EstimateOf(row, row.Ratio) with { Price = new Price(new Place(grid), Assumed: false, SetPue: null) }).Emissions;

        (emissions.Central!.Value.Grams / 1000).ShouldBe(kilograms, 0.005);
    }

    private static Estimate EstimateOf(Row row, double? utilization) =>
        new([DeviceLoad.Of(GpuModel.Find(row.Gpu)!, row.Devices, utilization)], TimeSpan.FromHours(row.Hours), Unpriced);

    private static List<Row> Rows()
    {
        using var table = new StreamReader(Repository.PathOf("tests", "Eco2Test.Core.Tests", "Estimates", "published-figures.csv"));
        return [.. CsvTable.Rows(table).Select(row => new Row(
            row[0], Array.Find(["A100", "V100", "P40"], gpu => row[1].Contains(gpu, StringComparison.Ordinal)) !,
            Number(row[2]), int.Parse(row[4], CultureInfo.InvariantCulture), Number(row[5]), Number(row[6]), Number(row[7]), Number(row[8])))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A published figure, with the GPU that its text names.</summary>
    private sealed record Row(string Id, string Gpu, double KilowattHours, int Devices, double TdpWatts, double Hours, double FullKilowattHours, double Ratio);
}
