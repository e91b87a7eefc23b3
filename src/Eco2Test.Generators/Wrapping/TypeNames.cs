using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Wrapping;

/// <summary>Which types code of another file of a compilation can name.</summary>
internal readonly struct TypeNames(Compilation compilation)
{
    /// <summary>Whether every type of the signature and of the constraints of a method can be named.</summary>
    public bool CanNameAll(IMethodSymbol method)
    {
        if (!CanName(method.ReturnType))
        {
            return false;
        }

        foreach (var parameter in method.Parameters)
        {
            if (!CanName(parameter.Type))
            {
                return false;
            }
        }

        for (ISymbol? generic = method; generic is not null; generic = generic.ContainingType)
        {
            foreach (var parameter in ParametersOf(generic))
            {
                foreach (var constraint in parameter.ConstraintTypes)
                {
                    if (!CanName(constraint))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Whether it and all around it have names, which half-typed code lacks.</summary>
    public static bool HasName(ISymbol symbol)
    {
        for (var around = symbol; around is INamedTypeSymbol or IMethodSymbol or INamespaceSymbol { IsGlobalNamespace: false }; around = around.ContainingSymbol)
        {
            if (!SyntaxFacts.IsValidIdentifier(around.Name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether its signature says all that it has to, which half-typed code does not.</summary>
    public static bool IsComplete(IMethodSymbol method) =>
        IsComplete(method.ReturnType)
        && method.TypeParameters.All(parameter => parameter.Name.Length > 0 && parameter.ConstraintTypes.All(IsComplete))
        && method.Parameters.All(parameter => parameter.Name.Length > 0 && IsComplete(parameter.Type));

    private static bool IsComplete(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => false,
        IArrayTypeSymbol array => IsComplete(array.ElementType),
        IPointerTypeSymbol pointer => IsComplete(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.All(IsComplete),
        _ => true,
    };

    public bool CanName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanName(array.ElementType),
        IPointerTypeSymbol pointer => CanName(pointer.PointedAtType),
        IFunctionPointerTypeSymbol function => CanNameAll(function.Signature),
        IDynamicTypeSymbol => true,

        // In half-typed code there are some without a name.
        ITypeParameterSymbol => type.Name.Length > 0,
        INamedTypeSymbol named => CanNameNamed(named),
        _ => false,
    };

    /// <summary>The type parameters of a method or a type.</summary>
    public static IEnumerable<ITypeParameterSymbol> ParametersOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.TypeParameters,
        INamedTypeSymbol type => type.TypeParameters,
        _ => [],
    };

    private bool CanNameNamed(INamedTypeSymbol type)
    {
        if (type.IsTupleType)
        {
            return CanNameEach(type.TupleElements.Select(element => element.Type));
        }

        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal || outer.IsAnonymousType || outer.TypeKind == TypeKind.Error || !CanNameEach(outer.TypeArguments))
            {
                return false;
            }
        }

        return HasName(type) && compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, compilation.Assembly) && IsWithoutAlias(type);
    }

    private bool CanNameEach(IEnumerable<ITypeSymbol> types)
    {
        foreach (var type in types)
        {
            if (!CanName(type))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsWithoutAlias(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
        || compilation.GetMetadataReference(type.ContainingAssembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases
        || aliases.Contains("global");
}
