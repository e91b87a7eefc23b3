using Eco2Test.Generators.Hooks;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Tells of which framework a test is, and whether that framework is hooked in a compilation.</summary>
internal sealed class TestRecognizer
{
    private readonly Dictionary<INamedTypeSymbol, TestFramework> _markers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<TestFramework> _hooked;

    public TestRecognizer(Compilation compilation)
    {
        _hooked = [.. TestFramework.All.Where(framework => framework.IsHookedIn(compilation))];

        foreach (var framework in TestFramework.All)
        {
            foreach (var marker in framework.TestMarkers.SelectMany(marker => compilation.GetTypesByMetadataName(marker)))
            {
                _markers[marker] = framework;
            }
        }
    }

    /// <summary>Whether the compilation has a framework that is hooked.</summary>
    public bool IsAnyHooked => _hooked.Count > 0;

    /// <summary>Whether a method is a test of a framework that is hooked.</summary>
    public bool IsTest(IMethodSymbol method) => FrameworkOf(method) is { } framework && _hooked.Contains(framework);

    /// <summary>The framework that a method is a test of, hooked or not; <see langword="null"/> for an ordinary method.</summary>
    public TestFramework? FrameworkOf(IMethodSymbol method)
    {
        for (var declaration = method; declaration is not null; declaration = declaration.OverriddenMethod)
        {
            foreach (var attribute in declaration.GetAttributes())
            {
                if (attribute.AttributeClass is { } type && Marked(type) is { } framework)
                {
                    return framework;
                }
            }
        }

        return null;
    }

    /// <summary>A test of a class, its own or an inherited one; <see langword="null"/> when it holds none.</summary>
    public IMethodSymbol? FirstTestOf(INamedTypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && FrameworkOf(method) is not null)
                {
                    return method;
                }
            }
        }

        return null;
    }

    /// <summary>Of the frameworks that an attribute may be of (both xUnits have a FactAttribute) the one that is hooked, else the newest.</summary>
    private TestFramework? Marked(INamedTypeSymbol attribute)
    {
        TestFramework? found = null;
        foreach (var type in BasesOf(attribute).Concat(attribute.AllInterfaces))
        {
            if (_markers.TryGetValue(type, out var framework) && (found is null || !_hooked.Contains(found)))
            {
                found = framework;
            }
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol attribute)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }
}
