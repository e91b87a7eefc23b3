namespace Eco2Test.Sensors;

/// <summary>
/// The processes of a machine, of which one is nobody's business: it has used nothing, and has no memory. What it has waited
/// for is there all the same: its children are what one wants to know of.
/// </summary>
/// <param name="table">All processes.</param>
/// <param name="process">The number of that one.</param>
internal sealed class WithoutProcess(IProcessTable table, int process) : IProcessTable
{
    public bool SeesTrees => table.SeesTrees;

    public IReadOnlyList<ProcessReading> Read(bool lookForAll) =>
        [.. table.Read(lookForAll).Select(reading => reading.Id == process ? reading with { CpuTime = TimeSpan.Zero, ResidentBytes = 0 } : reading)];

    public void Follow(IReadOnlyCollection<int> processes) => table.Follow(processes);

    public IReadOnlyList<string> CommandLine(int processId) => table.CommandLine(processId);

    public void Dispose() => table.Dispose();
}
