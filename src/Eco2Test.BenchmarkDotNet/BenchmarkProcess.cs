using System.Diagnostics;

namespace Eco2Test;

/// <summary>What is done with the process of a benchmark, which BenchmarkDotNet starts: the door to it.</summary>
internal static class BenchmarkProcess
{
    public static int NumberOf(Process process) => process.Id;

    /// <summary>Before it starts: asks its .NET to call <see cref="StartupHook"/>, which leaves what it reads in a file.</summary>
    public static void ListenInside(Process process, string file) => ListenInside(process.StartInfo.Environment, typeof(StartupHook).Assembly.Location, file);

    /// <summary>As above. A path that .NET would take for two, or for none, is not handed over: the program would not start.</summary>
    internal static void ListenInside(IDictionary<string, string?> environment, string hook, string file)
    {
        if (hook.Length == 0 || hook.Contains(Path.PathSeparator))
        {
            return;
        }

        var others = environment.TryGetValue(StartupHook.HooksVariable, out var set) ? set : null;
        environment[StartupHook.FileVariable] = file;
        environment[StartupHook.OthersVariable] = others;
        environment[StartupHook.HooksVariable] = string.IsNullOrEmpty(others) ? hook : $"{hook}{Path.PathSeparator}{others}";
    }
}
