using System.Runtime.InteropServices;

namespace Eco2Test.Sensors;

/// <summary>Times that Windows counts, in 100 ns: the door of <see cref="WindowsProcessClock"/>.</summary>
internal interface IWindowsTimes
{
    /// <summary>Of all threads of this process (<c>GetProcessTimes</c>).</summary>
    bool TryReadProcess(out long kernel, out long user);

    /// <summary>Of all processors (<c>GetSystemTimes</c>); <paramref name="kernel"/> contains <paramref name="idle"/>.</summary>
    bool TryReadSystem(out long idle, out long kernel, out long user);
}

/// <summary>
/// CPU time of the process and of the machine by Windows' own counts, which have the grain of its clock (1 to 16 ms); all
/// else as on every system. Threads cannot be read here: <c>GetThreadTimes</c> has that grain too, and the cycles that
/// <c>QueryThreadCycleTime</c> gives have no unit that Windows states. Not tried on Windows.
/// </summary>
internal sealed class WindowsProcessClock(IWindowsTimes times) : IProcessClock
{
    private readonly PortableProcessClock _portable = new();

    public TimeSpan ProcessCpuTime =>
        times.TryReadProcess(out var kernel, out var user) && kernel >= 0 && user >= 0 && user <= long.MaxValue - kernel ? TimeSpan.FromTicks(kernel + user) : _portable.ProcessCpuTime;

    public TimeSpan EndedChildrenCpuTime => _portable.EndedChildrenCpuTime;

    public long ResidentBytes => _portable.ResidentBytes;

    public ChildrenReading ReadLivingChildren() => _portable.ReadLivingChildren();

    public TimeSpan? MachineCpuTime =>
        times.TryReadSystem(out var idle, out var kernel, out var user) && idle >= 0 && kernel >= idle && user >= 0 && user <= long.MaxValue - kernel
            ? TimeSpan.FromTicks(kernel - idle + user)
            : null;

    public IReadOnlyCollection<int> ProcessIds => _portable.ProcessIds;

    public bool HasHostProcessIds => _portable.HasHostProcessIds;

    public ThreadClock CurrentThreadClock() => _portable.CurrentThreadClock();

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => _portable.FindRuntimeThreads();

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime) => _portable.TryRead(thread, out cpuTime);
}

/// <summary>The times of this Windows; nothing on another system.</summary>
internal sealed partial class WindowsTimes : IWindowsTimes
{
    /// <summary>What <c>GetCurrentProcess</c> gives on every Windows.</summary>
    private const nint CurrentProcess = -1;

    private bool _isMissing;

    public bool TryReadProcess(out long kernel, out long user)
    {
        (kernel, user) = (0, 0);
        try
        {
            return !_isMissing && ProcessTimes(CurrentProcess, out _, out _, out kernel, out user);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }
    }

    public bool TryReadSystem(out long idle, out long kernel, out long user)
    {
        (idle, kernel, user) = (0, 0, 0);
        try
        {
            return !_isMissing && SystemTimes(out idle, out kernel, out user);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }
    }

    // FILETIME is two halves of 32 bits, the lower first: on a little-endian machine, which all that run Windows are, one number.
    [LibraryImport("kernel32.dll", EntryPoint = "GetProcessTimes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ProcessTimes(nint process, out long created, out long ended, out long kernel, out long user);

    [LibraryImport("kernel32.dll", EntryPoint = "GetSystemTimes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SystemTimes(out long idle, out long kernel, out long user);
}
