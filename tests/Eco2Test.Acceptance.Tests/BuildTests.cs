using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A solution of two projects that have the package Eco2Test.MSBuild, built as a user builds it, with and without the logger.</summary>
public sealed class BuildTests(BuildTests.Solution solution) : IClassFixture<BuildTests.Solution>
{
    [Fact]
    public async Task The_logger_gives_the_whole_build_a_report_with_its_projects()
    {
        var build = await solution.BuildAsync("logged", solution.Logger);

        build.ExitCode.ShouldBe(0, build.ToString());
        var report = solution.Report("logged", "build");
        report.Run.Project.ShouldBe("Shop.slnx");
        report.Run.Kind.ShouldBe("build");
        report.Build.ShouldNotBeNull().Succeeded.ShouldBe(true);
        report.Build.Mode.ShouldNotBeNullOrEmpty();
        var whole = report.Windows.Single(window => window.Kind == WindowKind.Build);
        whole.Energy.Joules.ShouldBeGreaterThan(0);
        var projects = report.Windows.Where(window => window.Kind == WindowKind.Project).ToList();
        projects.Select(project => project.Parent).ShouldAllBe(parent => parent == whole.Seq);
        projects.ShouldContain(project => project.DisplayName.Contains("App"));
        projects.ShouldContain(project => project.DisplayName.Contains("Core"));
        report.Windows.ShouldContain(window => window.Kind == WindowKind.Target);
        report.Windows.ShouldContain(window => window.Kind == WindowKind.Task);
        build.Output.ShouldContain("Eco2Test  Shop.slnx");
        File.ReadAllText(solution.PathOf("logged", "build.eco2test.json")).ShouldNotContain(solution.Folder, customMessage: "no absolute path");
    }

    [Fact]
    public async Task The_package_alone_gives_each_project_its_figure()
    {
        var build = await solution.BuildAsync("alone", "-verbosity:normal");

        build.ExitCode.ShouldBe(0, build.ToString());
        build.Output.ShouldContain("Eco2Test: App (net10.0) used ");
        foreach (var project in new[] { "App", "Core" })
        {
            var report = solution.Report("alone", "projects", $"{project}_net10.0");
            report.Run.Project.ShouldBe(project);
            report.Totals.UntrackedJoules.ShouldBe(0);
            var window = report.Windows.ShouldHaveSingleItem();
            window.Kind.ShouldBe(WindowKind.Project);
            window.Energy.Joules.ShouldBeGreaterThan(0);
            report.Totals.EnergyJoules.ShouldBe(window.Energy.Joules);
        }
    }

    /// <summary>
    /// The package sees a project on its node from its first target to its end, the logger sees all that was done for it. Without
    /// the compiler's server, which works for other builds of this machine too, all that the node starts is between these targets:
    /// so the package has at least what the children used, and at most the rows without evaluation, with what the engine did
    /// meanwhile. In between lies what the runtime of the node does for itself, which only the rows have; each edge of a project may
    /// lie in the wrong one of two samples.
    /// </summary>
    [Fact]
    public async Task The_package_and_the_logger_of_one_build_agree_about_its_projects_and_are_not_added_up()
    {
        const double Edge = 0.05 * 2;
        string[] projects = ["App", "Core"];

        var build = await solution.BuildAsync("both", "-m:1", "-p:UseSharedCompilation=false", solution.Logger);
        var sums = await solution.ToolAsync("report", solution.PathOf("both"), "--by", "project", "--format", "json");

        build.ExitCode.ShouldBe(0, build.ToString());
        var report = solution.Report("both", "build");
        var (whole, rows) = (report.Windows.Single(window => window.Kind == WindowKind.Build), projects.Select(Row).ToList());
        var seen = projects.Select(project => solution.Report("both", "projects", $"{project}_net10.0")).ToList();
        seen.ShouldAllBe(project => project.Run.Id == report.Run.Id);
        foreach (var (row, package) in rows.Zip(seen.Select(project => project.Windows.ShouldHaveSingleItem())))
        {
            package.Energy.HighJoules.ShouldBeGreaterThanOrEqualTo(row.Energy.LowJoules, row.DisplayName);
            row.Energy.HighJoules.ShouldBeGreaterThanOrEqualTo(package.Energy.LowJoules, row.DisplayName);
        }

        var cpuSeconds = seen.Sum(project => project.Windows[0].CpuSeconds);
        var children = report.Build!.Processes.Where(processes => processes.Role == "child").Sum(processes => processes.CpuSeconds);
        children.ShouldBeGreaterThan(4 * Edge, "what is compared is more than what is left open");
        cpuSeconds.ShouldBeInRange(children - 4 * Edge, rows.Sum(row => row.CpuSeconds - Evaluation(row)) + report.Build.EngineCpuSeconds + 4 * Edge);
        seen.Sum(project => project.Totals.EnergyJoules).ShouldBeLessThanOrEqualTo(whole.Energy.Joules + report.Totals.OverheadJoules);

        sums.ExitCode.ShouldBe(0, sums.ToString());
        using var json = System.Text.Json.JsonDocument.Parse(sums.Output);
        json.RootElement.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("joules").GetDouble()).ShouldBe(whole.Energy.Joules, 1e-6 * whole.Energy.Joules);

        ReportWindow Row(string project) => report.Windows.Single(window => window.Kind == WindowKind.Project && (window.DisplayName == project || window.DisplayName == $"{project} (net10.0)"));

        double Evaluation(ReportWindow row) => report.Windows.Where(window => window.Parent == row.Seq && window.DisplayName == "(evaluation)").Sum(window => window.CpuSeconds);
    }

    [Fact]
    public async Task A_project_over_its_budget_fails_at_the_line_of_the_budget()
    {
        solution.SetProperty("Eco2TestProjectEnergyBudget", "1 mJ");

        var build = await solution.BuildAsync("project");

        build.ExitCode.ShouldBe(1, build.ToString());
        build.Output.ShouldContain($"{solution.Props}(3,5): error ECO3001: project Core (net10.0) used ");
        build.Output.ShouldContain("Core.csproj]", customMessage: "MSBuild names the project where the file is another");
    }

    [Fact]
    public async Task A_build_over_its_budget_fails_though_all_is_built()
    {
        solution.SetProperty("Eco2TestBuildEnergyBudget", "1 mJ");

        var build = await solution.BuildAsync("build", solution.Logger);

        build.ExitCode.ShouldBe(1, build.ToString());
        build.Output.ShouldContain("Build succeeded");
        build.Output.ShouldContain($"{solution.Props}(3,5): error ECO3002: the build of Shop.slnx used ");
        solution.Report("build", "build").Budgets.ShouldNotBeNull().ShouldHaveSingleItem().Verdict.ShouldBe(BudgetVerdict.Exceeded);
    }

    [Fact]
    public async Task A_budget_of_the_build_without_the_logger_is_a_warning_that_can_be_an_error()
    {
        solution.SetProperty("Eco2TestBuildEnergyBudget", "1 MJ");

        var warned = await solution.BuildAsync("warned");
        solution.SetProperty("Eco2TestBuildEnergyBudget", "1 MJ");
        var failed = await solution.BuildAsync("failed", "-warnaserror:ECO3006");

        warned.ExitCode.ShouldBe(0, warned.ToString());
        warned.Output.ShouldContain($"{solution.Props}(3,5): warning ECO3006: ");
        failed.ExitCode.ShouldBe(1, failed.ToString());
        failed.Output.ShouldContain(": error ECO3006: ");
    }

    [Fact]
    public async Task Nothing_is_tracked_that_is_to_be_skipped()
    {
        var build = await solution.BuildAsync("skipped", "-verbosity:normal", "-p:Eco2TestSkip=true", "-p:Eco2TestProjectEnergyBudget=1 mJ", solution.Logger);

        build.ExitCode.ShouldBe(0, build.ToString());
        build.Output.Split("Eco2Test: the energy of projects of this build is not tracked: Eco2TestSkip is true.").Length.ShouldBe(2, "it is said once in a build");
        Directory.Exists(solution.PathOf("skipped")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_MSBuild_loads_lies_in_package_and_tool_for_all_systems_and_compiled_ahead_for_one()
    {
        foreach (var folder in new[] { solution.Tasks, Path.Combine(Path.GetDirectoryName(await PackedTool.GetAsync())!, "msbuild") })
        {
            foreach (var name in new[] { "Eco2Test.Core.dll", "Eco2Test.Reporting.dll" })
            {
                var (forAll, ahead) = (Path.Combine(folder, name), Path.Combine(folder, "linux-x64", name));
                (IsCompiled(forAll), IsCompiled(ahead)).ShouldBe((false, true), folder);
                Assembly(ahead).ShouldBe(Assembly(forAll), "it is the same assembly");
            }
        }

        static bool IsCompiled(string file)
        {
            using var image = new PEReader(File.OpenRead(file));
            return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }

        static Guid Assembly(string file)
        {
            using var image = new PEReader(File.OpenRead(file));
            var metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
    }

    [Theory]
    [InlineData("Eco2Test.MSBuild.dll")]
    [InlineData("Eco2Test.Core.dll")]
    public async Task A_package_that_lacks_an_assembly_changes_a_build_only_where_it_has_a_budget(string assembly)
    {
        var project = solution.ProjectOf(solution.PackageWithout(assembly));

        var plain = await solution.DotnetAsync("build", project, "-warnaserror", "-verbosity:normal");
        var limited = await solution.DotnetAsync("build", project, "-p:Eco2TestProjectEnergyBudget=1 MJ");

        plain.ExitCode.ShouldBe(0, plain.ToString());
        plain.Output.Split("is not tracked: the package lacks its tasks").Length.ShouldBe(2, plain.ToString());
        limited.ExitCode.ShouldBe(1, limited.ToString());
        limited.Output.ShouldContain("error ECO3006: Alone has a budget, and nothing judges it");
    }

    [Theory]
    [InlineData("Eco2Test.Core.dll")]
    [InlineData("Eco2Test.Reporting.dll")]
    public async Task A_logger_that_lacks_an_assembly_changes_a_build_only_where_it_has_a_budget(string assembly)
    {
        var logger = $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{Path.Combine(solution.PackageWithout(assembly), "tasks", "net8.0", "Eco2Test.MSBuild.dll")}";

        var plain = await solution.BuildAsync("lacking", "-warnaserror", logger);
        var limited = await solution.BuildAsync("lacking", logger, "-p:Eco2TestBuildEnergyBudget=1 MJ");

        plain.ExitCode.ShouldBe(0, plain.ToString());
        plain.Output.ShouldContain("Eco2Test: warning ECO3009: the energy of this build is not known: ");
        limited.ExitCode.ShouldBe(1, limited.ToString());
        limited.Output.ShouldContain("error ECO3006");
    }

    /// <summary>An application and its library, which is restored and built once before the tests.</summary>
    public sealed class Solution : IAsyncLifetime
    {
        private Workspace? _workspace;
        private string? _package;

        public string Folder => _workspace!.Folder;

        public string Props => _workspace!.PathOf("Directory.Build.props");

        /// <summary>Where tasks and logger lie in the unpacked package.</summary>
        public string Tasks => _workspace!.PathOf("unpacked", "tasks", "net8.0");

        /// <summary>The argument that adds the logger, which lies unpacked beside the solution.</summary>
        public string Logger => $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{Path.Combine(Tasks, "Eco2Test.MSBuild.dll")}";

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            _workspace = Workspace.Create(nameof(BuildTests), feed);
            _workspace.Write(TestProject.Parse($$"""
                #file Core/Core.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Eco2Test.MSBuild" Version="{{feed.Version}}" />
                  </ItemGroup>
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
                    <PackageReference Include="Eco2Test.MSBuild" Version="{{feed.Version}}" />
                    <ProjectReference Include="../Core/Core.csproj" />
                  </ItemGroup>
                </Project>
                #file App/Program.cs
                System.Console.WriteLine(Price.Of(2));
                #file Shop.slnx
                <Solution>
                  <Project Path="App/App.csproj" />
                  <Project Path="Core/Core.csproj" />
                </Solution>
                """));
            _package = Path.Combine(feed.Folder, $"Eco2Test.MSBuild.{feed.Version}.nupkg");
            ZipFile.ExtractToDirectory(_package, _workspace.PathOf("unpacked"));
            var restored = await _workspace.DotnetAsync("restore");
            restored.ExitCode.ShouldBe(0, restored.ToString());
        }

        /// <summary>The unpacked package without one of its assemblies.</summary>
        public string PackageWithout(string assembly)
        {
            var folder = _workspace!.PathOf("without", assembly);
            ZipFile.ExtractToDirectory(_package!, folder, overwriteFiles: true);
            foreach (var file in Directory.GetFiles(folder, assembly, SearchOption.AllDirectories))
            {
                File.Delete(file);
            }

            return folder;
        }

        /// <summary>A project with the targets of an unpacked package.</summary>
        public string ProjectOf(string package)
        {
            _workspace!.Write("Alone/Alone.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                  <Import Project="{package}/build/Eco2Test.MSBuild.targets" />
                </Project>
                """);
            return _workspace.PathOf("Alone");
        }

        public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => _workspace!.DotnetAsync(arguments);

        /// <summary>Builds anew, with reports in a folder of that name.</summary>
        public async Task<CommandResult> BuildAsync(string results, params string[] arguments)
        {
            try
            {
                return await _workspace!.DotnetAsync(["build", "--no-restore", "--no-incremental", $"-p:Eco2TestBuildResults={_workspace.PathOf("results", results)}", .. arguments]);
            }
            finally
            {
                _workspace!.Write("Directory.Build.props", "<Project />\n");
            }
        }

        /// <summary>Sets a property of all projects, on line 3 of <see cref="Props"/>, for the next build.</summary>
        public void SetProperty(string name, string value) => _workspace!.Write("Directory.Build.props", $"<Project>\n  <PropertyGroup>\n    <{name}>{value}</{name}>\n  </PropertyGroup>\n</Project>\n");

        public async Task<CommandResult> ToolAsync(params string[] arguments) => await _workspace!.DotnetAsync([await PackedTool.GetAsync(), .. arguments]);

        public string PathOf(string results, params string[] parts) => _workspace!.PathOf(["results", results, .. parts]);

        public EmissionsReport Report(string results, params string[] parts) => ReportJson.Read(File.ReadAllText(PathOf(results, parts) + ".eco2test.json"));

        public ValueTask DisposeAsync()
        {
            _workspace?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
