using System.Text.Json;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// Takes what must not be seen out of what a service said: a hostile or careless one sends a token back in its answer. What is
/// quoted of a service goes through here first.
/// </summary>
internal sealed class Secrets
{
    private const int LongestQuote = 160;

    /// <summary>Fewer letters are in any text by chance.</summary>
    private const int ShortestPieces = 6;

    private string[] _secrets = [];

    /// <summary>Everything that was given to a service to prove who asks, and what it gave in return.</summary>
    public Secrets Add(params IEnumerable<string> secrets)
    {
        var known = _secrets.Concat(secrets.SelectMany(Forms)).Where(secret => secret.Length > 0).Distinct();

        // The longest first: a part of a secret must not hide the whole from the search.
        _secrets = [.. known.OrderByDescending(secret => secret.Length)];
        return this;
    }

    /// <summary>The start of a text in one line, without secrets and without what would move a terminal's cursor.</summary>
    public string Quote(string text)
    {
        var line = string.Join(' ', string.Concat(Hide(text).Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return HasPieces(line) ? "what it said holds credentials, and is not shown"
            : line.Length > LongestQuote ? line[..LongestQuote] + "…"
            : line;
    }

    /// <summary>Whether a secret is there with other characters put between its own: everybody could put it together again.</summary>
    private bool HasPieces(string text)
    {
        var letters = Letters(text);
        return Array.Exists(_secrets, secret => Letters(secret) is { Length: >= ShortestPieces } pieces && letters.Contains(pieces, StringComparison.OrdinalIgnoreCase));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    private string Hide(string text) => _secrets.Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Forms(string secret) => [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString()];
}
