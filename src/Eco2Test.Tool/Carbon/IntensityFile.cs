using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary>Opens a file of intensities that the user made.</summary>
internal static class IntensityFile
{
    /// <summary>A value every five minutes for ten years is 60 MB.</summary>
    private const long Largest = 100 * 1024 * 1024;

    private const string Csv = ".csv";
    private const string Json = ".json";

    /// <summary>Whether a text is the path of one: by its ending.</summary>
    public static bool Is(string path) => HasEnding(path, Csv) || HasEnding(path, Json);

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">There is none, or it is not one; the message says where, and what would be right.</exception>
    public static FileIntensitySource Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InputException(ToolCodes.PathNotFound, $"There is no file '{path}'.");
        }

        if (file.Length > Largest)
        {
            throw new InputException(ToolCodes.FileTooLarge, $"'{path}' has {file.Length / 1024 / 1024} MB; a file of intensities has at most {Largest / 1024 / 1024} MB.");
        }

        try
        {
            using var reader = file.OpenText();
            return HasEnding(path, Csv) ? FileIntensitySource.ReadCsv(file.Name, reader) : FileIntensitySource.ReadJson(file.Name, reader);
        }
        catch (FormatException wrong)
        {
            throw new InputException(ToolCodes.NotAnIntensityFile, $"'{path}' has no intensities that can be read: {wrong.Message}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.NotAnIntensityFile, $"'{path}' cannot be read: {fault.Message}");
        }
    }

    private static bool HasEnding(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
