namespace Words;

/// <summary>A text as words.</summary>
public static class Text
{
    /// <summary>The words of a text, in lower case.</summary>
    public static IReadOnlyList<string> WordsOf(string text) =>
        [.. text.ToLowerInvariant().Split([' ', ',', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries)];
}
