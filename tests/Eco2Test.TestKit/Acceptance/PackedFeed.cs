namespace Eco2Test.TestKit.Acceptance;

/// <summary>
/// A folder with this repository's packages under a version that no cache knows. The build program hands over the one it
/// has packed; a test that is started alone packs its own, once per process.
/// </summary>
/// <param name="Folder">The NuGet source.</param>
/// <param name="Version">The version of every package in it.</param>
public sealed record PackedFeed(string Folder, string Version)
{
    /// <summary>Names the folder of a feed that is packed already.</summary>
    public const string FolderVariable = "ECO2TEST_FEED";

    /// <summary>Names the version of a feed that is packed already.</summary>
    public const string VersionVariable = "ECO2TEST_FEED_VERSION";

    private static readonly Lazy<Task<PackedFeed>> OfThisRun = new(() => FromBuildProgram() is { } feed ? Task.FromResult(feed) : PackAsync());

    /// <summary>The feed that all tests of this process share.</summary>
    public static Task<PackedFeed> GetAsync() => OfThisRun.Value;

    private static PackedFeed? FromBuildProgram() =>
        (Environment.GetEnvironmentVariable(FolderVariable), Environment.GetEnvironmentVariable(VersionVariable)) switch
        {
            ({ Length: > 0 } folder, { Length: > 0 } version) => new(folder, version),
            _ => null,
        };

    private static async Task<PackedFeed> PackAsync()
    {
        var version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        var folder = Directory.CreateTempSubdirectory("eco2test-feed-").FullName;
        var dotnet = new DotnetCommand("PackedFeed", Repository.Root);
        var packed = await dotnet.RunAsync(["run", Repository.PathOf("build", "build.cs"), "--", "pack", "--version", version, "--feed", folder]);
        return packed.ExitCode == 0 ? new(folder, version) : throw new InvalidOperationException($"the packages could not be packed: {packed}");
    }
}
