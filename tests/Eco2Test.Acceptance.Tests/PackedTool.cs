using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>The command <c>eco2test</c>, installed once from the packed packages.</summary>
internal static class PackedTool
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>What <c>dotnet</c> runs.</summary>
    public static Task<string> GetAsync() => Installed.Value;

    private static async Task<string> InstallAsync()
    {
        var feed = await PackedFeed.GetAsync();
        using var workspace = Workspace.Create(nameof(PackedTool), feed);
        var folder = Directory.CreateTempSubdirectory("eco2test-tool-").FullName;
        var installed = await workspace.DotnetAsync("tool", "install", "Eco2Test.Tool", "--tool-path", folder, "--version", feed.Version);
        installed.ExitCode.ShouldBe(0, installed.ToString());
        return Directory.GetFiles(folder, "Eco2Test.Tool.dll", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }
}
