using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// The processes of a build as one: their CPU time and memory at the last look, nothing before the first one, and no children
/// beside them. Where the build runs in this process, its threads are told apart, so that what the tracker spends is its own.
/// </summary>
/// <param name="own">The clock of this process, which knows threads, and how busy the machine is.</param>
/// <param name="isThisProcess">Whether the build's root is this process.</param>
internal sealed class BuildClock(IProcessClock own, bool isThisProcess) : IProcessClock
{
    private volatile BuildProcessSum _last = BuildProcessSum.None;

    public TimeSpan ProcessCpuTime => _last.CpuTime;

    public TimeSpan EndedChildrenCpuTime => TimeSpan.Zero;

    public long ResidentBytes => _last.ResidentBytes;

    public TimeSpan? MachineCpuTime => own.MachineCpuTime;

    public IReadOnlyCollection<int> ProcessIds => _last.Living;

    public bool HasHostProcessIds => own.HasHostProcessIds;

    /// <summary>From now on this is what was used.</summary>
    public void Show(BuildProcessSum sum) => _last = sum;

    public ChildrenReading ReadLivingChildren() => default;

    public ThreadClock CurrentThreadClock() => isThisProcess ? own.CurrentThreadClock() : default;

    /// <summary>None: what the run-time does for the process as a whole, it does for the build.</summary>
    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return isThisProcess && own.TryRead(thread, out cpuTime);
    }
}
