using Eco2Test.Generators.Hooks;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Tells whether a method is a test of a framework that is hooked in a compilation.</summary>
internal sealed class TestRecognizer
{
    private readonly HashSet<INamedTypeSymbol> _markers;

    public TestRecognizer(Compilation compilation) => _markers = new(
        TestFramework.All
            .Where(framework => framework.IsHookedIn(compilation))
            .SelectMany(framework => framework.TestMarkers)
            .SelectMany(marker => compilation.GetTypesByMetadataName(marker)),
        SymbolEqualityComparer.Default);

    /// <summary>Whether the compilation has a framework that is hooked.</summary>
    public bool IsAnyHooked => _markers.Count > 0;

    public bool IsTest(IMethodSymbol method)
    {
        for (var declaration = method; declaration is not null; declaration = declaration.OverriddenMethod)
        {
            if (declaration.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && IsMarked(type)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMarked(INamedTypeSymbol attribute)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            if (_markers.Contains(type))
            {
                return true;
            }
        }

        return attribute.AllInterfaces.Any(_markers.Contains);
    }
}
