using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;
using Eco2Test.Sensors;

namespace Eco2Test.Tool;

/// <summary>
/// Runs a command and measures all processes that work for it. Whatever goes wrong with that, the command runs and its exit
/// code is passed on; a budget alone can change it, and that of a command that failed never.
/// </summary>
internal sealed class CommandRun(CommandRequest request, Terminal terminal, Surroundings surroundings)
{
    private readonly EnvironmentVariables _environment = surroundings.Environment;

    /// <summary>Runs it to its end; the exit code for the shell.</summary>
    /// <exception cref="InputException">It cannot be started, or what is set cannot be read.</exception>
    public int Run()
    {
        var program = CommandSearch.Find(request.Words[0], _environment);
        var dotnet = DotnetCommandLine.Read(request.Words);

        // An id that the reports of this command alone have.
        var settings = Settings(dotnet).Named(_environment, Guid.NewGuid().ToString("N"));
        var output = CommandOutput.Of(request.Out, request.Folder, settings.Run.ResultsFolder);
        var (words, whyNoRows) = WithLogger(dotnet);
        using var signals = new SignalRelay();
        using var group = settings.Skip ? null : new CommandGroup(ControlGroup.TryCreate());
        using var measured = settings.Skip ? null : Begin(settings, output, dotnet, group);
        var exitCode = ChildCommand.Run(program, words, measured is null ? new Dictionary<string, string>() : ToldTo(settings), signals, group);
        return measured is null ? Unmeasured(settings, exitCode) : Finish(measured, group!, settings, output, dotnet, whyNoRows, signals.Received, exitCode);
    }

    /// <summary>
    /// What builds and tests are told that are part of the command: where reports of builds go, which come before a property of
    /// one of them since they are looked for there, that this tool sums them up, and which run they are of.
    /// </summary>
    private static Dictionary<string, string> ToldTo(BuildSettings settings)
    {
        var told = new Dictionary<string, string>
        {
            [BuildFolder.Variable] = settings.Run.ResultsFolder,
            [BuildWrapper.Variable] = "run",
        };
        if (settings.Run.RunId is { } id)
        {
            told["ECO2TEST_RUN_ID"] = id;
        }

        return told;
    }

    private BuildSettings Settings(DotnetCommandLine? dotnet)
    {
        var target = dotnet?.Target is { } named ? Path.GetFullPath(named, request.Folder) : null;
        var settings = BuildSettings.Read(
            new BuildSubject(request.Folder, target, Configuration: dotnet?.Configuration), _environment, static _ => null, static _ => null, Option);
        if (settings.Problems.Where(problem => problem.IsError).ToList() is { Count: > 0 } problems)
        {
            throw new InputException(problems[0].Code, string.Join(' ', problems.Select(BudgetText.WithoutCode)));
        }

        return settings.Run.Region is { } region && settings.Run.Regions.Find(region) is null && request.Region is not null
            ? throw new InputException(ToolCodes.UnknownRegion, $"--region: {settings.Run.Regions.Explain(region)}")
            : settings;
    }

    private WrittenValue? Option(string property) => property switch
    {
        "Region" when request.Region is { } region => new(region, "--region"),
        "BuildEnergyBudget" when request.EnergyBudget is { } energy => new(energy, "--energy-budget"),
        "BuildEmissionsBudget" when request.EmissionsBudget is { } emissions => new(emissions, "--emissions-budget"),
        _ => null,
    };

    private (IReadOnlyList<string> Words, string? WhyNot) WithLogger(DotnetCommandLine? dotnet)
    {
        if (dotnet is null || !request.WithLogger)
        {
            return (request.Words, null);
        }

        var folder = dotnet.Target is { } target ? Path.GetDirectoryName(Path.GetFullPath(target, request.Folder))! : request.Folder;
        return BuildLogger.Files().Count == 0
            ? (request.Words, "this build of the tool carries no logger")
            : BuildLogger.WhyNot(BuildLogger.Folder) is { } why ? (request.Words, $"the folder of the tool has {why} in its path, which MSBuild cannot take")
            : dotnet.With(BuildLogger.Argument(Path.Combine(BuildLogger.Folder, BuildLogger.Assembly)), BuildLogger.TestsOnPlatform(request.Folder), BuildLogger.IsInResponseFile(folder));
    }

    private BuildRun? Begin(BuildSettings settings, CommandOutput output, DotnetCommandLine? dotnet, CommandGroup? group)
    {
        try
        {
            return BuildRun.Start(new BuildRunOptions
            {
                Name = CommandWords.Name(request.Words),
                Kind = "command",
                ProcessId = Environment.ProcessId,
                IsWrapper = true,
                CountedCpuTime = group is null ? null : () => group.CpuTime,
                SamplesFile = request.Samples is { } samples ? Path.GetFullPath(samples, request.Folder) : null,
                Root = settings.Root,
                Settings = settings.Run with { ResultsFolder = output.JournalFolder },
                Configuration = dotnet?.Configuration,
            });
        }
        catch (Exception fault)
        {
            // Somebody waits for the command, whatever is wrong with this tool.
            terminal.Error.WriteLine($"eco2test: warning {DiagnosticCodes.TrackerFault}: the command is not measured: {TerminalText.Clean(FaultText.Of(fault))}");
            return null;
        }
    }

    private int Unmeasured(BuildSettings settings, int exitCode) => settings.Skip
        ? exitCode
        : Judge(BuildBudgetJudge.OfBuild(Budgets(settings, dotnet: null, []), report: null, settings.Run.Budgets, settings.IsShadow), exitCode);

    private int Finish(BuildRun measured, CommandGroup group, BuildSettings settings, CommandOutput output, DotnetCommandLine? dotnet, string? whyNoRows, string? signal, int exitCode)
    {
        var judgement = BuildJudgement.None;
        try
        {
            var outcome = measured.End(exitCode == 0);
            if (outcome.Journal is not { } journal)
            {
                throw new IOException(outcome.JournalFault ?? "nothing could be written while the command ran");
            }

            var report = outcome.Report() with
            {
                Build = outcome.Build with { CountedBy = group.CountedBy, Mode = dotnet is null ? null : outcome.Build.Mode },
            };
            var parts = Parts(settings, dotnet, report);
            report = CommandReport.With(report, parts);
            report = signal is null ? report : CommandReport.Interrupted(report, signal);
            judgement = BuildBudgetJudge.OfBuild(Budgets(settings, dotnet, parts), report, settings.Run.Budgets, settings.IsShadow);
            judgement = report.Build!.Mode is null ? judgement with { Notices = [] } : judgement;
            report = judgement.In(report, settings.Run.Budgets);
            new CommandSummary(report, parts, whyNoRows).Write(terminal.Error, terminal.Width);
            output.Write(journal, report, terminal);
        }
        catch (Exception fault)
        {
            // The command has ended, and whoever waits for its exit code gets that. A budget that nothing is known of is none that was kept.
            judgement = judgement == BuildJudgement.None
                ? BuildBudgetJudge.OfBuild(Budgets(settings, dotnet, []), report: null, settings.Run.Budgets, settings.IsShadow)
                : judgement;
            var code = fault is IOException or UnauthorizedAccessException ? ToolCodes.CannotWrite : DiagnosticCodes.TrackerFault;
            terminal.Error.WriteLine($"eco2test: warning {code}: there is no report: {TerminalText.Clean(FaultText.Of(fault))}");
        }

        return Judge(judgement, exitCode);
    }

    private List<EmissionsReport> Parts(BuildSettings settings, DotnetCommandLine? dotnet, EmissionsReport report)
    {
        var written = new ContainedReports(settings.Run.ResultsFolder, report.Run);
        var runsTests = dotnet is { OnlyBuilds: false } || report.Build?.Processes.Any(processes => processes.Role == "testHost") == true;
        return
        [
            .. written.OfBuilds(),
            .. runsTests ? written.OfTests(request.Folder, [.. dotnet?.ResultFolders.Select(folder => Path.GetFullPath(folder, request.Folder)) ?? [], .. _environment["ECO2TEST_RESULTS"] is { } named ? [named] : Array.Empty<string>()]) : [],
        ];
    }

    /// <summary>
    /// Those of the command. What is set for builds holds for a command that only builds, unless its logger has judged it, and
    /// for no other: it would be held against more than the build.
    /// </summary>
    private List<BuildBudget> Budgets(BuildSettings settings, DotnetCommandLine? dotnet, IReadOnlyList<EmissionsReport> parts) =>
    [
        .. settings.Budgets.Where(budget => budget.IsOfBuild && (IsOption(budget) || (dotnet is { OnlyBuilds: true } && !parts.Any(part => part.Run.Kind == "build"))))
            .Select(budget => IsOption(budget) ? budget with { IsError = true } : budget),
    ];

    private static bool IsOption(BuildBudget budget) => budget.Place is { File: null, Name: ['-', ..] };

    private int Judge(BuildJudgement judgement, int exitCode)
    {
        foreach (var verdict in judgement.Verdicts)
        {
            terminal.Error.WriteLine($"eco2test: {BudgetText.Of(verdict)}");
        }

        if (exitCode == 0 || !judgement.Fails)
        {
            return judgement.Fails ? ExitCode.BudgetExceeded : exitCode;
        }

        terminal.Error.WriteLine($"eco2test: the command failed by itself: its exit code {exitCode} is passed on.");
        return exitCode;
    }
}
