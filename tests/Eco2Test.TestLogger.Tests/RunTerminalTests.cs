using System.Text;

namespace Eco2Test.TestLogger.Tests;

public sealed class RunTerminalTests
{
    [Theory]
    [InlineData(0, 80)]
    [InlineData(72, 72)]
    [InlineData(100, 100)]
    [InlineData(240, 120)]
    public void It_is_as_wide_as_the_terminal_up_to_what_can_be_read(int terminal, int columns) => RunTerminal.Columns(terminal).ShouldBe(columns);

    [Theory]
    [InlineData("q", true)]
    [InlineData("quiet", true)]
    [InlineData("Quiet", true)]
    [InlineData("minimal", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void It_is_quiet_where_that_is_asked_for(string? verbosity, bool quiet) => RunTerminal.IsQuiet(verbosity).ShouldBe(quiet);

    [Fact]
    public void A_terminal_without_other_letters_is_told_from_one_that_has_all()
    {
        new[] { Encoding.UTF8, Encoding.Unicode, Encoding.UTF32 }.ShouldAllBe(encoding => RunTerminal.HasAllLetters(encoding));
        new[] { Encoding.ASCII, Encoding.Latin1 }.ShouldAllBe(encoding => !RunTerminal.HasAllLetters(encoding));
    }
}
