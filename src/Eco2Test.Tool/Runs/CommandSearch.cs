using Eco2Test.Hardware;

namespace Eco2Test.Tool;

/// <summary>
/// The one door to the programs of this machine: finds the file of a command as a shell does. The system's own search would
/// look into the folder of this tool and into the current one first.
/// </summary>
internal static class CommandSearch
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full path of the program that a word names.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Find(string word, EnvironmentVariables environment)
    {
        if (HasFolder(word))
        {
            return Extensions(word, environment).Select(name => Path.GetFullPath(name)).FirstOrDefault(IsProgram)
                ?? throw Missing(word, File.Exists(word) ? "may not be executed" : Directory.Exists(word) ? "is a folder" : "does not exist");
        }

        var folders = (environment["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return word.Length == 0 ? throw Missing(word, "is empty")
            : folders.SelectMany(folder => Extensions(Path.Combine(folder, word), environment)).Select(Path.GetFullPath).FirstOrDefault(IsProgram)
            ?? throw Missing(word, "is in no folder of PATH");
    }

    /// <summary>What is wrong with a command that cannot be started.</summary>
    public static InputException Missing(string word, string why) => new(
        ToolCodes.CommandNotFound, $"The command '{word}' {why}. Give a program and its arguments after '--'; what only a shell knows needs one: eco2test run -- sh -c '…'.");

    private static bool HasFolder(string word) => word.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && word.IndexOfAny(['\\', ':']) >= 0);

    private static IEnumerable<string> Extensions(string path, EnvironmentVariables environment) => OperatingSystem.IsWindows() && !Path.HasExtension(path)
        ? (environment["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(extension => path + extension)
        : [path];

    private static bool IsProgram(string path)
    {
        try
        {
            return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
