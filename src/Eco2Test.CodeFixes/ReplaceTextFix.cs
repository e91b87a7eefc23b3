using System.Collections.Immutable;
using System.Composition;
using Eco2Test.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>Writes the region or the quantity that was probably meant (ECO1001, ECO1002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceTextFix))]
[Shared]
public sealed class ReplaceTextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1001", "ECO1002"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // A constant that is written elsewhere may have other uses.
            if (diagnostic.Properties.TryGetValue(FixProperties.Suggestion, out var suggestion)
                && suggestion is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>()?.Expression is LiteralExpressionSyntax literal)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Write \"{suggestion}\"",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(literal, Text(suggestion).WithTriviaFrom(literal)))),
                        nameof(ReplaceTextFix)),
                    diagnostic);
            }
        }
    }

    private static LiteralExpressionSyntax Text(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
