namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// The gates of builds from packed packages: exit code and line of each. Cells are those that differ in how they work.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>what</term><description>covered by</description></listheader>
/// <item><term>.slnx, .sln, .slnf, project, inner builds, -graph, publish, pack, restore</term><description>budget of the whole build in eco2test.json, with the logger</description></item>
/// <item><term>error, warn, -warnaserror, shadow, emissions, unreadable, other mode, locked, entries of <c>builds</c></term><description>one project, with the logger</description></item>
/// <item><term>no logger, folder of reports that is a file, skip, an editor's build, -mt, MSBuild server</term><description>one project</description></item>
/// <item><term>the project file, ContinueOnError, a named settings file, a run budget that nobody judges, the package as an SDK</term><description>one project</description></item>
/// <item><term>space, semicolon, percent sign, a letter beyond ASCII</term><description>the folder of all of them</description></item>
/// </list>
/// </remarks>
public sealed class BuildGateTests(BuiltShop shop) : IClassFixture<BuiltShop>
{
    [Theory]
    [InlineData("build", "Shop.slnx", "--no-restore")]
    [InlineData("build", "Old.sln", "--no-restore")]
    [InlineData("build", "Shop.slnf", "--no-restore")]
    [InlineData("build", "Core/Core.csproj", "--no-restore")]
    [InlineData("build", "Many/Many.csproj", "--no-restore")]
    [InlineData("build", "Shop.slnx", "--no-restore", "-graph")]
    [InlineData("build", "Core/Core.csproj", "--no-restore", "-mt")]
    [InlineData("publish", "Core/Core.csproj", "--no-restore")]
    [InlineData("pack", "Core/Core.csproj", "--no-restore")]
    [InlineData("restore", "Shop.slnx")]
    public async Task A_budget_of_the_whole_build_fails_what_is_built_in_any_way(params string[] command)
    {
        shop.Write("eco2test.json", "{\n  \"buildEnergyBudget\": \"1 mJ\"\n}\n");
        try
        {
            var build = await shop.DotnetAsync([.. command, shop.Logger]);

            build.ExitCode.ShouldBe(1, build.ToString());
            build.Output.ShouldContain($"eco2test.json(2,24): error ECO3002: the build of {Path.GetFileName(command[1])} used ");
        }
        finally
        {
            File.Delete(Path.Combine(shop.Folder, "eco2test.json"));
        }
    }

    [Fact]
    public async Task The_MSBuild_server_fails_it_too()
    {
        var build = await shop.DotnetWithAsync(
            new() { ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1" },
            "build", "Core/Core.csproj", "--no-restore", "-p:Eco2TestBuildEnergyBudget=1 mJ", shop.Logger);

        build.ExitCode.ShouldBe(1, build.ToString());
        build.Output.ShouldContain("error ECO3002: the build of Core.csproj used ");
    }

    [Theory]
    [InlineData(1, ": error ECO3001: project Core (net10.0) used ", "ProjectEnergyBudget=1 mJ")]
    [InlineData(1, ": error ECO3001: project Core (net10.0) ", "ProjectEmissionsBudget=1 ug")]
    [InlineData(0, ": warning ECO3001: ", "ProjectEnergyBudget=1 mJ", "ProjectBudgetSeverity=warn")]
    [InlineData(1, ": error ECO3001: ", "ProjectEnergyBudget=1 mJ", "ProjectBudgetSeverity=warn", "-warnaserror:ECO3001")]
    [InlineData(0, "ECO3016: ", "ProjectEnergyBudget=1 mJ", "Mode=shadow")]
    [InlineData(1, ": error ECO3005: ", "ProjectEnergyBudget=5")]
    [InlineData(1, ": error ECO3002: the build of Core.csproj ", "BuildEmissionsBudget=1 ug")]
    [InlineData(0, ": warning ECO3002: ", "BuildEnergyBudget=1 mJ", "BuildBudgetSeverity=warn")]
    [InlineData(0, "ECO3016: ", "BuildEnergyBudget=1 mJ", "Mode=shadow")]
    [InlineData(1, ": error ECO3005: ", "BuildEnergyBudget=5")]
    [InlineData(0, ": warning ECO3004: ", "BuildEnergyBudget=1 mJ", "BuildBudgetMode=graph=on")]
    public async Task A_budget_of_the_command_line_is_judged_as_it_is_set(int exitCode, string line, params string[] words)
    {
        var build = await BuildAsync([.. words.Select(word => word[0] == '-' ? word : $"-p:Eco2Test{word}"), shop.Logger]);

        build.ExitCode.ShouldBe(exitCode, build.ToString());
        build.Output.ShouldContain(line);
    }

    [Theory]
    [InlineData(1, "error ECO3002: ", """{ "builds": [ { "solution": "Core.csproj", "configuration": "Debug", "energyBudget": "1 mJ" } ] }""")]
    [InlineData(0, null, """{ "builds": [ { "solution": "Shop.slnx", "energyBudget": "1 mJ" }, { "configuration": "Release", "energyBudget": "1 mJ" } ] }""")]
    [InlineData(1, "error ECO3001: ", """{ "builds": [ { "project": "Core/*", "targetFramework": "net10.0", "energyBudget": "1 mJ" } ] }""")]
    [InlineData(0, null, """{ "builds": [ { "project": "Core/*", "targetFramework": "net8.0", "energyBudget": "1 mJ" } ] }""")]
    [InlineData(1, "error ECO3008: ", """{ "extends": "policy.json", "buildEnergyBudget": "2 MJ" }""")]
    public async Task The_settings_file_says_which_builds_a_budget_is_of(int exitCode, string? line, string settings)
    {
        shop.Write("policy.json", """{ "buildEnergyBudget": "1 MJ", "locked": ["buildEnergyBudget"] }""");
        shop.Write("eco2test.json", settings);
        try
        {
            var build = await BuildAsync(shop.Logger);

            build.ExitCode.ShouldBe(exitCode, build.ToString());
            build.Output.ShouldContain(line ?? "Build succeeded");
        }
        finally
        {
            File.Delete(Path.Combine(shop.Folder, "eco2test.json"));
        }
    }

    [Theory]
    [InlineData(0, "ECO3011")]
    [InlineData(1, "error ECO3006: ", "-p:Eco2TestBuildEnergyBudget=1 MJ")]
    public async Task A_folder_that_cannot_be_written_fails_only_a_build_that_has_a_budget(int exitCode, string line, params string[] more)
    {
        shop.Write("taken", "a file");

        var build = await BuildAsync([.. more, "-p:Eco2TestBuildResults=../taken", shop.Logger]);

        build.ExitCode.ShouldBe(exitCode, build.ToString());
        build.Output.ShouldContain(line);
    }

    [Theory]
    [InlineData("Eco2TestSkip")]
    [InlineData("DesignTimeBuild")]
    public async Task What_is_not_tracked_is_not_judged(string property)
    {
        var build = await BuildAsync($"-p:{property}=true", "-p:Eco2TestProjectEnergyBudget=1 mJ", "-p:Eco2TestBuildEnergyBudget=1 mJ");

        build.ExitCode.ShouldBe(0, build.ToString());
        build.Output.ShouldNotContain("ECO30");
    }

    [Fact]
    public async Task A_budget_in_the_project_file_fails_at_its_line_as_any_error_of_the_project_does_whoever_goes_on()
    {
        shop.Write("Outer.proj", """
            <Project>
              <Target Name="Build">
                <MSBuild Projects="Core/Core.csproj" Properties="$(Inner)" ContinueOnError="$(Continue)" />
                <Message Importance="high" Text="went on" />
              </Target>
            </Project>
            """);
        shop.SetInCore("<Eco2TestProjectEnergyBudget Condition=\"'$(Plain)' == ''\">1 mJ</Eco2TestProjectEnergyBudget>", """<Target Name="Plain" AfterTargets="Build" Condition="'$(Plain)' == 'true'"><Error Code="PLAIN1" File="of.json" Text="an error" /></Target>""");
        try
        {
            var build = await BuildAsync();
            build.ExitCode.ShouldBe(1, build.ToString());
            build.Output.ShouldContain($"{Path.Combine(shop.Folder, "Core", "Core.csproj")}(4,5): error ECO3001: project Core (net10.0) used ");

            foreach (var how in new[] { "WarnAndContinue", "ErrorAndContinue" })
            {
                var over = await shop.DotnetAsync("build", "Outer.proj", $"-p:Continue={how}");
                var plain = await shop.DotnetAsync("build", "Outer.proj", $"-p:Continue={how}", "-p:Inner=Plain=true");

                plain.Output.ShouldContain("error PLAIN1: ");
                over.Output.ShouldContain("(4,5): error ECO3001: ");
                over.Output.ShouldContain("went on");
                over.ExitCode.ShouldBe(plain.ExitCode, $"MSBuild's own meaning of {how}");
                Counts(over).ShouldBe(Counts(plain));
            }
        }
        finally
        {
            shop.SetInCore();
        }

        static List<string> Counts(TestKit.Acceptance.CommandResult build) =>
            [.. build.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Build ", StringComparison.Ordinal) || line.EndsWith("(s)", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_settings_file_that_a_property_names_holds_for_tasks_and_logger()
    {
        shop.Write("policy/limits.json", "{\n  \"projectEnergyBudget\": \"1 mJ\",\n  \"buildEnergyBudget\": \"1 mJ\"\n}\n");
        shop.Write("Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <Eco2TestSettingsFile>$(MSBuildThisFileDirectory)policy/limits.json</Eco2TestSettingsFile>\n  </PropertyGroup>\n</Project>\n");
        try
        {
            var build = await BuildAsync(shop.Logger);

            build.ExitCode.ShouldBe(1, build.ToString());
            build.Output.ShouldContain($"{Path.Combine(shop.Folder, "policy", "limits.json")}(2,26): error ECO3001: ");
            build.Output.ShouldContain($"{Path.Combine(shop.Folder, "policy", "limits.json")}(3,24): error ECO3002: ");
        }
        finally
        {
            shop.Write("Directory.Build.props", "<Project />\n");
        }
    }

    [Theory]
    [InlineData(0, "Core.csproj : warning ECO3012: Core has a budget for its test run, which no package of it measures")]
    [InlineData(1, "Core.csproj : error ECO3012: ", "-warnaserror:ECO3012")]
    public async Task A_budget_of_a_test_run_that_no_package_measures_is_said(int exitCode, string line, params string[] more)
    {
        var build = await BuildAsync(["-p:IsTestProject=true", "-p:Eco2TestRunEnergyBudget=1 J", .. more]);

        build.ExitCode.ShouldBe(exitCode, build.ToString());
        build.Output.ShouldContain(line);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_package_as_an_SDK_of_a_project_gates_it_once(bool alsoAsPackage)
    {
        shop.WriteProject("Other", "<TargetFramework>net10.0</TargetFramework>\n    <Eco2TestProjectEnergyBudget>1 mJ</Eco2TestProjectEnergyBudget>", isSdk: true, isPackage: alsoAsPackage);

        var build = await shop.DotnetAsync("build", "Other/Other.csproj", "-warnaserror", "-verbosity:normal");

        build.ExitCode.ShouldBe(1, build.ToString());
        build.Output.ShouldContain("error ECO3001: project Other (net10.0) used ");
        build.Output.ShouldContain("    1 Error(s)");
        build.Output.ShouldNotContain("ECO3009");
    }

    [Fact]
    public async Task The_package_as_an_SDK_of_a_solution_fails_a_budget_that_nobody_judges()
    {
        shop.WriteSolutionTargets();
        try
        {
            var without = await shop.DotnetAsync("build", "Shop.slnx", "--no-restore", "-p:Eco2TestBuildEnergyBudget=1 MJ");
            var with = await shop.DotnetAsync("build", "Shop.slnx", "--no-restore", "-p:Eco2TestBuildEnergyBudget=1 MJ", shop.Logger);

            without.ExitCode.ShouldBe(1, without.ToString());
            without.Output.ShouldContain("Shop.slnx : error ECO3006: the build has a budget, and nothing measures the whole build");
            with.ExitCode.ShouldBe(0, with.ToString());
        }
        finally
        {
            File.Delete(Path.Combine(shop.Folder, "Directory.Solution.targets"));
        }
    }

    private Task<TestKit.Acceptance.CommandResult> BuildAsync(params string[] more) =>
        shop.DotnetAsync(["build", "Core/Core.csproj", "--no-restore", "--no-incremental", "-m:1", .. more]);
}
