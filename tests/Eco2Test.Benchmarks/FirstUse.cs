using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What the first window of a process costs, by what users call: settings are read, the run starts, methods are compiled,
/// the window closes and is on disk. A new process for each measurement.
/// </summary>
internal static class FirstUse
{
    public const string ChildArgument = "first-use-child";

    private const int Processes = 15;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("eco2test-benchmark").FullName;
        try
        {
            var figures = Enumerable.Range(0, Processes).Select(_ => InChild(folder)).ToList();
            Console.WriteLine($"first use, {Processes} processes");
            Report("wall time", "ms", figures, 0);
            Report("CPU time", "ms", figures, 1);
            Report("methods compiled", "", figures, 2);
            Report("resident memory added", "MB", figures, 3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In the child: from nothing to the first window that is closed.</summary>
    public static void Measure()
    {
        // What measures is compiled before.
        _ = ResidentMegabytes() + CpuMilliseconds();
        var (methods, cpu, resident) = (JitInfo.GetCompiledMethodCount(), CpuMilliseconds(), ResidentMegabytes());
        var start = Stopwatch.GetTimestamp();
        TrackingWindow.Start("First").Stop();
        var elapsed = Stopwatch.GetElapsedTime(start);
        double[] figures =
        [
            elapsed.TotalMilliseconds, CpuMilliseconds() - cpu, JitInfo.GetCompiledMethodCount() - methods, ResidentMegabytes() - resident,
        ];
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture))));
    }

    private static double CpuMilliseconds() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    /// <summary>The second number of <c>statm</c>: pages.</summary>
    private static double ResidentMegabytes() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * (Environment.SystemPageSize / 1e6);

    private static void Report(string what, string unit, List<double[]> figures, int column)
    {
        var sorted = figures.Select(row => row[column]).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: least {sorted[0]:0.0}, median {sorted[sorted.Length / 2]:0.0}, most {sorted[^1]:0.0} {unit}"));
    }

    private static double[] InChild(string folder)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(FirstUse).Assembly.Location, ChildArgument])
        {
            RedirectStandardOutput = true,
            Environment = { ["ECO2TEST_RESULTS"] = folder, ["ECO2TEST_REGION"] = "FR" },
        })!;
        var text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return [.. text.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }
}
