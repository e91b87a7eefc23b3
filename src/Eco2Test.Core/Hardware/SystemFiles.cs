namespace Eco2Test.Hardware;

/// <summary>The one door to the files by which an operating system describes itself (<c>/proc</c>, <c>/sys</c>); tests give another root.</summary>
internal sealed class SystemFiles(string root)
{
    /// <summary>A description longer than this is not one.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    /// <summary>Those of this machine.</summary>
    public static SystemFiles OfThisMachine { get; } = new("/");

    /// <summary>The text of a file, or <see langword="null"/> when it is missing, unreadable or absurdly long.</summary>
    public string? Read(string path)
    {
        try
        {
            using var reader = new StreamReader(Path.Combine(root, path));
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
        try
        {
            return Directory.GetDirectories(Path.Combine(root, path)).Select(folder => Path.GetFileName(folder));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
