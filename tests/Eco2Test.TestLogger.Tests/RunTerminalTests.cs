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
    public void A_terminal_without_other_letters_gets_ascii_of_the_same_width()
    {
        var text = new StringWriter();

        AsciiWriter.WhereNeeded(text, Encoding.ASCII).Write("540–900 µJ of 試 — done\n");

        text.ToString().ShouldBe("540-900 uJ of ? - done\n");
    }

    [Fact]
    public void A_terminal_with_all_letters_gets_all()
    {
        var text = new StringWriter();

        AsciiWriter.WhereNeeded(text, Encoding.UTF8).ShouldBeSameAs(text);
        AsciiWriter.WhereNeeded(text, Encoding.Unicode).ShouldBeSameAs(text);
    }
}
