using System.Globalization;
using System.Text;

namespace Eco2Test.Reporting;

/// <summary>
/// Text in terminal columns: East Asian characters and emoji take two, combining marks none. Names come from other
/// people's code, so what would move the cursor, turn the writing direction or hide is replaced.
/// </summary>
internal static class TerminalText
{
    public const string Ellipsis = "...";

    private const char ZeroWidthJoiner = '\u200d';
    private const char EmojiPresentation = '\ufe0f';

    // A base character with more marks than any language uses is an attack on the lines above and below.
    private const int LongestElement = 12;

    /// <summary>One visible line: line breaks and tabs become a space, other invisible characters a question mark.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var element in Elements(text))
        {
            clean.Append(CleanElement(element.Span));
        }

        return clean.ToString().Trim();
    }

    /// <summary>The columns that a clean text takes.</summary>
    public static int Width(string text)
    {
        var columns = 0;
        foreach (var element in Elements(text))
        {
            columns += ElementWidth(element.Span);
        }

        return columns;
    }

    /// <summary>As much of the beginning as fits.</summary>
    public static string Head(string text, int columns)
    {
        var taken = 0;
        foreach (var element in Elements(text))
        {
            columns -= ElementWidth(element.Span);
            if (columns < 0)
            {
                break;
            }

            taken += element.Length;
        }

        return text[..taken];
    }

    /// <summary>The text, its end replaced by an ellipsis when it does not fit.</summary>
    public static string Cut(string text, int columns) =>
        Width(text) <= columns ? text : Head(text, columns - Ellipsis.Length) + Ellipsis[..Math.Clamp(columns, 0, Ellipsis.Length)];

    /// <summary>The text, its middle replaced by an ellipsis when it does not fit: arguments tell rows apart at the end.</summary>
    public static string CutMiddle(string text, int columns)
    {
        if (Width(text) <= columns)
        {
            return text;
        }

        var tail = Math.Max(0, (columns - Ellipsis.Length) / 3);
        return Head(text, columns - Ellipsis.Length - tail) + Ellipsis[..Math.Clamp(columns, 0, Ellipsis.Length)] + Tail(text, tail);
    }

    /// <summary>The text in ASCII, as wide as it was: what has no likeness there is a question mark for each column.</summary>
    public static string Ascii(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var ascii = new StringBuilder(text.Length);
        foreach (var element in Elements(text))
        {
            AppendAscii(ascii, element.Span);
        }

        return ascii.ToString();
    }

    private static void AppendAscii(StringBuilder ascii, ReadOnlySpan<char> element)
    {
        var likeness = element[0] switch
        {
            'µ' or 'μ' => 'u',
            '–' or '—' or '−' => '-',
            '×' => 'x',
            '÷' => '/',
            '’' or '‘' => '\'',
            '“' or '”' => '"',
            _ => char.IsSurrogate(element[0]) ? '?' : element[..1].ToString().Normalize(NormalizationForm.FormD)[0],
        };
        var width = char.IsAscii(element[0]) ? 1 : ElementWidth(element);
        ascii.Append(char.IsAscii(likeness) ? likeness : '?', char.IsAscii(likeness) && likeness != '?' ? 1 : width);
    }

    public static string Left(string text, int columns) => text + Spaces(columns - Width(text));

    public static string Right(string text, int columns) => Spaces(columns - Width(text)) + text;

    /// <summary>Lines of at most that many columns, broken between words; a longer word is broken where it must be.</summary>
    public static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            var width = Width(rest);
            if (used > 0 && used + 1 + width > columns)
            {
                yield return Taken();
            }

            while (width > columns)
            {
                var piece = Head(rest, columns);
                yield return piece;
                rest = rest[piece.Length..];
                width = Width(rest);
            }

            line.Append(used > 0 ? " " : "").Append(rest);
            used += (used > 0 ? 1 : 0) + width;
        }

        if (used > 0)
        {
            yield return Taken();
        }

        string Taken()
        {
            var taken = line.ToString();
            line.Clear();
            used = 0;
            return taken;
        }
    }

    private static string Tail(string text, int columns)
    {
        var elements = Elements(text).ToList();
        var from = elements.Count;
        while (from > 0 && (columns -= ElementWidth(elements[from - 1].Span)) >= 0)
        {
            from--;
        }

        return string.Concat(elements.Skip(from));
    }

    private static string Spaces(int count) => new(' ', Math.Max(0, count));

    private static IEnumerable<ReadOnlyMemory<char>> Elements(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.AsMemory(at, length);
            at += length;
        }
    }

    private static ReadOnlySpan<char> CleanElement(ReadOnlySpan<char> element)
    {
        if (Rune.DecodeFromUtf16(element, out var first, out _) != System.Buffers.OperationStatus.Done)
        {
            return "?";
        }

        switch (Rune.GetUnicodeCategory(first))
        {
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
            case UnicodeCategory.Control when Rune.IsWhiteSpace(first):
                return " ";
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse:
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                return "?";
            default:
                return Shortened(element);
        }
    }

    private static ReadOnlySpan<char> Shortened(ReadOnlySpan<char> element)
    {
        if (element.Length <= LongestElement)
        {
            return element.TrimEnd(ZeroWidthJoiner);
        }

        var end = char.IsHighSurrogate(element[LongestElement - 1]) ? LongestElement - 1 : LongestElement;
        return element[..end].TrimEnd(ZeroWidthJoiner);
    }

    private static int ElementWidth(ReadOnlySpan<char> element)
    {
        Rune.DecodeFromUtf16(element, out var first, out _);
        return IsWide(first.Value) || element.Contains(EmojiPresentation) ? 2 : 1;
    }

    // The blocks of Unicode's EastAsianWidth.txt that are wide or full-width, gaps inside them included.
    private static bool IsWide(int rune) => rune is
        (>= 0x1100 and <= 0x115F) or (>= 0x231A and <= 0x231B) or (>= 0x23E9 and <= 0x23EC) or (>= 0x25FD and <= 0x25FE) or
        (>= 0x2614 and <= 0x2615) or (>= 0x2648 and <= 0x2653) or 0x267F or 0x2693 or 0x26A1 or (>= 0x26AA and <= 0x26AB) or
        (>= 0x26BD and <= 0x26BE) or 0x26D4 or 0x26EA or (>= 0x26F2 and <= 0x26F3) or 0x26F5 or 0x26FA or 0x26FD or 0x2705 or
        (>= 0x270A and <= 0x270B) or 0x2728 or 0x274C or 0x274E or (>= 0x2753 and <= 0x2755) or 0x2757 or (>= 0x2795 and <= 0x2797) or
        0x27B0 or (>= 0x2B1B and <= 0x2B1C) or 0x2B50 or 0x2B55 or
        (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7A3) or
        (>= 0xF900 and <= 0xFAFF) or (>= 0xFE10 and <= 0xFE19) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF01 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or
        (>= 0x16FE0 and <= 0x18CFF) or (>= 0x1AFF0 and <= 0x1B2FF) or 0x1F004 or 0x1F0CF or (>= 0x1F18E and <= 0x1F1FF) or (>= 0x1F200 and <= 0x1F64F) or
        (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F7E0 and <= 0x1F7F0) or (>= 0x1F900 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
