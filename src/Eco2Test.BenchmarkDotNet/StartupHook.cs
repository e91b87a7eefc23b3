using System.Runtime.CompilerServices;
using Eco2Test;
using Eco2Test.Sensors;

/// <summary>
/// What .NET calls before the program of a benchmark starts, in its own process (<c>DOTNET_STARTUP_HOOKS</c>): it listens to the
/// engine. Its name and its place are those that .NET looks for.
/// </summary>
internal static class StartupHook
{
    /// <summary>Where the iterations go.</summary>
    public const string FileVariable = "ECO2TEST_BENCHMARK_ITERATIONS";

    /// <summary>The hooks of others.</summary>
    public const string OthersVariable = "ECO2TEST_BENCHMARK_OTHER_HOOKS";

    /// <summary>Where .NET looks for hooks.</summary>
    public const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    public static void Initialize()
    {
        try
        {
            var path = Environment.GetEnvironmentVariable(FileVariable);

            // The benchmark, and the programs that it starts, are to find what they would without us.
            Environment.SetEnvironmentVariable(HooksVariable, Environment.GetEnvironmentVariable(OthersVariable));
            Environment.SetEnvironmentVariable(OthersVariable, null);
            Environment.SetEnvironmentVariable(FileVariable, null);
            if (path is { Length: > 0 })
            {
                Listen(path);
            }
        }
        catch (Exception)
        {
            // A program that has no place for what this needs runs all the same, and its figure has wider bounds.
        }
    }

    /// <summary>By itself, so that an assembly that is missing is missed inside <see cref="Initialize"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Listen(string path) =>
        GC.KeepAlive(new IterationListener(SensorSearch.ClockOfThisProcess(), iterations => IterationFile.Write(path, iterations)));
}
