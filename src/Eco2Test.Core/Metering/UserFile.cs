namespace Eco2Test.Metering;

/// <summary>The one door to a file that a user names in a setting of the run.</summary>
internal static class UserFile
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    /// <summary>Whether there is such a file.</summary>
    public static bool IsThere(string path) => File.Exists(path);

    /// <summary>When a file was written last; of one that is not there, long ago.</summary>
    public static DateTimeOffset WrittenAt(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
}
