using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Wrappers;

/// <summary>Writes types, parameters and constraints of a method as they can stand in any file.</summary>
internal static class SignatureText
{
    public static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Attributes that the linker or the compiler must find on the wrapper as on the method.</summary>
    private static readonly string[] Repeated =
    [
        "System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembersAttribute",
        "System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute",
        "System.Diagnostics.CodeAnalysis.RequiresDynamicCodeAttribute",
        "System.Diagnostics.CodeAnalysis.RequiresAssemblyFilesAttribute",
        "System.Diagnostics.CodeAnalysis.UnscopedRefAttribute",
        "System.ObsoleteAttribute",
    ];

    public static string Type(ITypeSymbol type) => type.ToDisplayString(Format);

    /// <summary><c>typeof</c> can name it: <c>global::Shop.Box&lt;&gt;</c>.</summary>
    public static string Open(INamedTypeSymbol type) => (type.IsGenericType ? type.ConstructUnboundGenericType() : type).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Return(IMethodSymbol method) => (method.RefKind == RefKind.RefReadOnly ? "ref readonly " : Ref(method.RefKind)) + (method.ReturnsVoid ? "void" : Type(method.ReturnType));

    /// <summary><c>scoped ref int count</c>.</summary>
    public static string Parameter(IParameterSymbol parameter, string name) =>
        Attributes(parameter) + Scope(parameter) + Ref(parameter.RefKind) + Type(parameter.Type) + " " + name;

    /// <summary>As in the other part of a partial method: what is scoped by itself does not say so.</summary>
    public static string ParameterAsDeclared(IParameterSymbol parameter) =>
        (parameter.IsParams ? "" : Scope(parameter)) + Ref(parameter.RefKind) + Type(parameter.Type) + " " + Identifier(parameter.Name);

    /// <summary><c>ref count</c>.</summary>
    public static string Argument(IParameterSymbol parameter, string name) => parameter.RefKind switch
    {
        RefKind.Ref => "ref " + name,
        RefKind.Out => "out " + name,
        RefKind.In or RefKind.RefReadOnlyParameter => "in " + name,
        _ => name,
    };

    public static string TypeParameter(ITypeParameterSymbol parameter) => Attributes(parameter) + Identifier(parameter.Name);

    /// <summary><c>where T : class, new()</c>; <see langword="null"/> when there is none.</summary>
    public static string? Constraint(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            parts.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            parts.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            parts.Add("notnull");
        }

        parts.AddRange(parameter.ConstraintTypes.Select(Type));
        if (parameter.HasConstructorConstraint)
        {
            parts.Add("new()");
        }

        if (parameter.AllowsRefLikeType)
        {
            parts.Add("allows ref struct");
        }

        return parts.Count == 0 ? null : $"where {Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }

    /// <summary>The attributes of a method that are repeated, each as <c>[…]</c>, then those of its result.</summary>
    public static string[] Attributes(IMethodSymbol method) =>
    [
        .. method.GetAttributes().Where(IsRepeated).Select(attribute => $"[{Write(attribute)}]"),
        .. method.GetReturnTypeAttributes().Where(IsRepeated).Select(attribute => $"[return: {Write(attribute)}]"),
    ];

    private static string Attributes(ISymbol symbol) =>
        string.Concat(symbol.GetAttributes().Where(IsRepeated).Select(attribute => $"[{Write(attribute)}] "));

    private static bool IsRepeated(AttributeData attribute) =>
        attribute.AttributeClass is { TypeKind: not TypeKind.Error } type
        && Repeated.Contains(type.ToDisplayString())
        && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);

    private static string Write(AttributeData attribute)
    {
        // As a warning at most: the call that is wrapped was allowed.
        var isObsolete = attribute.AttributeClass!.Name == "ObsoleteAttribute";
        var arguments = isObsolete ? [] : attribute.ConstructorArguments.Select(Constant)
            .Concat(attribute.NamedArguments.Select(argument => $"{argument.Key} = {Constant(argument.Value)}"));
        return $"{Type(attribute.AttributeClass)}({string.Join(", ", arguments)})";
    }

    private static string Constant(TypedConstant constant) => constant.Kind == TypedConstantKind.Enum
        ? $"({Type(constant.Type!)})({Convert.ToString(constant.Value, CultureInfo.InvariantCulture)})"
        : constant.ToCSharpString();

    private static string Scope(IParameterSymbol parameter) => parameter.ScopedKind switch
    {
        // An out parameter is scoped without saying so.
        ScopedKind.ScopedRef when parameter.RefKind != RefKind.Out => "scoped ",
        ScopedKind.ScopedValue => "scoped ",
        _ => "",
    };

    private static string Ref(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };
}
