using System.Diagnostics;

namespace Eco2Test;

/// <summary>What is done with the process of a benchmark, which BenchmarkDotNet starts: the door to it.</summary>
internal static class BenchmarkProcess
{
    public static int NumberOf(Process process) => process.Id;

    /// <summary>Before it starts: asks its .NET to call <see cref="StartupHook"/>, which leaves what it reads in a file.</summary>
    public static void ListenInside(Process process, string file)
    {
        var environment = process.StartInfo.Environment;
        var others = environment.TryGetValue(StartupHook.HooksVariable, out var set) ? set : null;
        environment[StartupHook.FileVariable] = file;
        environment[StartupHook.OthersVariable] = others;
        environment[StartupHook.HooksVariable] = string.IsNullOrEmpty(others) ? Hook : $"{Hook}{Path.PathSeparator}{others}";
    }

    private static string Hook => typeof(StartupHook).Assembly.Location;
}
