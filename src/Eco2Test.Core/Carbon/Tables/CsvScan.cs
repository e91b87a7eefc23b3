using System.Buffers.Text;
using System.Text;

namespace Eco2Test.Carbon;

/// <summary>
/// The rows of a table below its header, read where they lie: a run needs a handful of 9,000 rows, and parsing them all
/// would be most of what its start costs. The form is that of <see cref="CsvTable"/>.
/// </summary>
internal ref struct CsvScan
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Of a table in UTF-8.</summary>
    public CsvScan(ReadOnlySpan<byte> table)
    {
        _rest = table;
        NextLine();
    }

    /// <summary>The row that <see cref="MoveNext"/> came to.</summary>
    public CsvRow Current { get; private set; }

    public readonly CsvScan GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var line = NextLine();
            if (!line.IsEmpty)
            {
                Current = new CsvRow(line);
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> NextLine()
    {
        var end = _rest.IndexOf((byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }
}

/// <summary>One row of a table.</summary>
internal readonly ref struct CsvRow(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>The whole row as it is written.</summary>
    public ReadOnlySpan<byte> Line => _line;

    /// <summary>Whether a field holds nothing.</summary>
    public bool IsEmpty(int field) => Raw(field).IsEmpty;

    /// <summary>Whether a field holds exactly this text of ASCII characters.</summary>
    public bool Is(int field, ReadOnlySpan<char> text) => Ascii.Equals(Raw(field), text);

    /// <summary>Whether a field holds this text, in any case.</summary>
    public bool Means(int field, string text)
    {
        var raw = Raw(field);

        // What is written in ASCII letters and without quotes, as nearly all is, needs no text to be made of it.
        return Ascii.IsValid(text) && !raw.StartsWith("\""u8)
            ? Ascii.EqualsIgnoreCase(raw, text)
            : string.Equals(Text(field), text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A field without its quotes.</summary>
    public string Text(int field)
    {
        var raw = Raw(field);
        var text = Encoding.UTF8.GetString(raw);
        return raw.IndexOf((byte)'"') < 0 ? text : text.Replace("\"\"", "\0").Replace("\"", "").Replace('\0', '"');
    }

    /// <summary>A field that is a number.</summary>
    public double Number(int field)
    {
        var raw = Raw(field);
        return Utf8Parser.TryParse(raw, out double number, out var read) && read == raw.Length ? number : throw new FormatException($"'{Text(field)}' is no number.");
    }

    /// <summary>A field that is a whole number.</summary>
    public int Integer(int field) =>
        Utf8Parser.TryParse(Raw(field), out int number, out _) ? number : throw new FormatException($"'{Text(field)}' is no whole number.");

    /// <summary>A field as it is written: with its quotes, if it has any.</summary>
    public ReadOnlySpan<byte> Raw(int field)
    {
        var rest = _line;
        while (true)
        {
            var end = EndOfField(rest);
            if (field == 0)
            {
                return rest[..end];
            }

            if (end == rest.Length)
            {
                throw new FormatException($"The row '{Encoding.UTF8.GetString(_line)}' has too few fields.");
            }

            rest = rest[(end + 1)..];
            field--;
        }
    }

    private static int EndOfField(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            var comma = rest.IndexOf((byte)',');
            return comma < 0 ? rest.Length : comma;
        }

        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                quoted = !quoted;
            }
            else if (rest[i] == ',' && !quoted)
            {
                return i;
            }
        }

        return rest.Length;
    }
}
