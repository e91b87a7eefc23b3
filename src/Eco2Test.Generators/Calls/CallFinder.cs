using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators.Calls;

/// <summary>
/// Finds the calls of a name in the text of a file: to walk through the nodes of a whole project makes all of them, where
/// the text tells that most files and methods have no such name.
/// </summary>
internal sealed class CallFinder
{
    private readonly HashSet<string> _names;
    private readonly HashSet<uint> _hashes;
    private char[] _text = [];

    public CallFinder(HashSet<string> names) => (_names, _hashes) = (names, [.. names.Select(Hash)]);

    /// <summary>The calls of methods of one of the names, in the order of the file.</summary>
    public IEnumerable<InvocationExpressionSyntax> In(SyntaxTree tree, CancellationToken cancellation)
    {
        var root = tree.GetRoot(cancellation);
        return PlacesIn(tree.GetText(cancellation)) is { } places
            ? places.Select(place => CallAt(root, place)).OfType<InvocationExpressionSyntax>()
            : root.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => CallOf(name.Identifier)).OfType<InvocationExpressionSyntax>();
    }

    /// <summary>Where an identifier starts that may be one of the names; <see langword="null"/> when identifiers may be spelled otherwise than they read.</summary>
    private List<int>? PlacesIn(SourceText source)
    {
        var length = source.Length;
        if (_text.Length < length)
        {
            _text = new char[length];
        }

        source.CopyTo(0, _text, 0, length);
        var places = new List<int>();
        for (var i = 0; i < length; i++)
        {
            if (IsEscape(i, length))
            {
                return null;
            }

            if (!SyntaxFacts.IsIdentifierStartCharacter(_text[i]))
            {
                continue;
            }

            var start = i;
            var hash = Seed;
            for (; i < length && SyntaxFacts.IsIdentifierPartCharacter(_text[i]); i++)
            {
                if (IsIgnored(_text[i]))
                {
                    return null;
                }

                hash = Add(hash, _text[i]);
            }

            i--;
            if (_hashes.Contains(hash))
            {
                places.Add(start);
            }
        }

        return places;
    }

    /// <summary><c>\u0046it</c> is <c>Fit</c>.</summary>
    private bool IsEscape(int i, int length) => _text[i] == '\\' && i + 1 < length && _text[i + 1] is 'u' or 'U';

    /// <summary>Characters of formatting are no part of what an identifier means.</summary>
    private static bool IsIgnored(char character) => character > 127 && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private InvocationExpressionSyntax? CallAt(SyntaxNode root, int place)
    {
        // The text of a comment belongs to the token after it, and lies outside of its span.
        var token = root.FindToken(place);
        return token.Span.Contains(place) ? CallOf(token) : null;
    }

    private InvocationExpressionSyntax? CallOf(SyntaxToken token)
    {
        if (!token.IsKind(SyntaxKind.IdentifierToken) || !_names.Contains(token.ValueText) || token.Parent is not SimpleNameSyntax name)
        {
            return null;
        }

        ExpressionSyntax called = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding when binding.Name == name => binding,
            _ => name,
        };
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }

    private const uint Seed = 2166136261;

    private static uint Hash(string name) => name.Aggregate(Seed, Add);

    private static uint Add(uint hash, char character) => unchecked((hash ^ character) * 16777619);
}
