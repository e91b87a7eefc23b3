using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.TestLogger;

/// <summary>The terminal that a run under VSTest ends in: how wide it is, which letters it knows, and whether anything is wanted there.</summary>
internal static class RunTerminal
{
    private const int MostColumns = 120;

    /// <summary>Where a summary goes. With <c>dotnet test -v q</c> nowhere: what went wrong is said all the same.</summary>
    /// <param name="verbosity">What <c>dotnet test</c> was asked for; <see langword="null"/>: nothing.</param>
    public static TextWriter Output(string? verbosity) => IsQuiet(verbosity) ? TextWriter.Null : Console.Out;

    /// <summary>What writes the summary as this terminal can show it.</summary>
    public static SummaryExporter Summary() => new(Columns(), ascii: !HasAllLetters(Console.OutputEncoding));

    internal static bool IsQuiet(string? verbosity) => verbosity?.ToLowerInvariant() is "q" or "quiet";

    internal static bool HasAllLetters(Encoding encoding) => encoding is UTF8Encoding or UnicodeEncoding or UTF32Encoding;

    /// <summary>As wide as the terminal, within what can be read; a file has no width.</summary>
    private static int Columns()
    {
        try
        {
            return Console.IsOutputRedirected ? SummaryExporter.DefaultWidth : Columns(Console.WindowWidth);
        }
        catch (Exception fault) when (fault is IOException or PlatformNotSupportedException)
        {
            return SummaryExporter.DefaultWidth;
        }
    }

    /// <summary>Of a terminal; one that does not say has none.</summary>
    internal static int Columns(int terminal) => terminal <= 0 ? SummaryExporter.DefaultWidth : Math.Min(terminal, MostColumns);
}
