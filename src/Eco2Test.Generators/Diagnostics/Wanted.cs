using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Whether there is anything to look at.</summary>
internal static class Wanted
{
    /// <summary>Not in a compilation that cannot name the attribute, nor where <c>Eco2TestSkip</c> switches the package off.</summary>
    public static bool In(Compilation compilation, AnalyzerOptions options) =>
        !ProjectOptions.IsSkipped(options.AnalyzerConfigOptionsProvider.GlobalOptions)
        && !compilation.GetTypesByMetadataName(KnownNames.Attribute).IsEmpty;
}
