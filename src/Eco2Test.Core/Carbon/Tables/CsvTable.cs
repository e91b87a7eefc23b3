namespace Eco2Test.Carbon;

/// <summary>
/// Reads a comma-separated table with a header row; a field may be quoted, a quote inside it doubled (RFC 4180 without
/// line breaks in fields). Self-contained, because the generator compiles this file too.
/// </summary>
internal static class CsvTable
{
    /// <summary>The rows below the header, each as its fields.</summary>
    public static IEnumerable<string[]> Rows(TextReader reader)
    {
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return Fields(line);
            }
        }
    }

    /// <summary>Where a field stands in a line, with its quotes; the whole line when it has fewer fields.</summary>
    public static (int Start, int Length) PlaceOf(int field, string line)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                if (field-- == 0)
                {
                    return (start, i - start);
                }

                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return (0, line.Length);
    }

    /// <summary>The fields of a line.</summary>
    public static string[] Fields(string line) => Fields(line, ',', out _);

    /// <summary>The same with another separator; <paramref name="isOpen"/>: a quote is opened and not closed.</summary>
    public static string[] Fields(string line, char separator, out bool isOpen)
    {
        isOpen = false;
        if (line.IndexOf('"') < 0)
        {
            return line.Split(separator);
        }

        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        isOpen = quoted;
        return fields.ToArray();
    }
}
