using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Eco2Test.MSBuild;

/// <summary>
/// What this assembly needs, compiled ahead for one system, in a folder of that system's name beside it. Whoever MSBuild calls
/// first loads it before anything of it is used; without the folder, elsewhere, and under an older runtime, which would not
/// take the code, MSBuild loads what lies beside this assembly, which does the same.
/// </summary>
internal static class CompiledAhead
{
    private const string System = "linux-x64";
    private const int FirstRuntime = 10;

    /// <summary>Loads it, if there is any for this machine.</summary>
    public static void Load()
    {
        var assembly = typeof(CompiledAhead).Assembly;
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || Environment.Version.Major < FirstRuntime
            || AssemblyLoadContext.GetLoadContext(assembly) is not { } context || Path.GetDirectoryName(assembly.Location) is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var name in new[] { "Eco2Test.Core.dll", "Eco2Test.Reporting.dll" })
        {
            try
            {
                context.LoadFromAssemblyPath(Path.Combine(folder, System, name));
            }
            catch (Exception fault) when (fault is IOException or BadImageFormatException)
            {
                // It is not there, or the other has been loaded already.
            }
        }
    }
}
