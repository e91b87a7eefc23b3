using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// The suite of one framework, built and run once against the packed packages, as a user would; all scenarios look at what
/// came out. Where what takes long is run too, a second run, of two tests and under German culture, has only one test that
/// can fail.
/// </summary>
public sealed class SuiteRun<TFramework> : IAsyncLifetime
    where TFramework : Framework, new()
{
    private FinishedRun? _german;
    private Workspace? _workspace;

    public TFramework Framework { get; } = new();

    /// <summary>The run of the whole suite.</summary>
    public FinishedRun Whole { get; private set; } = null!;

    /// <summary>The run of <c>Passes</c> and <c>Exceeds</c> under German culture.</summary>
    public FinishedRun German => _german ?? throw new InvalidOperationException($"{Framework.Name} is run once only");

    /// <summary>The folder of the project.</summary>
    public Workspace Workspace => _workspace!;

    public async ValueTask InitializeAsync()
    {
        var feed = await PackedFeed.GetAsync();
        _workspace = Workspace.Create(Framework.Name, feed);
        _workspace.Write(Framework.Suite(feed.Version));
        Whole = await RunAsync("whole", []);
        if (Framework.IsReference)
        {
            _german = await RunAsync(
                "german",
                new() { ["SUITE_CULTURE"] = "de-DE", ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" },
                ["--no-build", .. Framework.Filter("Basics", "Passes", "Exceeds")]);
        }
    }

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<FinishedRun> RunAsync(string results, Dictionary<string, string?> environment, params string[] more)
    {
        var folder = Workspace.PathOf("results", results);
        if (Framework.Runner == Runner.TestingPlatform)
        {
            environment["ECO2TEST_RESULTS"] = folder;
        }

        string[] how = Framework.Runner == Runner.VSTest ? ["Suite.csproj", "--logger", "trx"] : ["--project", "Suite.csproj", "--report-trx"];
        var command = await Workspace.DotnetAsync(environment, ["test", .. how, "--configuration", "Release", "--results-directory", folder, .. Framework.Options, .. more]);
        return await FinishedRun.OfAsync(command, folder, Workspace);
    }
}
