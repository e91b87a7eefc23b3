using System.IO.Compression;
using System.Security.Cryptography;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What builds go through: others beside them, being killed, being large; and what they make is not changed by being measured.</summary>
public sealed class BuildLifeTests
{
    [Theory]
    [InlineData(0, "class Program { static void Main() => System.Console.WriteLine(Price.Of(2)); }")]
    [InlineData(1, "class Program { static void Main() => System.Console.WriteLine(Price.Off(2)); }")]
    public async Task What_a_build_makes_and_its_exit_code_are_the_same_with_and_without_the_package(int exitCode, string program)
    {
        using var workspace = await CreateAsync("made");
        workspace.Write(TestProject.Parse($$"""
            #file Directory.Build.props
            <Project>
              <ItemGroup Condition="'$(WithEco2Test)' == 'true'">
                <PackageReference Include="Eco2Test.MSBuild" Version="{{workspace.Feed.Version}}" />
              </ItemGroup>
            </Project>
            #file Core/Core.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
              </PropertyGroup>
            </Project>
            #file Core/Price.cs
            public static class Price
            {
                public static int Of(int pieces) => pieces * 3;
            }
            #file App/App.csproj
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Core/Core.csproj" />
              </ItemGroup>
            </Project>
            #file App/Program.cs
            {{program}}
            """));

        var without = await workspace.DotnetAsync("build", "App", "-p:WithEco2Test=false");
        var madeWithout = TakeMade(workspace);
        var with = await workspace.DotnetAsync("build", "App", "-p:WithEco2Test=true", Logger(workspace));
        var madeWith = TakeMade(workspace);

        without.ExitCode.ShouldBe(exitCode, without.ToString());
        with.ExitCode.ShouldBe(exitCode, with.ToString());
        madeWithout.Keys.ShouldContain(Path.Combine("Core", "bin", "Debug", "net10.0", "Core.deps.json"));
        madeWith.ShouldBe(madeWithout, ignoreOrder: true);
        Report(workspace).Windows.ShouldContain(window => window.Kind == WindowKind.Project, "it was measured");
    }

    [Fact]
    public async Task A_build_that_is_killed_leaves_what_the_tool_makes_an_incomplete_report_of()
    {
        using var workspace = await CreateAsync("killed");
        workspace.Write("Core/Core.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <!-- The parent of the shell is the build: nothing is left that sleeps on. -->
              <Target Name="Kill" AfterTargets="CoreCompile">
                <Exec Command="sleep 3; kill -KILL $PPID" />
              </Target>
            </Project>
            """);
        workspace.Write("Core/Price.cs", "public static class Price;\n");

        var build = await workspace.DotnetAsync("build", "Core", "-m:1", Logger(workspace));
        var results = workspace.PathOf("artifacts", "eco2test");
        var tool = await workspace.DotnetAsync(await PackedTool.GetAsync(), "report", results, "--format", "json", "--out", workspace.PathOf("made"));

        build.ExitCode.ShouldBe(128 + 9, build.ToString());
        Directory.GetFiles(results).ShouldHaveSingleItem().ShouldEndWith(".eco2test.journal");
        tool.ExitCode.ShouldBe(0, tool.ToString());
        var report = ReportJson.Read(File.ReadAllText(Directory.GetFiles(workspace.PathOf("made")).ShouldHaveSingleItem()));
        report.Run.Kind.ShouldBe("build");
        (report.Build?.Succeeded).ShouldBeNull();
        var window = report.Windows.ShouldHaveSingleItem();
        window.Kind.ShouldBe(WindowKind.Build);
        window.Quality.ShouldBe(MeasurementQuality.Incomplete);
        window.Energy.Joules.ShouldBeGreaterThan(0);
        window.DurationSeconds.ShouldBeGreaterThan(1, "the task slept for three seconds, and the books are about one old at most");
    }

    private static async Task<Workspace> CreateAsync(string test)
    {
        var feed = await PackedFeed.GetAsync();
        var workspace = Workspace.Create($"{nameof(BuildLifeTests)}-{test}", feed);
        ZipFile.ExtractToDirectory(Path.Combine(feed.Folder, $"Eco2Test.MSBuild.{feed.Version}.nupkg"), workspace.PathOf("unpacked"));
        return workspace;
    }

    private static string Logger(Workspace workspace) => $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{workspace.PathOf("unpacked", "tasks", "net8.0", "Eco2Test.MSBuild.dll")}";

    private static EmissionsReport Report(Workspace workspace) => ReportJson.Read(File.ReadAllText(workspace.PathOf("artifacts", "eco2test", "build.eco2test.json")));

    /// <summary>The hash of each file that a build has made, all of which are removed, as is what it would have been spared by.</summary>
    private static Dictionary<string, string> TakeMade(Workspace workspace)
    {
        string[] projects = ["App", "Core"];
        var made = projects.Select(project => workspace.PathOf(project, "bin")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .ToDictionary(file => Path.GetRelativePath(workspace.Folder, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
        foreach (var folder in projects.SelectMany(project => new[] { workspace.PathOf(project, "bin"), workspace.PathOf(project, "obj") }).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        return made;
    }
}
