using System.Diagnostics;
using System.Globalization;

namespace Eco2Test.Benchmarks;

/// <summary>What the first window of a process costs: the run starts, methods are compiled, tables are read. A new process for each measurement.</summary>
internal static class FirstUse
{
    public const string ChildArgument = "first-use-child";

    private const int Processes = 15;

    public static void Run()
    {
        var milliseconds = Enumerable.Range(0, Processes).Select(_ => InChild()).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first use, {Processes} processes: least {milliseconds[0]:0.0} ms, median {milliseconds[Processes / 2]:0.0} ms, most {milliseconds[^1]:0.0} ms"));
    }

    /// <summary>In the child: from nothing to the first window that is closed.</summary>
    public static void Measure()
    {
        var start = Stopwatch.GetTimestamp();
        var run = new BenchmarkRun(journal: true, sampling: true);
        run.OpenAndClose();
        var elapsed = Stopwatch.GetElapsedTime(start);
        run.Dispose();
        Console.WriteLine(elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    private static double InChild()
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(FirstUse).Assembly.Location, ChildArgument])
        {
            RedirectStandardOutput = true,
        })!;
        var text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
