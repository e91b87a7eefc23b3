using CsCheck;

namespace Eco2Test.Tool.Tests;

public sealed class BuildResponseFileTests
{
    private const string Old = "-logger:Eco2Test.MSBuild.Eco2TestLogger,\"/old/Eco2Test.MSBuild.dll\"";

    [Theory]
    [InlineData(null, "LINE\n")]
    [InlineData("", "LINE\n")]
    [InlineData("-m:2\n", "-m:2\nLINE\n")]
    [InlineData("-m:2", "-m:2\nLINE\n")]
    [InlineData("-m:2\r\n-bl\r\n", "-m:2\r\n-bl\r\nLINE\r\n")]
    [InlineData("# Eco2Test.MSBuild.Eco2TestLogger\n", "# Eco2Test.MSBuild.Eco2TestLogger\nLINE\n")]
    [InlineData("-m:2\nOLD\n-bl\n", "-m:2\nLINE\n-bl\n")]
    [InlineData("OLD\r\n-bl\r\nOLD\r\n", "LINE\r\n-bl\r\n")]
    [InlineData("OLD", "LINE")]
    public void The_logger_is_named_once_and_other_lines_stay(string? text, string with) =>
        BuildResponseFile.With(text?.Replace("OLD", Old)).ShouldBe(with.Replace("LINE", BuildResponseFile.Line));

    [Fact]
    public void Doing_it_again_changes_nothing() => Gen.String[Gen.Char["a\n\r# -"], 0, 40].Sample(text =>
    {
        var once = BuildResponseFile.With(text);
        BuildResponseFile.With(once).ShouldBe(once);
    });
}
