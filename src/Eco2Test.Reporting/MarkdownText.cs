using System.Text;

namespace Eco2Test.Reporting;

/// <summary>
/// Text of others inside GitHub-flavoured Markdown: nothing in it can end a table cell, become a link, an element, an
/// image or a heading, or notify a person or an issue.
/// </summary>
internal static class MarkdownText
{
    private const int LongestName = 300;

    // Not seen and not copied by most readers; it parts the sign from the name, so that no forge reads a mention.
    private const string ZeroWidthSpace = "&#8203;";

    /// <summary>A name in code type. Forges look for no mention, link or issue number in code.</summary>
    public static string Code(string name)
    {
        var clean = TerminalText.CutMiddle(TerminalText.Clean(name), LongestName);
        return clean.Length == 0 || clean.AsSpan().ContainsAny('|', '`', '\\') || clean.AsSpan().ContainsAny("<>&@")
            ? $"<code>{Encoded(clean)}</code>"
            : $"`{clean}`";
    }

    /// <summary>A sentence on one line.</summary>
    public static string Prose(string text)
    {
        var clean = TerminalText.Clean(text);
        var prose = new StringBuilder(clean.Length);
        for (var i = 0; i < clean.Length; i++)
        {
            prose.Append(clean[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '|' => "&#124;",
                '@' => "&#64;" + ZeroWidthSpace,
                '#' when i + 1 < clean.Length && char.IsAsciiDigit(clean[i + 1]) => "\\#" + ZeroWidthSpace,
                ':' when clean.AsSpan(i).StartsWith("://") => ":" + ZeroWidthSpace,
                '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!' or '$' => $"\\{clean[i]}",
                var plain => plain.ToString(),
            });
        }

        return prose.Replace("www.", "www" + ZeroWidthSpace + ".").ToString();
    }

    // A backslash before a pipe means one thing to a table and another to code: as entities, no character means anything.
    private static string Encoded(string name)
    {
        var encoded = new StringBuilder(name.Length * 2);
        foreach (var c in name)
        {
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '.' or ',' or '(' or ')'))
            {
                encoded.Append("&#").Append((int)c).Append(';');
            }
            else
            {
                encoded.Append(c);
            }
        }

        return encoded.ToString();
    }
}
