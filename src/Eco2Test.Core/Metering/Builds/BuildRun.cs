using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>The energy of a build while it runs. Front ends tell it what they know of the build, and make a report of what it leaves.</summary>
internal sealed class BuildRun : IDisposable
{
    private readonly TrackingRun _run;
    private readonly TrackingWindow _build;

    private BuildRun(TrackingRun run, BuildRunOptions options) => (_run, _build) =
        (run, run.Open(new WindowRequest { Id = options.Name, DisplayName = options.Name, Kind = WindowKind.Build }, parent: null));

    /// <summary>Begins on the real machine.</summary>
    public static BuildRun Start(BuildRunOptions options) => new(
        RunStart.Watching(new RunIdentity(options.Name, null, options.Configuration, options.Kind), options.Settings, options.ProcessId), options);

    /// <summary>That a node of the build is that process.</summary>
    public void NodeIs(int node, int processId)
    {
    }

    /// <summary>Something that the build has done.</summary>
    public void Add(BuildStep step)
    {
    }

    /// <summary>Ends, and leaves the journal that the report is made from.</summary>
    /// <param name="succeeded">Whether the build did.</param>
    public BuildOutcome End(bool succeeded)
    {
        _run.Close(_build, succeeded ? TestOutcome.Passed : TestOutcome.Failed);
        return new BuildOutcome(_run.End(), new ReportBuild { Succeeded = succeeded });
    }

    public void Dispose() => _run.Dispose();
}

/// <summary>What a build leaves.</summary>
/// <param name="Journal">Where its journal lies; <see langword="null"/> when nothing could be written.</param>
/// <param name="Build">What the report says of it beside its figures.</param>
internal sealed record BuildOutcome(string? Journal, ReportBuild Build);
