using System.IO.Compression;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>
/// A solution in every form, in a folder whose name has what command lines and MSBuild trip over: two small projects that have
/// the package, restored once. <c>Many</c> has inner builds.
/// </summary>
public sealed class BuiltShop : IAsyncLifetime
{
    private const string Name = "a b;c%d é";

    private Workspace? _workspace;
    private DotnetCommand? _dotnet;

    /// <summary>The folder of the solution.</summary>
    public string Folder => _workspace!.PathOf(Name);

    /// <summary>The argument that adds the logger, which lies unpacked beside the folder.</summary>
    public string Logger => $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{_workspace!.PathOf("unpacked", "tasks", "net8.0", "Eco2Test.MSBuild.dll")}";

    public async ValueTask InitializeAsync()
    {
        var feed = await PackedFeed.GetAsync();
        _workspace = Workspace.Create(nameof(BuiltShop), feed);
        ZipFile.ExtractToDirectory(Path.Combine(feed.Folder, $"Eco2Test.MSBuild.{feed.Version}.nupkg"), _workspace.PathOf("unpacked"));
        foreach (var (project, framework) in new[] { ("Core", "<TargetFramework>net10.0</TargetFramework>"), ("Many", "<TargetFrameworks>net10.0</TargetFrameworks>") })
        {
            WriteProject(project, framework);
        }

        Write("Shop.slnx", "<Solution>\n  <Project Path=\"Core/Core.csproj\" />\n  <Project Path=\"Many/Many.csproj\" />\n</Solution>\n");
        Write("Shop.slnf", """{ "solution": { "path": "Old.sln", "projects": [ "Core/Core.csproj" ] } }""");
        Write("Directory.Build.props", "<Project />\n");
        CommandResult[] steps =
        [
            await DotnetAsync("new", "sln", "--name", "Old", "--format", "sln"),
            await DotnetAsync("sln", "Old.sln", "add", "Core", "Many"),
            await DotnetAsync("restore", "Shop.slnx"),
        ];
        steps.ShouldAllBe(step => step.ExitCode == 0, steps[^1].ToString());
    }

    /// <summary>Writes a file of the solution.</summary>
    public void Write(string path, string text) => _workspace!.Write(Path.Combine(Name, path), text);

    /// <summary>Writes a project of one class.</summary>
    /// <param name="name">The project.</param>
    /// <param name="properties">What stands from the line 4 on.</param>
    /// <param name="more">What stands at its end.</param>
    /// <param name="isSdk">Whether it has the package as an SDK.</param>
    /// <param name="isPackage">Whether it has it as a package.</param>
    public void WriteProject(string name, string properties, string more = "", bool isSdk = false, bool isPackage = true)
    {
        var version = _workspace!.Feed.Version;
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {(isSdk ? $"<Sdk Name=\"Eco2Test.MSBuild\" Version=\"{version}\" />" : "")}
              <PropertyGroup>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {(isPackage ? $"<PackageReference Include=\"Eco2Test.MSBuild\" Version=\"{version}\" />" : "")}
              </ItemGroup>
              {more}
            </Project>
            """);
        Write($"{name}/Price.cs", "public static class Price\n{\n    public static int Of(int pieces) => pieces * 3;\n}\n");
    }

    /// <summary>Gives the solution what the package has for one.</summary>
    public void WriteSolutionTargets() =>
        Write("Directory.Solution.targets", $"<Project>\n  <Import Project=\"Sdk.targets\" Sdk=\"Eco2Test.MSBuild\" Version=\"{_workspace!.Feed.Version}\" />\n</Project>\n");

    /// <summary>Sets a property of <c>Core</c> on the line 4 of its project, and what stands at the end of that; without them as it was.</summary>
    public void SetInCore(string property = "", string more = "") => WriteProject("Core", $"{property}<TargetFramework>net10.0</TargetFramework>", more);

    /// <summary>Runs <c>dotnet</c> in the folder of the solution.</summary>
    public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => DotnetWithAsync([], arguments);

    /// <summary>Runs <c>dotnet</c> in the folder of the solution with other environment variables.</summary>
    public Task<CommandResult> DotnetWithAsync(Dictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        (_dotnet ??= new DotnetCommand(nameof(BuiltShop), Folder)).RunAsync(arguments, environment);

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return ValueTask.CompletedTask;
    }
}
