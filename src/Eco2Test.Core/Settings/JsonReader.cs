using System.Globalization;
using System.Text;

namespace Eco2Test.Settings;

/// <summary>What stands behind a name in a settings file.</summary>
internal enum JsonKind
{
    Text,
    Number,
    Boolean,
    List,
    Object,

    /// <summary><c>null</c>: nothing that a setting can be.</summary>
    Other,
}

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="NameSpan">Where it stands.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">The text of a text, else the value as it is written.</param>
/// <param name="ValueSpan">Where it stands.</param>
internal sealed record JsonMember(string Name, SettingsSpan NameSpan, JsonKind Kind, string Value, SettingsSpan ValueSpan)
{
    /// <summary>What is in a list.</summary>
    public IReadOnlyList<JsonItem> Items { get; init; } = [];
}

/// <summary>An element of a list.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text of a text, else the value as it is written.</param>
/// <param name="Members">The members of an object.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record JsonItem(JsonKind Kind, string Value, IReadOnlyList<JsonMember> Members, SettingsSpan Span);

/// <summary>
/// Reads a JSON object with the place of everything in it, comments allowed. Not System.Text.Json: a compiler loads
/// analyzers without their dependencies, and a node of that tells no column. Self-contained, because the generator compiles
/// this file too.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>A settings file that is deeper is none.</summary>
    private const int MostDepth = 32;

    private readonly string _text;
    private int _at;

    private JsonReader(string text) => _text = text;

    /// <summary>The members of the object that <paramref name="text"/> is.</summary>
    /// <exception cref="JsonFault">It is none.</exception>
    public static IReadOnlyList<JsonMember> Read(string text)
    {
        var reader = new JsonReader(text);
        reader.SkipSpace();
        var members = reader.Object(0);
        reader.SkipSpace();
        return reader._at == text.Length ? members : throw reader.Fault("nothing may follow the closing '}'");
    }

    private List<JsonMember> Object(int depth)
    {
        var members = new List<JsonMember>();
        Enter(depth);
        Expect('{', "'{' is expected");
        SkipSpace();
        while (!TryTake('}'))
        {
            if (members.Count > 0)
            {
                Expect(',', "',' or '}' is expected");
                SkipSpace();
            }

            var start = _at;
            var name = Peek() == '"' ? Text() : throw Fault("a name in double quotes is expected");
            var span = SettingsSpan.FromBounds(start, _at);
            SkipSpace();
            Expect(':', "':' is expected");
            SkipSpace();
            start = _at;
            var value = Value(depth + 1);
            members.Add(new(name, span, value.Kind, value.Text, SettingsSpan.FromBounds(start, _at)) { Items = value.Items });
            SkipSpace();
        }

        return members;
    }

    private JsonValue Value(int depth)
    {
        switch (Peek())
        {
            case '"':
                return new(JsonKind.Text, Text());
            case '{':
                return new(JsonKind.Object, "{}") { Members = Object(depth) };
            case '[':
                return new(JsonKind.List, "[]") { Items = List(depth) };
            default:
                var word = Word();
                return word is "true" or "false" ? new(JsonKind.Boolean, word)
                    : word == "null" ? new(JsonKind.Other, word)
                    : word.Length > 0 && (char.IsDigit(word[0]) || word[0] == '-') && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? new(JsonKind.Number, word)
                    : throw Fault("a value is expected: a text in double quotes, a number, true or false", _at - word.Length);
        }
    }

    private List<JsonItem> List(int depth)
    {
        var items = new List<JsonItem>();
        Enter(depth);
        Expect('[', "'[' is expected");
        SkipSpace();
        for (var first = true; !TryTake(']'); first = false)
        {
            if (!first)
            {
                Expect(',', "',' or ']' is expected");
                SkipSpace();
            }

            var start = _at;
            var value = Value(depth + 1);
            items.Add(new(value.Kind, value.Text, value.Members, SettingsSpan.FromBounds(start, _at)));
            SkipSpace();
        }

        return items;
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        return _text.Substring(start, _at - start);
    }

    private string Text()
    {
        var text = new StringBuilder();
        var start = _at++;
        while (true)
        {
            if (_at >= _text.Length || _text[_at] is '\n' or '\r')
            {
                throw Fault("the text is not ended by a double quote", start);
            }

            var c = _text[_at++];
            if (c == '"')
            {
                return text.ToString();
            }

            text.Append(c == '\\' ? Escaped() : c);
        }
    }

    private char Escaped()
    {
        var c = Peek();
        _at++;
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Fault("this is no escape of JSON; a backslash is written '\\\\'", _at - 2);
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
            {
                _at++;
            }
            else if (string.CompareOrdinal(_text, _at, "//", 0, 2) == 0)
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (string.CompareOrdinal(_text, _at, "/*", 0, 2) == 0)
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw Fault("the comment is not ended by '*/'") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private void Enter(int depth)
    {
        if (depth > MostDepth)
        {
            throw Fault("it is too deep");
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool TryTake(char wanted)
    {
        var found = Peek() == wanted;
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(char wanted, string problem)
    {
        if (!TryTake(wanted))
        {
            throw Fault(problem);
        }
    }

    /// <summary>A value, with what is in it.</summary>
    private sealed record JsonValue(JsonKind Kind, string Text)
    {
        public IReadOnlyList<JsonMember> Members { get; init; } = [];

        public IReadOnlyList<JsonItem> Items { get; init; } = [];
    }

    private JsonFault Fault(string problem, int? at = null) => new(problem, SettingsSpan.FromBounds(Math.Min(at ?? _at, _text.Length), Math.Min((at ?? _at) + 1, _text.Length)));
}

/// <summary>A text that is no JSON object.</summary>
internal sealed class JsonFault(string problem, SettingsSpan span) : Exception(problem)
{
    /// <summary>Where it stops being one.</summary>
    public SettingsSpan Span { get; } = span;
}
