namespace Eco2Test.Settings;

/// <summary>Paths of settings files, as texts: an analyzer asks no file system.</summary>
internal static class SettingsPath
{
    /// <summary>A path that is written in a file, seen from that file's folder.</summary>
    public static string Combine(string file, string written)
    {
        var path = written.Replace('\\', '/');
        var whole = path.StartsWith("/", StringComparison.Ordinal) || path.Length > 1 && path[1] == ':'
            ? path
            : file.Replace('\\', '/') is var from && from.LastIndexOf('/') is var end and >= 0 ? from.Substring(0, end + 1) + path : path;
        return Normalize(whole);
    }

    /// <summary>With <c>/</c>, and without <c>.</c> and <c>..</c>.</summary>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not ("" or ".."))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }
}
