using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Table;

/// <summary>The folder of the project, to which the files in the table are relative: no absolute path is ever written.</summary>
internal static class ProjectDirectory
{
    public static string Of(AnalyzerConfigOptions options) =>
        options.TryGetValue(KnownNames.ProjectDirectory, out var directory)
        || options.TryGetValue(KnownNames.ProjectDirectoryFallback, out directory)
            ? directory
            : "";

    /// <summary>The path below the folder, with <c>/</c>; only the name of a file that is elsewhere.</summary>
    public static string Relative(string directory, string path)
    {
        var root = directory.Replace('\\', '/').TrimEnd('/') + "/";
        var file = path.Replace('\\', '/');
        var windows = root.Length > 1 && root[1] == ':';
        return root.Length > 1 && file.StartsWith(root, windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? file.Substring(root.Length)
            : file.Substring(file.LastIndexOf('/') + 1);
    }
}
