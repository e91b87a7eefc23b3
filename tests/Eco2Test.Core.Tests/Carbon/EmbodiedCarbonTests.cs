using Eco2Test.Carbon;

namespace Eco2Test.Core.Tests.Carbon;

public sealed class EmbodiedCarbonTests
{
    [Theory]
    [InlineData("1200 kg / 4 y", 1_200_000, 126_144_000, 1)]
    [InlineData("1200kg/4y", 1_200_000, 126_144_000, 1)]
    [InlineData("1.2 t / 4.5 y * 0.25", 1_200_000, 141_912_000, 0.25)]
    [InlineData("172 kg / 5 y*1", 172_000, 157_680_000, 1)]
    [InlineData("35990.625 g / 4 y", 35_990.625, 126_144_000, 1)]
    public void It_is_read_with_its_lifetime_and_its_share(string text, double grams, double seconds, double share) =>
        HostileCulture.Run("de-DE", () =>
        {
            EmbodiedCarbon.Read(text, out var embodied).ShouldBeNull();
            var report = embodied!.Report;
            (report.TotalGrams, report.LifetimeSeconds, report.Share, report.Source).ShouldBe((grams, seconds, share, "set"));
        });

    [Theory]
    [InlineData("1200 kg", "no embodied carbon")]
    [InlineData("1200 kg / 4 y / 2", "no embodied carbon")]
    [InlineData("1200 kg / 4 y * 0.5 * 0.5", "no embodied carbon")]
    [InlineData("1200 / 4 y", "has no unit")]
    [InlineData("1200 KG / 4 y", "did you mean 'kg'")]
    [InlineData("0 kg / 4 y", "not what making a machine emits")]
    [InlineData("-1 kg / 4 y", "is negative")]
    [InlineData("1200 kg / 4", "'4' is no lifetime")]
    [InlineData("1200 kg / 0 y", "'0 y' is no lifetime")]
    [InlineData("1200 kg / -4 y", "'-4 y' is no lifetime")]
    [InlineData("1200 kg / 101 y", "'101 y' is no lifetime")]
    [InlineData("1200 kg / NaN y", "'NaN y' is no lifetime")]
    [InlineData("1200 kg / 4,5 y", "'4,5 y' is no lifetime")]
    [InlineData("1200 kg / 4 years", "'4 years' is no lifetime")]
    [InlineData("1200 kg / 4 y *", "'' is no share of a machine")]
    [InlineData("1200 kg / 4 y * 0", "'0' is no share of a machine")]
    [InlineData("1200 kg / 4 y * 1.5", "'1.5' is no share of a machine")]
    [InlineData("1200 kg / 4 y * 25 %", "'25 %' is no share of a machine")]
    public void What_cannot_be_read_is_said_with_what_would_be_right(string text, string problem)
    {
        EmbodiedCarbon.Read(text, out var embodied)!.ShouldContain(problem);
        embodied.ShouldBeNull();
    }
}
