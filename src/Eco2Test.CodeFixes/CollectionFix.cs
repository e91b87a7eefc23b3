using System.Collections.Immutable;
using System.Composition;
using Eco2Test.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>
/// Puts a class of xUnit tests with budgets into a collection that runs when no other does (ECO1016); where the project has
/// none, one is added in a file of its own.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CollectionFix))]
[Shared]
public sealed class CollectionFix : CodeFixProvider
{
    private const string NewName = "Sequential";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1016"];

    /// <summary>None: each class would add the collection anew.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(FixProperties.Framework, out var framework)
                && framework is "XunitV2" or "XunitV3"
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
                && !HasCollection(type))
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Run alone, in a collection", cancellation => ChangedAsync(context.Document, root, type, cancellation), nameof(CollectionFix)),
                    diagnostic);
            }
        }
    }

    private static bool HasCollection(TypeDeclarationSyntax type) => type.AttributeLists
        .SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString().Split('.').Last().StartsWith("Collection", StringComparison.Ordinal));

    private static async Task<Solution> ChangedAsync(Document document, SyntaxNode root, TypeDeclarationSyntax type, CancellationToken cancellation)
    {
        var compilation = await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        var existing = compilation?.Assembly.GlobalNamespace is { } all ? Defined(all) : null;
        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(existing ?? NewName)));
        var collection = AttributeEdits.Create("Xunit.Collection", SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(collection))
            .WithTrailingTrivia(Layout.Indentation(type).Insert(0, Layout.LineEnd(type)));
        var changed = type.WithoutLeadingTrivia().WithAttributeLists(type.WithoutLeadingTrivia().AttributeLists.Insert(0, list)).WithLeadingTrivia(type.GetLeadingTrivia());
        var solution = document.WithSyntaxRoot(root.ReplaceNode(type, changed)).Project.Solution;
        return existing is null ? solution.AddDocument(DocumentId.CreateNewId(document.Project.Id), "SequentialCollection.cs", Definition(type), document.Folders) : solution;
    }

    private static string? Defined(INamespaceSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            var name = member is INamespaceSymbol inner ? Defined(inner) : member.GetAttributes()
                .Where(attribute => attribute.AttributeClass?.Name == "CollectionDefinitionAttribute"
                    && attribute.NamedArguments.Any(argument => argument is { Key: "DisableParallelization", Value.Value: true }))
                .Select(attribute => attribute.ConstructorArguments is [{ Value: string text }] ? text : null)
                .FirstOrDefault();
            if (name is not null)
            {
                return name;
            }
        }

        return null;
    }

    private static string Definition(TypeDeclarationSyntax type)
    {
        var space = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().LastOrDefault();
        return $$"""
            {{(space is null ? "" : $"namespace {space.Name};\n\n")}}/// <summary>Tests that run when no other does.</summary>
            [Xunit.CollectionDefinition("{{NewName}}", DisableParallelization = true)]
            public class SequentialCollection
            {
            }

            """.Replace("\r\n", "\n");
    }
}
