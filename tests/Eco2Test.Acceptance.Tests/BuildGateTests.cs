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
            build.Output.ShouldContain($"eco2test.json(2,24): error ECO3002: the build of ");
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

    private Task<TestKit.Acceptance.CommandResult> BuildAsync(params string[] more) =>
        shop.DotnetAsync(["build", "Core/Core.csproj", "--no-restore", "--no-incremental", "-m:1", .. more]);
}
