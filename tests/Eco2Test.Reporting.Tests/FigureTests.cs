using CsCheck;

namespace Eco2Test.Reporting.Tests;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0, "0 J")]
    [InlineData(412.8, "413 J")]
    [InlineData(1e-12, "<1 nJ")]
    [InlineData(3e12, "3.0e+12 J")]
    [InlineData(double.NaN, "n/a")]
    [InlineData(double.NegativeInfinity, "n/a")]
    public void Joules_are_short_and_never_a_false_zero(double joules, string expected) => Figures.Joules(joules).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000021, "2.1 µs")]
    [InlineData(0.0008, "800 µs")]
    [InlineData(0.9996, "1 s")]
    [InlineData(18.2, "18.2 s")]
    [InlineData(99.9, "99.9 s")]
    [InlineData(150, "2.5 min")]
    [InlineData(7200, "2 h")]
    public void Seconds_take_the_unit_that_reads_best(double seconds, string expected) => Figures.Seconds(seconds).ShouldBe(expected);

    [Fact]
    public void No_figure_is_longer_than_its_column() => Gen.Double.Sample(value =>
        new[] { Figures.Joules(value), Figures.Grams(value), Figures.Seconds(value) }.All(text => text.Length <= Figures.MaxLength));
}
