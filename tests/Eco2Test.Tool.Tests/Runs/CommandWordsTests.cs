namespace Eco2Test.Tool.Tests;

public sealed class CommandWordsTests
{
    [Fact]
    public void What_follows_the_first_two_dashes_is_the_command_as_it_was_given()
    {
        var (own, command) = CommandWords.Split(["run", "--out", "x", "--", "sh", "-c", "a \"b\" 'c'", "", "--", "ü 漢", "@file"]);

        own.ShouldBe(["run", "--out", "x"]);
        command.ShouldBe(["sh", "-c", "a \"b\" 'c'", "", "--", "ü 漢", "@file"]);
    }

    [Fact]
    public void Without_two_dashes_there_is_no_command() => CommandWords.Split(["run", "true"]).Command.ShouldBeEmpty();

    [Theory]
    [InlineData("dotnet|build|/home/somebody/Shop/Shop.slnx|-c|Release", "dotnet build Shop.slnx")]
    [InlineData("/usr/bin/python3.12|train.py|--token|secret", "python3.12 train.py")]
    [InlineData(@"C:\tools\make.exe|all", "make all")]
    [InlineData("sh|-c|curl https://somebody:secret@host", "sh")]
    [InlineData("curl|https://somebody:secret@host/x?y", "curl")]
    [InlineData("npm|run|build|extra", "npm run build")]
    [InlineData("./-odd name!|x", "command x")]
    [InlineData("env|A=1|make", "env")]
    public void A_command_is_called_by_its_words_without_paths_options_and_secrets(string words, string name) =>
        CommandWords.Name(words.Split('|')).ShouldBe(name);
}
