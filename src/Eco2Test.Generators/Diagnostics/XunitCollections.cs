using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>The collections of an xUnit project that are defined to run when nothing else does.</summary>
internal sealed class XunitCollections
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);

    public static XunitCollections Of(Compilation compilation)
    {
        var collections = new XunitCollections();
        foreach (var type in TypesOf(compilation.Assembly.GlobalNamespace))
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.Name == "CollectionDefinitionAttribute"
                    && attribute.NamedArguments.Any(argument => argument is { Key: "DisableParallelization", Value.Value: true }))
                {
                    collections._types.Add(type);
                    if (attribute.ConstructorArguments is [{ Value: string name }])
                    {
                        collections._names.Add(name);
                    }
                }
            }
        }

        return collections;
    }

    /// <summary>Whether a <c>[Collection]</c>, by name or by type, is of one that runs alone.</summary>
    public bool RunsAlone(AttributeData collection) =>
        collection.AttributeClass is { TypeArguments: [var type] } ? _types.Contains(type)
        : collection.ConstructorArguments is [{ Value: string name }] ? _names.Contains(name)
        : collection.ConstructorArguments is [{ Value: ISymbol definition }] && _types.Contains(definition);

    /// <summary>All types of a namespace, nested ones included.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in TypesOf(inner))
                {
                    yield return nested;
                }
            }
        }
    }
}
