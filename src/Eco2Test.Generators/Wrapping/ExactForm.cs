using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Wrapping;

/// <summary>
/// The exact form: a partial method with the attribute and without a body, beside a method of the same signature named
/// <c>…Core</c>. Its body is generated, so that every call is tracked, whoever makes it.
/// </summary>
internal static class ExactForm
{
    public const string Suffix = "Core";

    /// <summary>The file of the generated bodies.</summary>
    public const string FileName = "Eco2Test.Exact.g.cs";

    /// <summary>Whether a method is written in the exact form; its calls are not redirected.</summary>
    public static bool Is(IMethodSymbol method) => CoreOf(method) is not null;

    /// <summary>The method with the work of one in the exact form; <see langword="null"/> for any other.</summary>
    public static IMethodSymbol? CoreOf(IMethodSymbol method)
    {
        var declaration = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        return declaration.IsPartialDefinition
            && IsBodyOurs(declaration)
            && declaration.GetAttributes().Any(TrackEmissions.Is)
            ? declaration.ContainingType.GetMembers(declaration.Name + Suffix).OfType<IMethodSymbol>().FirstOrDefault(core => IsOf(core, declaration))
            : null;
    }

    /// <summary>The generator sees the method without a body, the analyzers see it with the generated one.</summary>
    private static bool IsBodyOurs(IMethodSymbol declaration) =>
        declaration.PartialImplementationPart is not { } body
        || body.DeclaringSyntaxReferences.All(part => part.SyntaxTree.FilePath.EndsWith(FileName, StringComparison.Ordinal));

    private static bool IsOf(IMethodSymbol core, IMethodSymbol declaration) =>
        core.IsStatic == declaration.IsStatic
        && core.Arity == declaration.Arity
        && core.RefKind == declaration.RefKind
        && core.Parameters.Length == declaration.Parameters.Length
        && IsSame(core.ReturnType, declaration.ReturnType)
        && core.Parameters.Zip(declaration.Parameters, (mine, theirs) => mine.RefKind == theirs.RefKind && IsSame(mine.Type, theirs.Type)).All(same => same);

    /// <summary>By their text, in which the type parameters of two methods are the same when they have the same names.</summary>
    private static bool IsSame(ITypeSymbol mine, ITypeSymbol theirs) =>
        mine.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) == theirs.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
