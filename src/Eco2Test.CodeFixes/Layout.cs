using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.CodeFixes;

/// <summary>How a file is laid out, so that what is added to it looks like the rest.</summary>
internal static class Layout
{
    /// <summary>The line end of the file; that of Unix in a file of one line.</summary>
    public static SyntaxTrivia LineEnd(SyntaxNode node)
    {
        foreach (var trivia in node.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                return trivia;
            }
        }

        return SyntaxFactory.LineFeed;
    }

    /// <summary>The white space before the first word of a declaration.</summary>
    public static SyntaxTriviaList Indentation(SyntaxNode declaration) =>
        declaration.GetLeadingTrivia() is { Count: > 0 } leading && leading.Last() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia)
            ? SyntaxFactory.TriviaList(last)
            : default;
}
