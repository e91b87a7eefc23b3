using Eco2Test.Generators.Settings;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Model;

/// <summary>What a project says by MSBuild properties.</summary>
internal static class ProjectOptions
{
    /// <summary>Whether <c>Eco2TestSkip</c> switches the package off.</summary>
    public static bool IsSkipped(AnalyzerConfigOptions options) => Is(options, KnownNames.Skip, "true");

    /// <summary>Whether calls are redirected: unless <c>Eco2TestIntercept</c> is <c>false</c>, or where that is not set the settings file says so.</summary>
    public static bool IsIntercepting(AnalyzerConfigOptions options, ProjectSettings settings) => !IsSkipped(options)
        && !Is(options, KnownNames.Intercept, "false")
        && (Is(options, KnownNames.Intercept, "true") || settings["Intercept"] != "false");

    private static bool Is(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue(property, out var text) && string.Equals(text.Trim(), value, StringComparison.OrdinalIgnoreCase);
}
