using System.Composition;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>Offers the exact form for any method with <c>[TrackEmissions]</c>, also where nothing is wrong with it.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ExactFormRefactoring))]
[Shared]
public sealed class ExactFormRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && declaration.Identifier.Span.IntersectsWith(context.Span)
            && model?.GetDeclaredSymbol(declaration, context.CancellationToken) is { } method
            && method.GetAttributes().Any(TrackEmissions.Is)
            && ExactFormConversion.IsPossible(method, declaration))
        {
            context.RegisterRefactoring(CodeAction.Create(
                $"Move the body of '{method.Name}' to '{method.Name}{ExactForm.Suffix}'",
                _ => Task.FromResult(ExactFormConversion.Convert(context.Document, root, method, declaration)),
                nameof(ExactFormRefactoring)));
        }
    }
}
