using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Makes steps of the events of a build: each is told when it has ended, with what was known at its start.</summary>
/// <param name="add">Who wants the steps.</param>
internal sealed class StepReader(Action<BuildStep> add)
{
    private const string Once = "Eco2Test.Once.proj";

    private readonly Dictionary<int, OpenProject> _projects = [];
    private readonly Dictionary<int, DateTime> _evaluations = [];

    /// <summary>An evaluation has begun or ended; other news is not for us.</summary>
    public void Status(BuildStatusEventArgs status)
    {
        if (status.BuildEventContext is not { } context)
        {
            return;
        }

        if (status is ProjectEvaluationStartedEventArgs)
        {
            _evaluations[context.EvaluationId] = status.Timestamp;
        }
        else if (status is ProjectEvaluationFinishedEventArgs { ProjectFile: { } file } && _evaluations.Remove(context.EvaluationId, out var started))
        {
            // It belongs to no request yet; a number below zero is none of theirs.
            add(new BuildStep
            {
                Kind = BuildStepKind.Evaluation,
                Node = context.NodeId,
                Context = -1 - Math.Abs(context.EvaluationId),
                ProjectFile = file,
                StartedAt = Moment(started),
                EndedAt = Moment(status.Timestamp),
            });
        }
    }

    public void ProjectStarted(ProjectStartedEventArgs project)
    {
        // Ours, which is asked for to say something once.
        if (project.BuildEventContext is { } context && project.ProjectFile is { } file && Path.GetFileName(file) != Once)
        {
            _projects[context.ProjectContextId] = new(
                file,
                project.Timestamp,
                project.GlobalProperties?.TryGetValue("TargetFramework", out var framework) == true && framework.Length > 0 ? framework : null,
                project.GlobalProperties?.TryGetValue("Configuration", out var configuration) == true && configuration.Length > 0 ? configuration : null);
        }
    }

    public void ProjectFinished(ProjectFinishedEventArgs project)
    {
        if (project.BuildEventContext is { } context && _projects.Remove(context.ProjectContextId, out var open))
        {
            add(Step(BuildStepKind.Project, context, open, open.StartedAt, project.Timestamp, project.Succeeded));
        }
    }

    public void TargetStarted(TargetStartedEventArgs target)
    {
        if (ProjectOf(target) is { } open)
        {
            open.Targets[target.BuildEventContext!.TargetId] = (target.TargetName, target.Timestamp);
        }
    }

    public void TargetFinished(TargetFinishedEventArgs target)
    {
        if (ProjectOf(target) is { } open && open.Targets.Remove(target.BuildEventContext!.TargetId, out var started))
        {
            add(Step(BuildStepKind.Target, target.BuildEventContext, open, started.At, target.Timestamp, target.Succeeded) with { Target = started.Name });
        }
    }

    public void TaskStarted(TaskStartedEventArgs task)
    {
        if (ProjectOf(task) is { } open)
        {
            open.Tasks[task.BuildEventContext!.TaskId] = task.Timestamp;
        }
    }

    public void TaskFinished(TaskFinishedEventArgs task)
    {
        if (ProjectOf(task) is { } open && open.Tasks.Remove(task.BuildEventContext!.TaskId, out var started))
        {
            var target = open.Targets.TryGetValue(task.BuildEventContext.TargetId, out var known) ? known.Name : null;
            add(Step(BuildStepKind.Task, task.BuildEventContext, open, started, task.Timestamp, task.Succeeded) with { Target = target, Task = task.TaskName });
        }
    }

    /// <summary>The project that something of a build is of; <see langword="null"/>: none that is open.</summary>
    public string? FileOf(BuildEventContext? context) =>
        context is not null && _projects.TryGetValue(context.ProjectContextId, out var open) ? open.File : null;

    private OpenProject? ProjectOf(BuildEventArgs happened) =>
        happened.BuildEventContext is { } context && _projects.TryGetValue(context.ProjectContextId, out var open) ? open : null;

    private static BuildStep Step(BuildStepKind kind, BuildEventContext context, OpenProject project, DateTime started, DateTime ended, bool succeeded) => new()
    {
        Kind = kind,
        Node = context.NodeId,
        Context = context.ProjectContextId,
        ProjectFile = project.File,
        TargetFramework = project.TargetFramework,
        Configuration = project.Configuration,
        StartedAt = Moment(started),
        EndedAt = Moment(ended),
        Succeeded = succeeded,
    };

    private static DateTimeOffset Moment(DateTime time) => new DateTimeOffset(time).ToUniversalTime();

    /// <summary>A request for a project, while it is worked on.</summary>
    private sealed record OpenProject(string File, DateTime StartedAt, string? TargetFramework, string? Configuration)
    {
        public Dictionary<int, (string Name, DateTime At)> Targets { get; } = [];

        public Dictionary<int, DateTime> Tasks { get; } = [];
    }
}
