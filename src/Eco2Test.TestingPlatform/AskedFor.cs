using System.Reflection;
using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Microsoft.Testing.Platform.CommandLine;

namespace Eco2Test.TestingPlatform;

/// <summary>What the command line, the environment and the build ask of a session.</summary>
/// <param name="IsDiscovery">Whether tests are only listed.</param>
/// <param name="IsRun">Whether the whole run is to be reported, tracked tests or not.</param>
/// <param name="Budgets">What the run, and groups of its tests, may use.</param>
/// <param name="FailedBefore">The budgets that an earlier attempt has failed, where the run is retried.</param>
/// <param name="FileName">The name of the report without its extension; <see langword="null"/>: by the assembly and its framework.</param>
/// <param name="Tests">The assembly of the tests.</param>
/// <param name="Settings">Settings by the names of environment variables.</param>
internal sealed record AskedFor(
    bool IsDiscovery, bool IsRun, IReadOnlyList<GroupBudget> Budgets, IReadOnlyList<RunFailure> FailedBefore, string? FileName, Assembly Tests,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Finds the reports of the build that the tests are of.</summary>
    public Func<IReadOnlyList<BuildFile>> BuildReports { get; init; } = () => [];

    /// <summary>Whether the platform writes a TRX, with copies of what the session has.</summary>
    public bool HasTrx { get; init; }

    private static readonly (string Option, string Variable)[] Variables =
    [
        (EmissionsOptions.Region, "ECO2TEST_REGION"),
        (EmissionsOptions.EnergyBudget, "ECO2TEST_RUN_ENERGY_BUDGET"),
        (EmissionsOptions.EmissionsBudget, "ECO2TEST_RUN_EMISSIONS_BUDGET"),
    ];

    /// <summary>Microsoft.Testing.Extensions.Retry starts each attempt with it.</summary>
    private const string RetryOption = "internal-retry-pipename";

    private static readonly string[] Extensions = [".json", ".eco2test"];

    /// <summary>Reads it.</summary>
    public static AskedFor Of(ICommandLineOptions options, string resultsFolder, EnvironmentVariables environment, Assembly tests)
    {
        // A folder that the user named, else the one that holds the other results.
        var reports = environment[RunHost.ResultsVariable] ?? resultsFolder;
        var settings = new Dictionary<string, string> { [RunHost.ResultsVariable] = reports };
        foreach (var (option, variable) in Variables)
        {
            if (Argument(options, option) is { } argument)
            {
                settings[variable] = argument;
            }
        }

        var read = RunSettings.Read(new RunHost(tests, settings).Over(environment), RunIdentity.BuildProperties(tests));
        return new AskedFor(
            options.IsOptionSet("list-tests"),
            !read.Skip && (options.IsOptionSet(EmissionsOptions.Report) || read.Report || read.GroupBudgets.Count > 0),
            read.Skip ? [] : read.GroupBudgets,
            options.IsOptionSet(RetryOption) && options.TryGetOptionArgumentList("filter-uid", out var retried) ? BudgetNode.Retried(retried) : [],
            Argument(options, EmissionsOptions.FileName) is { } name ? WithoutExtension(name) : null,
            tests, settings)
        {
            BuildReports = () => BuildReportsOf(tests, environment),
            HasTrx = options.IsOptionSet(AttachmentRemover.TrxOption),
        };
    }

    /// <summary>What a session that begins now says of its run.</summary>
    public RunHost Host(string session) => new(Tests, new Dictionary<string, string>(Settings) { [RunHost.SessionVariable] = session });

    private static IReadOnlyList<BuildFile> BuildReportsOf(Assembly tests, EnvironmentVariables environment)
    {
        var property = RunIdentity.BuildProperties(tests);
        return BuildOfTests.Reports(property(BuildOfTests.Setting), Path.Combine(AppContext.BaseDirectory, $"{tests.GetName().Name}.dll"), environment, property);
    }

    private static string? Argument(ICommandLineOptions options, string option) =>
        options.TryGetOptionArgumentList(option, out var arguments) && arguments is [var argument, ..] ? argument : null;

    private static string WithoutExtension(string name) => Extensions.Aggregate(
        name.Trim(), (rest, extension) => rest.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && rest.Length > extension.Length ? rest[..^extension.Length] : rest);
}
