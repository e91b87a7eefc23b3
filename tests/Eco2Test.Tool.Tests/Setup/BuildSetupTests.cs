namespace Eco2Test.Tool.Tests;

public sealed class BuildSetupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eco2test-setup-");
    private readonly StringWriter _output = new();

    public BuildSetupTests()
    {
        Directory.CreateDirectory(PathOf("tool"));
        File.WriteAllText(PathOf("tool", "Eco2Test.MSBuild.dll"), "logger 1");
        File.WriteAllText(PathOf("tool", "Eco2Test.Core.dll"), "core 1");
        Directory.CreateDirectory(PathOf("repo ü;%41", ".git"));
    }

    private string Repository => PathOf("repo ü;%41");

    private string ResponseFile => Path.Combine(Repository, "Directory.Build.rsp");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_logger_is_copied_and_named_and_what_to_commit_is_said()
    {
        Setup().Run().ShouldBe(0);

        File.ReadAllText(Path.Combine(Repository, ".config", "eco2test", "Eco2Test.MSBuild.dll")).ShouldBe("logger 1");
        File.ReadAllText(Path.Combine(Repository, ".config", "eco2test", "Eco2Test.Core.dll")).ShouldBe("core 1");
        File.ReadAllText(ResponseFile).ShouldBe(BuildResponseFile.Line + "\n");
        _output.ToString().ShouldContain("git add -f .config/eco2test Directory.Build.rsp");
    }

    [Fact]
    public void A_second_time_there_is_nothing_to_do_until_the_tool_is_newer()
    {
        Setup().Run();
        Setup().Run();
        _output.ToString().ShouldContain("Nothing to do");

        File.WriteAllText(PathOf("tool", "Eco2Test.MSBuild.dll"), "logger 2");
        Setup().Run();

        File.ReadAllText(Path.Combine(Repository, ".config", "eco2test", "Eco2Test.MSBuild.dll")).ShouldBe("logger 2");
        _output.ToString().ShouldContain($"replace {Path.Combine(Repository, ".config/eco2test", "Eco2Test.MSBuild.dll")}");
    }

    [Fact]
    public void Lines_of_others_and_the_mark_at_the_beginning_of_the_file_stay()
    {
        File.WriteAllBytes(ResponseFile, [.. "\ufeff-m:2\r\n"u8]);

        Setup().Run();

        File.ReadAllBytes(ResponseFile).ShouldBe([.. "\ufeff-m:2\r\n"u8, .. System.Text.Encoding.UTF8.GetBytes(BuildResponseFile.Line + "\r\n")]);
    }

    [Fact]
    public void A_dry_run_says_what_it_would_do_and_does_nothing()
    {
        Setup(isDryRun: true).Run().ShouldBe(0);

        _output.ToString().ShouldContain("would add ");
        _output.ToString().ShouldContain("Nothing was written.");
        Directory.EnumerateFileSystemEntries(Repository).Select(Path.GetFileName).ShouldBe([".git"]);
    }

    [Fact]
    public void A_folder_that_is_no_repository_is_refused_unless_it_is_named()
    {
        var below = Directory.CreateDirectory(Path.Combine(Repository, "src")).FullName;

        Should.Throw<InputException>(() => Setup(folder: below).Run()).Code.ShouldBe("ECO4042");
        Should.Throw<InputException>(() => Setup(root: "nowhere").Run()).Code.ShouldBe("ECO4042");
        Setup(root: "src").Run().ShouldBe(0);
        File.Exists(Path.Combine(below, "Directory.Build.rsp")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a%HOME%b")]
    [InlineData("a\"b")]
    public void A_path_that_MSBuild_cannot_take_is_refused_with_its_reason(string name)
    {
        Directory.CreateDirectory(PathOf(name));

        Should.Throw<InputException>(() => Setup(root: PathOf(name)).Run()).Code.ShouldBe("ECO4043");
    }

    [Fact]
    public void A_tool_without_the_logger_says_so()
    {
        File.Delete(PathOf("tool", "Eco2Test.MSBuild.dll"));

        Should.Throw<InputException>(() => Setup().Run()).Code.ShouldBe("ECO4044");
    }

    [Fact]
    public void Where_the_logger_cannot_be_written_nothing_names_it()
    {
        File.WriteAllText(Path.Combine(Repository, ".config"), "a file where the folder should be");

        Should.Throw<InputException>(() => Setup().Run()).Code.ShouldBe("ECO4045");

        File.Exists(ResponseFile).ShouldBeFalse();
    }

    private BuildSetup Setup(string? root = null, string? folder = null, bool isDryRun = false) =>
        new(root, folder ?? Repository, PathOf("tool"), isDryRun, new Terminal(_output, TextWriter.Null, 80));

    private string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);
}
