using Eco2Test.Budgets;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Holds what a project used against its budgets. Who is over fails as MSBuild says it: with file and line.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckEnergyBudget : EmissionsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Node.Find(Key) is not { } project)
        {
            return;
        }

        var settings = project.Settings;
        var judgement = BuildBudgetJudge.OfProject(settings.Budgets, Key.DisplayName, project.Figure?.Measurement, mode: null, settings.Run.Budgets, settings.IsShadow);
        foreach (var verdict in settings.Problems.Concat(judgement.Verdicts))
        {
            Say(verdict);
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
