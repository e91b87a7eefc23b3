namespace Eco2Test.Metering;

/// <summary>
/// What a node of a build did by time. At a moment that is the task, or the evaluation, that started last and does not wait;
/// else the innermost step of a request that does not wait; else nothing: then the engine works, or nobody.
/// </summary>
internal sealed class NodeTimeline
{
    private readonly IReadOnlyList<BuildStep> _steps;
    private readonly Dictionary<int, Request> _requests = [];
    private readonly SortedSet<Candidate> _candidates = [];
    private readonly List<NodeStretch> _stretches = [];
    private int _leaves;

    private NodeTimeline(IReadOnlyList<BuildStep> steps) => _steps = steps;

    /// <summary>The stretches in which a node was at a step, in the order of time.</summary>
    /// <param name="steps">The steps of a build.</param>
    /// <param name="ofNode">Which of them are of the node.</param>
    public static IReadOnlyList<NodeStretch> Of(IReadOnlyList<BuildStep> steps, IReadOnlyList<int> ofNode)
    {
        var timeline = new NodeTimeline(steps);
        timeline.Sweep(ofNode);
        return timeline._stretches;
    }

    private void Sweep(IReadOnlyList<int> ofNode)
    {
        List<Edge> edges = new(ofNode.Count * 2);
        foreach (var step in ofNode)
        {
            var (started, ended) = (_steps[step].StartedAt.UtcTicks, _steps[step].EndedAt.UtcTicks);
            if (ended > started)
            {
                edges.Add(new Edge(started, IsStart: true, (int)_steps[step].Kind, -ended, step));
                edges.Add(new Edge(ended, IsStart: false, -(int)_steps[step].Kind, -started, step));
            }
        }

        edges.Sort();
        var order = 0;
        var last = 0L;
        foreach (var edge in edges)
        {
            Note(last, edge.At);
            last = edge.At;
            if (edge.IsStart)
            {
                Start(edge.Step, order++);
            }
            else
            {
                End(edge.Step);
            }
        }
    }

    private void Start(int step, int order)
    {
        if (!_requests.TryGetValue(_steps[step].Context, out var request))
        {
            _requests[_steps[step].Context] = request = new Request();
        }

        request.Open.Add((step, order));
        Choose(request);
    }

    private void End(int step)
    {
        var request = _requests[_steps[step].Context];
        request.Open.RemoveAt(request.Open.FindLastIndex(open => open.Step == step));
        Choose(request);
    }

    /// <summary>The innermost step of a request is what its node may be at; it is not while that waits.</summary>
    private void Choose(Request request)
    {
        if (request.Candidate is { } before)
        {
            _candidates.Remove(before);
            _leaves -= before.IsLeaf ? 1 : 0;
        }

        request.Candidate = request.Open is [.., var (step, order)] && !_steps[step].Waits
            ? new Candidate(_steps[step].Kind is BuildStepKind.Task or BuildStepKind.Evaluation, order, step)
            : null;
        if (request.Candidate is { } now)
        {
            _candidates.Add(now);
            _leaves += now.IsLeaf ? 1 : 0;
        }
    }

    private void Note(long from, long to)
    {
        if (to <= from || _candidates.Count == 0)
        {
            return;
        }

        var step = _candidates.Max.Step;
        if (_leaves > 1)
        {
            _stretches.Add(new NodeStretch(from, to, step, [.. _candidates.Where(candidate => candidate.IsLeaf).Select(candidate => candidate.Step)]));
        }
        else if (_stretches is [.., { Others: null } last] && last.Step == step && last.To == from)
        {
            _stretches[^1] = last with { To = to };
        }
        else
        {
            _stretches.Add(new NodeStretch(from, to, step, null));
        }
    }

    private sealed class Request
    {
        public List<(int Step, int Order)> Open { get; } = [];

        public Candidate? Candidate { get; set; }
    }

    private readonly record struct Candidate(bool IsLeaf, int Order, int Step) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other) => (IsLeaf, Order).CompareTo((other.IsLeaf, other.Order));
    }

    /// <summary>What ends at a moment does so before anything starts; of what starts together the outer comes first, of what ends together the inner.</summary>
    private readonly record struct Edge(long At, bool IsStart, int Kind, long Other, int Step) : IComparable<Edge>
    {
        public int CompareTo(Edge other) => (At, IsStart, Kind, Other, Step).CompareTo((other.At, other.IsStart, other.Kind, other.Other, other.Step));
    }
}

/// <summary>A stretch in which a node was at one step.</summary>
/// <param name="From">UTC ticks.</param>
/// <param name="To">UTC ticks.</param>
/// <param name="Step">Which.</param>
/// <param name="Others">Where several tasks were open that do not wait, since one let others work meanwhile: all of them.</param>
internal readonly record struct NodeStretch(long From, long To, int Step, int[]? Others);
