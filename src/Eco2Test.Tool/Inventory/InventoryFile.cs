namespace Eco2Test.Tool;

/// <summary>The door to the file in which the user keeps contracts, mixes and confirmed scopes. It is never written over.</summary>
internal static class InventoryFile
{
    /// <summary>Whether there is one.</summary>
    public static bool Exists(string path) => File.Exists(path);

    /// <summary>Its text.</summary>
    public static string Read(string path) => TextFile.Read(path, ToolCodes.InventoryFileUnusable);

    /// <summary>Writes one that is not there yet.</summary>
    public static void Create(string path, string text)
    {
        try
        {
            using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
            writer.Write(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.CannotWrite, $"'{path}' cannot be written: {fault.Message} Name another file with --confirm.");
        }
    }
}
