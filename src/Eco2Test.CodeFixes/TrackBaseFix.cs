using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>Copies the attribute to what a method overrides or implements, so that calls through that are tracked (ECO1019).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrackBaseFix))]
[Shared]
public sealed class TrackBaseFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1019"];

    /// <summary>None: two implementations of one member would give it the attribute twice.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is { Parent.Parent: MethodDeclarationSyntax method } attribute
            && model?.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol
            && Declaration(symbol) is { DeclaringSyntaxReferences: [var reference] } declared
            && await reference.GetSyntaxAsync(context.CancellationToken).ConfigureAwait(false) is MethodDeclarationSyntax target
            && context.Document.Project.Solution.GetDocument(target.SyntaxTree) is { } home)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Put the attribute on '{declared.ContainingType.Name}.{declared.Name}' as well",
                    async stop => home.WithSyntaxRoot((await home.GetSyntaxRootAsync(stop).ConfigureAwait(false))!.ReplaceNode(target, With(target, attribute))),
                    nameof(TrackBaseFix)),
                context.Diagnostics);
        }
    }

    private static IMethodSymbol? Declaration(IMethodSymbol method) => method.OverriddenMethod ?? method.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers(method.Name).OfType<IMethodSymbol>())
        .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private static MethodDeclarationSyntax With(MethodDeclarationSyntax target, AttributeSyntax attribute)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithTrailingTrivia(Layout.Indentation(target).Insert(0, Layout.LineEnd(target)));
        var bare = target.WithoutLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list))
            .WithLeadingTrivia(target.GetLeadingTrivia());
    }
}
