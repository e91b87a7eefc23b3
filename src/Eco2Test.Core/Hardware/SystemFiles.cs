using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Hardware;

/// <summary>The one door to the files by which an operating system describes itself (<c>/proc</c>, <c>/sys</c>); tests give another root.</summary>
/// <param name="root">The folder that paths start from.</param>
/// <param name="beforeOpening">Throws what the system would: a test that runs as root may open every file.</param>
internal sealed class SystemFiles(string root, Action<string>? beforeOpening = null)
{
    /// <summary>A description longer than this is not one.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    /// <summary>Those of this machine.</summary>
    public static SystemFiles OfThisMachine { get; } = new("/");

    /// <summary>The text of a file, or <see langword="null"/> when it is missing, unreadable or absurdly long.</summary>
    public string? Read(string path)
    {
        var named = Path.Combine(root, path);
        try
        {
            beforeOpening?.Invoke(path);

            // Most of what is looked for is not there, and an exception is slow: the first one of a process takes milliseconds.
            if (!File.Exists(named))
            {
                return null;
            }

            using var reader = new StreamReader(named);
            var buffer = new char[4096];
            var text = new System.Text.StringBuilder();
            int count;
            while ((count = reader.Read(buffer)) > 0)
            {
                text.Append(buffer, 0, count);
                if (text.Length > LongestText)
                {
                    return null;
                }
            }

            return text.ToString();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The names of the folders in a folder; none when it is missing or unreadable.</summary>
    public IEnumerable<string> Folders(string path)
    {
        var named = Path.Combine(root, path);
        try
        {
            return Directory.Exists(named) ? Directory.GetDirectories(named).Select(folder => Path.GetFileName(folder)) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The names of all that is in a folder, links that lead nowhere included; none when it is missing or unreadable.</summary>
    public IEnumerable<string> Entries(string path)
    {
        var named = Path.Combine(root, path);
        try
        {
            return Directory.Exists(named) ? Directory.GetFileSystemEntries(named).Select(entry => Path.GetFileName(entry)) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Where a folder really is when its name is a link, else where its name says: two names of one folder have one answer.</summary>
    public string RealPath(string path)
    {
        var named = Path.GetFullPath(Path.Combine(root, path));
        try
        {
            return Directory.ResolveLinkTarget(named, returnFinalTarget: true)?.FullName ?? named;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return named;
        }
    }

    /// <summary>A handle for reading, or <see langword="null"/> and why there is none.</summary>
    public SafeFileHandle? Open(string path, out FileProblem problem)
    {
        var named = Path.Combine(root, path);
        try
        {
            beforeOpening?.Invoke(path);
            if (File.Exists(named))
            {
                problem = FileProblem.None;
                return File.OpenHandle(named, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }

            problem = Directory.Exists(named) ? FileProblem.Unreadable : FileProblem.Missing;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = FileProblem.Missing;
        }
        catch (UnauthorizedAccessException)
        {
            problem = FileProblem.Denied;
        }
        catch (IOException)
        {
            problem = FileProblem.Unreadable;
        }

        return null;
    }
}
