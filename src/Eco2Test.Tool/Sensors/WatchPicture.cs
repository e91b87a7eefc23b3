using Eco2Test.Reporting;
using Eco2Test.Units;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Eco2Test.Tool;

/// <summary>The channels as they are now: a name, and below it how its power went and what it is, was at least and at most.</summary>
internal sealed class WatchPicture(IReadOnlyList<WatchedChannel> channels, TimeSpan interval, bool hasBlocks)
{
    private const string Indent = "  ";
    private const int FigureWidth = 8;

    /// <summary>Further back is for reports; and the figures stay near the line.</summary>
    private const int WidestLine = 60;

    public IRenderable Draw(int columns)
    {
        // Some terminals wrap when their last column is used.
        var width = Math.Max(columns - 1, SummaryExporter.NarrowestWidth);
        var lines = channels.SelectMany(channel => Lines(channel, width))
            .Prepend(new Line($"Power, every {Duration.Write(interval)}. Ctrl+C ends.", Style(Decoration.Dim)))
            .Append(new Line(" ", Spectre.Console.Style.Plain));
        return new Rows(lines.Select(line => new Text(line.Text, line.Style) { Overflow = Overflow.Crop }));
    }

    private IEnumerable<Line> Lines(WatchedChannel channel, int width)
    {
        var note = $" ({channel.Note})";
        yield return new(TerminalText.CutMiddle(channel.Name, width - note.Length) + note, Style(Decoration.Bold));
        if (channel.Fault is { } fault)
        {
            foreach (var line in TerminalText.Wrap(fault, width - Indent.Length))
            {
                yield return new(Indent + line, new Style(Color.Red));
            }

            yield break;
        }

        var figures = $"{Figure(channel.Power.Current)} now {Figure(channel.Power.Lowest)} min {Figure(channel.Power.Highest)} max";
        var picture = Sparkline.Write(channel.Power.Last, Math.Min(WidestLine, width - Indent.Length - figures.Length), hasBlocks);
        yield return new(Indent + picture + figures, new Style(Color.Green));
    }

    private static string Figure(Power? power) => (power is { } known ? $"{QuantityText.Digits(known.Watts)} W" : "-").PadLeft(FigureWidth + 1);

    private static Style Style(Decoration decoration) => new(decoration: decoration);

    private readonly record struct Line(string Text, Style Style);
}
