namespace Eco2Test.Carbon;

/// <summary>
/// Reads the rows of a table with intensities. Fields are separated by comma, semicolon or tab, whichever the header has; a
/// field may be quoted; lines that begin with <c>#</c> are comments.
/// </summary>
internal static class IntensityCsv
{
    private const string Example = "the first line names the columns, like 'from,to,gCO2_per_kWh' or 'datetime,gCO2_per_kWh'";

    /// <exception cref="FormatException">The text is no such table; the message names line and column, and what would be right.</exception>
    public static List<IntensityFileRow> Rows(TextReader reader)
    {
        Header? header = null;
        var rows = new List<IntensityFileRow>();
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            line = number == 1 ? line.TrimStart('\uFEFF') : line;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            if (header is null)
            {
                header = Header.Of(line, number);
            }
            else if (Row(header, line, number) is { } row)
            {
                rows.Add(row);
            }
        }

        return header is null ? throw new FormatException($"the file is empty; {Example}") : rows;
    }

    private static IntensityFileRow? Row(Header header, string line, int number)
    {
        var fields = Fields(line, header.Separator, number);
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace))
        {
            return null;
        }

        return fields.Length == header.Count
            ? IntensityFields.Row($"line {number}", field => header.Columns.TryGetValue(field, out var column) ? (fields[column], Where(number, column)) : null, header.IsUtc)
            : throw new FormatException($"line {number}: {fields.Length} fields where the header has {header.Count} columns; quote a field that contains '{header.Separator}'");
    }

    private static string Where(int line, int column) => $"line {line}, column {column + 1}";

    private static string[] Fields(string line, char separator, int number)
    {
        var fields = CsvTable.Fields(line, separator, out var isOpen);
        return isOpen ? throw new FormatException($"{Where(number, fields.Length - 1)}: a quote is opened and not closed in the line") : fields;
    }

    private sealed record Header(char Separator, int Count, Dictionary<IntensityField, int> Columns, bool IsUtc)
    {
        public static Header Of(string line, int number)
        {
            var separator = line.Contains(',') ? ',' : line.Contains(';') ? ';' : '\t';
            var names = Fields(line, separator, number);
            var columns = new Dictionary<IntensityField, int>();
            for (var i = 0; i < names.Length; i++)
            {
                if (IntensityFields.Of(names[i]) is { } field && !columns.TryAdd(field, i))
                {
                    throw new FormatException(
                        $"{Where(number, i)}: '{IntensityFields.Short(names[i])}' and '{IntensityFields.Short(names[columns[field]])}' mean the same; leave one of these columns");
                }
            }

            return columns.ContainsKey(IntensityField.From) && columns.ContainsKey(IntensityField.Intensity)
                ? new(separator, names.Length, columns, names[columns[IntensityField.From]].Contains("UTC", StringComparison.OrdinalIgnoreCase))
                : throw new FormatException(
                    $"line {number}: there is no column with {(columns.ContainsKey(IntensityField.From) ? "an intensity in gCO2 per kWh" : "a time")}; {Example}");
        }
    }
}
