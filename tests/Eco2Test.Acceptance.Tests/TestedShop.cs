using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A test project in a repository of its own, in which <c>eco2test init build</c> has put the logger, built once.</summary>
/// <param name="name">Names its logs.</param>
/// <param name="folder">The name of its folder.</param>
/// <param name="project">What the project has for its platform and framework.</param>
/// <param name="test">The attribute of a test.</param>
/// <param name="globalJson">What <c>global.json</c> says of the platform.</param>
/// <param name="trx">What makes <c>dotnet test</c> write a TRX.</param>
public abstract class TestedShop(string name, string folder, string project, string test, string globalJson, params string[] trx) : IAsyncLifetime
{
    private const string ResultsFolder = "TestResults";

    private Workspace? _workspace;
    private DotnetCommand? _dotnet;
    private string _tool = "";

    /// <summary>Where test results go.</summary>
    public string Results => PathOf(ResultsFolder);

    /// <summary>What <c>dotnet test</c> is given.</summary>
    public IReadOnlyList<string> Arguments => ["--configuration", "Release", .. trx];

    public async ValueTask InitializeAsync()
    {
        var feed = await PackedFeed.GetAsync();
        _tool = await PackedTool.GetAsync();
        _workspace = Workspace.Create(name, feed);
        _dotnet = new DotnetCommand(name, PathOf());
        var files = TestProject.Parse($$"""
            #file Directory.Build.props
            <Project />
            #file global.json
            { "sdk": { "version": "10.0.100", "rollForward": "latestFeature" }{{globalJson}} }
            #file Shop.Tests.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              {{project}}
              <ItemGroup>
                <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                <PackageReference Include="Eco2Test.MSBuild" Version="{{feed.Version}}" />
              </ItemGroup>
            </Project>
            #file Tests.cs
            using Eco2Test;

            namespace Shop.Tests;

            public class Tests
            {
                [{{test}}, TrackEmissions(Region = "FR")]
                public void Burns()
                {
                    for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.ElapsedMilliseconds < 300;)
                    {
                        Thread.SpinWait(1_000);
                    }
                }
            }
            """);
        foreach (var (path, text) in files.Files)
        {
            _workspace.Write(Path.Combine(folder, path), text);
        }

        CommandResult[] steps = [await ToolAsync("init", "build", "--root", "."), await DotnetAsync("build", "--configuration", "Release")];
        steps.ShouldAllBe(step => step.ExitCode == 0, string.Join('\n', steps.Select(step => step.ToString())));
    }

    public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => _dotnet!.RunAsync(arguments);

    public Task<CommandResult> TestAsync(params IReadOnlyList<string> more) => DotnetAsync(["test", .. Arguments, .. more]);

    public Task<CommandResult> ToolAsync(params IReadOnlyList<string> arguments) => DotnetAsync([_tool, .. arguments]);

    /// <summary>The report of that name in the folder of reports of builds.</summary>
    public EmissionsReport Report(string report) => ReportJson.Read(File.ReadAllText(PathOf("artifacts", "eco2test", report + ".eco2test.json")));

    /// <summary>Removes all reports of runs before.</summary>
    public void RemoveResults()
    {
        foreach (var results in new[] { Results, PathOf("artifacts") }.Where(Directory.Exists))
        {
            Directory.Delete(results, recursive: true);
        }
    }

    private string PathOf(params string[] parts) => _workspace!.PathOf([folder, .. parts]);

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Under VSTest, which knows no quoting: in a folder whose name would end what it is told.</summary>
    public sealed class UnderVSTest() : TestedShop(
        nameof(TestedBuildUnderVSTest),
        "a b;c=d%e é",
        """
        <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
        <ItemGroup>
          <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
          <PackageReference Include="xunit.v3" Version="3.2.2" />
          <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
        </ItemGroup>
        """,
        "Xunit.Fact", "", "--logger", "trx", "--collect", "Eco2Test");

    /// <summary>Under Microsoft.Testing.Platform.</summary>
    public sealed class OnPlatform() : TestedShop(
        nameof(TestedBuildOnPlatform),
        "a b é",
        """
        <PropertyGroup><OutputType>Exe</OutputType><EnableNUnitRunner>true</EnableNUnitRunner></PropertyGroup>
        <ItemGroup>
          <PackageReference Include="Microsoft.Testing.Extensions.TrxReport" Version="2.5.2" />
          <PackageReference Include="NUnit" Version="4.6.1" />
          <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
        </ItemGroup>
        """,
        "NUnit.Framework.Test", """, "test": { "runner": "Microsoft.Testing.Platform" }""", "--report-trx", "--results-directory", ResultsFolder);
}
