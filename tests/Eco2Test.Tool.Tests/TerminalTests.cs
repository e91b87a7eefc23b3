using Eco2Test.Hardware;

namespace Eco2Test.Tool.Tests;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("xterm-256color", "LANG=de_DE.UTF-8", true)]
    [InlineData("xterm", "LANG=C.utf8", true)]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "LANG=C", false)]
    [InlineData("xterm", "LANG=de_DE.ISO-8859-1", false)]
    [InlineData("xterm", "LANG=C;LC_ALL=en_US.UTF-8", true)]
    [InlineData("xterm", "LANG=en_US.UTF-8;LC_CTYPE=POSIX", false)]
    [InlineData("dumb", "LANG=en_US.UTF-8", false)]
    [InlineData("linux", "LANG=en_US.UTF-8", false)]
    public void Blocks_are_drawn_where_terminal_and_locale_have_them(string term, string locale, bool shown) =>
        Terminal.ShowsBlocks(Variables(term, locale)).ShouldBe(shown);

    [Theory]
    [InlineData("xterm", true)]
    [InlineData("dumb", false)]
    public void A_dumb_terminal_gets_lines(string term, bool moves) => Terminal.MovesCursor(Variables(term, "")).ShouldBe(moves);

    private static EnvironmentVariables Variables(string term, string others)
    {
        var set = others.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);
        set["TERM"] = term;
        return new(name => set.GetValueOrDefault(name));
    }
}
