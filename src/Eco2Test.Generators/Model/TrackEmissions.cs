using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Model;

/// <summary>Recognises the attribute.</summary>
internal static class TrackEmissions
{
    public static bool Is(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "TrackEmissionsAttribute",
        ContainingType: null,
        ContainingNamespace: { Name: "Eco2Test", ContainingNamespace.IsGlobalNamespace: true },
    };
}
