using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Calls;

/// <summary>Whether calls can be redirected in a project.</summary>
internal static class CallSettings
{
    private const string Feature = "InterceptorsNamespaces";

    /// <summary>Whether the compiler was told to let our namespace redirect calls, as the package's targets do: else they would be errors.</summary>
    public static bool IsAllowed(ParseOptions options) =>
        options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        && options.Features.TryGetValue(Feature, out var namespaces)
        && namespaces.Split(';').Any(name => name.Trim() is KnownNames.GeneratedNamespace or "Eco2Test");
}
