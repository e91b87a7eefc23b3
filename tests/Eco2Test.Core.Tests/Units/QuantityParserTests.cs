using CsCheck;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Units;

public sealed class QuantityParserTests
{
    private static readonly Gen<string> AlmostQuantities = Gen.OneOf(
        Gen.String[Gen.Char["0123456789.,+-eE JkKmMWhgtµμ/% \t\u00A0'٣∞"], 0, 12],
        Gen.String,
        Gen.Select(Gen.Double, Gen.OneOf("", " ", "  "), Gen.OneOf("J", "kWh", "g", "µg", "W", "g/kWh", "x"), (value, space, unit) => $"{value}{space}{unit}"));

    [Theory]
    [InlineData("", "it is empty; write an energy such as '500 J'")]
    [InlineData("  ", "it is empty; write an energy such as '500 J'")]
    [InlineData("500", "'500' has no unit; write an energy such as '500 J'")]
    [InlineData("-5 J", "'-5 J' is negative; write an energy such as '500 J'")]
    [InlineData("-1e300 J", "'-1e300 J' is negative; write an energy such as '500 J'")]
    [InlineData("J", "'J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("1,5 J", "'1,5 J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("1 000 J", "'1 000 J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("500  J", "'500  J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("NaN J", "'NaN J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("Infinity J", "'Infinity J' does not begin with a number (digits, with '.' as the decimal point); write an energy such as '500 J'")]
    [InlineData("1e300 J", "'1e300 J' is too large; write an energy such as '500 J'")]
    [InlineData("1e28 kWh", "'1e28 kWh' is too large; write an energy such as '500 J'")]
    [InlineData("5 kwh", "'kwh' is not a unit of an energy (did you mean 'kWh'? units are case-sensitive); use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh")]
    [InlineData("5 j", "'j' is not a unit of an energy (did you mean 'J'? units are case-sensitive); use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh")]
    [InlineData("5 MWh", "'MWh' is not a unit of an energy (units are case-sensitive: 'm' is milli, 'M' is mega; the largest here is 'kWh'); use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh")]
    [InlineData("5 mj", "'mj' is not a unit of an energy (units are case-sensitive: 'm' is milli, 'M' is mega); use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh")]
    [InlineData("5 g", "'g' is not a unit of an energy; use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh")]
    public void What_is_wrong_is_said_with_what_would_be_right(string text, string message)
    {
        Should.Throw<FormatException>(() => Energy.Parse(text)).Message.ShouldBe(message);
        Energy.TryParse(text, out var energy).ShouldBeFalse();
        energy.ShouldBe(Energy.Zero);
    }

    [Theory]
    [InlineData("MG", "; use one of")]
    [InlineData("Mg", "'M' is mega; the largest here is 'kg')")]
    [InlineData("KG", "(did you mean 'kg'?")]
    public void Milli_is_never_meant_by_mega(string unit, string said)
    {
        var message = Should.Throw<FormatException>(() => Emissions.Parse("5 " + unit)).Message;

        message.ShouldContain(said);
        message.ShouldNotContain("did you mean 'mg'");
    }

    [Fact]
    public void No_text_is_not_a_quantity()
    {
        Energy.TryParse(null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Energy.Parse(null!));
    }

    [Fact]
    public void Whatever_is_read_nothing_but_a_format_is_at_fault() => AlmostQuantities.Sample(
        text =>
        {
            ReadsOrSaysWhy(text, static text => Energy.Parse(text).Joules);
            ReadsOrSaysWhy(text, static text => Emissions.Parse(text).Grams);
            ReadsOrSaysWhy(text, static text => Power.Parse(text).Watts);
            ReadsOrSaysWhy(text, static text => CarbonIntensity.Parse(text).GramsPerKilowattHour);
        },
        iter: 5_000);

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_reads_the_same(string culture) => HostileCulture.Run(culture, () =>
    {
        Energy.Parse("1.5 kJ").Joules.ShouldBe(1500);
        Energy.TryParse("1,5 kJ", out _).ShouldBeFalse();
        Energy.TryParse("1.000,5 J", out _).ShouldBeFalse();
        Energy.TryParse("1\u066B5 J", out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Energy.Parse("5 KWH")).Message.ShouldContain("did you mean 'kWh'?");
        Should.Throw<FormatException>(() => Energy.Parse("-5 J")).Message.ShouldContain("is negative");
    });

    private static void ReadsOrSaysWhy(string text, Func<string, double> read)
    {
        try
        {
            var value = read(text);
            double.IsFinite(value).ShouldBeTrue();
            value.ShouldBeGreaterThanOrEqualTo(0);
        }
        catch (FormatException why)
        {
            why.Message.ShouldNotBeEmpty();
        }
    }
}
