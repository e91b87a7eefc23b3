using Eco2Test.Hardware;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>The energy of a build while it runs. Front ends tell it what they know of the build, and make a report of what it leaves.</summary>
internal sealed class BuildRun : IDisposable
{
    /// <summary>So many steps take some 100 MB; beyond it only those count that can have used something.</summary>
    private const int MostShortSteps = 400_000;

    /// <summary>Where steps are very many, shorter ones stay in what contains them.</summary>
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly BuildRunOptions _options;
    private readonly BuildProcessWatch _watch;
    private readonly TrackingRun _run;
    private readonly TrackingWindow _build;
    private readonly BuildSampler _sampler;
    private readonly bool _isReuseDisabled;
    private readonly List<BuildStep> _steps = [];
    private readonly Dictionary<int, int> _nodes = [];
    private int _compilations;
    private BuildModeFacts _told = new();

    /// <param name="options">What is built.</param>
    /// <param name="watch">Its processes, at which nobody has looked yet.</param>
    /// <param name="run">The run, which takes no samples itself.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="isSampling">Whether samples are taken on a thread; else whoever made it calls <see cref="Sample"/>.</param>
    public BuildRun(BuildRunOptions options, BuildProcessWatch watch, TrackingRun run, EnvironmentVariables environment, bool isSampling)
    {
        (_options, _watch, _run, _isReuseDisabled) = (options, watch, run, environment["MSBUILDDISABLENODEREUSE"] == "1");
        _build = run.Open(new WindowRequest { Id = options.Name, DisplayName = options.Name, Kind = WindowKind.Build }, parent: null);
        _sampler = new BuildSampler(watch, run, _build, options, isSampling);
    }

    /// <summary>Begins on the real machine.</summary>
    public static BuildRun Start(BuildRunOptions options) => RunStart.OfBuild(options);

    /// <summary>That a node of the build is that process.</summary>
    public void NodeIs(int node, int processId)
    {
        lock (_gate)
        {
            if (!_nodes.TryAdd(node, processId))
            {
                return;
            }
        }

        _watch.NodeIs(processId);
        _sampler.NodeIs(node, processId);
    }

    /// <summary>That a front end hears of each compilation, of which none is under way yet.</summary>
    public void HearsCompilations() => _watch.Compiles(false);

    /// <summary>A compilation has begun, or has ended, on any node.</summary>
    public void Compiles(bool begins)
    {
        lock (_gate)
        {
            _compilations = Math.Max(0, _compilations + (begins ? 1 : -1));
            _watch.Compiles(_compilations > 0);
        }
    }

    /// <summary>Something that the build has done.</summary>
    public void Add(BuildStep step)
    {
        lock (_gate)
        {
            if (_steps.Count < MostShortSteps || step.Kind == BuildStepKind.Project || step.EndedAt - step.StartedAt >= ShortStep)
            {
                _steps.Add(step);
            }
        }
    }

    /// <summary>What a front end was told of how the build runs.</summary>
    /// <param name="nodes">The most nodes that may work at once.</param>
    /// <param name="graph">Whether projects are built by their graph.</param>
    public void SaysBuild(int? nodes = null, bool? graph = null) =>
        _told = _told with { ToldNodes = nodes ?? _told.ToldNodes, ToldGraph = graph ?? _told.ToldGraph };

    /// <summary>Prices the build by what only its projects knew of where it is; before it ends.</summary>
    /// <returns>Why it is priced as before, if so.</returns>
    public string? PriceBy(RunSettings settings) => _run.PriceBy(settings);

    /// <summary>Takes a sample, where no thread does.</summary>
    public void Sample(bool journal = false) => _sampler.Sample(journal);

    /// <summary>Ends, and leaves the journal that the report is made from.</summary>
    /// <param name="succeeded">Whether the build did.</param>
    public BuildOutcome End(bool succeeded)
    {
        _sampler.Stop();
        _sampler.Sample(isLast: true);
        BuildStep[] steps;
        lock (_gate)
        {
            steps = [.. _steps];
            _steps.Clear();
        }

        var parts = BuildAttribution.Of(_sampler.Intervals, steps, _nodes, _options.Root);
        _build.Parts = (window, price, nextSeq) => BuildRows.Of(parts, window, price, nextSeq);
        Say(parts);
        _run.Close(_build, succeeded ? TestOutcome.Passed : TestOutcome.Failed);
        return new BuildOutcome(_run.End(), Report(parts, steps, succeeded)) { JournalFault = _run.JournalFault, Written = _run.JournalWritten, Built = parts.Built };
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _run.Dispose();
        _watch.Dispose();
    }

    private void Say(AttributedBuild parts)
    {
        foreach (var notice in _watch.Notices)
        {
            _run.Notice(notice.Code, notice.Message);
        }

        if (parts.NodesWereMatched)
        {
            _run.Notice(
                DiagnosticCodes.NodesMatched,
                "Nodes were matched by what they did: not each of them said which process it is. Add the package Eco2Test.MSBuild to all projects to have it said.");
        }

        if (_sampler.FileFault is { } fault)
        {
            _run.Notice(DiagnosticCodes.BuildReportFault, $"The samples of the build could not be kept: {fault}");
        }
    }

    private ReportBuild Report(AttributedBuild parts, BuildStep[] steps, bool succeeded)
    {
        var processes = _sampler.Intervals.Processes.Values.ToList();
        var mode = BuildMode.Of(_told with
        {
            NodesSeen = steps.Select(step => step.Node).Distinct().Count(),
            Compiled = steps.Length == 0 ? null : steps.Any(step => step.Compiles),
            IsReuseDisabled = _isReuseDisabled,
            Processes = processes,
            CommandLines = [.. _sampler.CommandLines],
        });
        return new ReportBuild
        {
            Mode = mode.ToString(),
            Succeeded = succeeded,
            Processes =
            [
                .. processes.GroupBy(process => process.Role).OrderBy(role => role.Key).Select(role => new ReportBuildProcesses
                {
                    Role = BuildProcessRoles.Name(role.Key),
                    Count = role.Count(),
                    CpuSeconds = role.Sum(process => process.CpuTime.TotalSeconds),
                }),
            ],
            EngineCpuSeconds = Math.Max(0, parts.EngineCpuSeconds),
        };
    }
}

/// <summary>What a build leaves.</summary>
/// <param name="Journal">Where its journal lies; <see langword="null"/> when nothing could be written.</param>
/// <param name="Build">What the report says of it beside its figures.</param>
internal sealed record BuildOutcome(string? Journal, ReportBuild Build)
{
    /// <summary>Why nothing could be written, if so.</summary>
    public string? JournalFault { get; init; }

    /// <summary>What is in its journal, where that is remembered.</summary>
    public IReadOnlyList<JournalEntry> Written { get; init; } = [];

    /// <summary>The projects that were built.</summary>
    public IReadOnlyList<BuiltProject> Built { get; init; } = [];

    /// <summary>The report of a build that has a journal.</summary>
    /// <exception cref="FormatException">It is no journal.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public EmissionsReport Report() => (Written.Count > 0 ? JournalReader.Read(Written) : JournalReader.Read(Journal!)) with { Build = Build };
}
