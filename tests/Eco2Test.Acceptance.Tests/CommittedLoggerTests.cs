using CliWrap;
using CliWrap.Buffered;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;
using CommandResult = Eco2Test.TestKit.Acceptance.CommandResult;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// <c>eco2test init build</c> from the packed tool, committed as it says, and cloned: a repository that ignores assemblies, in
/// folders whose names have what response files trip over.
/// </summary>
public sealed class CommittedLoggerTests(CommittedLoggerTests.Clone clone) : IClassFixture<CommittedLoggerTests.Clone>
{
    [Fact]
    public async Task A_clone_has_the_figure_and_the_gate_of_the_build_with_nothing_installed()
    {
        clone.Write("eco2test.json", "{\n  \"buildEnergyBudget\": \"1 mJ\"\n}\n");
        var build = await clone.DotnetAsync("build", "Shop.sln");
        clone.Write("eco2test.json", "{\n  \"buildEnergyBudget\": \"1 MJ\"\n}\n");
        var within = await clone.DotnetAsync("build", "Shop.sln", "--no-restore");

        build.ExitCode.ShouldBe(1, build.ToString());
        build.Output.ShouldContain("Eco2Test  Shop.sln");
        build.Output.ShouldContain($"{clone.PathOf("eco2test.json")}(2,24): error ECO3002: the build of Shop.sln used ");
        within.ExitCode.ShouldBe(0, within.ToString());
        clone.Report("build").Windows.Where(window => window.Kind == WindowKind.Project).Select(window => window.DisplayName.Split(' ')[0]).Distinct()
            .ShouldBe(["Shop.sln", "App", "Core"], ignoreOrder: true);
    }

    [Fact]
    public async Task Under_the_tool_the_committed_logger_is_silent_and_there_is_one_figure()
    {
        var run = await clone.ToolAsync("run", "--", "dotnet", "build", "Shop.sln", "--no-incremental");

        run.ExitCode.ShouldBe(0, run.ToString());
        WrapperTests.Summaries(run).ShouldBe(1, run.ToString());
        run.Error.ShouldContain("Eco2Test  dotnet build Shop.sln");
        var report = clone.Report("command");
        report.Build!.Contains.ShouldNotBeNull().ShouldHaveSingleItem().Run.Id.ShouldBe(report.Run.Id);
        report.Windows.Count(window => window.Id == "Shop.sln" && window.Kind == WindowKind.Build).ShouldBe(1, "one logger has heard the build");
        WrapperTests.ShouldBeConserved(report);
    }

    [Fact]
    public async Task Where_the_logger_cannot_be_put_no_build_is_told_of_it()
    {
        clone.Write("Blocked/.config", "a file where the folder should be");
        clone.Write("Blocked/Blocked.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n");

        var setup = await clone.ToolAsync("init", "build", "--root", "Blocked");

        setup.ExitCode.ShouldBe(2, setup.ToString());
        setup.Error.ShouldContain("ECO4045");
        File.Exists(clone.PathOf("Blocked", "Directory.Build.rsp")).ShouldBeFalse();
        var build = await clone.DotnetAsync("build", "Blocked/Blocked.csproj");
        build.ExitCode.ShouldBe(0, build.ToString());
    }

    /// <summary>The clone of a repository in which <c>init build</c> was committed.</summary>
    public sealed class Clone : IAsyncLifetime
    {
        private const string Original = "a b;c";
        private const string Name = "é;d%e f";

        private Workspace? _workspace;
        private DotnetCommand? _dotnet;
        private string _tool = "";

        public async ValueTask InitializeAsync()
        {
            _workspace = Workspace.Create(nameof(CommittedLoggerTests), await PackedFeed.GetAsync());
            _tool = await PackedTool.GetAsync();
            var original = _workspace.PathOf(Original);
            foreach (var (path, text) in WrapperTests.PlainShop.Projects.Files)
            {
                _workspace.Write(Path.Combine(Original, path), text);
            }

            _workspace.Write(Path.Combine(Original, ".gitignore"), "*.dll\nbin/\nobj/\nartifacts/\n.config/\n");
            await GitAsync(original, "init", "--quiet");
            var dotnet = new DotnetCommand(nameof(CommittedLoggerTests), original);
            CommandResult[] steps =
            [
                await dotnet.RunAsync(["new", "sln", "--name", "Shop", "--format", "sln"]),
                await dotnet.RunAsync(["sln", "Shop.sln", "add", "App", "Core"]),
                await dotnet.RunAsync([_tool, "init", "build"]),
            ];
            steps.ShouldAllBe(step => step.ExitCode == 0, string.Join('\n', steps.Select(step => step.ToString())));

            // Word for word what the tool says is to be committed.
            const string Advice = "Commit both: git ";
            var advice = steps[^1].Output.Split('\n').Single(line => line.StartsWith(Advice, StringComparison.Ordinal)).Trim()[Advice.Length..];
            await GitAsync(original, "add", ".");
            await GitAsync(original, advice.Split(' '));
            await GitAsync(original, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "The energy of builds");
            await GitAsync(_workspace.Folder, "clone", "--quiet", original, PathOf());
            Directory.Delete(original, recursive: true);
            _dotnet = new DotnetCommand($"{nameof(CommittedLoggerTests)}-clone", PathOf());
        }

        public string PathOf(params string[] parts) => _workspace!.PathOf([Name, .. parts]);

        public void Write(string path, string text) => _workspace!.Write(Path.Combine(Name, path), text);

        public EmissionsReport Report(string name) => ReportJson.Read(File.ReadAllText(PathOf("artifacts", "eco2test", name + ".eco2test.json")));

        public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => _dotnet!.RunAsync(arguments);

        public Task<CommandResult> ToolAsync(params IReadOnlyList<string> arguments) => DotnetAsync([_tool, .. arguments]);

        private static async Task GitAsync(string folder, params string[] arguments)
        {
            var git = await Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
            git.ExitCode.ShouldBe(0, $"git {string.Join(' ', arguments)}\n{git.StandardOutput}{git.StandardError}");
        }

        public ValueTask DisposeAsync()
        {
            _workspace?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
