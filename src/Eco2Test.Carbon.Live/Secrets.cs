using System.Text.Json;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// Takes what must not be seen out of what a service said: a hostile or careless one sends a token back in its answer. What is
/// quoted of a service goes through here first.
/// </summary>
internal sealed class Secrets
{
    private const int LongestQuote = 160;

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
        // Twice: a secret that is cut by control characters would be whole again without them.
        var line = Hide(string.Concat(Hide(text).Select(c => char.IsControl(c) ? ' ' : c)));
        line = Hide(string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return line.Length > LongestQuote ? line[..LongestQuote] + "…" : line;
    }

    private string Hide(string text) => _secrets.Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Forms(string secret) => [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString()];
}
