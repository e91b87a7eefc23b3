using System.Text;
using System.Text.Json;

namespace Eco2Test.Carbon;

/// <summary>
/// Reads the objects of a JSON file with intensities. It goes token by token, because only so an error has a line and a column.
/// </summary>
internal static class IntensityJson
{
    private const string Example = "an array of objects is expected, like [{\"from\": \"2026-03-01T14:00Z\", \"to\": \"2026-03-01T15:00Z\", \"gramsPerKilowattHour\": 44.2}]";

    /// <exception cref="FormatException">The text is no such file; the message names line and column, and what would be right.</exception>
    public static List<IntensityFileRow> Rows(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var position = new TextPosition(bytes);
        try
        {
            reader.Read();
            var rows = reader.TokenType switch
            {
                JsonTokenType.StartArray => Array(ref reader, position),
                JsonTokenType.StartObject => Answer(ref reader, position),
                _ => throw new FormatException($"{position.At(reader.TokenStartIndex)}: {Example}"),
            };

            // What stands behind the end is read too: it must be nothing.
            reader.Read();
            return rows;
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"line {wrong.LineNumber + 1}, column {wrong.BytePositionInLine + 1}: this is no JSON; {Example}");
        }
        catch (InvalidOperationException)
        {
            // Of a text with half of a character in it, which JSON can write and .NET does not read.
            throw new FormatException($"{position.At(reader.TokenStartIndex)}: this is no text; {Example}");
        }
    }

    /// <summary>The rows of an object as Electricity Maps answers; its own <c>kind</c> is that of all rows.</summary>
    private static List<IntensityFileRow> Answer(ref Utf8JsonReader reader, TextPosition position)
    {
        List<IntensityFileRow>? rows = null;
        string? kind = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = reader.ValueTextEquals("history"u8) || reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("forecast"u8);
            var isKind = reader.ValueTextEquals("kind"u8);
            reader.Read();
            if (isRows && reader.TokenType == JsonTokenType.StartArray)
            {
                rows = Array(ref reader, position);
            }
            else if (isKind && reader.TokenType == JsonTokenType.String)
            {
                kind = IntensityFields.Word(reader.GetString()!, position.At(reader.TokenStartIndex), "average", "marginal");
            }
            else
            {
                reader.Skip();
            }
        }

        return rows is null ? throw new FormatException($"line 1: the object has no array 'history', 'data' or 'forecast'; {Example}")
            : kind is null ? rows
            : rows.ConvertAll(row => row with { Kind = row.Kind ?? kind });
    }

    private static List<IntensityFileRow> Array(ref Utf8JsonReader reader, TextPosition position)
    {
        var rows = new List<IntensityFileRow>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var where = position.At(reader.TokenStartIndex);
            var fields = reader.TokenType == JsonTokenType.StartObject
                ? Fields(ref reader, position)
                : throw new FormatException($"{where}: {Example}");
            rows.Add(IntensityFields.Row(where, field => fields.TryGetValue(field, out var found) ? found : null));
        }

        return rows;
    }

    private static Dictionary<IntensityField, (string Text, string Where)> Fields(ref Utf8JsonReader reader, TextPosition position)
    {
        var fields = new Dictionary<IntensityField, (string, string)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = IntensityFields.Of(reader.GetString()!);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
                continue;
            }

            var where = position.At(reader.TokenStartIndex);
            if (!fields.TryAdd(field.Value, (Text(ref reader, where), where)))
            {
                throw new FormatException($"{where}: two properties of the object mean the same; leave one");
            }
        }

        return fields;
    }

    private static string Text(ref Utf8JsonReader reader, string where) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "",
        _ => throw new FormatException($"{where}: an object or an array stands where a value is expected"),
    };

    /// <summary>Turns positions in a text, each behind the last, into lines and columns.</summary>
    private sealed class TextPosition(byte[] text)
    {
        private int _position;
        private int _line = 1;
        private int _column = 1;

        public string At(long position)
        {
            var passed = text.AsSpan(_position, (int)position - _position);
            var newLine = passed.LastIndexOf((byte)'\n');
            _line += passed.Count((byte)'\n');
            _column = Encoding.UTF8.GetCharCount(passed[(newLine + 1)..]) + (newLine < 0 ? _column : 1);
            _position = (int)position;
            return $"line {_line}, column {_column}";
        }
    }
}
