using Eco2Test.Generators.Model;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>
/// Turns a method into the exact form: a partial declaration, which keeps attributes, documentation, accessibility and
/// constraints, so that no caller changes, and beside it a private <c>…Core</c> with the body.
/// </summary>
internal static class ExactFormConversion
{
    /// <summary>In the order in which they are written; <c>partial</c> comes last.</summary>
    private static readonly SyntaxKind[] OfCore = [SyntaxKind.StaticKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.UnsafeKeyword, SyntaxKind.AsyncKeyword];

    private static readonly SyntaxKind[] Accessibilities =
        [SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.PrivateKeyword];

    /// <summary>Whether a method can be written so.</summary>
    public static bool IsPossible(IMethodSymbol method, MethodDeclarationSyntax declaration) =>
        (declaration.Body ?? (SyntaxNode?)declaration.ExpressionBody) is not null
        && declaration.ExplicitInterfaceSpecifier is null
        && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        && method is { MethodKind: MethodKind.Ordinary, ContainingType.TypeKind: TypeKind.Class or TypeKind.Struct }
        && !(method is { IsAsync: true, ReturnsVoid: true })
        && !(method is { IsOverride: true, IsGenericMethod: true })
        && method.ContainingType.GetMembers(method.Name + ExactForm.Suffix).IsEmpty;

    /// <summary>The document with the method in the exact form.</summary>
    public static Document Convert(Document document, SyntaxNode root, IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        var outermost = declaration.Ancestors().OfType<TypeDeclarationSyntax>().Last();
        var marked = outermost.TrackNodes(declaration.Ancestors().OfType<TypeDeclarationSyntax>().Cast<SyntaxNode>().Append(declaration));
        var current = marked.GetCurrentNode(declaration)!;
        var changed = marked.ReplaceNode(current, [Outside(method, declaration), Core(declaration)]);
        foreach (var type in declaration.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            var now = changed.GetCurrentNode(type)!;
            changed = now == changed ? (TypeDeclarationSyntax)AsPartial(now) : changed.ReplaceNode(now, AsPartial(now));
        }

        return document.WithSyntaxRoot(root.ReplaceNode(outermost, changed));
    }

    private static MethodDeclarationSyntax Outside(IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        var leading = declaration.GetLeadingTrivia();
        var bare = declaration.WithoutLeadingTrivia();
        var modifiers = bare.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)).Select(Spaced).ToList();
        if (!modifiers.Any(modifier => Accessibilities.Contains(modifier.Kind())))
        {
            modifiers.Insert(0, Token(SyntaxKind.PrivateKeyword));
        }

        modifiers.Add(Token(SyntaxKind.PartialKeyword));
        var outside = bare
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithReturnType(bare.ReturnType.WithLeadingTrivia())
            .WithParameterList(Parameters(bare.ParameterList, attribute => attribute != "EnumeratorCancellation", keepDefaults: true).WithoutTrailingTrivia())
            .WithConstraintClauses(Trimmed(bare.ConstraintClauses))
            .WithBody(null)
            .WithExpressionBody(null)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(Layout.LineEnd(declaration));
        if (!method.GetAttributes().Any(TrackEmissions.Is))
        {
            // It was its class that had the attribute, which does not make an exact form.
            outside = outside.WithAttributeLists(outside.AttributeLists.Insert(0, SyntaxFactory.AttributeList(
                    SyntaxFactory.SingletonSeparatedList(AttributeEdits.Create("Eco2Test.TrackEmissions")))
                .WithTrailingTrivia(Layout.Indentation(declaration).Insert(0, Layout.LineEnd(declaration)))));
        }

        return outside.WithLeadingTrivia(leading);
    }

    private static MethodDeclarationSyntax Core(MethodDeclarationSyntax declaration)
    {
        var modifiers = new List<SyntaxToken> { Token(SyntaxKind.PrivateKeyword) };
        modifiers.AddRange(OfCore.Where(kind => declaration.Modifiers.Any(kind)).Select(Token));
        return declaration
            .WithAttributeLists(default)
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithReturnType(declaration.ReturnType.WithLeadingTrivia())
            .WithIdentifier(SyntaxFactory.Identifier(declaration.Identifier.ValueText + ExactForm.Suffix).WithTriviaFrom(declaration.Identifier))
            .WithParameterList(Parameters(declaration.ParameterList, attribute => !attribute.StartsWith("Caller", StringComparison.Ordinal), keepDefaults: false))
            .WithLeadingTrivia(Layout.Indentation(declaration).Insert(0, Layout.LineEnd(declaration)));
    }

    /// <summary>Callers see defaults and caller information, the iterator its cancellation; an extension is one only outside.</summary>
    private static ParameterListSyntax Parameters(ParameterListSyntax list, Func<string, bool> keepAttribute, bool keepDefaults) =>
        list.WithParameters(SyntaxFactory.SeparatedList(list.Parameters.Select(parameter => Parameter(parameter, keepAttribute, keepDefaults)), list.Parameters.GetSeparators()));

    private static ParameterSyntax Parameter(ParameterSyntax parameter, Func<string, bool> keepAttribute, bool keepDefaults)
    {
        var lists = parameter.AttributeLists
            .Select(list => list.WithAttributes(SyntaxFactory.SeparatedList(list.Attributes.Where(attribute => keepAttribute(Name(attribute))))))
            .Where(list => list.Attributes.Count > 0);
        var kept = parameter.WithAttributeLists(SyntaxFactory.List(lists)).WithLeadingTrivia(parameter.GetLeadingTrivia());
        return keepDefaults ? kept : kept
            .WithDefault(null)
            .WithModifiers(SyntaxFactory.TokenList(kept.Modifiers.Where(modifier => modifier.Kind() is not (SyntaxKind.ThisKeyword or SyntaxKind.ParamsKeyword))))
            .WithoutTrailingTrivia();
    }

    private static string Name(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString().Split('.').Last();
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    private static SyntaxList<TypeParameterConstraintClauseSyntax> Trimmed(SyntaxList<TypeParameterConstraintClauseSyntax> clauses) =>
        SyntaxFactory.List(clauses.Select((clause, index) => index == clauses.Count - 1 ? clause.WithoutTrailingTrivia() : clause)
            .Select((clause, index) => index == 0 ? clause.WithLeadingTrivia(SyntaxFactory.Space) : clause));

    private static TypeDeclarationSyntax AsPartial(TypeDeclarationSyntax type)
    {
        if (type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return type;
        }

        // Without modifiers the trivia before the keyword is the type's own.
        var leading = type.GetLeadingTrivia();
        var bare = type.WithoutLeadingTrivia();
        return bare.WithModifiers(bare.Modifiers.Add(Token(SyntaxKind.PartialKeyword))).WithLeadingTrivia(leading);
    }

    private static SyntaxToken Spaced(SyntaxToken modifier) => modifier.WithTrailingTrivia(SyntaxFactory.Space);

    private static SyntaxToken Token(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
}
