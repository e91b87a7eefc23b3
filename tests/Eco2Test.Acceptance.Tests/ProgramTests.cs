using System.Diagnostics;
using System.Runtime.InteropServices;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A library with tracked methods, and a program that references it and has one of its own: run, and compiled ahead of time.</summary>
public sealed class ProgramTests(ProgramTests.Programs programs) : IClassFixture<ProgramTests.Programs>
{
    [Fact]
    public async Task Calls_of_the_library_and_of_the_program_are_tracked_with_no_set_up_but_one_package()
    {
        var (command, report) = await programs.RunAsync("run", ["run", "--project", "App", "--configuration", "Release"]);

        command.ExitCode.ShouldBe(0, command.ToString());
        command.Output.ShouldContain("sum 60");
        ShouldBeTracked(report);
    }

    [Fact]
    public async Task Compiled_ahead_of_time_they_are_tracked_the_same()
    {
        var published = await programs.Workspace.DotnetAsync(
            "publish", "App", "--configuration", "Release", "-p:PublishAot=true", "--runtime", RuntimeInformation.RuntimeIdentifier, "--output", programs.Workspace.PathOf("aot"));
        published.ExitCode.ShouldBe(0, published.ToString());
        published.Output.ShouldNotContain(" IL", Case.Sensitive, published.ToString());

        var (output, report) = await programs.StartAsync("aot");

        output.ShouldContain("sum 60");
        ShouldBeTracked(report);
    }

    [Fact]
    public async Task Switched_off_by_a_property_the_program_is_only_called()
    {
        var (command, report) = await programs.RunAsync("off", ["run", "--project", "App", "--configuration", "Release", "--property:Eco2TestIntercept=false"]);

        command.Output.ShouldContain("sum 60", Case.Sensitive, command.ToString());
        report.ShouldNotBeNull().Windows.ShouldAllBe(window => window.Id == "App.Exact.Run", "the exact form is not intercepted");
    }

    [Fact]
    public async Task Skipped_nothing_is_tracked_and_the_exact_form_compiles()
    {
        var (command, report) = await programs.RunAsync("skipped", ["run", "--project", "App", "--configuration", "Release", "--property:Eco2TestSkip=true"]);

        command.Output.ShouldContain("sum 60", Case.Sensitive, command.ToString());
        report.ShouldBeNull();
    }

    private static void ShouldBeTracked(EmissionsReport? report)
    {
        report.ShouldNotBeNull().Run.Kind.ShouldBe("program");
        report.Windows.Select(window => window.Id).Order(StringComparer.Ordinal).ShouldBe(
            ["App.Exact.Run", "App.Work.Hidden", "Library.Model.FitAsync(Int32)", "Library.Model.Rows(Int32)", "Library.Store.Count"]);
        var fit = report.Windows.Single(window => window.Id == "Library.Model.FitAsync(Int32)");
        (fit.Kind, fit.Intensity, fit.Verdict).ShouldBe((WindowKind.Method, "FR", BudgetVerdict.Kept));
        fit.Source.ShouldNotBeNull().File.ShouldBe("Model.cs");
        report.Windows.Single(window => window.Id == "Library.Store.Count").Verdict.ShouldBe(BudgetVerdict.Exceeded, "which ends no program");
        (report.Windows.Where(window => window.Parent is null).Sum(window => window.Energy.Joules) + report.Totals.UntrackedJoules)
            .ShouldBe(report.Totals.EnergyJoules, 1e-9 * report.Totals.EnergyJoules);
    }

    /// <summary>The two projects, restored once.</summary>
    public sealed class Programs : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(ProgramTests), feed);
            Workspace.Write(TestProject.Parse($$"""
                #file Library/Library.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Eco2Test" Version="{{feed.Version}}" />
                  </ItemGroup>
                </Project>
                #file Library/Model.cs
                using Eco2Test;
                namespace Library;
                public sealed class Model
                {
                    [TrackEmissions(Region = "FR", EnergyBudget = "1 kWh")]
                    public async Task<int> FitAsync(int rows)
                    {
                        await Task.Delay(1);
                        Thread.SpinWait(20_000_000);
                        return rows;
                    }

                    [TrackEmissions]
                    public IEnumerable<int> Rows(int count)
                    {
                        for (var i = 0; i < count; i++)
                        {
                            Thread.SpinWait(1_000_000);
                            yield return i;
                        }
                    }
                }

                [TrackEmissions(EnergyBudget = "0.001 uJ")]
                public static class Store
                {
                    public static int Count()
                    {
                        Thread.SpinWait(20_000_000);
                        return 7;
                    }
                }
                #file App/App.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <CppCompilerAndLinker Condition="'$(OS)' != 'Windows_NT'">gcc</CppCompilerAndLinker>
                  </PropertyGroup>
                  <ItemGroup>
                    <ProjectReference Include="../Library/Library.csproj" />
                  </ItemGroup>
                </Project>
                #file App/Program.cs
                using Eco2Test;
                using Library;
                var model = new Model();
                var sum = await model.FitAsync(40) + model.Rows(3).Sum() + Store.Count() + App.Work.Run() + new App.Exact().Run();
                Console.WriteLine($"sum {sum}");
                namespace App
                {
                    public class Work
                    {
                        public static int Run() => Hidden();

                        [TrackEmissions]
                        private static int Hidden() => 6;
                    }

                    public partial class Exact
                    {
                        [TrackEmissions]
                        public partial int Run();

                        private int RunCore() => 4;
                    }
                }
                """));
        }

        /// <summary>Runs <c>dotnet</c>, and reads the report that the program wrote.</summary>
        public async Task<(CommandResult Command, EmissionsReport? Report)> RunAsync(string results, params string[] arguments)
        {
            var command = await Workspace.DotnetAsync(new Dictionary<string, string?> { ["ECO2TEST_RESULTS"] = Workspace.PathOf("results", results) }, arguments);
            return (command, Report(results));
        }

        /// <summary>Starts the native program.</summary>
        public async Task<(string Output, EmissionsReport? Report)> StartAsync(string results)
        {
            using var process = Process.Start(new ProcessStartInfo(Workspace.PathOf("aot", "App"))
            {
                RedirectStandardOutput = true,
                Environment = { ["ECO2TEST_RESULTS"] = Workspace.PathOf("results", results) },
            })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output);
            return (output, Report(results));
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }

        private EmissionsReport? Report(string results)
        {
            var folder = Workspace.PathOf("results", results);
            return Directory.Exists(folder) ? ReportJson.Read(File.ReadAllText(Directory.GetFiles(folder, "*.eco2test.json").ShouldHaveSingleItem())) : null;
        }
    }
}
