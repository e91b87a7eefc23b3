namespace Eco2Test.Reporting;

/// <summary>Lines that end in <c>\n</c> on every system, so that equal reports are equal bytes.</summary>
internal static class LineEnds
{
    public static void Line(this TextWriter writer, string text = "")
    {
        writer.Write(text);
        writer.Write('\n');
    }
}
