using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>
/// What is left of the logger where an assembly beside it is missing or cannot be loaded: no reason for a build to fail, unless
/// it has a budget, which nobody judges then. It needs nothing but what MSBuild has.
/// </summary>
/// <param name="output">Where it is said.</param>
/// <param name="fault">Why it could not begin.</param>
internal sealed partial class LoggerWithoutCore(TextWriter output, string fault)
{
    private static readonly string[] Files = ["eco2test.json", "Directory.Build.props"];

    /// <summary>Says it, and fails a build that has a budget.</summary>
    /// <exception cref="LoggerException">It has.</exception>
    public void End()
    {
        output.WriteLine($"Eco2Test: warning {DiagnosticCodes.BuildFault}: the energy of this build is not known: {fault}");
        if (Written(Environment.CurrentDirectory).Any(text => Budget().IsMatch(text)))
        {
            throw new LoggerException("the build has a budget, and the logger of Eco2Test cannot judge it; its warning says why", null, DiagnosticCodes.BuildBudgetWithoutData, null);
        }
    }

    /// <summary>Wherever a budget can be written, as far as that can be read without knowing what it means.</summary>
    private static IEnumerable<string> Written(string from)
    {
        foreach (var word in Environment.GetCommandLineArgs())
        {
            yield return word;
        }

        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return ((string)variable.Key).Replace("_", "", StringComparison.Ordinal);
        }

        foreach (var name in Files)
        {
            for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (Path.Combine(folder, name) is var file && File.Exists(file))
                {
                    yield return File.ReadAllText(file);
                    break;
                }
            }
        }
    }

    [GeneratedRegex("(build|project)(energy|emissions)budget|\"builds\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Budget();
}
