using System.Text;
using Eco2Test.Hardware;
using Eco2Test.Reporting;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Eco2Test.Tool;

/// <summary>Where the command writes, and how many columns there are.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, int Width)
{
    // Longer lines are hard to follow from the name to its figures.
    private const int WidestUseful = 140;

    /// <summary>Draws what changes in place; <see langword="null"/> where output is redirected or the cursor cannot be moved.</summary>
    public Func<IAnsiConsole>? Live { get; init; }

    /// <summary>Whether the eight Unicode blocks of growing height can be shown.</summary>
    public bool HasBlocks { get; init; }

    /// <summary>
    /// Opens the output for what has no end: it fails when nobody reads any more (<c>| head</c>), which the console ignores.
    /// <see langword="null"/> where <see cref="Output"/> will do.
    /// </summary>
    public Func<TextWriter?>? OpenEndless { get; init; }

    public static Terminal OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var environment = EnvironmentVariables.OfThisProcess;
        return new(Console.Out, Console.Error, Console.IsOutputRedirected ? SummaryExporter.DefaultWidth : Columns())
        {
            Live = !Console.IsOutputRedirected && MovesCursor(environment) ? () => Draw(environment) : null,
            HasBlocks = ShowsBlocks(environment),
            OpenEndless = Console.IsOutputRedirected && !OperatingSystem.IsWindows() ? OpenPipe : null,
        };
    }

    /// <summary>Says what is wrong, in the form that build logs and editors recognise.</summary>
    public void Say(InputException wrong) => Error.WriteLine($"eco2test: error {wrong.Code}: {TerminalText.Clean(wrong.Message)}");

    /// <summary>
    /// The system's locale names its characters: <c>de_DE.UTF-8</c>. None set says nothing, as in most containers; the console
    /// of Linux, and what calls itself dumb, has not all blocks whatever the locale is.
    /// </summary>
    internal static bool ShowsBlocks(EnvironmentVariables environment)
    {
        var locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"];
        return environment["TERM"] is not ("dumb" or "linux")
            && (locale is null || locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase));
    }

    internal static bool MovesCursor(EnvironmentVariables environment) =>
        environment["TERM"] is { } term ? term != "dumb" : OperatingSystem.IsWindows();

    /// <summary>Of a pipe only: in a file this would not know what others append.</summary>
    private static StreamWriter? OpenPipe()
    {
        const int StandardOutput = 1;
        var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? null : new StreamWriter(stream, Console.OutputEncoding) { AutoFlush = true };
    }

    private static IAnsiConsole Draw(EnvironmentVariables environment) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        ColorSystem = environment["NO_COLOR"] is null ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(Console.Out),
    });

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
