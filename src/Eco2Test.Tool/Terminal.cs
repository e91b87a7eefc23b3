using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>Where the command writes, and how many columns there are.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, int Width)
{
    // Longer lines are hard to follow from the name to its figures.
    private const int WidestUseful = 140;

    public static Terminal OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new(Console.Out, Console.Error, Console.IsOutputRedirected ? SummaryExporter.DefaultWidth : Columns());
    }

    /// <summary>Says what is wrong, in the form that build logs and editors recognise.</summary>
    public void Say(InputException wrong) => Error.WriteLine($"eco2test: error {wrong.Code}: {TerminalText.Clean(wrong.Message)}");

    // Some terminals report no width, or zero; the last column stays free because some wrap when it is used.
    private static int Columns()
    {
        try
        {
            return Console.WindowWidth > 1 ? Math.Min(Console.WindowWidth - 1, WidestUseful) : SummaryExporter.DefaultWidth;
        }
        catch (IOException)
        {
            return SummaryExporter.DefaultWidth;
        }
    }
}
