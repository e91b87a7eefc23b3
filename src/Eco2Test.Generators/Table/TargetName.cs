using System.Text;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Table;

/// <summary>
/// The name of a method or class that reflection gives for the same thing: <c>Type.FullName</c> of the generic definition,
/// then <c>.Name(parameters)</c> with <c>Type.Name</c> of each parameter's type.
/// </summary>
internal static class TargetName
{
    public static string Of(ISymbol symbol) => symbol is IMethodSymbol method ? Of(method) : Of((INamedTypeSymbol)symbol);

    public static string Of(INamedTypeSymbol type)
    {
        var name = new StringBuilder(type.MetadataName);
        var outermost = type;
        while (outermost.ContainingType is { } outer)
        {
            name.Insert(0, '+').Insert(0, outer.MetadataName);
            outermost = outer;
        }

        for (var space = outermost.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            name.Insert(0, '.').Insert(0, space.MetadataName);
        }

        return name.ToString();
    }

    public static string Of(IMethodSymbol method) =>
        $"{Of(method.ContainingType)}.{method.MetadataName}({string.Join(",", method.Parameters.Select(ParameterType))})";

    private static string ParameterType(IParameterSymbol parameter) =>
        Simple(parameter.Type) + (parameter.RefKind == RefKind.None ? "" : "&");

    private static string Simple(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"{Simple(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        IPointerTypeSymbol pointer => Simple(pointer.PointedAtType) + "*",
        IDynamicTypeSymbol => "Object",
        IFunctionPointerTypeSymbol => "",
        INamedTypeSymbol { TupleUnderlyingType: { } tuple } when !SymbolEqualityComparer.Default.Equals(tuple, type) => Simple(tuple),
        _ => type.MetadataName,
    };
}
