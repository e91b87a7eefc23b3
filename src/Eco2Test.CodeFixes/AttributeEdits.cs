using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Eco2Test.CodeFixes;

/// <summary>Small changes of attributes that several fixes make.</summary>
internal static class AttributeEdits
{
    /// <summary>An attribute by its full name, which is shortened where a <c>using</c> allows it.</summary>
    public static AttributeSyntax Create(string fullName, AttributeArgumentListSyntax? arguments = null) =>
        SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::" + fullName).WithAdditionalAnnotations(Simplifier.Annotation), arguments);

    /// <summary>Without an attribute, and without its brackets when it stood in them alone.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            return root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        // Of a first list the leading trivia is the declaration's own: its comment and its indentation.
        var isFirst = list.Parent!.ChildNodes().First() == list;
        return isFirst && list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? root.ReplaceNode(list.Parent!, WithoutFirst(list.Parent!, list))
            : root.RemoveNode(list, isFirst ? SyntaxRemoveOptions.KeepLeadingTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>With one attribute more, behind another in its brackets.</summary>
    public static SyntaxNode AddBehind(SyntaxNode root, AttributeSyntax attribute, AttributeSyntax added)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return root.ReplaceNode(list, list.WithAttributes(list.Attributes.Add(added)));
    }

    private static SyntaxNode WithoutFirst(SyntaxNode declaration, AttributeListSyntax list)
    {
        var leading = list.GetLeadingTrivia();
        return declaration.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!.WithLeadingTrivia(leading);
    }
}
