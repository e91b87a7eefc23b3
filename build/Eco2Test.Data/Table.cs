using System.Text;

namespace Eco2Test.Data;

/// <summary>A table as it is written: its header and rows, each with its line.</summary>
/// <param name="Name">Its file name, such as <c>gpus.csv</c>.</param>
/// <param name="Header">The names of its columns.</param>
/// <param name="Rows">Below the header.</param>
internal sealed record Table(string Name, IReadOnlyList<string> Header, IReadOnlyList<Row> Rows)
{
    /// <summary>Reads comma-separated text; a field may be quoted, a quote inside it doubled.</summary>
    public static Table Parse(string name, string text)
    {
        var lines = text.Split('\n');
        var rows = new List<Row>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                rows.Add(new Row(i + 1, Fields(lines[i])));
            }
        }

        return new(name, Fields(lines[0]), rows);
    }

    /// <summary>Where a column is; -1 when the table has none of this name.</summary>
    public int Column(string name) => Header.ToList().IndexOf(name);

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Line">Its line in the file, the header's being 1.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record Row(int Line, IReadOnlyList<string> Fields)
{
    /// <summary>A field; nothing where the row has too few.</summary>
    public string this[int column] => column >= 0 && column < Fields.Count ? Fields[column] : "";
}
