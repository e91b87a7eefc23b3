using System.Globalization;
using System.Text;
using Eco2Test.Budgets;
using Eco2Test.Reporting;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>The terminal of a build, as far as we write to it: how much is wanted there, and which letters it knows.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="isQuiet">Whether only what is wrong is said.</param>
/// <param name="ascii">Whether it shows no other characters than those of ASCII.</param>
internal sealed class BuildTerminal(TextWriter output, bool isQuiet, bool ascii)
{
    /// <summary>The console, at the verbosity that MSBuild was asked for.</summary>
    public static BuildTerminal Of(LoggerVerbosity verbosity) =>
        new(Console.Out, verbosity == LoggerVerbosity.Quiet, ascii: Console.OutputEncoding is not (UTF8Encoding or UnicodeEncoding or UTF32Encoding));

    /// <summary>What writes a summary as this terminal can show it.</summary>
    public SummaryExporter Summary() => new(SummaryExporter.DefaultWidth, ascii);

    /// <summary>Where goes what is said unless nobody wants to hear anything.</summary>
    public TextWriter Output => isQuiet ? TextWriter.Null : output;

    /// <summary>Says a verdict in the form that editors and CI services find in the output of a build.</summary>
    public void Say(BuildVerdict verdict)
    {
        if (verdict.IsMessage)
        {
            Output.WriteLine($"{verdict.Code}: {verdict.Message}");
            return;
        }

        output.WriteLine($"{At(verdict.Place)}: {(verdict.IsError ? "error" : "warning")} {verdict.Code}: {verdict.Message}");
    }

    /// <summary>Says that we have failed, if so: the build has not.</summary>
    public void Fault(string? fault)
    {
        if (fault is not null)
        {
            output.WriteLine($"Eco2Test: warning {DiagnosticCodes.BuildFault}: the energy of this build is not known: {fault}");
        }
    }

    /// <summary>Says that the report could not be written, if so.</summary>
    public void Unwritten(string? fault)
    {
        if (fault is not null)
        {
            output.WriteLine($"Eco2Test: warning {DiagnosticCodes.BuildReportFault}: the report of this build is not written: {fault}");
        }
    }

    /// <summary><c>file(3,5)</c>, or who says it when nobody knows where.</summary>
    private static string At(SettingPlace place) => place switch
    {
        { File: null } => "Eco2Test",
        { Line: 0 } => place.File,
        _ => string.Create(CultureInfo.InvariantCulture, $"{place.File}({place.Line},{Math.Max(place.Column, 1)})"),
    };
}
