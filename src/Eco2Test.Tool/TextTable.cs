using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>Rows in aligned columns, for the terminal and for <c>grep</c>.</summary>
internal static class TextTable
{
    /// <summary>The headings and the rows, the columns of figures to the right.</summary>
    public static string Write(string[] headings, IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => TerminalText.Width(row[column])).Append(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) => rightAligned.Contains(column) ? TerminalText.Right(cell, widths[column]) : TerminalText.Left(cell, widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
