using CsCheck;

namespace Eco2Test.Reporting.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("試験", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍🔬", 2)]
    [InlineData("🇫🇷", 2)]
    [InlineData("❤️", 2)]
    [InlineData("한국", 4)]
    public void Columns_are_counted_as_a_terminal_does(string text, int columns) => TerminalText.Width(text).ShouldBe(columns);

    [Fact]
    public void A_wide_character_is_not_halved() => TerminalText.Left(TerminalText.Cut("試験試験", 6), 6).ShouldBe("試... ");

    [Fact]
    public void Words_are_wrapped_and_long_ones_broken() =>
        TerminalText.Wrap("a bc  defghijklmnop q", 5).ShouldBe(["a bc", "defgh", "ijklm", "nop q"]);

    [Fact]
    public void Whatever_the_text_it_becomes_one_visible_line_that_can_be_cut() =>
        Gen.Select(Gen.String, Gen.Int[0, 40]).Sample((text, columns) =>
        {
            var clean = TerminalText.Clean(text);
            return !clean.Any(char.IsControl)
                && TerminalText.Width(TerminalText.Cut(clean, columns)) <= columns
                && TerminalText.Width(TerminalText.CutMiddle(clean, columns)) <= columns
                && TerminalText.Wrap(clean, Math.Max(2, columns)).All(line => TerminalText.Width(line) <= Math.Max(2, columns));
        });
}
