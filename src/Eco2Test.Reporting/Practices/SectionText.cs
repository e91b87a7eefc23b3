namespace Eco2Test.Reporting;

/// <summary>Writes sections for a terminal, at most as wide as it is.</summary>
internal static class SectionText
{
    private const string Gap = "  ";
    private const int ShortestName = 8;

    public static void Write(IEnumerable<Section> sections, TextWriter writer, int width)
    {
        var isFirst = true;
        foreach (var section in sections)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            writer.Line(TerminalText.Cut(TerminalText.Clean(section.Title), width));
            Wrap(section.Sentences, writer, width);
            if (section.Rows.Count > 0)
            {
                writer.Line();
                WriteTable(section, writer, width);
                if (section.Notes.Count > 0)
                {
                    writer.Line();
                }
            }

            Wrap(section.Notes, writer, width);
        }
    }

    private static void Wrap(IEnumerable<string> sentences, TextWriter writer, int width)
    {
        foreach (var line in sentences.SelectMany(sentence => TerminalText.Wrap(TerminalText.Clean(sentence), width)))
        {
            writer.Line(line);
        }
    }

    private static void WriteTable(Section section, TextWriter writer, int width)
    {
        var lines = section.Rows.Prepend(section.Headings).Select(row => row.Select(TerminalText.Clean).ToArray()).ToList();
        var widths = Widths(lines, section.Names, width);
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => section.Names.Contains(column)
                ? TerminalText.Left(TerminalText.CutMiddle(cell, widths[column]), widths[column])
                : TerminalText.Right(cell, widths[column]));
            writer.Line(string.Join(Gap, cells).TrimEnd());
        }
    }

    /// <summary>As wide as the widest cell; what is too much is taken from the widest name, again and again.</summary>
    private static int[] Widths(List<string[]> lines, IReadOnlyList<int> names, int width)
    {
        var widths = lines[0].Select((_, column) => lines.Max(line => TerminalText.Width(line[column]))).ToArray();
        for (var tooMuch = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width; tooMuch > 0 && names.Count > 0; tooMuch--)
        {
            var widest = names.MaxBy(column => widths[column]);
            if (widths[widest] <= ShortestName)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }
}
