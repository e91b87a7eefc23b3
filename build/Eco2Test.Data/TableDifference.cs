using System.Globalization;

namespace Eco2Test.Data;

/// <summary>What changed from one version of a table to another: rows by their keys, fields by their columns.</summary>
internal static class TableDifference
{
    public static IReadOnlyList<string> Between(Table? before, Table? after, int keyColumns)
    {
        if (before is null || after is null)
        {
            return before is null && after is null ? [] : [before is null ? $"+ the table, {after!.Rows.Count} rows" : $"- the table, {before.Rows.Count} rows"];
        }

        var lines = new List<string>();
        foreach (var column in before.Header.Except(after.Header))
        {
            lines.Add($"- column {column}");
        }

        foreach (var column in after.Header.Except(before.Header))
        {
            lines.Add($"+ column {column}");
        }

        var old = ByKey(before, keyColumns);
        var current = ByKey(after, keyColumns);
        foreach (var key in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            if (!old.TryGetValue(key, out var was))
            {
                lines.Add($"+ {key}: {string.Join(", ", current[key].Fields.Skip(keyColumns))}");
            }
            else if (!current.TryGetValue(key, out var @is))
            {
                lines.Add($"- {key}: {string.Join(", ", was.Fields.Skip(keyColumns))}");
            }
            else
            {
                lines.AddRange(before.Header.Intersect(after.Header)
                    .Select(column => (Column: column, Was: was[before.Column(column)], Is: @is[after.Column(column)]))
                    .Where(field => field.Was != field.Is)
                    .Select(field => $"  {key}: {field.Column} {Shown(field.Was)} -> {Shown(field.Is)}{Change(field.Was, field.Is)}"));
            }
        }

        return lines;
    }

    private static Dictionary<string, Row> ByKey(Table table, int keyColumns)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            rows[string.Join(", ", row.Fields.Take(keyColumns))] = row;
        }

        return rows;
    }

    private static string Shown(string field) => field.Length == 0 ? "nothing" : field;

    /// <summary>By how much a number changed; of years and of what is no number, nothing.</summary>
    private static string Change(string was, string @is) =>
        Read(was) is { } from && Read(@is) is { } to && from != 0 ? string.Create(CultureInfo.InvariantCulture, $" ({(to - from) / from * 100:+0.#;-0.#;0} %)") : "";

    private static double? Read(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
