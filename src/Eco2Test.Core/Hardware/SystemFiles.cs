using System.Text;

namespace Eco2Test.Hardware;

/// <summary>The one door to the files by which an operating system describes itself (<c>/proc</c>, <c>/sys</c>); tests give another root.</summary>
internal sealed class SystemFiles
{
    /// <summary>A description longer than this is not one.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    private readonly string _root;

    public SystemFiles(string root) => _root = root.EndsWith('/') ? root : root + '/';

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
        try
        {
            return Directory.GetDirectories(_root + path).Select(folder => Path.GetFileName(folder));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
