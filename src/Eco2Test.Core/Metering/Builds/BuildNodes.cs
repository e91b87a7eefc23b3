namespace Eco2Test.Metering;

/// <summary>
/// Which process is which node. What a node says of itself is believed; else the first is the process that the build was
/// started as, and a single other process the single other node. Of several, that goes with a node which was busy when it was.
/// </summary>
internal sealed class BuildNodes
{
    private readonly Dictionary<int, List<int>> _nodes = [];

    /// <summary>Whether nodes were matched by what they did.</summary>
    public bool AreMatched { get; private set; }

    /// <summary>The nodes that a process is: several where they are threads of it.</summary>
    public IReadOnlyList<int>? Of(int processId) => _nodes.GetValueOrDefault(processId);

    /// <param name="told">What nodes said: number to process.</param>
    /// <param name="intervals">What processes did.</param>
    /// <param name="timelines">What nodes did.</param>
    public static BuildNodes Find(IReadOnlyDictionary<int, int> told, BuildIntervals intervals, IReadOnlyDictionary<int, IReadOnlyList<NodeStretch>> timelines)
    {
        var found = new BuildNodes();
        foreach (var (node, process) in told)
        {
            found.Add(node, process);
        }

        // A command that starts a build hardly does more than wait for it.
        var entry = intervals.Processes.Values.Where(process => process.Role == BuildProcessRole.Entry).OrderByDescending(process => process.CpuTime).FirstOrDefault().Id;
        if (entry != 0 && !told.ContainsKey(1))
        {
            found.Add(1, entry);
        }

        List<int> nodes = [.. timelines.Keys.Where(node => !told.ContainsKey(node) && node != 1).Order()];
        List<int> processes = [.. intervals.Processes.Values.Where(process => process.Role == BuildProcessRole.Node && !found._nodes.ContainsKey(process.Id)).Select(process => process.Id).Order()];
        if (nodes.Count == 1 && processes.Count == 1)
        {
            found.Add(nodes[0], processes[0]);
        }
        else if (nodes.Count > 0)
        {
            found.Match(nodes, processes, entry, intervals, timelines);
        }

        return found;
    }

    private void Add(int node, int process)
    {
        if (!_nodes.TryGetValue(process, out var nodes))
        {
            _nodes[process] = nodes = [];
        }

        nodes.Add(node);
    }

    private void Match(List<int> nodes, List<int> processes, int entry, BuildIntervals intervals, IReadOnlyDictionary<int, IReadOnlyList<NodeStretch>> timelines)
    {
        AreMatched = true;
        if (processes.Count == 0)
        {
            // No process for any of them: they are threads of the first.
            nodes.ForEach(node => Add(node, entry));
            return;
        }

        var cpu = processes.ToDictionary(process => process, process => CpuOf(process, intervals));
        var pairs = nodes.SelectMany(node =>
        {
            var busy = BusyOf(timelines[node], intervals);
            return processes.Select(process => (Node: node, Process: process, Agreement: Agreement(busy, cpu[process])));
        }).OrderByDescending(pair => pair.Agreement).ThenBy(pair => pair.Node).ThenBy(pair => pair.Process).ToList();
        foreach (var (node, process, _) in pairs)
        {
            if (nodes.Contains(node) && processes.Contains(process))
            {
                Add(node, process);
                nodes.Remove(node);
                processes.Remove(process);
            }
        }
    }

    private static double[] CpuOf(int process, BuildIntervals intervals) =>
        [.. intervals.All.Select(interval => interval.Processes.Where(use => use.Id == process).Sum(use => (double)use.CpuTime.Ticks))];

    private static double[] BusyOf(IReadOnlyList<NodeStretch> stretches, BuildIntervals intervals)
    {
        var busy = new double[intervals.All.Count];
        var next = 0;
        for (var i = 0; i < busy.Length; i++)
        {
            var (from, to) = (intervals.All[i].From.UtcTicks, intervals.All[i].To.UtcTicks);
            for (; next < stretches.Count && stretches[next].To <= from; next++)
            {
            }

            for (var at = next; at < stretches.Count && stretches[at].From < to; at++)
            {
                busy[i] += Math.Min(to, stretches[at].To) - Math.Max(from, stretches[at].From);
            }
        }

        return busy;
    }

    /// <summary>The cosine of the angle between two series: 1 where one is always busy as the other is.</summary>
    private static double Agreement(double[] busy, double[] cpu)
    {
        var (product, ofBusy, ofCpu) = (0.0, 0.0, 0.0);
        for (var i = 0; i < busy.Length; i++)
        {
            product += busy[i] * cpu[i];
            ofBusy += busy[i] * busy[i];
            ofCpu += cpu[i] * cpu[i];
        }

        return ofBusy > 0 && ofCpu > 0 ? product / Math.Sqrt(ofBusy * ofCpu) : 0;
    }
}
