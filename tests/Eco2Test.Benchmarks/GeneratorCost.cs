using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What the generators cost a build and somebody who types, in CPU time of this process: variants take turns in one process
/// that is warm, since one that is cold, or alone, says something else.
/// </summary>
internal static class GeneratorCost
{
    /// <summary>What is asserted, of the compile in the same process: the bar is what was recorded, with room for another machine.</summary>
    private const double MostOfFull = 0.15;
    private const double MostOfTyping = 0.02;

    private const int Rounds = 12;
    private const int WarmUps = 3;
    private const string WithInterceptors = "with interceptors, full";
    private const string Typing = "typing in an untracked file";

    /// <summary>Measures, prints, and returns the exit code: 1 when a ratio is over what is asserted.</summary>
    public static int Run()
    {
        var project = SyntheticProject.Create();
        (string Name, Func<int, double> Measure)[] variants =
        [
            ("compile without generators", round => Cpu(() => Compile(project.Edited(round)))),
            ("table and hooks, full", round => Full(project.Edited(round), withCalls: false)),
            ("table and hooks, one edit", round => Edit(project, round, withCalls: false, IncrementalGeneratorOutputKind.None)),
            (WithInterceptors, round => Full(project.Edited(round), withCalls: true)),
            ("with interceptors, one edit", round => Edit(project, round, withCalls: true, IncrementalGeneratorOutputKind.None)),
            (Typing, round => Edit(project, round, withCalls: true, IncrementalGeneratorOutputKind.Implementation)),
        ];
        var figures = variants.ToDictionary(variant => variant.Name, _ => new List<double>());
        for (var round = 1; round <= WarmUps + Rounds; round++)
        {
            foreach (var (name, measure) in variants)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var cpu = measure(round);
                if (round > WarmUps)
                {
                    figures[name].Add(cpu);
                }
            }
        }

        var compile = Median(figures[variants[0].Name]);
        foreach (var (name, seen) in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: median {Median(seen):0.0} [{seen.Min():0.0}..{seen.Max():0.0}] ms CPU, {Median(seen) / compile:P1} of the compile"));
        }

        return Median(figures[WithInterceptors]) > MostOfFull * compile || Median(figures[Typing]) > MostOfTyping * compile ? 1 : 0;
    }

    private static double Full(CSharpCompilation compilation, bool withCalls) =>
        Cpu(() => SyntheticProject.Driver(withCalls).RunGenerators(compilation));

    /// <summary>What follows an edit, in a driver that knows the project as it was.</summary>
    private static double Edit(SyntheticProject project, int round, bool withCalls, IncrementalGeneratorOutputKind without)
    {
        var driver = SyntheticProject.Driver(withCalls, without).RunGenerators(project.Compilation);
        var edited = project.Edited(round);
        return Cpu(() => driver.RunGenerators(edited));
    }

    private static void Compile(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        if (compilation.Emit(image) is { Success: false } failed)
        {
            throw new InvalidOperationException(string.Join('\n', failed.Diagnostics.Take(5)));
        }
    }

    private static double Cpu(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
