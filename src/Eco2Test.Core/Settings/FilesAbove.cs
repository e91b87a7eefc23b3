namespace Eco2Test.Settings;

/// <summary>The one door to what lies in a folder and in those above it: settings files, and what marks the root of a repository.</summary>
internal static class FilesAbove
{
    /// <summary>The nearest file of that name, from the folder upwards; <see langword="null"/> when there is none.</summary>
    public static string? Nearest(string folder, string name) => Upwards(folder)
        .Select(each => Path.Combine(each, name))
        .FirstOrDefault(File.Exists);

    /// <summary>The nearest folder, from this one upwards, that has something of one of these names, in which <c>*</c> stands for anything.</summary>
    public static string? NearestWith(string folder, params string[] names) => Upwards(folder)
        .FirstOrDefault(each => HasAny(each, names));

    /// <summary>Whether a folder is there and has something of one of these names.</summary>
    public static bool HasAny(string folder, params string[] names) => Directory.Exists(folder) && names.Any(name => Has(folder, name));

    /// <summary>Whether there is such a file.</summary>
    public static bool IsThere(string file) => File.Exists(file);

    private static bool Has(string folder, string name)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder, name).Any();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What nobody may look into is nobody's root.
            return false;
        }
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var each = Path.GetFullPath(folder); each is not null; each = Path.GetDirectoryName(each))
        {
            yield return each;
        }
    }
}
