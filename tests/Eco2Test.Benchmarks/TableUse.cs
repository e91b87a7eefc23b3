using System.Diagnostics;
using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What the first use of each table costs, by what the product calls: in a process that is new, where most of it is
/// compilation, and loaded anew where the code is compiled.
/// </summary>
internal static class TableUse
{
    public const string ChildArgument = "tables-child";

    private const int Processes = 9;

    private const int Repetitions = 100;

    private static readonly (string Name, Func<object?> Use)[] Uses =
    [
        ("region by its code", () => new RegionCatalog().Find("FR")),
        ("region by an alias", () => new RegionCatalog().Find("United States/California")),
        ("region of a cloud", () => new RegionCatalog().FindPlace("gcp:us-west4")),
        ("all regions", () => new RegionCatalog().All.Count),
        ("marginal intensity", () => MarginalIntensity.Of(new GridIntensity("US", "", "US", default, "", "", "", null, "", null))),
        ("GPU", () => GpuModel.Find("V100")),
        ("all GPUs", () => GpuModel.All().Count),
        ("CPU", () => CpuModel.Find("AMD EPYC 7763").Count),
        ("all CPUs", () => CpuModel.All().Count),
        ("machine of a cloud", () => CloudInstance.Find("p3.2xlarge")),
        ("CI runner", () => LentRunner.Find("github:ubuntu-24.04")),
    ];

    public static void Run()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tables, ms: medians of {Processes} processes (least)"));
        foreach (var (use, name) in Uses.Select((use, index) => (index, use.Name)))
        {
            var all = Enumerable.Range(0, Processes).Select(_ => InChild(use)).ToList();
            Console.WriteLine($"{name,-28} new process, wall {Median(all, 0)}, CPU {Median(all, 1)}; compiled {Median(all, 2)}");
        }
    }

    /// <summary>In the child: wall and CPU time of the first use, and the median of many more, each of which loads the table anew.</summary>
    public static void Measure(int use)
    {
        var (cpu, start) = (CpuMilliseconds(), Stopwatch.GetTimestamp());
        Uses[use].Use();
        var (first, firstCpu) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, CpuMilliseconds() - cpu);
        var more = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            start = Stopwatch.GetTimestamp();
            Uses[use].Use();
            more[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(more);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {firstCpu} {more[Repetitions / 2]}"));
    }

    private static double CpuMilliseconds() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private static string Median(List<double[]> all, int column)
    {
        var sorted = all.Select(figures => figures[column]).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[Processes / 2]:0.00} ({sorted[0]:0.00})");
    }

    private static double[] InChild(int use)
    {
        using var child = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(TableUse).Assembly.Location, ChildArgument, use.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return [.. text.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }
}
