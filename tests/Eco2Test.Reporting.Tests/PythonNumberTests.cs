using CsCheck;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class PythonNumberTests
{
    /// <summary>As Python 3.11 answers to <c>repr(float(…))</c>.</summary>
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.007401227951049805, "0.007401227951049805")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(7.844e-05, "7.844e-05")]
    [InlineData(1.5e-300, "1.5e-300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.2345e22, "1.2345e+22")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_number_is_written_as_python_writes_it(double number, string text) =>
        InCulture.Run("de-DE", () => PythonNumber.Write(number)).ShouldBe(text);

    [Fact]
    public void What_is_written_is_read_as_the_same_number() => Gen.Double.Where(double.IsFinite).Sample(number =>
    {
        PythonNumber.TryRead(PythonNumber.Write(number), out var read).ShouldBeTrue();
        read.ShouldBe(number);
    });
}
