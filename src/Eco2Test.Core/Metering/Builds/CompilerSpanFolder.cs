using System.Globalization;
using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>The door to the files by which nodes tell each other when they compile: one for each process. Nothing throws.</summary>
/// <param name="path">The folder, which need not be there.</param>
internal sealed class CompilerSpanFolder(string path)
{
    private const string Extension = ".spans";

    /// <summary>More is no file of ours.</summary>
    private const int LongestFile = 256 * 1024;

    /// <summary>In the folder of temporary files: that of this user, since a compiler server works for one user.</summary>
    public static CompilerSpanFolder OfThisUser() => new(Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"eco2test-compiler-{LinuxFiles.UserNumber}")));

    /// <summary>Replaces the file of a process at once: nobody reads the half of it.</summary>
    public void Write(int process, string text)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                Make();
            }

            if (!IsOwn)
            {
                return;
            }

            var file = Path.Combine(path, process.ToString(CultureInfo.InvariantCulture) + Extension);
            File.WriteAllText(file + ".new", text);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder of somebody else, or a full disk: others do not know of this process then.
        }
    }

    /// <summary>The files of all processes.</summary>
    /// <param name="since">Those that were written earlier are removed: their processes have ended or compile no more.</param>
    public IReadOnlyList<(int Process, string Text)> ReadAll(DateTimeOffset since)
    {
        var all = new List<(int, string)>();
        try
        {
            foreach (var file in Directory.Exists(path) && IsOwn ? new DirectoryInfo(path).GetFiles("*" + Extension) : [])
            {
                if (Read(file, since) is { } text && int.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
                {
                    all.Add((process, text));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What was read up to here is what is known.
        }

        return all;
    }

    /// <summary>Anybody can make a folder or a link of that name where all may write, and have files of this user written where they like.</summary>
    private bool IsOwn => !LinuxFiles.IsSupported || LinuxFiles.IsPrivateFolder(path);

    private static string? Read(FileInfo file, DateTimeOffset since)
    {
        try
        {
            if (file.LastWriteTimeUtc < since.UtcDateTime)
            {
                file.Delete();
                return null;
            }

            return file.Length <= LongestFile ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Its process replaces or removes it just now.
            return null;
        }
    }

    private void Make()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
