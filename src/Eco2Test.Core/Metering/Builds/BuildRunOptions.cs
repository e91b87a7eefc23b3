namespace Eco2Test.Metering;

/// <summary>What a front end says of a build, or of any command, whose energy it wants.</summary>
internal sealed record BuildRunOptions
{
    /// <summary>What is built: <c>Shop.slnx</c>; of a command, its words without paths.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of the run: <c>build</c>, or <c>command</c> for the wrapper.</summary>
    public string Kind { get; init; } = "build";

    /// <summary>The number of the process at the root of the tree.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Whether that is this process: what the tracker itself uses is subtracted then.</summary>
    public bool IsThisProcess { get; init; }

    /// <summary>Whether that process only waits for a command that it starts: what it uses itself is the tracker's, and nothing of it is the command's.</summary>
    public bool IsWrapper { get; init; }

    /// <summary>CPU time of what the root has started, at least, where the system counts it whoever saw it; <see langword="null"/>: nobody does.</summary>
    public Func<TimeSpan?>? CountedCpuTime { get; init; }

    /// <summary>The folder that paths in the report are relative to: that of the repository.</summary>
    public required string Root { get; init; }

    /// <summary>What is set; reports go to its results folder.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>Such as <c>Release</c>.</summary>
    public string? Configuration { get; init; }

    /// <summary>Where samples are kept for a later join with a binary log; <see langword="null"/>: nowhere.</summary>
    public string? SamplesFile { get; init; }
}
