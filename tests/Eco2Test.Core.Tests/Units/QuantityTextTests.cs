using CsCheck;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Units;

public sealed class QuantityTextTests
{
    /// <summary>Amounts of every order, from a millionth of a millionth to more than any run uses.</summary>
    private static readonly Gen<double> Amounts = Gen.Double[-12, 14].Select(exponent => Math.Pow(10, exponent));

    [Theory]
    [InlineData(0, "0 J")]
    [InlineData(-0.0, "0 J")]
    [InlineData(612, "612 J")]
    [InlineData(612.4, "612 J")]
    [InlineData(1540, "1.54 kJ")]
    [InlineData(44.16, "44.2 J")]
    [InlineData(0.0442, "44.2 mJ")]
    [InlineData(999.4, "999 J")]
    [InlineData(999.5, "1 kJ")]
    [InlineData(999.6, "1 kJ")]
    [InlineData(1000, "1 kJ")]
    [InlineData(999_600, "1 MJ")]
    [InlineData(0.9996, "1 J")]
    [InlineData(0.0009996, "1 mJ")]
    [InlineData(9.996, "10 J")]
    [InlineData(99.96, "100 J")]
    [InlineData(2e9, "2000 MJ")]
    [InlineData(1.5e-6, "1.5 µJ")]
    [InlineData(1.5e-9, "0.0015 µJ")]
    [InlineData(-5, "-5 J")]
    [InlineData(-999.6, "-1 kJ")]
    [InlineData(-0.0442, "-44.2 mJ")]
    public void An_energy_is_written_with_three_digits_in_the_unit_that_reads_best(double joules, string text) =>
        Energy.FromJoules(joules).ToString().ShouldBe(text);

    [Fact]
    public void Every_quantity_has_its_scale()
    {
        Emissions.FromGrams(0.00642).ToString().ShouldBe("6.42 mg");
        Emissions.FromGrams(0).ToString().ShouldBe("0 g");
        Emissions.FromGrams(1_300_000).ToString().ShouldBe("1.3 t");
        Power.FromWatts(3.5).ToString().ShouldBe("3.5 W");
        Power.FromWatts(999.6).ToString().ShouldBe("1 kW");
        CarbonIntensity.FromGramsPerKilowattHour(44.18).ToString().ShouldBe("44.2 g/kWh");
    }

    [Theory]
    [InlineData(540, 900, "540–900 J")]
    [InlineData(0, 0, "0–0 J")]
    [InlineData(0, 1.5, "0–1.5 J")]
    [InlineData(540, 1540, "0.54–1.54 kJ")]
    [InlineData(999.6, 999.7, "1–1 kJ")]
    [InlineData(0.004, 0.0091, "4–9.1 mJ")]
    [InlineData(-2, 3, "-2–3 J")]
    public void A_range_is_written_in_the_unit_of_its_upper_end(double low, double high, string text) =>
        QuantityText.WriteRange(low, high, QuantityText.Energy).ShouldBe(text);

    [Fact]
    public void What_is_written_is_read_again_within_half_a_percent() => Amounts.Sample(
        amount =>
        {
            Energy.Parse(Energy.FromJoules(amount).ToString()).Joules.ShouldBe(amount, amount * 0.005);
            Emissions.Parse(Emissions.FromGrams(amount).ToString()).Grams.ShouldBe(amount, amount * 0.005);
            Power.Parse(Power.FromWatts(amount).ToString()).Watts.ShouldBe(amount, amount * 0.005);
            CarbonIntensity.Parse(CarbonIntensity.FromGramsPerKilowattHour(amount).ToString()).GramsPerKilowattHour.ShouldBe(amount, amount * 0.005);
        },
        iter: 2_000);

    [Fact]
    public void What_is_written_is_of_its_own_family_only() => Amounts.Sample(amount =>
    {
        Emissions.TryParse(Energy.FromJoules(amount).ToString(), out _).ShouldBeFalse();
        Power.TryParse(Energy.FromJoules(amount).ToString(), out _).ShouldBeFalse();
        Energy.TryParse(Emissions.FromGrams(amount).ToString(), out _).ShouldBeFalse();
        Energy.TryParse(Power.FromWatts(amount).ToString(), out _).ShouldBeFalse();
    });

    [Fact]
    public void A_number_has_at_most_three_digits_and_never_reads_a_thousand_while_there_is_a_larger_unit() => Amounts.Sample(
        amount =>
        {
            var words = Energy.FromJoules(amount).ToString().Split(' ');
            if (words[1] is "mJ" or "J" or "kJ")
            {
                words[0].Replace(".", "").TrimStart('0').Length.ShouldBeLessThanOrEqualTo(3, $"{amount} J");
                words[0].ShouldNotBe("1000");
            }
        },
        iter: 2_000);

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_writes_the_same(string culture) => Amounts.Sample(amount =>
    {
        var (energy, range) = (Energy.FromJoules(amount).ToString(), QuantityText.WriteRange(amount / 2, amount, QuantityText.Emissions));

        HostileCulture.Run(culture, () =>
        {
            Energy.FromJoules(amount).ToString().ShouldBe(energy);
            Energy.FromJoules(-amount).ToString().ShouldBe("-" + energy);
            QuantityText.WriteRange(amount / 2, amount, QuantityText.Emissions).ShouldBe(range);
        });
    });

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void What_is_not_a_finite_number_is_written_as_what_it_is(double value, string text) => QuantityText.Digits(value).ShouldBe(text);
}
