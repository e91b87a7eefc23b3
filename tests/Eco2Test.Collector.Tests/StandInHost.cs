using Eco2Test.Sensors;

namespace Eco2Test.Collector.Tests;

/// <summary>The clock of a test host that has used CPU time, and ends when it is told.</summary>
internal sealed class StandInHost : IProcessClock
{
    public bool IsAlive { get; set; } = true;

    public TimeSpan ProcessCpuTime { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan EndedChildrenCpuTime => TimeSpan.Zero;

    public long ResidentBytes => IsAlive ? 100_000_000 : 0;

    public ChildrenReading ReadLivingChildren() => default;

    public TimeSpan? MachineCpuTime => null;

    public IReadOnlyCollection<int> ProcessIds { get; set; } = [];

    public bool HasHostProcessIds => false;

    public ThreadClock CurrentThreadClock() => default;

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return false;
    }
}
