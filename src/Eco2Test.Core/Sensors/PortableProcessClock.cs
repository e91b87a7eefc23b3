using System.Diagnostics;

namespace Eco2Test.Sensors;

/// <summary>
/// What .NET itself gives on every system: CPU time and memory of this process. Threads and children cannot be told
/// apart here, so windows that overlap share by equal parts, with bounds that say so.
/// </summary>
internal sealed class PortableProcessClock : IProcessClock
{
    private readonly Process _process = Process.GetCurrentProcess();

    public TimeSpan ProcessCpuTime
    {
        get
        {
            lock (_process)
            {
                return _process.TotalProcessorTime;
            }
        }
    }

    public TimeSpan EndedChildrenCpuTime => TimeSpan.Zero;

    public long ResidentBytes { get; private set; } = Environment.WorkingSet;

    /// <summary>Reads no children, but refreshes memory: this is called by the sampling thread, where its cost does no harm.</summary>
    public ChildrenReading ReadLivingChildren()
    {
        ResidentBytes = Environment.WorkingSet;
        return default;
    }

    public TimeSpan? MachineCpuTime => null;

    public IReadOnlyCollection<int> ProcessIds { get; } = [Environment.ProcessId];

    public bool HasHostProcessIds => true;

    public ThreadClock CurrentThreadClock() => default;

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return false;
    }
}
