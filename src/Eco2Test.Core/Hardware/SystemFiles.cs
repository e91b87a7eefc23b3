using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Hardware;

/// <summary>The one door to the files by which an operating system describes itself (<c>/proc</c>, <c>/sys</c>); tests give another root.</summary>
internal sealed class SystemFiles
{
    /// <summary>A description longer than this is not one.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    private readonly string _root;
    private readonly Action<string>? _beforeOpening;

    /// <param name="root">The folder that paths start from.</param>
    /// <param name="beforeOpening">Throws what the system would: a test that runs as root may open every file.</param>
    public SystemFiles(string root, Action<string>? beforeOpening = null) =>
        (_root, _beforeOpening) = (root.EndsWith('/') ? root : root + '/', beforeOpening);

    /// <summary>Those of this machine.</summary>
    public static SystemFiles OfThisMachine { get; } = new("/");

    /// <summary>The text of a file, or <see langword="null"/> when it is missing, unreadable or absurdly long.</summary>
    public string? Read(string path)
    {
        var buffer = new byte[4096];
        int count;
        while ((count = ReadStart(path, buffer)) == buffer.Length)
        {
            if (buffer.Length > LongestText)
            {
                return null;
            }

            // The kernel does not say how long such a text is before it has been read.
            buffer = new byte[buffer.Length * 8];
        }

        return count is < 0 or > LongestText ? null : Encoding.UTF8.GetString(buffer, 0, count);
    }

    /// <summary>Reads the first bytes of a file: how many there were, or -1 when it is missing or unreadable.</summary>
    public int ReadStart(string path, Span<byte> buffer)
    {
        // Most of what is looked for is not there, and an exception costs more than all of the files that are.
        var file = _root + path;
        if (!File.Exists(file))
        {
            return -1;
        }

        try
        {
            _beforeOpening?.Invoke(path);
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = 0;
            int count;
            while (length < buffer.Length && (count = RandomAccess.Read(handle, buffer[length..], length)) > 0)
            {
                length += count;
            }

            return length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return -1;
        }
    }

    /// <summary>The names of the folders in a folder; none when it is missing or unreadable.</summary>
    public IEnumerable<string> Folders(string path)
    {
        var named = _root + path;
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
        var named = _root + path;
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
        var named = Path.GetFullPath(_root + path);
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
        var named = _root + path;
        try
        {
            _beforeOpening?.Invoke(path);
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
