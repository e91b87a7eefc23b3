using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>Processes that a test starts and ends, and lets work.</summary>
internal sealed class MadeUpProcesses : IProcessTable
{
    private readonly Dictionary<int, ProcessReading> _living = [];
    private readonly Dictionary<int, string> _commandLines = [];

    public bool SeesTrees => true;

    public void Start(int id, int parent, string commandLine, double cpuSeconds = 0)
    {
        _living[id] = new ProcessReading(id, id, parent, TimeSpan.FromSeconds(cpuSeconds), TimeSpan.Zero, 0);
        _commandLines[id] = commandLine;
    }

    public void Work(int id, double seconds) => _living[id] = _living[id] with { CpuTime = _living[id].CpuTime + TimeSpan.FromSeconds(seconds) };

    public IReadOnlyList<ProcessReading> Read(bool lookForAll) => [.. _living.Values.OrderBy(process => process.Id)];

    public void Follow(IReadOnlyCollection<int> processes)
    {
    }

    public IReadOnlyList<string> CommandLine(int processId) => _commandLines.TryGetValue(processId, out var line) ? line.Split(' ') : [];

    public void Dispose()
    {
    }
}
