using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What builds go through: others beside them, being killed, being large; and what they make is not changed by being measured.</summary>
public sealed class BuildLifeTests
{
    /// <summary>How many a large solution has; the nightly run asks for 300 by ECO2TEST_PROJECTS.</summary>
    private static readonly int LargeSolution =
        int.TryParse(Environment.GetEnvironmentVariable("ECO2TEST_PROJECTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 12;

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

    [Fact]
    public async Task Every_project_of_a_large_solution_has_a_row_and_nothing_is_counted_twice()
    {
        using var workspace = await CreateAsync("large");
        WriteSolution(workspace, "Part", LargeSolution);

        var build = await workspace.DotnetAsync("build", "Part.slnx", Logger(workspace));

        build.ExitCode.ShouldBe(0, build.ToString());
        var report = Report(workspace);
        var projects = report.Windows.Where(window => window.Kind == WindowKind.Project).ToList();
        projects.Select(ProjectOf).Distinct().ShouldBe(["Part.slnx", .. Names("Part", LargeSolution)], ignoreOrder: true, "the solution has a row of its own");
        var total = report.Totals.EnergyJoules;
        var tolerance = 1e-9 * total;
        report.Windows.Where(window => window.Parent is null).Sum(window => window.Energy.Joules).ShouldBe(total - report.Totals.UntrackedJoules, tolerance);
        var inside = report.Windows.ToLookup(window => window.Parent);
        foreach (var window in report.Windows)
        {
            var children = inside[window.Seq].Sum(child => child.Energy.Joules);
            children.ShouldBeLessThanOrEqualTo(window.Energy.Joules + tolerance, window.DisplayName);
            window.Energy.SelfJoules.ShouldBe(window.Energy.Joules - children, tolerance, window.DisplayName);
        }
    }

    [Fact]
    public async Task Of_two_builds_at_once_each_has_what_is_its_own()
    {
        using var tiny = await CreateAsync("tiny");
        using var large = await CreateAsync("beside-tiny");
        WriteSolution(tiny, "Tiny", 1);
        WriteSolution(large, "Part", 12);

        var builds = await Task.WhenAll(
            tiny.DotnetAsync("build", "Tiny.slnx", Logger(tiny)),
            large.DotnetAsync("build", "Part.slnx", Logger(large)));

        builds.ShouldAllBe(build => build.ExitCode == 0, $"{builds[0]}\n{builds[1]}");
        var (ofTiny, ofLarge) = (Report(tiny), Report(large));
        Projects(ofTiny).ShouldBe(["Tiny.slnx", .. Names("Tiny", 1)], ignoreOrder: true);
        Projects(ofLarge).ShouldBe(["Part.slnx", .. Names("Part", 12)], ignoreOrder: true);
        CpuSeconds(ofTiny).ShouldBeLessThan(CpuSeconds(ofLarge) / 2);

        static IEnumerable<string> Projects(EmissionsReport report) =>
            report.Windows.Where(window => window.Kind == WindowKind.Project).Select(ProjectOf).Distinct();

        static double CpuSeconds(EmissionsReport report) => report.Windows.Single(window => window.Kind == WindowKind.Build).CpuSeconds;
    }

    private static string ProjectOf(ReportWindow window) => window.DisplayName.Split(' ')[0];

    /// <summary>A solution of small projects without packages, of which each refers to one before it.</summary>
    private static void WriteSolution(Workspace workspace, string name, int count)
    {
        var names = Names(name, count);
        for (var i = 0; i < count; i++)
        {
            var reference = i > 0 ? $"<ProjectReference Include=\"../{names[(i - 1) / 2]}/{names[(i - 1) / 2]}.csproj\" />" : "";
            workspace.Write($"{names[i]}/{names[i]}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    {reference}
                  </ItemGroup>
                </Project>
                """);
            workspace.Write($"{names[i]}/Price.cs", $"namespace {names[i]};\n\npublic static class Price\n{{\n    public static int Of(int pieces) => pieces * 3;\n}}\n");
        }

        workspace.Write($"{name}.slnx", $"<Solution>\n{string.Concat(names.Select(project => $"  <Project Path=\"{project}/{project}.csproj\" />\n"))}</Solution>\n");
    }

    private static List<string> Names(string name, int count) => [.. Enumerable.Range(0, count).Select(i => $"{name}{i}")];

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
