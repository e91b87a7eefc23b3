using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>
/// Holds what a project used against its budgets. Who is over fails as MSBuild says it: with file and line. Of a budget for the
/// whole build it sees to it that somebody judges it.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckEnergyBudget : EmissionsTask
{
    /// <summary>Full path of the solution, where the project is built as a part of one.</summary>
    public string? Solution { get; set; }

    /// <summary>Whether it is asked for the solution, not for one of its projects.</summary>
    public bool IsOfBuild { get; set; }

    /// <summary>What <c>MSBuildNodeCount</c> says.</summary>
    public string? Nodes { get; set; }

    /// <summary>What <c>IsGraphBuild</c> says.</summary>
    public string? IsGraph { get; set; }

    /// <summary>What <c>UseSharedCompilation</c> says.</summary>
    public string? SharedCompilation { get; set; }

    /// <summary>What the project sets: names of properties without their prefix, with metadata <c>Value</c>.</summary>
    public ITaskItem[] Settings { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Run()
    {
        if (!IsOfBuild && Node.Find(Key) is { } project)
        {
            CheckProject(project);
        }

        if (!LoggerMark.IsSet)
        {
            CheckBuild();
        }
    }

    /// <summary>A budget that nobody could judge is not passed.</summary>
    private protected override void HasFailed()
    {
        string[] limited = [.. new[] { "Project", "Build" }.Where(subject => Settings.Any(setting => setting.ItemSpec == subject + "EnergyBudget" || setting.ItemSpec == subject + "EmissionsBudget"))];
        if (limited.Length > 0)
        {
            Say(new BuildVerdict(
                DiagnosticCodes.BuildBudgetWithoutData, limited.Any(subject => !IsWarning(subject)), "it has a budget, and a fault of Eco2Test (ECO3009) kept it from being judged", new SettingPlace(""), null));
        }
    }

    private bool IsWarning(string subject) => Settings.Any(setting => setting.ItemSpec == subject + "BudgetSeverity" && setting.GetMetadata("Value").Trim().Equals("warn", StringComparison.OrdinalIgnoreCase));

    private void CheckProject(ProjectOnNode project)
    {
        var settings = project.Settings;

        // The whole mode is known to the logger only, and when the build has ended.
        var isLeft = LoggerMark.IsSet && settings.Budgets.Any(budget => budget is { IsOfBuild: false, Mode: not null });
        if (LoggerMark.IsSet)
        {
            var said = new SaidProject(Project, Key.TargetFramework, !isLeft, isLeft ? new ProjectProperties(Project, Settings).All : []);
            BuildEngine.LogMessageEvent(BuildMessage.Of(BuildMessage.Project(said)));
        }

        if (isLeft)
        {
            return;
        }

        var mode = NodeMode.Of(Environment.GetCommandLineArgs(), EnvironmentVariables.OfThisProcess, Given(Nodes), Given(IsGraph), Given(SharedCompilation), Node.CompilerServerWasThere);
        var judgement = BuildBudgetJudge.OfProject(settings.Budgets, Key.DisplayName, project.Figure?.Measurement, mode, settings.Run.Budgets, settings.IsShadow);
        foreach (var verdict in settings.Problems.Concat(judgement.Verdicts))
        {
            Say(verdict);
        }
    }

    /// <summary>Without the logger nobody measures the whole build. In a solution that asks for it, a budget fails then; elsewhere it is a warning.</summary>
    private void CheckBuild()
    {
        var properties = new ProjectProperties(Project, Settings);
        var settings = BuildSettings.Read(
            new BuildSubject(Path.GetDirectoryName(Project)!, Given(Solution), Configuration: Key.Configuration), EnvironmentVariables.OfThisProcess, properties.Value, properties.Place);
        foreach (var verdict in BuildBudgetJudge.OfBuild(settings.Budgets, report: null, settings.Run.Budgets, settings.IsShadow).Verdicts)
        {
            if (Node.IsNews($"{verdict.Code} {verdict.Place} {IsOfBuild}"))
            {
                Say(verdict with
                {
                    IsError = verdict.IsError && (IsOfBuild || verdict.Code != DiagnosticCodes.BuildBudgetWithoutData),
                    Message = verdict.Code == DiagnosticCodes.BuildBudgetWithoutData
                        ? "the build has a budget, and nothing measures the whole build: add the logger (eco2test init build), or run it by eco2test run (each node of the build says this once)"
                        : verdict.Message,
                });
            }
        }
    }

    private void Say(BuildVerdict verdict)
    {
        var (file, line, column) = (verdict.Place.File ?? Project, verdict.Place.Line, verdict.Place.Column);
        var page = Diagnostics.PageOf(verdict.Code);
        if (verdict.IsMessage)
        {
            Log.LogMessage(null, verdict.Code, null, file, line, column, 0, 0, MessageImportance.High, "{0}", verdict.Message);
        }
        else if (verdict.IsError)
        {
            Log.LogError(null, verdict.Code, null, page, file, line, column, 0, 0, "{0}", verdict.Message);
        }
        else
        {
            Log.LogWarning(null, verdict.Code, null, page, file, line, column, 0, 0, "{0}", verdict.Message);
        }
    }
}
