using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>
/// Processes as the kernel keeps them: who ends leaves its CPU time, and that of those it waited for, to its parent; orphans
/// are taken over by init, which leaves nothing to anybody.
/// </summary>
internal sealed class FakeProcesses
{
    public const int Init = 1;

    private readonly SortedDictionary<int, Entry> _living = [];
    private readonly Dictionary<int, string[]> _commandLines = [];
    private int _lastStart;

    public IEnumerable<int> Living => _living.Keys;

    /// <summary>How often a command line was asked for.</summary>
    public int CommandLinesRead { get; private set; }

    public int Start(int id, int parent, params string[] commandLine)
    {
        _living.Add(id, new Entry(++_lastStart, parent));
        _commandLines[id] = commandLine;
        return id;
    }

    public void BecomeProgram(int id, params string[] commandLine) => _commandLines[id] = commandLine;

    public void Work(int id, double seconds) => _living[id].Own += TimeSpan.FromSeconds(seconds);

    public void Hold(int id, long bytes) => _living[id].Resident = bytes;

    /// <summary>Its parent waits for it at once.</summary>
    public void End(int id)
    {
        var ended = _living[id];
        _living.Remove(id);
        foreach (var child in _living.Values.Where(child => child.Parent == id))
        {
            child.Parent = Init;
        }

        if (_living.TryGetValue(ended.Parent, out var parent))
        {
            parent.Ended += ended.Own + ended.Ended;
        }
    }

    /// <summary>It ends, and its parent, which does not want to know of children, gets nothing back.</summary>
    public void EndUnwanted(int id)
    {
        _living[id].Parent = Init;
        End(id);
    }

    public int ParentOf(int id) => _living[id].Parent;

    public ProcessReading? Read(int id) =>
        _living.TryGetValue(id, out var entry) ? new ProcessReading(id, entry.Started, entry.Parent, entry.Own, entry.Ended, entry.Resident) : null;

    public IReadOnlyList<ProcessReading> Read() => [.. _living.Keys.Select(id => Read(id)!.Value)];

    public IReadOnlyList<string> CommandLine(int id)
    {
        CommandLinesRead++;
        return _commandLines.GetValueOrDefault(id) ?? [];
    }

    private sealed class Entry(long started, int parent)
    {
        public long Started { get; } = started;

        public int Parent { get; set; } = parent;

        public TimeSpan Own { get; set; }

        public TimeSpan Ended { get; set; }

        public long Resident { get; set; }
    }
}
