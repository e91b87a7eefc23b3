using System.Text;

namespace Eco2Test.Reports;

/// <summary>
/// The parts of a window's id, <c>Shop.Tests.Model&lt;System.Int32&gt;.Trains(x: "a.b(c)")</c>: dots in the arguments of a
/// class, of a method or of a type part nothing.
/// </summary>
internal sealed record WindowId
{
    /// <summary>Namespace, enclosing classes and class, such as <c>[Shop, Tests, Model&lt;System.Int32&gt;]</c>; the arguments of a fixture are in its class.</summary>
    public required IReadOnlyList<string> Type { get; init; }

    /// <summary>The method's name, with its type arguments.</summary>
    public required string Member { get; init; }

    /// <summary>What is behind the name: arguments, or the number of a row.</summary>
    public required string Arguments { get; init; }

    /// <summary>The class with its namespace; empty for a name without a dot.</summary>
    public string Class => string.Join('.', Type);

    /// <summary>The namespace; of a nested class its outer classes too, which an id does not tell apart. Empty where there is none.</summary>
    public string Namespace => string.Join('.', Type.SkipLast(1));

    /// <summary>Splits an id.</summary>
    public static WindowId Of(string id)
    {
        var parts = new List<string>();
        var (start, end) = (0, 0);
        while (end < id.Length)
        {
            var c = id[end];
            if (c == '(')
            {
                // A fixture has arguments before its dot; those of the method are the last.
                if (Closing(id, end) is not { } close || !IsMember(id.AsSpan(close + 1)))
                {
                    break;
                }

                end = close + 1;
            }
            else if (c is '<' or '[')
            {
                end = Closing(id, end) is { } close ? close + 1 : end + 1;
            }
            else if (c == '#')
            {
                break;
            }
            else if (c == '.' && end > start)
            {
                parts.Add(id[start..end]);
                start = ++end;
            }
            else
            {
                end++;
            }
        }

        return new() { Type = parts, Member = id[start..end], Arguments = id[end..] };
    }

    /// <summary>
    /// A class as it is written in a source: <c>Shop.Model`1[System.Int32]</c> is <c>Shop.Model&lt;System.Int32&gt;</c>, and
    /// <c>Shop.Outer+Inner</c> is <c>Shop.Outer.Inner</c>.
    /// </summary>
    public static string AsWritten(string type)
    {
        var written = new StringBuilder(type.Length);
        for (var i = 0; i < type.Length; i++)
        {
            if (type[i] == '`')
            {
                while (i + 1 < type.Length && char.IsAsciiDigit(type[i + 1]))
                {
                    i++;
                }

                continue;
            }

            written.Append(type[i] switch { '[' => '<', ']' => '>', '+' => '.', var other => other });
        }

        return written.ToString();
    }

    /// <summary>A class without type arguments and without the arguments of a fixture: <c>Shop.Model</c>.</summary>
    public static string Plain(string type)
    {
        var plain = new StringBuilder(type.Length);
        for (var i = 0; i < type.Length; i++)
        {
            if (type[i] is '<' or '[' or '(' && Closing(type, i) is { } close)
            {
                i = close;
            }
            else if (type[i] == '`')
            {
                while (i + 1 < type.Length && char.IsAsciiDigit(type[i + 1]))
                {
                    i++;
                }
            }
            else
            {
                plain.Append(type[i] == '+' ? '.' : type[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>Whether a dot and a name begin here, and not the rest of a text that somebody wrote.</summary>
    private static bool IsMember(ReadOnlySpan<char> rest)
    {
        if (rest is not ['.', var first, ..] || !IsOfName(first))
        {
            return false;
        }

        var end = 1;
        while (end < rest.Length && IsOfName(rest[end]))
        {
            end++;
        }

        return end == rest.Length || rest[end] is '(' or '<' or '[' or '.' or '#';

        static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '`';
    }

    /// <summary>Where the bracket at <paramref name="open"/> is closed; brackets in texts and characters are none. <see langword="null"/>: nowhere.</summary>
    private static int? Closing(string id, int open)
    {
        var closers = new Stack<char>();
        for (var i = open; i < id.Length; i++)
        {
            var c = id[i];
            if (c is '"' or '\'')
            {
                i = EndOfLiteral(id, i);
            }
            else if (c is '(' or '[' or '<')
            {
                closers.Push(c switch { '(' => ')', '[' => ']', _ => '>' });
            }
            else if (c is ')' or ']' or '>')
            {
                // A comparison in a displayed expression opens what nothing closes.
                while (closers.Count > 1 && closers.Peek() != c && closers.Contains(c))
                {
                    closers.Pop();
                }

                if (closers.Peek() == c)
                {
                    closers.Pop();
                    if (closers.Count == 0)
                    {
                        return i;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Where a text or a character ends that begins at <paramref name="start"/>; what is not ended is none, and a lone quotation mark.</summary>
    private static int EndOfLiteral(string id, int start)
    {
        var quote = id[start];
        for (var i = start + 1; i < id.Length; i++)
        {
            if (id[i] == '\\')
            {
                i++;
            }
            else if (id[i] == quote)
            {
                return i;
            }
            else if (quote == '\'' && i > start + 1)
            {
                // One character only: else it is an apostrophe in a text that somebody wrote.
                break;
            }
        }

        return start;
    }
}
