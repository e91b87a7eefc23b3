using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>Events of a build, made by hand: one node, seconds from the start.</summary>
internal static class Happened
{
    public static readonly DateTime Start = new(2026, 5, 4, 10, 0, 0, DateTimeKind.Utc);

    public static BuildEventContext Context(int project, int target = BuildEventContext.InvalidTargetId, int task = BuildEventContext.InvalidTaskId, int node = 1) =>
        new(submissionId: 1, node, evaluationId: 1, projectInstanceId: 1, project, target, task);

    public static ProjectStartedEventArgs ProjectStarted(string file, int project, double second, IDictionary<string, string>? properties = null) =>
        new TimedProject(file, properties, At(second)) { BuildEventContext = Context(project) };

    public static ProjectEvaluationStartedEventArgs EvaluationStarted(string file, BuildEventContext context, double second) =>
        new TimedEvaluationStart(At(second)) { ProjectFile = file, BuildEventContext = context };

    /// <summary>Of this moment: nobody else can make one of another.</summary>
    public static ProjectEvaluationFinishedEventArgs EvaluationFinished(string file, BuildEventContext context) =>
        new("") { ProjectFile = file, BuildEventContext = context };

    public static ProjectFinishedEventArgs ProjectFinished(string file, int project, double second, bool succeeded = true) =>
        new("", null, file, succeeded, At(second)) { BuildEventContext = Context(project) };

    public static TargetStartedEventArgs TargetStarted(string name, int project, int target, double second) =>
        new("", null, name, "a.csproj", "a.targets", null, At(second)) { BuildEventContext = Context(project, target) };

    public static TargetFinishedEventArgs TargetFinished(string name, int project, int target, double second) =>
        new("", null, name, "a.csproj", "a.targets", true, At(second), null) { BuildEventContext = Context(project, target) };

    public static TaskStartedEventArgs TaskStarted(string name, int project, int target, int task, double second) =>
        new("", null, "a.csproj", "a.targets", name, At(second)) { BuildEventContext = Context(project, target, task) };

    public static TaskFinishedEventArgs TaskFinished(string name, int project, int target, int task, double second, bool succeeded = true) =>
        new("", null, "a.csproj", "a.targets", name, succeeded, At(second)) { BuildEventContext = Context(project, target, task) };

    public static DateTime At(double second) => Start.AddSeconds(second);

    // MSBuild has no constructor that takes the time of these.
    private sealed class TimedProject : ProjectStartedEventArgs
    {
        public TimedProject(string file, IDictionary<string, string>? properties, DateTime at)
            : base(1, "", "", file, "Build", Array.Empty<object>(), Array.Empty<object>(), new BuildEventContext(1, 1, 1, 1), properties ?? new Dictionary<string, string>(), "Current") => RawTimestamp = at;
    }

    private sealed class TimedEvaluationStart : ProjectEvaluationStartedEventArgs
    {
        public TimedEvaluationStart(DateTime at) => RawTimestamp = at;
    }
}
