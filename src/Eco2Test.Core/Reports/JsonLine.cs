using System.Globalization;

namespace Eco2Test.Reports;

/// <summary>
/// Writes JSON on one line as <see cref="System.Text.Json.Utf8JsonWriter"/> does with its default encoder, byte by byte.
/// The first line that one writes costs 5 to 10 ms: three assemblies are loaded, and searches for what is to be escaped,
/// which no framework carries compiled, are compiled.
/// </summary>
internal sealed class JsonLine
{
    /// <summary>More than a number, or a moment, has characters.</summary>
    private const int LongestNumber = 64;

    /// <summary>ASCII characters that are escaped beside those below the space: they may mean something in HTML or JavaScript.</summary>
    private const string Escaped = "\"&'+<>\\`\u007F";

    // Grows to the longest line that it wrote.
    private byte[] _bytes = new byte[1024];
    private int _length;
    private bool _isFirst = true;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => new(_bytes, 0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => (_length, _isFirst) = (0, true);

    public void WriteEndOfLine() => Put("\n"u8);

    public void WriteStartObject() => Open("{"u8);

    public void WriteStartObject(ReadOnlySpan<byte> name) => Open(name, "{"u8);

    public void WriteEndObject() => Close("}"u8);

    public void WriteStartArray(ReadOnlySpan<byte> name) => Open(name, "["u8);

    public void WriteEndArray() => Close("]"u8);

    /// <summary>A member whose text needs no escaping, such as a word of an enumeration.</summary>
    public void WriteString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        Name(name);
        Put("\""u8);
        Put(word);
        Put("\""u8);
    }

    public void WriteString(ReadOnlySpan<byte> name, string text)
    {
        Name(name);
        Quoted(text);
    }

    /// <summary>As ISO 8601, without the zeros at the end of its fraction of a second.</summary>
    public void WriteString(ReadOnlySpan<byte> name, DateTimeOffset moment)
    {
        // 2026-01-31T12:34:56.7890000+00:00
        const int Point = 19;
        const int EndOfFraction = 27;
        Span<byte> text = stackalloc byte[LongestNumber];
        moment.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        var end = EndOfFraction;
        while (text[end - 1] == '0')
        {
            end--;
        }

        Name(name);
        Put("\""u8);
        Put(text[..(end == Point + 1 ? Point : end)]);
        Put(text[EndOfFraction..length]);
        Put("\""u8);
    }

    /// <summary>An element of an array.</summary>
    public void WriteStringValue(string text)
    {
        Separate();
        Quoted(text);
    }

    /// <exception cref="ArgumentException">It is infinite or no number: JSON has none such.</exception>
    public void WriteNumber(ReadOnlySpan<byte> name, double number)
    {
        Name(name);
        Number(number);
    }

    public void WriteNumber(ReadOnlySpan<byte> name, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        Name(name);
        Put(text[..length]);
    }

    /// <summary>As above, with a name that is not ours.</summary>
    public void WriteNumber(string name, double number)
    {
        Separate();
        Quoted(name);
        Put(":"u8);
        Number(number);
    }

    public void WriteBoolean(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        Put(value ? "true"u8 : "false"u8);
    }

    private void Open(ReadOnlySpan<byte> bracket)
    {
        Separate();
        Put(bracket);
        _isFirst = true;
    }

    private void Open(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bracket)
    {
        Name(name);
        Put(bracket);
        _isFirst = true;
    }

    private void Close(ReadOnlySpan<byte> bracket)
    {
        Put(bracket);
        _isFirst = false;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        Put("\""u8);
        Put(name);
        Put("\":"u8);
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            Put(","u8);
        }

        _isFirst = false;
    }

    private void Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException($"JSON has no number {number.ToString(CultureInfo.InvariantCulture)}.", nameof(number));
        }

        Span<byte> text = stackalloc byte[LongestNumber];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        Put(text[..length]);
    }

    private void Quoted(string text)
    {
        // The longest that a character becomes is \uXXXX.
        const int Longest = 6;
        MakeRoom((text.Length * Longest) + 2);
        var bytes = _bytes;
        var length = _length;
        bytes[length++] = (byte)'"';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c < 0x80 && !Escaped.Contains(c))
            {
                bytes[length++] = (byte)c;
                continue;
            }

            bytes[length++] = (byte)'\\';
            if (ShortEscape(c) is not '\0' and var letter)
            {
                bytes[length++] = (byte)letter;
                continue;
            }

            // Half of a pair is no character, and is said to be one that could not be written.
            var code = char.IsSurrogate(c) && !IsInPair(text, i) ? '\uFFFD' : c;
            bytes[length++] = (byte)'u';
            for (var shift = 12; shift >= 0; shift -= 4)
            {
                bytes[length++] = (byte)"0123456789ABCDEF"[(code >> shift) & 0xF];
            }
        }

        bytes[length++] = (byte)'"';
        _length = length;
    }

    private static char ShortEscape(char c) => c switch
    {
        '\b' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\f' => 'f',
        '\r' => 'r',
        '\\' => '\\',
        _ => '\0',
    };

    private static bool IsInPair(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(new Span<byte>(_bytes, _length, bytes.Length));
        _length += bytes.Length;
    }

    private void MakeRoom(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }
}
