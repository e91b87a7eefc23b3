using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Collector;

/// <summary>The clock of a test host, which notes when it last saw the host alive.</summary>
internal sealed class HostClock(IProcessClock clock) : IProcessClock, IDisposable
{
    private readonly HashSet<int> _processes = [];
    private long _lastSeen;
    private long _firstMissed;

    /// <summary>How long before it was missed for the first time the host was seen; <see langword="null"/> when it has never been seen.</summary>
    public TimeSpan? NotSeenFor => _lastSeen == 0 ? null : Stopwatch.GetElapsedTime(_lastSeen, _firstMissed == 0 ? Stopwatch.GetTimestamp() : _firstMissed);

    /// <summary>The numbers of all processes that were looked at: the host, and its children.</summary>
    public IReadOnlyCollection<int> Processes
    {
        get
        {
            lock (_processes)
            {
                return [.. _processes];
            }
        }
    }

    public TimeSpan ProcessCpuTime => clock.ProcessCpuTime;

    public TimeSpan EndedChildrenCpuTime => clock.EndedChildrenCpuTime;

    /// <summary>A process that has ended has none.</summary>
    public long ResidentBytes
    {
        get
        {
            var bytes = clock.ResidentBytes;
            if (bytes > 0)
            {
                (_lastSeen, _firstMissed) = (Stopwatch.GetTimestamp(), 0);
            }
            else if (_firstMissed == 0)
            {
                _firstMissed = Stopwatch.GetTimestamp();
            }

            return bytes;
        }
    }

    public ChildrenReading ReadLivingChildren()
    {
        // With every sample, also where memory is not counted.
        _ = ResidentBytes;
        var children = clock.ReadLivingChildren();
        lock (_processes)
        {
            _processes.UnionWith(clock.ProcessIds);
        }

        return children;
    }

    public TimeSpan? MachineCpuTime => clock.MachineCpuTime;

    public IReadOnlyCollection<int> ProcessIds => clock.ProcessIds;

    public bool HasHostProcessIds => clock.HasHostProcessIds;

    public ThreadClock CurrentThreadClock() => clock.CurrentThreadClock();

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => clock.FindRuntimeThreads();

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime) => clock.TryRead(thread, out cpuTime);

    public void Dispose() => (clock as IDisposable)?.Dispose();
}
