using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.TestKit.Tests;

public sealed class WorkspaceTests
{
    private static readonly PackedFeed NoFeed = new("/no/feed", "0.0.0");

    [Fact]
    public async Task A_command_leaves_a_log_with_all_that_is_needed_to_repeat_it()
    {
        using var workspace = Workspace.Create(nameof(A_command_leaves_a_log_with_all_that_is_needed_to_repeat_it), NoFeed);

        var result = await workspace.DotnetAsync(new Dictionary<string, string?> { ["GREETING"] = "hello" }, "--version");

        result.ExitCode.ShouldBe(0, result.ToString());
        var log = File.ReadAllText(result.LogFile);
        log.ShouldContain("dotnet --version");
        log.ShouldContain(workspace.Folder);
        log.ShouldContain("exit code 0");
        log.ShouldContain("GREETING=hello");
        log.ShouldContain(result.Output.Trim());
    }

    [Fact]
    public void A_workspace_is_isolated_and_is_removed_at_the_end()
    {
        string folder;
        using (var workspace = Workspace.Create(nameof(A_workspace_is_isolated_and_is_removed_at_the_end), NoFeed))
        {
            folder = workspace.Folder;
            workspace.Write(TestProject.Parse("#file Sub/A.cs\nclass A;"));

            File.Exists(workspace.PathOf("Sub", "A.cs")).ShouldBeTrue();
            File.ReadAllText(workspace.PathOf("nuget.config")).ShouldContain("/no/feed");
            File.ReadAllText(workspace.PathOf("Directory.Build.props")).ShouldBe("<Project />\n");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
