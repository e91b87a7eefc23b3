using System.Text;
using Eco2Test.Carbon;
using Eco2Test.Units;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace Eco2Test.TestingPlatform;

/// <summary>The options of the extension, and what their values may be.</summary>
/// <param name="regions">Those that are known, the user's own among them.</param>
internal sealed class EmissionsOptions(Func<RegionCatalog> regions) : EmissionsExtension, ICommandLineOptionsProvider
{
    public const string Report = "report-emissions";
    public const string FileName = "report-emissions-filename";
    public const string Region = "emissions-region";
    public const string EnergyBudget = "energy-budget";
    public const string EmissionsBudget = "emissions-budget";

    /// <summary>File systems take 255 bytes or characters; what is kept beside it gets a time and an extension.</summary>
    private const int LongestName = 200;

    private static readonly char[] NotInNames = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(Report, "Report the energy and the emissions of the run and of each test: a JSON and a Markdown file among the results.", ArgumentArity.Zero, isHidden: false),
        new(FileName, "The name of the report, such as 'nightly.eco2test.json'. By default it has the names of the assembly and of the target framework.", ArgumentArity.ExactlyOne, isHidden: false),
        new(Region, "Where the run is declared to be, such as 'FR' or 'azure:westeurope'.", ArgumentArity.ExactlyOne, isHidden: false),
        new(EnergyBudget, "The most energy that the run may use, such as '2 kJ'. A run that uses more fails.", ArgumentArity.ExactlyOne, isHidden: false),
        new(EmissionsBudget, "The most emissions that the run may cause, such as '5 g'. A run that causes more fails.", ArgumentArity.ExactlyOne, isHidden: false),
    ];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) =>
        Result(arguments is [var argument] ? Problem(commandOption.Name, argument) : null);

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) =>
        Result(commandLineOptions.IsOptionSet(FileName) && !commandLineOptions.IsOptionSet(Report) ? $"'--{FileName}' names a report, which '--{Report}' asks for: add it." : null);

    private static Task<ValidationResult> Result(string? problem) => problem is null ? ValidationResult.ValidTask : ValidationResult.InvalidTask(problem);

    /// <summary>As a sentence; the platform says of which option.</summary>
    private string? Problem(string option, string argument)
    {
        var problem = option switch
        {
            EnergyBudget => QuantityParser.Energy.Read(argument, out _),
            EmissionsBudget => QuantityParser.Emissions.Read(argument, out _),
            FileName => IsName(argument.Trim()) ? null : $"'{Shown(argument)}' is no name of a file; the folder is that of the results ('--results-directory')",
            Region => regions() is var known && known.Find(argument) is null ? known.Explain(argument) : null,
            _ => null,
        };
        return problem is null || problem.EndsWith('.') || problem.EndsWith('?') ? problem : problem + ".";
    }

    private static bool IsName(string name) =>
        name.Trim('.').Length > 0 && name.IndexOfAny(NotInNames) < 0 && !name.Any(char.IsControl) && Encoding.UTF8.GetByteCount(name) <= LongestName;

    private static string Shown(string argument) => string.Concat(argument.Take(LongestName).Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
