using System.Text.Json;
using Eco2Test.Settings;

namespace Eco2Test.Tool;

/// <summary>The one door to the logger for MSBuild that the tool carries, and to files that say who else may use it.</summary>
internal static class BuildLogger
{
    /// <summary>What MSBuild loads.</summary>
    public const string TypeName = "Eco2TestLogger";

    /// <summary>Its assembly.</summary>
    public const string Assembly = "Eco2Test.MSBuild.dll";

    /// <summary>What MSBuild reads beside and above a project, unless it is told not to.</summary>
    public const string ResponseFile = "Directory.Build.rsp";

    /// <summary>Its full name, as MSBuild takes it.</summary>
    public const string FullName = $"Eco2Test.MSBuild.{TypeName}";

    /// <summary>The folder in the tool that holds it with all it needs.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "msbuild");

    /// <summary>The argument of MSBuild that loads it from there, quoted, since a path may hold what ends one.</summary>
    public static string Argument(string assembly) => $"-logger:{FullName},\"{assembly}\"";

    /// <summary>Why MSBuild cannot take a path in such an argument, however it is quoted; <see langword="null"/> when it can.</summary>
    public static string? WhyNot(string path) => path.Contains('"', StringComparison.Ordinal) ? "a quotation mark"
        : path.Contains('\\', StringComparison.Ordinal) && !OperatingSystem.IsWindows() ? "a backslash"
        : null;

    /// <summary>The files that make it up; empty when the tool was built without.</summary>
    public static IReadOnlyList<string> Files() => File.Exists(Path.Combine(Folder, Assembly))
        ? [.. Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether the response file of what is built names it.</summary>
    public static bool IsInResponseFile(string folder) =>
        FilesAbove.Nearest(folder, ResponseFile) is { } file && Text(file)?.Contains(TypeName, StringComparison.Ordinal) == true;

    /// <summary>Whether <c>dotnet test</c> in this folder is that of Microsoft.Testing.Platform, as <c>global.json</c> says.</summary>
    public static bool TestsOnPlatform(string folder)
    {
        try
        {
            using var json = FilesAbove.Nearest(folder, "global.json") is { } file && Text(file) is { } text
                ? JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                : null;
            return json?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("test", out var test) && test.ValueKind == JsonValueKind.Object
                && test.TryGetProperty("runner", out var runner) && runner.ValueKind == JsonValueKind.String
                && runner.GetString() == "Microsoft.Testing.Platform";
        }
        catch (JsonException)
        {
            // The SDK says what is wrong with it.
            return false;
        }
    }

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
