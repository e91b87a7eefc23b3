namespace Eco2Test.Tool.Tests;

public sealed class DotnetCommandLineTests
{
    private const string Logger = "-logger:Eco2Test.MSBuild.Eco2TestLogger,\"/tools/msbuild/Eco2Test.MSBuild.dll\"";

    [Theory]
    [InlineData("dotnet build Shop.slnx -c Release", "dotnet build LOGGER Shop.slnx -c Release")]
    [InlineData("/usr/bin/dotnet publish", "/usr/bin/dotnet publish LOGGER")]
    [InlineData("dotnet.exe pack", "dotnet.exe pack LOGGER")]
    [InlineData("dotnet -d restore", "dotnet -d restore LOGGER")]
    [InlineData("dotnet msbuild /t:X", "dotnet msbuild LOGGER /t:X")]
    [InlineData("dotnet clean", "dotnet clean LOGGER")]
    [InlineData("dotnet test --logger trx -- RunConfiguration.X=1", "dotnet test LOGGER --logger trx -- RunConfiguration.X=1")]
    public void A_build_gets_the_logger_where_its_command_takes_it(string words, string with) =>
        With(words).ShouldBe((with.Replace("LOGGER", Logger), null));

    [Theory]
    [InlineData("dotnet test Shop.Tests.dll")]
    [InlineData("dotnet build -logger:Eco2Test.MSBuild.Eco2TestLogger,mine.dll")]
    public void What_builds_nothing_or_has_the_logger_stays_as_it_is(string words) => With(words).ShouldBe((words, null));

    [Fact]
    public void A_logger_in_the_response_file_is_not_given_twice() => With("dotnet build", hasResponseFile: true).ShouldBe(("dotnet build", null));

    [Theory]
    [InlineData("-noautoresponse")]
    [InlineData("/noAutoRsp")]
    public void A_response_file_that_is_not_read_gives_no_logger(string option) =>
        With($"dotnet build {option}", hasResponseFile: true).Words.ShouldBe($"dotnet build {Logger} {option}");

    [Fact]
    public void A_program_that_would_get_the_logger_for_its_own_does_not_and_it_is_said_why()
    {
        With("dotnet run -- x").ShouldBe(("dotnet run -- x", "'dotnet run' hands the logger to the program; 'eco2test init build' puts the logger where such a command finds it too"));
        With("dotnet test", testsOnPlatform: true).WhyNot!.ShouldContain("Microsoft.Testing.Platform");
    }

    [Theory]
    [InlineData("dotnet tool restore")]
    [InlineData("dotnet")]
    [InlineData("dotnet app.dll build")]
    [InlineData("make build")]
    [InlineData("dotnet-x build")]
    public void Other_commands_are_none_of_its(string words) => DotnetCommandLine.Read(words.Split(' ')).ShouldBeNull();

    [Fact]
    public void It_says_what_is_built_and_where_results_go()
    {
        var read = DotnetCommandLine.Read("dotnet test src/Shop.sln -c Release --results-directory out -- --results-directory no".Split(' '))!;

        read.Target.ShouldBe("src/Shop.sln");
        read.Configuration.ShouldBe("Release");
        read.ResultFolders.ShouldBe(["out"]);
        read.OnlyBuilds.ShouldBeFalse();
        read.Tests.ShouldBeTrue();
        DotnetCommandLine.Read(["dotnet", "test", "--project", "A"])!.Target.ShouldBe("A");
        DotnetCommandLine.Read(["dotnet", "build"])!.OnlyBuilds.ShouldBeTrue();
    }

    private static (string Words, string? WhyNot) With(string words, bool testsOnPlatform = false, bool hasResponseFile = false)
    {
        var (with, whyNot) = DotnetCommandLine.Read(words.Split(' '))!.With(Logger, testsOnPlatform, hasResponseFile);
        return (string.Join(' ', with), whyNot);
    }
}
