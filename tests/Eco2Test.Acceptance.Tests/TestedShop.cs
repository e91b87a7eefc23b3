using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A test project in a repository of its own, in which <c>eco2test init build</c> has put the logger, built once.</summary>
/// <param name="name">Names its logs.</param>
/// <param name="project">What the project has for its platform.</param>
/// <param name="globalJson">What <c>global.json</c> says of it.</param>
/// <param name="trx">What makes <c>dotnet test</c> write a TRX.</param>
public abstract class TestedShop(string name, string project, string globalJson, params string[] trx) : IAsyncLifetime
{
    private Workspace? _workspace;
    private string _tool = "";

    /// <summary>Where test results go.</summary>
    public string Results => _workspace!.PathOf("TestResults");

    /// <summary>What <c>dotnet test</c> is given.</summary>
    public IReadOnlyList<string> Arguments => ["--configuration", "Release", "--results-directory", Results, .. trx];

    public async ValueTask InitializeAsync()
    {
        var feed = await PackedFeed.GetAsync();
        _tool = await PackedTool.GetAsync();
        _workspace = Workspace.Create(name, feed);
        _workspace.Write("global.json", $$"""{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" }{{globalJson}} }""");
        _workspace.Write(TestProject.Parse($$"""
            #file Shop.Tests.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              {{project}}
              <ItemGroup>
                <PackageReference Include="NUnit" Version="4.6.1" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                <PackageReference Include="Eco2Test.MSBuild" Version="{{feed.Version}}" />
              </ItemGroup>
            </Project>
            #file Tests.cs
            using Eco2Test;
            using NUnit.Framework;

            namespace Shop.Tests;

            public class Tests
            {
                [Test, TrackEmissions(Region = "FR")]
                public void Burns()
                {
                    for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.ElapsedMilliseconds < 300;)
                    {
                        Thread.SpinWait(1_000);
                    }
                }
            }
            """));
        CommandResult[] steps = [await ToolAsync("init", "build", "--root", "."), await DotnetAsync("build", "--configuration", "Release")];
        steps.ShouldAllBe(step => step.ExitCode == 0, string.Join('\n', steps.Select(step => step.ToString())));
    }

    public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => _workspace!.DotnetAsync(arguments);

    public Task<CommandResult> TestAsync(params IReadOnlyList<string> more) => DotnetAsync(["test", .. Arguments, .. more]);

    public Task<CommandResult> ToolAsync(params IReadOnlyList<string> arguments) => DotnetAsync([_tool, .. arguments]);

    /// <summary>The report of that name in the folder of reports of builds.</summary>
    public EmissionsReport Report(string name) => ReportJson.Read(File.ReadAllText(_workspace!.PathOf("artifacts", "eco2test", name + ".eco2test.json")));

    /// <summary>Removes all reports of runs before.</summary>
    public void RemoveResults()
    {
        foreach (var folder in new[] { Results, _workspace!.PathOf("artifacts") }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Under VSTest.</summary>
    public sealed class UnderVSTest() : TestedShop(
        nameof(TestedBuildUnderVSTest), """<ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" /></ItemGroup>""", "", "--logger", "trx", "--collect", "Eco2Test");

    /// <summary>Under Microsoft.Testing.Platform.</summary>
    public sealed class OnPlatform() : TestedShop(
        nameof(TestedBuildOnPlatform),
        """<PropertyGroup><OutputType>Exe</OutputType><EnableNUnitRunner>true</EnableNUnitRunner></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Testing.Extensions.TrxReport" Version="2.5.2" /></ItemGroup>""",
        """, "test": { "runner": "Microsoft.Testing.Platform" }""", "--report-trx");
}
