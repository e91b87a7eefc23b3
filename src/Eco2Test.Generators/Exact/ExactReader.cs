using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Eco2Test.Generators.Wrappers;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Exact;

/// <summary>From a partial method in the exact form to its model.</summary>
internal static class ExactReader
{
    private static readonly string[] Attributes =
    [
        "System.CodeDom.Compiler.GeneratedCode(\"Eco2Test\", null)",
        "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage",
        "System.Diagnostics.DebuggerStepThrough",
        "System.Diagnostics.StackTraceHidden",
    ];

    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    public static ExactMethod? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context.TargetSymbol is not IMethodSymbol method
            || context.TargetNode is not MethodDeclarationSyntax syntax
            || method.PartialImplementationPart is not null
            || method.ContainingType.IsFileLocal
            || !TypeNames.HasName(method)
            || !TypeNames.IsComplete(method)
            || ExactForm.CoreOf(method) is not { } core)
        {
            return null;
        }

        var isUnsafe = syntax.Modifiers.Any(SyntaxKind.UnsafeKeyword);
        return new(
            TargetName.Of(method),
            method.ContainingNamespace.IsGlobalNamespace ? "" : method.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)),
            new(Types(method, isUnsafe: !isUnsafe && WrapperReader.IsUnsafe(method)).ToArray()),
            new(Attributes.Where(attribute => !Has(method, attribute)).Select(attribute => $"[global::{attribute}]").ToArray()),
            Signature(method, syntax),
            Constraints(method),
            method.ReturnsVoid,
            method.RefKind != RefKind.None,
            Results.GoesOn(method.ReturnType),
            Call(method, core),
            Repetition(method),
            SettingsReader.Of(method).MinimumSeconds);
    }

    private static IEnumerable<string> Types(IMethodSymbol method, bool isUnsafe)
    {
        var types = new List<string>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            var parameters = type.TypeParameters.Select(parameter => Variance(parameter) + SignatureText.Identifier(parameter.Name));
            var generics = type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", parameters)}>";
            types.Insert(0, $"{(isUnsafe ? "unsafe " : "")}partial {Keyword(type)} {SignatureText.Identifier(type.Name)}{generics}");
        }

        return types;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { IsValueType: true } => "struct",
        _ => "class",
    };

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    private static bool Has(IMethodSymbol method, string attribute)
    {
        var name = attribute.Split('(')[0] + "Attribute";
        return method.GetAttributes().Any(existing => existing.AttributeClass?.ToDisplayString() == name);
    }

    /// <summary>Both parts must agree on every modifier, so they are taken as they stand.</summary>
    private static string Signature(IMethodSymbol method, MethodDeclarationSyntax syntax)
    {
        var modifiers = string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text));
        var generics = method.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", method.TypeParameters.Select(parameter => SignatureText.Identifier(parameter.Name)))}>";
        var parameters = method.Parameters.Select((parameter, index) =>
            (method.IsExtensionMethod && index == 0 ? "this " : "")
            + (parameter.IsParams ? "params " : "")
            + SignatureText.ParameterAsDeclared(parameter));
        return $"{modifiers} {SignatureText.Return(method)} {SignatureText.Identifier(method.Name)}{generics}({string.Join(", ", parameters)})";
    }

    /// <summary>An override inherits them and must not say them again.</summary>
    private static EquatableArray<string> Constraints(IMethodSymbol method) =>
        new(method.IsOverride ? [] : method.TypeParameters.Select(SignatureText.Constraint).OfType<string>().ToArray());

    private static string Call(IMethodSymbol method, IMethodSymbol core)
    {
        var receiver = method.IsStatic ? SignatureText.Type(method.ContainingType) : "this";
        var generics = method.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", method.TypeParameters.Select(parameter => SignatureText.Identifier(parameter.Name)))}>";
        var arguments = method.Parameters.Select(parameter => SignatureText.Argument(parameter, SignatureText.Identifier(parameter.Name)));
        return $"{receiver}.{SignatureText.Identifier(core.Name)}{generics}({string.Join(", ", arguments)})";
    }

    /// <summary>A lambda can hold neither references nor the receiver of a struct.</summary>
    private static string Repetition(IMethodSymbol method)
    {
        var isHeld = (method.IsStatic || !method.ContainingType.IsValueType) && method.Parameters.All(parameter =>
            parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType && parameter.Type is not (ITypeParameterSymbol { AllowsRefLikeType: true } or IPointerTypeSymbol or IFunctionPointerTypeSymbol));
        return !isHeld || method.RefKind != RefKind.None || method.ReturnType.IsRefLikeType || WrapperReader.IsUnsafe(method) ? ""
            : method.ReturnType is INamedTypeSymbol { Name: "Task" } && Results.IsTask(method.ReturnType) ? "RepeatAsync"
            : Results.GoesOn(method.ReturnType) ? ""
            : "Repeat";
    }
}
