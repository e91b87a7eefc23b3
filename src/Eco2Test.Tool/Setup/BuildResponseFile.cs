namespace Eco2Test.Tool;

/// <summary>The line of <c>Directory.Build.rsp</c> that names the logger, among those of others, which stay as they are.</summary>
internal static class BuildResponseFile
{
    /// <summary>Where the logger lies, below the folder of the file.</summary>
    public const string LoggerFolder = ".config/eco2test";

    /// <summary>The line, by the folder of the file, whatever it is called: quoted, since <c>;</c> ends a path and a space an argument.</summary>
    public const string Line = $"-logger:{BuildLogger.FullName},\"%MSBuildThisFileDirectory%{LoggerFolder}/{BuildLogger.Assembly}\"";

    /// <summary>The text with that line once: in the place of another of ours, else at the end.</summary>
    /// <param name="text">What is there; <see langword="null"/>: no such file.</param>
    public static string With(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Line + "\n";
        }

        var lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = text.Split('\n').ToList();
        var ours = lines.FindIndex(IsOurs);
        if (ours < 0)
        {
            return $"{text}{(text.EndsWith('\n') ? "" : lineEnd)}{Line}{lineEnd}";
        }

        lines[ours] = Line + (lines[ours].EndsWith('\r') ? "\r" : "");
        return string.Join('\n', lines.Where((line, place) => place <= ours || !IsOurs(line)));
    }

    // A comment that speaks of it is no line of ours.
    private static bool IsOurs(string line) => !line.TrimStart().StartsWith('#') && line.Contains(BuildLogger.FullName, StringComparison.Ordinal);
}
