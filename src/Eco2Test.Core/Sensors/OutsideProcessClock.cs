using System.ComponentModel;
using System.Diagnostics;

namespace Eco2Test.Sensors;

/// <summary>
/// CPU time and memory of another process and its children, looked at from outside. CPU time keeps its last value when the
/// process has ended, and memory is none then. Its threads cannot be told apart: all that it spends is of the whole. On Linux
/// its own CPU time has the grain of nanoseconds, that of its children the kernel's tick; elsewhere children are not seen.
/// </summary>
internal sealed class OutsideProcessClock : IProcessClock, IDisposable
{
    private readonly object _gate = new();
    private readonly int _processId;
    private readonly IProcessClock _own;
    private readonly LinuxProcessTree? _tree;
    private readonly int _stat = -1;
    private readonly Process? _process;
    private TimeSpan _cpuTime;
    private TimeSpan _ended;
    private long _residentBytes;
    private ChildrenReading _living;
    private bool _isDisposed;

    /// <param name="processId">The number of the process, which need not live any more.</param>
    public OutsideProcessClock(int processId)
        : this(processId, SensorSearch.ClockOfThisProcess())
    {
    }

    /// <param name="processId">The number of the process.</param>
    /// <param name="own">The clock of this process, which knows how busy the machine is.</param>
    public OutsideProcessClock(int processId, IProcessClock own)
    {
        (_processId, _own) = (processId, own);
        if (LinuxFiles.IsSupported)
        {
            _tree = new LinuxProcessTree(processId, LinuxProcessClock.TicksPerSecond);
            _stat = LinuxFiles.Open(processId, 0, "stat"u8);
        }
        else
        {
            _process = Find(processId);
        }
    }

    public TimeSpan ProcessCpuTime => Look(static clock => clock._cpuTime);

    public TimeSpan EndedChildrenCpuTime => Look(static clock => clock._ended);

    public long ResidentBytes => Look(static clock => clock._residentBytes);

    public ChildrenReading ReadLivingChildren() => Look(static clock =>
    {
        clock._living = clock is { _tree: { } tree, _isDisposed: false } ? tree.Read(LinuxProcessClock.PageSize, look: true) : clock._living;
        return clock._living;
    });

    public TimeSpan? MachineCpuTime => _own.MachineCpuTime;

    public IReadOnlyCollection<int> ProcessIds => _tree is null ? [_processId] : _tree.ProcessIds;

    public bool HasHostProcessIds => _own.HasHostProcessIds;

    /// <summary>None: the calling thread is not one of that process.</summary>
    public ThreadClock CurrentThreadClock() => default;

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return false;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _tree?.Dispose();
                _process?.Dispose();
                if (_stat >= 0)
                {
                    LinuxFiles.Close(_stat);
                }
            }
        }
    }

    private T Look<T>(Func<OutsideProcessClock, T> value)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                if (_tree is null)
                {
                    ReadPortable();
                }
                else
                {
                    ReadLinux();
                }
            }

            return value(this);
        }
    }

    /// <summary>The file is of this process only, also when another one has got its number: what can be read says that it lives.</summary>
    private void ReadLinux()
    {
        if (_stat < 0 || !LinuxProcessStat.TryRead(_stat, out var stat))
        {
            _residentBytes = 0;
            return;
        }

        var byTicks = FromTicks(stat.Ticks - stat.TicksOfChildren);
        Note(LinuxProcessClock.TryReadProcess(_processId, out var exact) ? exact : byTicks);
        _ended = FromTicks(stat.TicksOfChildren);
        _residentBytes = stat.Pages * LinuxProcessClock.PageSize;
    }

    private static TimeSpan FromTicks(long ticks) => TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / LinuxProcessClock.TicksPerSecond);

    private void ReadPortable()
    {
        try
        {
            _process?.Refresh();
            Note(_process?.TotalProcessorTime ?? TimeSpan.Zero);
            _residentBytes = _process is { HasExited: false } ? _process.WorkingSet64 : 0;
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            _residentBytes = 0;
        }
    }

    private void Note(TimeSpan cpuTime) => _cpuTime = cpuTime > _cpuTime ? cpuTime : _cpuTime;

    private static Process? Find(int processId)
    {
        try
        {
            return Process.GetProcessById(processId);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
