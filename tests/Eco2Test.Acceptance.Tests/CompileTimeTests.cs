using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What the compiler says to someone who has added the package.</summary>
public sealed class CompileTimeTests(CompileTimeTests.Packages packages) : IClassFixture<CompileTimeTests.Packages>
{
    [Fact]
    public async Task A_misspelt_region_does_not_compile_and_the_right_one_is_named()
    {
        var build = await BuildAsync("""TrackEmissions(Region = "Frnace")""");

        build.ExitCode.ShouldNotBe(0, build.ToString());
        build.Output.ShouldContain("error ECO1001");
        build.Output.ShouldContain("did you mean 'FR' (France)?");
    }

    [Fact]
    public async Task A_budget_that_is_no_amount_of_energy_does_not_compile()
    {
        var build = await BuildAsync("""TrackEmissions(EnergyBudget = "5 apples")""");

        build.ExitCode.ShouldNotBe(0, build.ToString());
        build.Output.ShouldContain("error ECO1002");
        build.Output.ShouldContain("'apples' is not a unit of an energy");
    }

    [Fact]
    public async Task A_region_in_lower_case_compiles()
    {
        var build = await BuildAsync("""TrackEmissions(Region = "fr")""");

        build.ExitCode.ShouldBe(0, build.ToString());
        build.Output.ShouldContain("0 Warning(s)");
    }

    private Task<CommandResult> BuildAsync(string attribute)
    {
        packages.Workspace.Write("Tests.cs", $$"""
            namespace Shop.Tests;

            public class ModelTests
            {
                [Fact, Eco2Test.{{attribute}}]
                public void Trains()
                {
                }
            }
            """);
        return packages.Workspace.DotnetAsync("build", "Shop.Tests.csproj", "--configuration", "Release");
    }

    /// <summary>One project, restored once.</summary>
    public sealed class Packages : IAsyncLifetime
    {
        public Workspace Workspace { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var feed = await PackedFeed.GetAsync();
            Workspace = Workspace.Create(nameof(CompileTimeTests), feed);
            Workspace.Write(TestProject.Parse($"""
                #file Shop.Tests.csproj
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                    <PackageReference Include="xunit.v3" Version="3.2.2" />
                    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                    <PackageReference Include="Eco2Test" Version="{feed.Version}" />
                    <Using Include="Xunit" />
                  </ItemGroup>
                </Project>
                """));
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
