using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Eco2Test.TestKit.Nvml;

/// <summary>
/// Shared libraries of C source, compiled once for each process into a folder that is gone with it. A copy of one has a
/// state of its own: the loader tells libraries apart by file.
/// </summary>
internal static class CompiledLibrary
{
    private const string WhatToInstall =
        "These tests compile a stand-in for NVIDIA's library and need a C compiler named 'cc': install gcc and the headers of libc (Debian, Ubuntu: apt-get install -y gcc libc6-dev; Fedora: dnf install -y gcc glibc-devel; macOS: xcode-select --install).";

    private static readonly Lazy<string> Folder = new(NewFolder);
    private static readonly Lazy<string> StandInFile = new(() => Compile("standin", StandInSource()));
    private static readonly Lazy<string> OldStandInFile = new(() => Compile("standin-old", StandInSource(), "-DSTANDIN_OLD_DRIVER"));
    private static readonly Lazy<string> EmptyFile = new(() => Compile("empty", "int eco2test_nothing;\n"));
    private static int _copies;

    /// <summary>A copy of the stand-in for NVML.</summary>
    public static string StandIn() => Copy(StandInFile.Value);

    /// <summary>A copy of the stand-in with only those functions that drivers from before Volta have.</summary>
    public static string OldStandIn() => Copy(OldStandInFile.Value);

    /// <summary>A copy of a library without a function.</summary>
    public static string Empty() => Copy(EmptyFile.Value);

    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("eco2test-standin").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static string StandInSource()
    {
        using var reader = new StreamReader(typeof(CompiledLibrary).Assembly.GetManifestResourceStream("standin.c")!);
        return reader.ReadToEnd();
    }

    private static string Compile(string name, string text, params string[] options)
    {
        var source = Path.Combine(Folder.Value, name + ".c");
        var library = Path.Combine(Folder.Value, name + Extension);
        File.WriteAllText(source, text);
        var start = new ProcessStartInfo("cc", ["-O2", "-shared", "-fPIC", "-fvisibility=hidden", .. options, "-o", library, source, "-lm", "-lpthread"])
        {
            RedirectStandardError = true,
        };
        using var compiler = Start(start);
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0
            ? library
            : throw new InvalidOperationException($"{WhatToInstall} It is there, and ended with {compiler.ExitCode}: {errors}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException(WhatToInstall, missing);
        }
    }

    private static string Copy(string library)
    {
        var copy = Path.Combine(Folder.Value, $"{Path.GetFileNameWithoutExtension(library)}-{Interlocked.Increment(ref _copies)}{Extension}");
        File.Copy(library, copy);
        return copy;
    }

    private static string Extension => RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? ".dylib" : ".so";
}
