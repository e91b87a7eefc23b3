using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// The suite of one framework, built and run once against the packed packages, as a user would; all scenarios look at what
/// came out. A second run, of two tests and under German culture, has only one test that can fail.
/// </summary>
public sealed class SuiteRun<TFramework> : IAsyncLifetime
    where TFramework : Framework, new()
{
    private Workspace? _workspace;

    public TFramework Framework { get; } = new();

    /// <summary>The run of the whole suite.</summary>
    public FinishedRun Whole { get; private set; } = null!;

    /// <summary>The run of <c>Passes</c> and <c>Exceeds</c> under German culture.</summary>
    public FinishedRun German { get; private set; } = null!;

    /// <summary>The folder of the project.</summary>
    public Workspace Workspace => _workspace!;

    public async ValueTask InitializeAsync()
    {
        var feed = await PackedFeed.GetAsync();
        _workspace = Workspace.Create(Framework.Name, feed);
        _workspace.Write(Framework.Suite(feed.Version));
        Whole = await RunAsync("whole", []);
        German = await RunAsync(
            "german",
            new() { ["SUITE_CULTURE"] = "de-DE", ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" },
            "--no-build", "--filter", "FullyQualifiedName~Basics.Passes|FullyQualifiedName~Basics.Exceeds");
    }

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<FinishedRun> RunAsync(string results, Dictionary<string, string?> environment, params string[] more)
    {
        var folder = Workspace.PathOf("results", results);
        var command = await Workspace.DotnetAsync(
            environment, ["test", "Suite.csproj", "--configuration", "Release", "--logger", "trx", "--results-directory", folder, .. more]);
        return new(command, folder);
    }
}

/// <summary>What one <c>dotnet test</c> left behind.</summary>
public sealed class FinishedRun(CommandResult command, string folder)
{
    private readonly Lazy<Trx> _trx = new(() => Directory.Exists(folder)
        ? Trx.ReadOnlyOneIn(folder)
        : throw new InvalidOperationException($"no test ran: {command}"));

    private readonly Lazy<EmissionsReport> _report = new(() =>
    {
        var file = Path.Combine(folder, "Suite_net10.0.eco2test.json");
        return File.Exists(file) ? ReportJson.Read(File.ReadAllText(file)) : throw new InvalidOperationException($"there is no report: {command}");
    });

    public CommandResult Command => command;

    public string Folder => folder;

    public Trx Trx => _trx.Value;

    public EmissionsReport Report => _report.Value;

    public IReadOnlyList<ReportWindow> RootWindows => [.. Report.Windows.Where(window => window.Parent is null)];

    /// <summary>The windows of a method: one, or one per row.</summary>
    public IReadOnlyList<ReportWindow> WindowsOf(string method) => [.. Report.Windows.Where(window => TestNames.MethodOf(window.Id) == method)];

    public ReportWindow WindowOf(string method) =>
        WindowsOf(method).ShouldHaveSingleItem($"windows of '{method}', among {string.Join(", ", Report.Windows.Select(window => window.Id))}");
}
