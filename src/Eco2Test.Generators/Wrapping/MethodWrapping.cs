using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Wrapping;

/// <summary>Whether calls of a method can be wrapped at all: what its symbol tells, whoever calls it.</summary>
internal static class MethodWrapping
{
    private const string UnscopedRef = "UnscopedRefAttribute";

    /// <summary>What stands in the way of wrapping calls of a method in a compilation.</summary>
    /// <param name="method">The method, of which the definition counts.</param>
    /// <param name="compilation">The one whose calls are wrapped; the method may be of another.</param>
    public static Obstacle ObstacleOf(IMethodSymbol method, Compilation compilation)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return OfKind(method) is var kind and not Obstacle.None ? kind : OfReach(method, compilation);
    }

    /// <summary>Whether generated code calls it through an accessor, since it is private or protected.</summary>
    public static bool NeedsAccessor(IMethodSymbol method, Compilation compilation) =>
        !compilation.IsSymbolAccessibleWithin(method, compilation.Assembly);

    /// <summary>Whether <c>[UnscopedRef]</c> is on a symbol.</summary>
    public static bool IsUnscoped(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == UnscopedRef);

    private static Obstacle OfKind(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } => Obstacle.ExplicitImplementation,
        { MethodKind: not MethodKind.Ordinary } => Obstacle.NoOrdinaryMethod,

        // An extension block has no name that C# can write. Its own property is of Roslyn 5 only.
        { ContainingType.CanBeReferencedByName: false } => Obstacle.ExtensionBlock,
        { IsAsync: true, ReturnsVoid: true } => Obstacle.AsyncVoid,
        { IsExtern: true } => Obstacle.Extern,
        { PartialImplementationPart: null } when HasAttribute(method, "LibraryImportAttribute") => Obstacle.Extern,
        { IsStatic: true, ContainingType.TypeKind: TypeKind.Interface } when method.IsAbstract || method.IsVirtual => Obstacle.StaticAbstract,
        { IsVararg: true } => Obstacle.VariableArguments,
        _ when Results.IsUnknownAwaitable(method.ReturnType) => Obstacle.UnknownAwaitable,
        _ when ReturnsUnscoped(method) => Obstacle.UnscopedReference,
        _ => Obstacle.None,
    };

    private static Obstacle OfReach(IMethodSymbol method, Compilation compilation)
    {
        var names = new TypeNames(compilation);
        if (!names.CanName(method.ContainingType))
        {
            return Obstacle.HiddenClass;
        }

        if (!names.CanNameAll(method) || HasUnusableTypeParameter(method))
        {
            return Obstacle.HiddenSignature;
        }

        if (!NeedsAccessor(method, compilation))
        {
            return Obstacle.None;
        }

        if (method.IsGenericMethod || IsInGenericType(method))
        {
            return Obstacle.HiddenGeneric;
        }

        var type = method.ContainingType;
        return type.IsStatic || type.IsRefLikeType || type.TypeKind == TypeKind.Interface ? Obstacle.HiddenWithoutAccessor : Obstacle.None;
    }

    private static bool ReturnsUnscoped(IMethodSymbol method) =>
        (method.RefKind != RefKind.None || method.ReturnType.IsRefLikeType)
        && (IsUnscoped(method) || method.Parameters.Any(IsUnscoped));

    /// <summary>Generated code has the type parameters of the method and of the types around it side by side: each needs a name of its own.</summary>
    private static bool HasUnusableTypeParameter(IMethodSymbol method)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "" };
        for (ISymbol? generic = method; generic is not null; generic = generic.ContainingType)
        {
            if (!TypeNames.ParametersOf(generic).All(parameter => names.Add(parameter.Name)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    private static bool IsInGenericType(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                return true;
            }
        }

        return false;
    }
}
