using System.Collections.Immutable;
using System.Composition;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>
/// Converts a method to the exact form, at its own attribute (ECO1009, ECO1018) or at a use of it that is not tracked
/// (ECO1009, ECO1010, ECO1011).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExactFormFix))]
[Shared]
public sealed class ExactFormFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1009", "ECO1010", "ECO1011", "ECO1018"];

    /// <summary>None: the uses of one method would convert it once each.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || MethodAt(root.FindNode(context.Span, getInnermostNodeForTie: true), model, cancellation) is not { } method)
        {
            return;
        }

        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences is [var reference]
            && await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is MethodDeclarationSyntax declaration
            && document.Project.Solution.GetDocument(declaration.SyntaxTree) is { } home
            && ExactFormConversion.IsPossible(definition, declaration))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Move the body of '{definition.Name}' to '{definition.Name}{ExactForm.Suffix}'",
                    async stop => ExactFormConversion.Convert(
                        home, (await home.GetSyntaxRootAsync(stop).ConfigureAwait(false))!, definition, declaration),
                    nameof(ExactFormFix)),
                context.Diagnostics);
        }
    }

    private static IMethodSymbol? MethodAt(SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.FirstAncestorOrSelf<AttributeSyntax>() is { Parent.Parent: MethodDeclarationSyntax attributed } ? model.GetDeclaredSymbol(attributed, cancellation)
        : node is MethodDeclarationSyntax declared ? model.GetDeclaredSymbol(declared, cancellation)
        : model.GetSymbolInfo(node, cancellation).Symbol as IMethodSymbol;
}
