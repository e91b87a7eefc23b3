using System.Globalization;
using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Benchmarks;

/// <summary>
/// Whether tests that run beside each other get what they used: a suite by <c>dotnet test</c> from packed packages, four tests at
/// a time, of which each burns CPU time by its threads' own clocks and records how much. One sleeps, and one lets tasks do its work.
/// </summary>
internal static class ParallelSuite
{
    private const int Runs = 3;
    private const double Allowed = 0.05;
    private const double Rounding = 1e-9;

    /// <summary>Prints each test of each run.</summary>
    /// <returns>1 when a figure is missed, else 0.</returns>
    public static async Task<int> RunAsync()
    {
        var feed = await PackedFeed.GetAsync();
        using var workspace = Workspace.Create("parallel-suite", feed);
        Write(workspace, feed.Version);
        await MustPassAsync(workspace, [], "build", "Suite", "--configuration", "Release");
        var missed = false;
        for (var run = 1; run <= Runs; run++)
        {
            var results = workspace.PathOf($"results{run}");
            await MustPassAsync(workspace, new() { ["ECO2TEST_RESULTS"] = results }, "test", "Suite", "--configuration", "Release", "--no-build");
            var report = ReportJson.Read(await File.ReadAllTextAsync(Directory.EnumerateFiles(results, "*.json", SearchOption.AllDirectories).Single()));
            missed |= Judge(run, report);
        }

        return missed ? 1 : 0;
    }

    private static bool Judge(int run, EmissionsReport report)
    {
        var missed = false;
        Console.WriteLine($"run {run}");
        foreach (var window in report.Windows.Where(window => window.Kind == WindowKind.Test).OrderBy(window => window.Id, StringComparer.Ordinal))
        {
            var truth = window.Metrics["truth"];
            var off = window.CpuSeconds - truth;
            var isOff = truth > 0 && Math.Abs(off / truth) > Allowed;
            Say($"  {window.Id}: burned {truth:0.0000} s, reported {window.CpuSeconds:0.0000} s, off {off:+0.0000;-0.0000} s{(truth > 0 ? $", {off / truth:+0.0 %;-0.0 %}" : "")}, {window.Quality}{(isOff ? ", MISSED" : "")}");
            missed |= isOff;
        }

        var roots = report.Windows.Where(window => window.Parent is null).ToList();
        var (joules, grams) = (
            Lost(report.Totals.EnergyJoules, roots.Sum(root => root.Energy.Joules) + report.Totals.UntrackedJoules),
            Lost(report.Totals.EmissionsGrams, roots.Sum(root => root.EmissionsGrams) + report.Totals.UntrackedGrams));
        var isLost = Math.Max(joules, grams) > Rounding;
        Say($"  roots and untracked against the total: off by {joules:0.0e+0} of the joules, {grams:0.0e+0} of the grams{(isLost ? ", MISSED" : "")}");
        return missed || isLost;
    }

    private static double Lost(double whole, double parts) => Math.Abs(whole - parts) / whole;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task MustPassAsync(Workspace workspace, Dictionary<string, string?> environment, params string[] arguments)
    {
        var ended = await workspace.DotnetAsync(environment, arguments);
        if (ended.ExitCode != 0)
        {
            throw new InvalidOperationException(ended.ToString());
        }
    }

    private static void Write(Workspace workspace, string version)
    {
        workspace.Write("Suite/Suite.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IsTestProject>true</IsTestProject>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="NUnit" Version="4.6.1" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <PackageReference Include="Eco2Test" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("Suite/Tests.cs", """
            using System.Runtime.InteropServices;
            using Eco2Test;
            using NUnit.Framework;

            [assembly: TrackEmissions(Region = "FR")]
            [assembly: Parallelizable(ParallelScope.All)]
            [assembly: LevelOfParallelism(4)]

            public class Suite
            {
                [Test] public void Burns_half_a_second() => Record(Burn(0.5));
                [Test] public void Burns_a_second() => Record(Burn(1));
                [Test] public void Burns_two_seconds() => Record(Burn(2));

                [Test]
                public async Task Burns_a_second_and_hops_between_threads()
                {
                    var burned = 0.0;
                    for (var hop = 0; hop < 20; hop++)
                    {
                        burned += Burn(0.05);
                        await Task.Delay(1);
                    }

                    Record(burned);
                }

                [Test]
                public async Task Lets_two_tasks_burn_a_second()
                {
                    var burned = await Task.WhenAll(Task.Run(() => Burn(0.5)), Task.Run(() => Burn(0.5)));
                    Record(burned.Sum());
                }

                [Test]
                public void Sleeps()
                {
                    Thread.Sleep(2000);
                    Record(0);
                }

                static void Record(double seconds) => TrackingWindow.Current!.Record("truth", seconds);

                /// <summary>By the calling thread's own clock, so that a busy machine changes nothing.</summary>
                static double Burn(double seconds)
                {
                    var (start, now) = (ThreadSeconds(), 0.0);
                    do
                    {
                        now = ThreadSeconds();
                    }
                    while (now - start < seconds);
                    return now - start;
                }

                static double ThreadSeconds()
                {
                    const int ThreadCpuTime = 3;
                    clock_gettime(ThreadCpuTime, out var time);
                    return time.Seconds + (time.Nanoseconds / 1e9);
                }

                [DllImport("libc")]
                static extern int clock_gettime(int clock, out Timespec time);

                struct Timespec
                {
                    public long Seconds;
                    public long Nanoseconds;
                }
            }
            """);
    }
}
