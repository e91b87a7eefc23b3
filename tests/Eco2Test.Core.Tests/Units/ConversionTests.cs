using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Units;

public sealed class ConversionTests
{
    [Theory]
    [InlineData("5 mWh", 18)]
    [InlineData("2.5mWh", 9)]
    [InlineData("1 Wh", 3600)]
    [InlineData("1 kWh", 3_600_000)]
    [InlineData("1.1 kWh", 3_960_000)]
    [InlineData("0.3 kJ", 300)]
    [InlineData("2 MJ", 2_000_000)]
    [InlineData("7 mJ", 0.007)]
    [InlineData("3 uJ", 0.000003)]
    [InlineData("3 \u00B5J", 0.000003)]
    [InlineData("3 \u03BCJ", 0.000003)]
    [InlineData("1e3 J", 1000)]
    [InlineData("1.5E-3 kJ", 1.5)]
    [InlineData("+4 J", 4)]
    [InlineData(".5 J", 0.5)]
    [InlineData("5. J", 5)]
    [InlineData("0 J", 0)]
    [InlineData(" 500 J ", 500)]
    public void An_energy_is_converted_to_joules_exactly(string text, double joules) => Energy.Parse(text).Joules.ShouldBe(joules);

    [Theory]
    [InlineData("0.1 kg", 100)]
    [InlineData("10 mg", 0.01)]
    [InlineData("0.7 g", 0.7)]
    [InlineData("3 ug", 0.000003)]
    [InlineData("3 \u00B5g", 0.000003)]
    [InlineData("3 \u03BCg", 0.000003)]
    [InlineData("1.3 t", 1_300_000)]
    public void Emissions_are_converted_to_grams_exactly(string text, double grams) => Emissions.Parse(text).Grams.ShouldBe(grams);

    [Theory]
    [InlineData("65 W", 65)]
    [InlineData("250 mW", 0.25)]
    [InlineData("1.1kW", 1100)]
    public void A_power_is_converted_to_watts_exactly(string text, double watts) => Power.Parse(text).Watts.ShouldBe(watts);

    [Fact]
    public void A_carbon_intensity_is_grams_per_kilowatt_hour() =>
        CarbonIntensity.Parse("44.18 g/kWh").GramsPerKilowattHour.ShouldBe(44.18);

    [Fact]
    public void Energy_is_told_in_watt_hours_and_kilowatt_hours_too()
    {
        var energy = Energy.FromJoules(3_600_000);

        energy.WattHours.ShouldBe(1000);
        energy.KilowattHours.ShouldBe(1);
        Energy.FromKilowattHours(1).ShouldBe(energy);
    }

    [Fact]
    public void Power_for_a_time_is_energy_and_energy_over_a_time_is_power()
    {
        var energy = Power.FromWatts(100) * TimeSpan.FromHours(1);

        energy.KilowattHours.ShouldBe(0.1);
        (energy / TimeSpan.FromSeconds(3600)).ShouldBe(Power.FromWatts(100));
    }

    [Fact]
    public void Energy_times_intensity_is_emissions() =>
        (Energy.Parse("2 kWh") * CarbonIntensity.Parse("44 g/kWh")).ShouldBe(Emissions.FromGrams(88));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_a_finite_number_is_no_quantity(double value)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Energy.FromJoules(value));
        Should.Throw<ArgumentOutOfRangeException>(() => Energy.FromKilowattHours(value));
        Should.Throw<ArgumentOutOfRangeException>(() => Emissions.FromGrams(value));
        Should.Throw<ArgumentOutOfRangeException>(() => Power.FromWatts(value));
        Should.Throw<ArgumentOutOfRangeException>(() => CarbonIntensity.FromGramsPerKilowattHour(value));
    }

    [Fact]
    public void A_share_that_nobody_can_tell_apart_runs_from_none_to_all()
    {
        var energy = new BoundedEnergy(Energy.FromJoules(6), Energy.FromJoules(10), Energy.FromJoules(16));

        energy.UncertainShare(0.25).ShouldBe(new BoundedEnergy(Energy.Zero, Energy.FromJoules(2.5), Energy.FromJoules(16)));
    }

    [Fact]
    public void Bounds_are_put_in_order_around_the_central_value() =>
        new BoundedEnergy(Energy.FromJoules(5), Energy.FromJoules(3), Energy.FromJoules(1)).InOrder()
            .ShouldBe(BoundedEnergy.Exact(Energy.FromJoules(3)));
}
