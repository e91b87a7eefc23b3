using System.Diagnostics;
using System.Globalization;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Benchmarks;

/// <summary>
/// CPU time that is counted of a build against that of a control group in which the build, its nodes and its compiler server
/// are. Nodes and server have a salt and a name of their own, so that builds beside it cannot use them.
/// </summary>
internal static class BuildCpu
{
    private const int Projects = 4;
    private const int FilesOfEach = 12;
    private const double Bar = 0.03;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <returns>0 when every mode is within 3 %.</returns>
    public static int Run(int rounds)
    {
        using var group = ControlGroup.TryCreate();
        if (group is null)
        {
            Console.WriteLine("no control group can be made here: run it as root on Linux");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("eco2test-build").FullName;
        WriteSolution(folder);
        var servers = new HashSet<int>();
        var isWithin = true;
        try
        {
            foreach (var mode in Modes())
            {
                // The first one leaves nodes and a server to those that follow.
                Measure(group, folder, mode, servers);
                for (var round = 0; round < rounds; round++)
                {
                    var (sum, truth, own, looks) = Measure(group, folder, mode, servers);
                    var error = (sum.CpuTime / truth) - 1;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{mode.Name,-36} counted {sum.CpuTime.TotalSeconds,6:0.00} s, control group {truth.TotalSeconds,6:0.00} s, {error * 100,6:+0.0;-0.0} %; {looks} looks of {own.TotalMilliseconds / looks:0.00} ms"));
                    if (Math.Abs(error) > Bar)
                    {
                        isWithin = false;
                        Explain(sum);
                    }
                }

                End(servers);
            }
        }
        finally
        {
            End(servers);
            Directory.Delete(folder, recursive: true);
        }

        return isWithin ? 0 : 1;
    }

    /// <summary>Where what was counted is from, when it is too much or too little.</summary>
    private static void Explain(BuildProcessSum sum)
    {
        foreach (var process in sum.Processes)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {process.Id} of {process.Parent}, {process.Role}{(process.WasThere ? ", was there" : "")}: {process.CpuTime.TotalSeconds:0.00} s"));
        }
    }

    private static IEnumerable<Mode> Modes() =>
        from compiler in new[] { true, false }
        from reuse in new[] { true, false }
        from nodes in new[] { 1, 2 }
        select new Mode(nodes, reuse, compiler);

    private static (BuildProcessSum Counted, TimeSpan Truth, TimeSpan Own, int Looks) Measure(ControlGroup group, string folder, Mode mode, HashSet<int> servers)
    {
        WaitUntilIdle(group);
        var before = group.CpuTime!.Value;
        using var build = Start(group, folder, mode);
        using var watch = new BuildProcessWatch(
            new LinuxProcessTable(), new LinuxProcessConnections(), build.Id, new BuildClock(SensorSearch.ClockOfThisProcess(), isThisProcess: false), TimeProvider.System);
        var output = build.StandardOutput.ReadToEndAsync();
        var own = Environment.CpuUsage.TotalTime;
        var looks = 1;
        for (watch.Look(); !build.WaitForExit(Period); looks++)
        {
            watch.Look();
        }

        var sum = watch.LookLast();
        var truth = group.CpuTime!.Value - before;
        own = Environment.CpuUsage.TotalTime - own;

        // Those that this build has started, and no server of anybody else.
        servers.UnionWith(sum.Processes.Where(use => use.Parent != 0).Select(use => use.Id).Intersect(sum.Living));
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException(output.Result);
        }

        return (sum, truth, own, looks);
    }

    /// <summary>What nodes and server of the build before still do, as to compile their own methods better, is of no build.</summary>
    private static void WaitUntilIdle(ControlGroup group)
    {
        TimeSpan seen;
        do
        {
            seen = group.CpuTime!.Value;
            Thread.Sleep(Idle);
        }
        while (group.CpuTime!.Value - seen > Idle / 100);
    }

    private static Process Start(ControlGroup group, string folder, Mode mode)
    {
        var start = new ProcessStartInfo("dotnet", [
            "build", "All.slnx", "--no-incremental", "-nologo", $"-m:{mode.Nodes}", $"-nodeReuse:{mode.NodeReuse}", "-p:SharedCompilationId=eco2test-build-cpu",
            $"-p:UseSharedCompilation={mode.CompilerServer}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        foreach (var name in new[] { "MSBUILDDISABLENODEREUSE", "UseSharedCompilation", "DOTNET_CLI_USE_MSBUILD_SERVER", "MSBuildSDKsPath" })
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDNODEHANDSHAKESALT"] = "eco2test-build-cpu";
        group.TryJoin(0);
        var build = Process.Start(start)!;
        group.TryLeave(0);
        return build;
    }

    /// <summary>Nodes and the compiler server that were left.</summary>
    private static void End(HashSet<int> servers)
    {
        foreach (var id in servers)
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

        servers.Clear();
    }

    private static void WriteSolution(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "All.slnx"), $"<Solution>{string.Concat(Enumerable.Range(0, Projects).Select(i => $"<Project Path=\"P{i}/P{i}.csproj\" />"))}</Solution>");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        for (var i = 0; i < Projects; i++)
        {
            var project = Directory.CreateDirectory(Path.Combine(folder, $"P{i}")).FullName;
            var reference = i == 0 ? "" : "<ItemGroup><ProjectReference Include=\"../P0/P0.csproj\" /></ItemGroup>";
            File.WriteAllText(
                Path.Combine(project, $"P{i}.csproj"),
                $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>{reference}</Project>");
            for (var file = 0; file < FilesOfEach; file++)
            {
                var methods = string.Concat(Enumerable.Range(0, 20).Select(m => $"public static int M{m}(int a) => a + {m};\n"));
                File.WriteAllText(Path.Combine(project, $"C{file}.cs"), $"namespace P{i};\npublic static class C{file}\n{{\n{methods}}}\n");
            }
        }
    }

    private sealed record Mode(int Nodes, bool NodeReuse, bool CompilerServer)
    {
        public string Name => string.Create(CultureInfo.InvariantCulture, $"-m:{Nodes} reuse={(NodeReuse ? "on" : "off")} compiler={(CompilerServer ? "server" : "off")}");
    }
}
