using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// Joins what processes used, sample by sample, with what a build says it did, into CPU time and energy of projects, targets
/// and tasks.
/// </summary>
/// <remarks>
/// <para>The CPU time of a node's process between two samples is split by time over what the node was at
/// (<see cref="NodeTimeline"/>). That of its children and task hosts goes to its tasks. That of the compiler server goes to the
/// compilations which were under way on any node. What is left is the engine's: scheduling, logging, and what nobody explains.</para>
/// <para>Energy goes with CPU seconds, that of memory and GPUs too: nothing else is known by process.</para>
/// <para>A stretch between two samples in which nobody but the step could have used what a process used is certain; of every
/// other the step may have used none, or all.</para>
/// </remarks>
internal sealed class BuildAttribution
{
    /// <summary>A target or task of less CPU time stays in what contains it.</summary>
    private static readonly TimeSpan LeastCpuTime = TimeSpan.FromMilliseconds(10);

    /// <summary>A target or task of a smaller share of the build's energy stays in what contains it: there are a thousand rows of a kind at most.</summary>
    private const double LeastShare = 0.001;

    /// <summary>Above this share of energy that others could have used, a step counts as overlapped.</summary>
    private const double NegligibleShare = 0.01;

    private readonly BuildIntervals _intervals;
    private readonly IReadOnlyList<BuildStep> _steps;
    private readonly BuildTree _tree;
    private readonly Dictionary<int, IReadOnlyList<NodeStretch>> _timelines;
    private readonly Dictionary<int, int> _next = [];
    private readonly BuildNodes _nodes;
    private readonly List<BuildStep> _compilations;
    private readonly List<int> _compilationSteps;
    private readonly Dictionary<Source, TimeSpan> _sources = [];
    private readonly List<Piece> _pieces = [];
    private readonly List<BuildTreeRow> _touched = [];
    private int _nextCompilation;
    private List<int> _compiling = [];
    private ActiveUse _owed;

    private BuildAttribution(BuildIntervals intervals, IReadOnlyList<BuildStep> steps, IReadOnlyDictionary<int, int> nodes, string root)
    {
        (_intervals, _steps, _tree) = (intervals, steps, BuildTree.Of(steps, root));
        _timelines = Enumerable.Range(0, steps.Count).GroupBy(step => steps[step].Node)
            .ToDictionary(node => node.Key, node => NodeTimeline.Of(steps, [.. node]));
        _nodes = BuildNodes.Find(nodes, intervals, _timelines);
        _compilationSteps = [.. Enumerable.Range(0, steps.Count).Where(step => steps[step].Compiles).OrderBy(step => steps[step].StartedAt)];
        _compilations = [.. _compilationSteps.Select(step => steps[step])];
    }

    /// <summary>What each project, target and task used.</summary>
    /// <param name="intervals">What processes used.</param>
    /// <param name="steps">What the build did, in any order.</param>
    /// <param name="nodes">The process of each node that has said it.</param>
    /// <param name="root">The folder that paths are relative to.</param>
    public static AttributedBuild Of(BuildIntervals intervals, IReadOnlyList<BuildStep> steps, IReadOnlyDictionary<int, int> nodes, string root)
    {
        var attribution = new BuildAttribution(intervals, steps, nodes, root);
        attribution.NoteTimes();
        foreach (var interval in intervals.All)
        {
            attribution.Share(interval);
        }

        return attribution.Result();
    }

    private void NoteTimes()
    {
        foreach (var stretch in _timelines.Values.SelectMany(stretches => stretches))
        {
            for (var row = _tree.RowOf(stretch.Step); row is not null; row = row.Parent)
            {
                row.Active += TimeSpan.FromTicks(stretch.To - stretch.From);
            }
        }
    }

    private void Share(BuildInterval interval)
    {
        var used = NotOwed(interval.Used);
        _sources.Clear();
        var cpu = TimeSpan.Zero;
        foreach (var process in interval.Processes)
        {
            var source = SourceOf(process);
            _sources[source] = _sources.GetValueOrDefault(source) + process.CpuTime;
            cpu += process.CpuTime;
        }

        foreach (var (source, spent) in _sources)
        {
            Find(source, interval);
            Book(used * (spent / cpu));
        }

        foreach (var (node, stretches) in _timelines)
        {
            var next = _next.GetValueOrDefault(node);
            for (; next < stretches.Count && stretches[next].To <= interval.To.UtcTicks; next++)
            {
            }

            _next[node] = next;
        }
    }

    /// <summary>What a later reading takes back of a device has been given to those before: those after get as much less.</summary>
    private ActiveUse NotOwed(ActiveUse used)
    {
        var now = used + _owed;
        _owed = new ActiveUse(Owed(now.Cpu), Owed(now.Gpu), Owed(now.Ram), Math.Min(0, now.CpuSeconds));
        return now - _owed;

        static BoundedEnergy Owed(BoundedEnergy energy) => energy.Central < Energy.Zero ? energy : BoundedEnergy.Zero;
    }

    /// <summary>Whose work the work of a process is.</summary>
    private Source SourceOf(BuildProcessUse process)
    {
        var isItself = true;
        for (var depth = 0; depth < 64; depth++)
        {
            if (_nodes.Of(process.Id) is not null)
            {
                return new Source(isItself ? SourceKind.Node : SourceKind.TasksOfNode, process.Id);
            }

            if (process.Role == BuildProcessRole.CompilerServer)
            {
                return new Source(SourceKind.Compiler, 0);
            }

            if (process.Parent == 0 || !_intervals.Processes.TryGetValue(process.Parent, out var parent))
            {
                break;
            }

            (process, isItself) = (parent, false);
        }

        return new Source(process.Role == BuildProcessRole.TaskHost ? SourceKind.AllTasks : SourceKind.Engine, 0);
    }

    /// <summary>Finds the pieces of an interval that the work of a source is split over, by weight.</summary>
    private void Find(Source source, BuildInterval interval)
    {
        _pieces.Clear();
        switch (source.Kind)
        {
            case SourceKind.Node:
                FindSteps(source.Process, interval);
                break;
            case SourceKind.TasksOfNode:
                FindTasks(_nodes.Of(source.Process)!, interval);
                if (_pieces.Count == 0)
                {
                    FindSteps(source.Process, interval);
                }

                break;
            case SourceKind.Compiler:
                FindCompilations(interval);
                break;
            case SourceKind.AllTasks:
                FindTasks(_timelines.Keys, interval);
                break;
        }
    }

    private void FindSteps(int process, BuildInterval interval)
    {
        var nodes = _nodes.Of(process)!;
        List<(long From, long To)> busy = [];
        foreach (var (stretch, from, to) in nodes.SelectMany(node => Overlaps(node, interval)))
        {
            _pieces.Add(new Piece(stretch.Step, to - from, stretch.Others is not null));
            busy.Add((from, to));
        }

        // Of several nodes in one process one may rest while another works.
        busy.Sort();
        var (idle, until) = (interval.Length.Ticks, 0L);
        foreach (var (from, to) in busy)
        {
            idle -= Math.Max(0, to - Math.Max(from, until));
            until = Math.Max(until, to);
        }

        if (idle > 0)
        {
            _pieces.Add(new Piece(-1, idle, false));
        }
    }

    private void FindTasks(IEnumerable<int> nodes, BuildInterval interval)
    {
        foreach (var (stretch, from, to) in nodes.SelectMany(node => Overlaps(node, interval)))
        {
            foreach (var step in stretch.Others ?? [stretch.Step])
            {
                if (_steps[step].Kind == BuildStepKind.Task)
                {
                    _pieces.Add(new Piece(step, to - from, false));
                }
            }
        }
    }

    private void FindCompilations(BuildInterval interval)
    {
        for (; _nextCompilation < _compilations.Count && _compilations[_nextCompilation].StartedAt < interval.To; _nextCompilation++)
        {
            _compiling.Add(_nextCompilation);
        }

        _compiling.RemoveAll(compilation => _compilations[compilation].EndedAt <= interval.From);
        foreach (var compilation in _compiling)
        {
            var (from, to) = (_compilations[compilation].StartedAt, _compilations[compilation].EndedAt);
            var ticks = Math.Min(to.UtcTicks, interval.To.UtcTicks) - Math.Max(from.UtcTicks, interval.From.UtcTicks);
            if (ticks > 0)
            {
                _pieces.Add(new Piece(_compilationSteps[compilation], ticks, false));
            }
        }
    }

    private IEnumerable<(NodeStretch Stretch, long From, long To)> Overlaps(int node, BuildInterval interval)
    {
        if (!_timelines.TryGetValue(node, out var stretches))
        {
            yield break;
        }

        var (start, end) = (interval.From.UtcTicks, interval.To.UtcTicks);
        for (var at = _next.GetValueOrDefault(node); at < stretches.Count && stretches[at].From < end; at++)
        {
            var (from, to) = (Math.Max(start, stretches[at].From), Math.Min(end, stretches[at].To));
            if (to > from)
            {
                yield return (stretches[at], from, to);
            }
        }
    }

    /// <summary>Books what a source used on the pieces that were found, and on all that contain them.</summary>
    private void Book(ActiveUse used)
    {
        double whole = _pieces.Sum(piece => piece.Ticks);
        foreach (var piece in _pieces)
        {
            for (var row = piece.Step < 0 ? null : _tree.RowOf(piece.Step); row is not null; row = row.Parent)
            {
                if (row.Ticks == 0)
                {
                    _touched.Add(row);
                }

                row.Ticks += piece.Ticks;
                row.IsContested |= piece.IsContested;
            }
        }

        foreach (var row in _touched)
        {
            row.Book(used, row.Ticks / whole, isCertain: row.Ticks == whole && !row.IsContested);
            (row.Ticks, row.IsContested) = (0, false);
        }

        _touched.Clear();
    }

    private AttributedBuild Result()
    {
        var least = _intervals.Used.Total.Central * LeastShare;
        var shortest = _intervals.All.Count == 0 ? TimeSpan.Zero : (_intervals.All[^1].To - _intervals.All[0].From) / _intervals.All.Count;
        var places = new Dictionary<BuildTreeRow, int>();
        List<AttributedStep> steps = [];
        foreach (var row in _tree.Rows)
        {
            var isShown = row.Kind == WindowKind.Project
                || (row.CpuSeconds >= LeastCpuTime.TotalSeconds && row.Energy >= least && places.ContainsKey(row.Parent!));
            if (isShown)
            {
                places[row] = steps.Count;
                steps.Add(row.Result(row.Parent is { } parent ? places[parent] : null, NegligibleShare, shortest));
            }
        }

        return new AttributedBuild(steps, _intervals.Used.CpuSeconds - _tree.Rows.Where(row => row.Parent is null).Sum(row => row.CpuSeconds), _nodes.AreMatched) { Built = [.. _tree.Built] };
    }

    private enum SourceKind
    {
        /// <summary>A node by itself: what it was at, and the engine.</summary>
        Node,

        /// <summary>What a node started: its tasks.</summary>
        TasksOfNode,

        /// <summary>A process that runs tasks, nobody knows whose.</summary>
        AllTasks,

        Compiler,

        Engine,
    }

    private readonly record struct Source(SourceKind Kind, int Process);

    private readonly record struct Piece(int Step, long Ticks, bool IsContested);
}

/// <summary>A build, cut into its parts.</summary>
/// <param name="Steps">Projects, the targets in them, and the tasks in these; each behind what contains it.</param>
/// <param name="EngineCpuSeconds">What no project explains.</param>
/// <param name="NodesWereMatched">Whether nobody said which process is which node.</param>
internal sealed record AttributedBuild(IReadOnlyList<AttributedStep> Steps, double EngineCpuSeconds, bool NodesWereMatched)
{
    /// <summary>The projects among them that were built.</summary>
    public IReadOnlyList<BuiltProject> Built { get; init; } = [];
}

/// <summary>A project, or all targets or tasks of a name in one.</summary>
internal sealed record AttributedStep
{
    /// <summary>The place of what contains it; <see langword="null"/> of a project.</summary>
    public int? Parent { get; init; }

    public required WindowKind Kind { get; init; }

    /// <summary>The project's path from the root, with what tells it apart; of others, behind that of what contains it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>How often it ran; of a project, 1.</summary>
    public required int Count { get; init; }

    public required bool Succeeded { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long nodes were at it, those at the same time added up; waiting for others is not in it.</summary>
    public required TimeSpan Active { get; init; }

    /// <summary>With the bounds of the step by itself.</summary>
    public required ActiveUse Use { get; init; }

    /// <summary>Whether others could have used a good deal of it.</summary>
    public required bool IsOverlapped { get; init; }

    /// <summary>Whether it was shorter than the time between two samples.</summary>
    public required bool IsBelowResolution { get; init; }
}
