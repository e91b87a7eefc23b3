using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>What a report of a build, or of a command that builds, says beside its figures.</summary>
public sealed record ReportBuild
{
    /// <summary>How it was run: <c>nodes=2 reuse=on compiler=warm server=off graph=off</c>. Figures compare within one mode only; <see langword="null"/>: nobody knows.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether it succeeded; <see langword="null"/> when it was cut off.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>How CPU time is known: <c>samples</c> of the processes that were seen, or <c>control-group</c>, where the system counted all that was started as well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CountedBy { get; init; }

    /// <summary>CPU time by what processes did, seconds; together that of the window of the build.</summary>
    public IReadOnlyList<ReportBuildProcesses> Processes { get; init => field = value ?? []; } = [];

    /// <summary>CPU time that no project explains, seconds: the engine, loggers, and servers between two compilations.</summary>
    public double EngineCpuSeconds { get; init; }

    /// <summary>Reports whose energy is contained in this one, so that nobody adds them to it; <see langword="null"/> when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportPart>? Contains { get; init; }
}

/// <summary>Processes of a build that do the same.</summary>
public sealed record ReportBuildProcesses
{
    /// <summary><c>entry</c>, <c>node</c>, <c>compilerServer</c>, <c>taskHost</c>, <c>testHost</c> or <c>child</c>.</summary>
    public required string Role { get; init; }

    /// <summary>How many there were.</summary>
    public required int Count { get; init; }

    /// <summary>Their CPU time.</summary>
    public required double CpuSeconds { get; init; }
}
