using System.Collections.Immutable;
using System.Composition;
using Eco2Test.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>
/// Removes an attribute that has no effect or says nothing (ECO1003, ECO1012, ECO1013), or the one argument that is in the
/// way (ECO1007, ECO1014, ECO1018).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFix))]
[Shared]
public sealed class RemoveFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1003", "ECO1007", "ECO1012", "ECO1013", "ECO1014", "ECO1018"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root?.FindNode(diagnostic.Location.SourceSpan);
            if (diagnostic.Properties.TryGetValue(FixProperties.Property, out var property)
                && node?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
            {
                Register(context, diagnostic, $"Remove {property}", WithoutArgument(root!, argument));
            }
            else if (property is null && node?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            {
                Register(context, diagnostic, "Remove [TrackEmissions]", AttributeEdits.Remove(root!, attribute));
            }
        }
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, string title, SyntaxNode root) =>
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root)), title), diagnostic);

    private static SyntaxNode WithoutArgument(SyntaxNode root, AttributeArgumentSyntax argument)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        return list.Arguments.Count == 1
            ? root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!
            : root.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
