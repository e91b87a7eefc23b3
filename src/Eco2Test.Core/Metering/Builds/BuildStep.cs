namespace Eco2Test.Metering;

/// <summary>
/// A stretch of work that a build says it did on one of its nodes: an evaluation, a project, a target or a task. Steps of
/// one <see cref="Context"/> nest; a step that waits leaves its node to the steps of others.
/// </summary>
internal sealed record BuildStep
{
    public required BuildStepKind Kind { get; init; }

    /// <summary>The number of the node, from 1: what is said to be of none, such as reading a solution, is done by the first.</summary>
    public required int Node { get; init => field = Math.Max(1, value); }

    /// <summary>The number of the request that it belongs to: the same project is asked for several times.</summary>
    public required int Context { get; init; }

    /// <summary>The full path of the project's file.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>Such as <c>net10.0</c>; <see langword="null"/> for a project that has several, or none.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>Such as <c>Release</c>.</summary>
    public string? Configuration { get; init; }

    /// <summary>The target, also that of a task.</summary>
    public string? Target { get; init; }

    /// <summary>The task.</summary>
    public string? Task { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public bool Succeeded { get; init; } = true;

    /// <summary>Whether it only waits for other projects or targets, as the tasks MSBuild and CallTarget do.</summary>
    public bool Waits => Kind == BuildStepKind.Task && Task is "MSBuild" or "CallTarget";

    /// <summary>Whether it works in the compiler server, where there is one.</summary>
    public bool Compiles => Kind == BuildStepKind.Task && IsCompiler(Task);

    /// <summary>Whether a task of that name compiles.</summary>
    public static bool IsCompiler(string? task) => task is "Csc" or "Vbc";
}

/// <summary>What a step is.</summary>
internal enum BuildStepKind
{
    /// <summary>Reading a project, before anything runs in it.</summary>
    Evaluation,
    Project,
    Target,
    Task,
}
