namespace Eco2Test.Tool;

/// <summary>Reads a text that the user names, such as a table.</summary>
internal static class TextFile
{
    private const long LargestFile = 16L * 1024 * 1024;

    /// <summary>The whole text.</summary>
    public static string Read(string path, string code)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length > LargestFile
                ? throw new InputException(code, $"'{path}' is too large: {file.Length / (1024 * 1024)} MiB; at most {LargestFile / (1024 * 1024)} MiB are read.")
                : File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(code, $"'{path}' cannot be read: {fault.Message}");
        }
    }
}
