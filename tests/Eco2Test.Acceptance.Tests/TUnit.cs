using System.Text.Json;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// What holds in TUnit, which has no VSTest: its own run, under Microsoft.Testing.Platform. The windows are read where that
/// attaches them; the report of the run is made from its journal by <c>eco2test report</c>.
/// </summary>
public sealed class TUnit(TUnit.Run run) : IClassFixture<TUnit.Run>
{
    [Fact]
    public void A_tracked_test_passes_and_its_window_is_attached_with_energy_emissions_and_budget()
    {
        var test = run.Trx.ResultOf("Passes");

        test.Outcome.ShouldBe("Passed", test.Message);
        test.StdOut.ShouldContain("eco2test: ");
        using var window = Window(test);
        window.RootElement.GetProperty("schema").GetString().ShouldBe("eco2test-window/v1");
        var text = window.RootElement.ToString();
        text.ShouldContain("\"FR\"");
        text.ShouldContain("500000");
    }

    [Fact]
    public void A_test_over_its_budget_fails_and_says_so()
    {
        var test = run.Trx.ResultOf("Exceeds");

        test.Outcome.ShouldBe("Failed");
        test.Message.ShouldContain("ECO2001");
        run.Command.ExitCode.ShouldNotBe(0, run.Command.ToString());
    }

    [Fact]
    public void A_test_that_fails_by_itself_keeps_its_own_fault_though_it_is_over_its_budget_too()
    {
        var test = run.Trx.ResultOf("FailsByItself");

        test.Outcome.ShouldBe("Failed");
        test.Message.ShouldContain("the fault that the test found");
        test.Message.ShouldNotContain("ECO2001");
    }

    [Fact]
    public void Untracked_and_excluded_tests_have_no_window()
    {
        run.Trx.ResultOf("Untracked").Attachments.ShouldBeEmpty();
        run.Trx.ResultOf("Excluded").Attachments.ShouldBeEmpty();
        run.Trx.ResultOf("First").Attachments.ShouldHaveSingleItem("its class has the attribute");
    }

    [Fact]
    public void Each_row_has_a_window_of_its_own() =>
        run.Trx.ResultsOf("Rows").Select(test => Path.GetFullPath(test.Attachments.ShouldHaveSingleItem())).Distinct().Count().ShouldBe(3);

    [Fact]
    public void The_journal_of_the_run_is_in_the_results_folder() =>
        Directory.GetFiles(run.Folder, "Suite_net10.0.*.eco2test.journal").ShouldHaveSingleItem();

    [Fact]
    public async Task The_tool_makes_the_report_of_the_run_from_its_journal()
    {
        var command = await run.ToolAsync("report", run.Folder);

        command.ExitCode.ShouldBe(0, command.ToString());
        command.Output.ShouldContain("Passes");
        command.Output.ShouldContain("untracked");
    }

    private static JsonDocument Window(TrxResult test) => JsonDocument.Parse(File.ReadAllText(test.Attachments.ShouldHaveSingleItem()));

    /// <summary>The suite, built and run once against the packed packages.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private Workspace? _workspace;

        public CommandResult Command { get; private set; } = null!;

        public string Folder => _workspace!.PathOf("results");

        /// <summary>Runs the command <c>eco2test</c>, installed from the packed packages.</summary>
        public async Task<CommandResult> ToolAsync(params string[] arguments)
        {
            var installed = await _workspace!.DotnetAsync("tool", "install", "Eco2Test.Tool", "--tool-path", _workspace.PathOf("tool"), "--version", _workspace.Feed.Version);
            installed.ExitCode.ShouldBe(0, installed.ToString());
            return await _workspace.DotnetAsync([Directory.GetFiles(_workspace.PathOf("tool"), "Eco2Test.Tool.dll", SearchOption.AllDirectories).ShouldHaveSingleItem(), .. arguments]);
        }

        public Trx Trx => Trx.ReadOnlyOneIn(Folder);

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            _workspace = Workspace.Create(nameof(TUnit), feed);
            _workspace.Write(new Differences().Suite(feed.Version)
                .With("Suite.csproj", $"""
                    <Project Sdk="Microsoft.NET.Sdk">
                      <PropertyGroup>
                        <TargetFramework>net10.0</TargetFramework>
                        <OutputType>Exe</OutputType>
                        <ImplicitUsings>enable</ImplicitUsings>
                        <Nullable>enable</Nullable>
                      </PropertyGroup>
                      <ItemGroup>
                        <PackageReference Include="TUnit" Version="1.81.10" />
                        <PackageReference Include="Eco2Test" Version="{feed.Version}" />
                      </ItemGroup>
                    </Project>
                    """)
                .With("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }"""));
            Command = await _workspace.DotnetAsync(
                new Dictionary<string, string?> { ["ECO2TEST_RESULTS"] = Folder },
                "test", "--project", "Suite.csproj", "--configuration", "Release", "--report-trx", "--results-directory", Folder);
        }

        public ValueTask DisposeAsync()
        {
            _workspace?.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Differences : Framework
    {
        public override string Name => "TUnit";

        public override string Project => "";

        public override string Test => "[Test";

        public override string Rows => "[Test, Arguments(1), Arguments(2), Arguments(3)";

        public override string Sequential => "[NotInParallel]";

        public override string Parallel => "";
    }
}
