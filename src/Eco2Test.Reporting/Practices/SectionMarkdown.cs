namespace Eco2Test.Reporting;

/// <summary>Writes sections as GitHub-flavoured Markdown.</summary>
internal static class SectionMarkdown
{
    public static void Write(IEnumerable<Section> sections, TextWriter writer)
    {
        foreach (var section in sections)
        {
            writer.Line();
            writer.Line($"### {MarkdownText.Prose(section.Title)}");
            if (section.Sentences.Count > 0)
            {
                writer.Line();
                writer.Line(string.Join(' ', section.Sentences.Select(MarkdownText.Prose)));
            }

            if (section.Rows.Count > 0)
            {
                writer.Line();
                WriteTable(section, writer);
            }

            if (section.Notes.Count > 0)
            {
                writer.Line();
                writer.Line(Listed(section.Notes));
            }
        }
    }

    private static string Listed(IEnumerable<string> notes) => string.Join('\n', notes.Select(note => $"- {MarkdownText.Prose(note)}"));

    private static void WriteTable(Section section, TextWriter writer)
    {
        WriteRow(writer, section.Headings.Select(MarkdownText.Prose));
        WriteRow(writer, section.Headings.Select((_, column) => section.Names.Contains(column) ? "---" : "---:"));
        foreach (var row in section.Rows)
        {
            WriteRow(writer, row.Select(MarkdownText.Prose));
        }
    }

    private static void WriteRow(TextWriter writer, IEnumerable<string> cells) => writer.Line($"| {string.Join(" | ", cells)} |");
}
