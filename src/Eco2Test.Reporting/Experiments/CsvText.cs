using System.Text;

namespace Eco2Test.Reporting;

/// <summary>
/// Comma-separated text as Python's <c>csv</c> and pandas read and write it: a field that has a comma, a quote or a line
/// break is quoted, a quote inside it doubled, and a quoted field may have many lines.
/// </summary>
internal static class CsvText
{
    /// <summary>The records of a file in their order. Lines of nothing are none.</summary>
    public static IEnumerable<CsvRecord> Records(string text)
    {
        // What some programs put before UTF-8.
        var (at, line) = (text.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (at < text.Length)
        {
            var (record, end, lines) = Read(text, at, line);
            (at, line) = (end, line + lines);
            if (record.Fields is not [""])
            {
                yield return record;
            }
        }
    }

    /// <summary>A field as pandas writes it.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static (CsvRecord Record, int End, int Lines) Read(string text, int at, int line)
    {
        var (fields, field, quoted, lines) = (new List<string>(), new StringBuilder(), false, 0);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '"' && quoted && at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else if (c == '"' && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c is '\n' or '\r')
            {
                // A break of two characters is one.
                var length = c == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                lines++;
                if (!quoted)
                {
                    at += length;
                    break;
                }

                field.Append(text, at, length);
                at += length - 1;
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return (new CsvRecord(line, fields, quoted), at, Math.Max(lines, 1));
    }
}

/// <summary>A record of a file.</summary>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Fields">Its fields, without quotes.</param>
/// <param name="IsOpen">Whether the file ends inside a quoted field of it.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, bool IsOpen);
