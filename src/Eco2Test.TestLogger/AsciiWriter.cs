using System.Text;

namespace Eco2Test.TestLogger;

/// <summary>Writes to a terminal that knows no more than ASCII: units and ranges in other letters, the rest as question marks.</summary>
internal sealed class AsciiWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>The writer itself where its terminal shows every letter.</summary>
    public static TextWriter WhereNeeded(TextWriter writer, Encoding encoding) =>
        encoding is UTF8Encoding or UnicodeEncoding or UTF32Encoding ? writer : new AsciiWriter(writer);

    public override void Write(char value) => inner.Write(value switch
    {
        < '\u0080' => value,
        '\u00b5' or '\u03bc' => 'u',
        '\u2013' or '\u2014' => '-',
        _ => '?',
    });

    public override void Flush() => inner.Flush();
}
