using Eco2Test.Generators.Calls;
using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Table;

/// <summary>From a declaration with the attribute to its model.</summary>
internal static class TargetReader
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is MethodDeclarationSyntax or ClassDeclarationSyntax or RecordDeclarationSyntax;

    public static TrackedTarget? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        return context.TargetSymbol switch
        {
            // An accessor or a local function cannot be a test, and an extension block has no name that C# can write.
            IMethodSymbol { MethodKind: MethodKind.Ordinary, ContainingType.CanBeReferencedByName: true } method => Target(TargetName.Of(method), SettingsReader.Of(method)),
            INamedTypeSymbol type => Target(TargetName.Of(type), SettingsReader.Of(type)),
            _ => null,
        };

        TrackedTarget Target(string name, TrackingSettings settings) =>
            new(name, settings, context.TargetNode.SyntaxTree.FilePath, LineOf(context.TargetNode, cancellation), TrackedNames.Of(context.TargetSymbol));
    }

    private static int LineOf(SyntaxNode declaration, CancellationToken cancellation)
    {
        var identifier = declaration is MethodDeclarationSyntax method ? method.Identifier : ((BaseTypeDeclarationSyntax)declaration).Identifier;
        return declaration.SyntaxTree.GetLineSpan(identifier.Span, cancellation).StartLinePosition.Line + 1;
    }
}
