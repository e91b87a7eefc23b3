using System.Diagnostics;
using System.Globalization;
using Eco2Test.Sensors;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What measuring costs a build: CPU time of a generated solution with the package, with the logger and under the wrapper
/// against the same without them, of all processes by a control group. Variants take turns; a ratio is that of two builds of
/// one round. Nodes and compiler server are of their own and stay warm, as a user's do.
/// </summary>
internal static class BuildCost
{
    private const int Projects = 20;
    private const int FilesOfEach = 8;
    private const int Waited = 10;

    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">How often each variant is built.</param>
    /// <param name="other">A folder with other assemblies of the package, for a comparison in turns.</param>
    public static async Task<int> RunAsync(int rounds, string? other)
    {
        using var group = ControlGroup.TryCreate();
        if (group is null)
        {
            Console.WriteLine("no control group can be made here: run it as root on Linux");
            return 1;
        }

        var feed = await PackedFeed.GetAsync();
        using var workspace = Workspace.Create("build-cost", feed);
        Write(workspace, "plain", "");
        Write(workspace, "package", $"""<ItemGroup><PackageReference Include="Eco2Test.MSBuild" Version="{feed.Version}" PrivateAssets="all" /></ItemGroup>""");
        await workspace.DotnetAsync("tool", "install", "Eco2Test.Tool", "--version", feed.Version, "--tool-path", "tool");
        var tool = workspace.PathOf("tool", "eco2test");
        var tasks = Directory.GetDirectories(workspace.PathOf("tool", ".store"), "msbuild", SearchOption.AllDirectories).Single();
        List<Variant> variants =
        [
            new("without", "plain", []),
            new("reference only", "package", ["-p:Eco2TestSkip=true"]),
            new("package", "package", []),
            new("logger", "plain", [LoggerOf(tasks)]),
            new("wrapper", "plain", [], tool),
        ];
        if (other is not null)
        {
            variants.Add(new("other package", "package", [$"-p:_Eco2TestTasks={Path.Combine(other, "Eco2Test.MSBuild.dll")}"]));
            variants.Add(new("other logger", "plain", [LoggerOf(other)]));
        }

        try
        {
            Compare(group, workspace, $"no-op build of {Projects} projects", rounds, variants, ["-nologo"]);
            Compare(group, workspace, $"clean build of {Projects} projects", rounds, variants, ["-nologo", "--no-incremental"]);
            Start(group, workspace, tool, rounds);
        }
        finally
        {
            End(group);
        }

        return 0;
    }

    private static void Compare(ControlGroup group, Workspace workspace, string what, int rounds, List<Variant> variants, string[] arguments)
    {
        var seconds = variants.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var turn = 0; turn < variants.Count; turn++)
            {
                // Every other round backwards: who comes first finds another machine. The one before the first warms up.
                var index = round % 2 == 0 ? turn : variants.Count - 1 - turn;
                var variant = variants[index];
                string[] build = ["dotnet", "build", "All.slnx", .. arguments, "-p:SharedCompilationId=eco2test-build-cost", .. variant.Arguments];
                var used = Measure(group, workspace.PathOf(variant.Folder), variant.Wrapper is { } wrapper ? [wrapper, "run", "--", .. build] : build);
                if (round >= 0)
                {
                    seconds[index].Add(used);
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {rounds} rounds, CPU time"));
        for (var index = 0; index < variants.Count; index++)
        {
            var ratios = seconds[index].Zip(seconds[0], static (with, without) => with / without).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {variants[index].Name,-14} median {Median(seconds[index]),6:0.00} s [{seconds[index].Min():0.00}..{seconds[index].Max():0.00}], {Median(ratios):0.000} x [{ratios[0]:0.000}..{ratios[^1]:0.000}]"));
        }
    }

    /// <summary>What the wrapper needs to start and to end, and what it needs while it waits for a command that does nothing.</summary>
    private static void Start(ControlGroup group, Workspace workspace, string tool, int rounds)
    {
        var (start, wait) = (new List<double>(), new List<double>());
        var seconds = Waited.ToString(CultureInfo.InvariantCulture);
        for (var round = 0; round < rounds; round++)
        {
            start.Add(Measure(group, workspace.Folder, [tool, "run", "--", "true"]));
            wait.Add(Measure(group, workspace.Folder, [tool, "run", "--", "sleep", seconds]));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"wrapper alone: median {Median(start):0.00} s [{start.Min():0.00}..{start.Max():0.00}] CPU; with {seconds} s of waiting {Median(wait):0.00} s [{wait.Min():0.00}..{wait.Max():0.00}]"));
    }

    private static double Measure(ControlGroup group, string folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "MSBUILDDISABLENODEREUSE", "UseSharedCompilation", "DOTNET_CLI_USE_MSBUILD_SERVER", "MSBuildSDKsPath", "DOTNET_ROOT_X64" })
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDNODEHANDSHAKESALT"] = "eco2test-build-cost";
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Path.GetTempPath(), "eco2test-build-cost-packages");
        var before = group.CpuTime!.Value;
        group.TryJoin(0);
        using var process = Process.Start(start)!;
        group.TryLeave(0);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? (group.CpuTime!.Value - before).TotalSeconds : throw new InvalidOperationException($"{string.Join(' ', command)}\n{output}{error.Result}");
    }

    /// <summary>Nodes and the compiler server that were left.</summary>
    private static void End(ControlGroup group)
    {
        foreach (var id in group.Living)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
            {
                // It has ended.
            }
        }
    }

    private static void Write(Workspace workspace, string folder, string items)
    {
        workspace.Write($"{folder}/All.slnx", $"<Solution>{string.Concat(Enumerable.Range(0, Projects).Select(i => $"<Project Path=\"P{i}/P{i}.csproj\" />"))}</Solution>");
        workspace.Write($"{folder}/Directory.Build.props", $"<Project>{items}</Project>");
        for (var i = 0; i < Projects; i++)
        {
            var reference = i == 0 ? "" : $"<ItemGroup><ProjectReference Include=\"../P{i / 4}/P{i / 4}.csproj\" /></ItemGroup>";
            workspace.Write($"{folder}/P{i}/P{i}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>{reference}</Project>");
            for (var file = 0; file < FilesOfEach; file++)
            {
                var methods = string.Concat(Enumerable.Range(0, 20).Select(m => $"public static int M{m}(int a) => a + {m};\n"));
                workspace.Write($"{folder}/P{i}/C{file}.cs", $"namespace P{i};\npublic static class C{file}\n{{\n{methods}}}\n");
            }
        }
    }

    private static string LoggerOf(string folder) => $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{Path.Combine(folder, "Eco2Test.MSBuild.dll")}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Variant(string Name, string Folder, string[] Arguments, string? Wrapper = null);
}
