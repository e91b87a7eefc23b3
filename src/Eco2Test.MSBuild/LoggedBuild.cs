using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>A build as its logger sees it, from its first moment to the end: told to the one who measures, then reported and judged.</summary>
internal sealed class LoggedBuild
{
    /// <summary>What the files of the report are called, without extension.</summary>
    private const string FileName = "build";

    private const string Metaproject = ".metaproj";

    /// <summary>The node of the process that the build was started as.</summary>
    private const int NodeOfThisProcess = 1;

    private readonly EnvironmentVariables _environment;
    private readonly BuildTerminal _terminal;
    private readonly int _mostNodes;
    private readonly StepReader _steps;
    private readonly HashSet<string> _budgets = [];
    private readonly List<SaidSettings> _said = [];
    private readonly List<SaidProject> _projects = [];
    private IReadOnlyDictionary<string, string> _given = new Dictionary<string, string>();
    private BuildSettings? _settings;
    private BuildRun? _run;
    private string? _entry;
    private bool _hasBegun;
    private string _folder = "";
    private PriceOfProjects? _price;
    private bool? _isGraph;
    private bool _succeeded;
    private string? _fault;

    /// <param name="environment">Environment variables.</param>
    /// <param name="terminal">Where it is summed up.</param>
    /// <param name="mostNodes">The most nodes that may work at once.</param>
    public LoggedBuild(EnvironmentVariables environment, BuildTerminal terminal, int mostNodes)
    {
        (_environment, _terminal, _mostNodes) = (environment, terminal, mostNodes);
        _steps = new StepReader(step => _run?.Add(step));
    }

    /// <summary>Begins by what the command line says. Where it says nothing, the build begins with its first project.</summary>
    public void Begin(Func<EntryCommand?> read) => Try(() =>
    {
        if (read() is { } command)
        {
            (_given, _isGraph, _entry) = (command.Properties, command.IsGraph, command.File);
            Start(command.File ?? command.Path, command.Folder);
        }
    });

    public void Hear(BuildStatusEventArgs status) => Try(() => _steps.Status(status));

    public void Hear(ProjectStartedEventArgs project) => Try(() =>
    {
        if (!_hasBegun && project.ProjectFile is { } file)
        {
            _hasBegun = true;
            _entry ??= Path.GetFullPath(file.EndsWith(Metaproject, StringComparison.OrdinalIgnoreCase) ? file[..^Metaproject.Length] : file);
            _given = new Dictionary<string, string>(project.GlobalProperties ?? _given.ToDictionary(), StringComparer.OrdinalIgnoreCase);
            if (_settings is null)
            {
                Start(_entry, Path.GetDirectoryName(_entry)!);
            }
        }

        _steps.ProjectStarted(project);
    });

    public void Hear(ProjectFinishedEventArgs project) => Try(() => _steps.ProjectFinished(project));

    public void Hear(TargetStartedEventArgs target) => Try(() => _steps.TargetStarted(target));

    public void Hear(TargetFinishedEventArgs target) => Try(() => _steps.TargetFinished(target));

    public void Hear(TaskStartedEventArgs task) => Try(() =>
    {
        Compiles(task.TaskName, begins: true);
        _steps.TaskStarted(task);
    });

    public void Hear(TaskFinishedEventArgs task) => Try(() =>
    {
        Compiles(task.TaskName, begins: false);
        _steps.TaskFinished(task);
    });

    public void Hear(BuildMessageEventArgs message) => Try(() =>
    {
        if (BuildMessage.Text(message) is not { } text)
        {
            return;
        }

        if (BuildMessage.ProcessIdOf(text) is { } processId)
        {
            _run?.NodeIs(message.BuildEventContext?.NodeId ?? NodeOfThisProcess, processId);
        }
        else if (BuildMessage.BudgetsOf(text) is { } properties && _budgets.Add(text))
        {
            _said.Add(new(_steps.FileOf(message.BuildEventContext), properties));
        }
        else if (BuildMessage.ProjectOf(text) is { } project)
        {
            _projects.Add(project);
        }
    });

    public void Hear(BuildFinishedEventArgs finished) => _succeeded = finished.Succeeded;

    /// <summary>Ends it: the report is written and summed up, and budgets are judged.</summary>
    /// <returns>Why the build fails; <see langword="null"/> when it does not.</returns>
    public BuildVerdict? End()
    {
        BuildVerdict? failure = null;
        BuildOutcome? outcome = null;
        Try(Price);
        Try(() => outcome = _run?.End(_succeeded));
        Try(() => _run?.Dispose());
        _terminal.Fault(_fault);

        // Whatever went wrong before, a budget is not passed in silence.
        var hasFailed = _fault is not null;
        _fault = null;
        Try(() => failure = _settings is null or { Skip: true } ? null : Report(hasFailed ? null : outcome));
        _terminal.Fault(_fault);
        if (_fault is not null)
        {
            _fault = null;
            Try(() => failure = _settings is { Skip: false } ? WithoutReport() : null);
        }

        return failure;
    }

    private BuildVerdict? WithoutReport()
    {
        var settings = SettingsAtEnd();
        var own = settings.OfBuild(_said);
        return Say(BuildBudgetJudge.OfBuild(settings.Budgets(own, _said), report: null, own.Run.Budgets, own.IsShadow).Verdicts);
    }

    /// <returns>What fails the build of it, if anything.</returns>
    private BuildVerdict? Say(IReadOnlyList<BuildVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            _terminal.Say(verdict);
        }

        return verdicts.FirstOrDefault(verdict => verdict.IsError);
    }

    private BuildVerdict? Report(BuildOutcome? outcome)
    {
        var folder = _settings!.Run.ResultsFolder;
        var settings = SettingsAtEnd();
        var own = settings.OfBuild(_said);
        var policy = own.Run.Budgets;
        List<BuildVerdict> problems = [.. own.Problems];
        var reported = BuildReports.Write(outcome ?? new BuildOutcome(null, new ReportBuild()), new ResultsFolder(folder), FileName, Judge, policy, Named);
        if (reported.Report is { } report && !BuildWrapper.Speaks(_environment))
        {
            _terminal.Summary().Write(report, _terminal.Output);
        }

        _terminal.Unwritten(reported.Fault);
        return Say([.. problems.Distinct(), .. reported.Judgement.Verdicts]);

        BuildJudgement Judge(EmissionsReport? report)
        {
            var ofBuild = BuildBudgetJudge.OfBuild(settings.Budgets(own, _said), report, policy, own.IsShadow);
            var all = report is null ? ofBuild : Unjudged(outcome?.Built ?? [], settings, report, problems).Aggregate(ofBuild, (sum, each) => sum.And(each));
            return all with { Notices = [.. all.Notices, .. _price?.Notices ?? []] };
        }
    }

    /// <summary>Judges the projects that no task of theirs has judged.</summary>
    private IEnumerable<BuildJudgement> Unjudged(IReadOnlyList<BuiltProject> built, LoggedSettings settings, EmissionsReport report, List<BuildVerdict> problems)
    {
        foreach (var project in built)
        {
            var said = _projects.FindLast(each => each.File == project.File && (project.TargetFramework is null || each.TargetFramework == project.TargetFramework));
            var isOuter = project.TargetFramework is null && built.Any(other => other.File == project.File && other.TargetFramework is not null);
            if (said is { IsJudged: true } || isOuter || settings.OfProject(project, said) is not { Skip: false } of)
            {
                continue;
            }

            problems.AddRange(of.Problems.Where(problem => !problems.Contains(problem)));
            var window = report.Windows.FirstOrDefault(each => each.Kind == WindowKind.Project && each.Id == project.Id);
            yield return BuildBudgetJudge.OfProject(of.Budgets, window?.DisplayName ?? Path.GetFileNameWithoutExtension(project.File), report, window, of.Run.Budgets, of.IsShadow);
        }
    }

    /// <summary>Where the build is may be known to its projects only, when it has begun.</summary>
    private void Price()
    {
        if (_run is null)
        {
            return;
        }

        var settings = SettingsAtEnd();
        _price = new PriceOfProjects(_environment, _settings!.Run);
        _price.Take(_said, settings.Property);
        if (_price.Agreed is { Count: > 0 } agreed)
        {
            _price.HasPriced(_run.PriceBy(settings.PricedBy(agreed).Run));
        }
    }

    /// <summary>By what was really built: the command line may not have named it.</summary>
    private EmissionsReport Named(EmissionsReport report)
    {
        var name = Path.GetFileName(_entry) ?? report.Run.Project;
        return report with
        {
            Run = report.Run with { Project = name, Configuration = report.Run.Configuration ?? Property("Configuration") },
            Windows = [.. report.Windows.Select(window => window.Kind == WindowKind.Build && window.Parent is null ? window with { Id = name, DisplayName = name } : window)],
        };
    }

    private void Start(string entry, string folder)
    {
        _folder = folder;
        _settings = Settings(entry, folder).OfBuild([]);
        if (_settings.Skip)
        {
            return;
        }

        _run = BuildRun.Start(new BuildRunOptions
        {
            Name = Path.GetFileName(entry),
            ProcessId = Environment.ProcessId,
            IsThisProcess = true,
            Root = _settings.Root,
            Settings = _settings.Named(_environment, LoggerMark.RunId).Run,
            Configuration = Property("Configuration"),
        });
        _run.NodeIs(NodeOfThisProcess, Environment.ProcessId);
        _run.SaysBuild(_mostNodes, _isGraph);
        _run.HearsCompilations();
    }

    private void Compiles(string? task, bool begins)
    {
        if (BuildStep.IsCompiler(task))
        {
            _run?.Compiles(begins);
        }
    }

    /// <summary>By what was really built.</summary>
    private LoggedSettings SettingsAtEnd() => _entry is null ? Settings(_folder, _folder) : Settings(_entry, Path.GetDirectoryName(_entry)!);

    private LoggedSettings Settings(string entry, string folder) => new(_environment, _given, entry, folder);

    private string? Property(string name) => _given.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A fault of ours ends our work, not the build.</summary>
    private void Try(Action act)
    {
        if (_fault is not null)
        {
            return;
        }

        try
        {
            act();
        }
        catch (Exception fault)
        {
            _fault = fault.Message;
        }
    }
}
