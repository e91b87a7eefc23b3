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
}
