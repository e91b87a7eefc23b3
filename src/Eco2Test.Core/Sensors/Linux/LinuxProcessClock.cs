using System.Buffers.Text;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Sensors;

/// <summary>
/// CPU clocks by <c>clock_gettime</c> (nanoseconds, readable for any thread of the process), ended children by
/// <c>getrusage</c>, memory and living children from <c>/proc</c> by kept handles.
/// </summary>
internal sealed partial class LinuxProcessClock : IProcessClock
{
    private const int ClockProcessCpuTime = 2;
    private const int ClockSinceBoot = 7;

    /// <summary>In the kernel's encoding of the CPU clock of another process (<c>MAKE_PROCESS_CPUCLOCK</c> with <c>CPUCLOCK_SCHED</c>).</summary>
    private const int ScheduledTime = 2;

    private const int ResourceUsageOfChildren = -1;
    private const int ConfigurationClockTicks = 2;
    private const int ConfigurationPageSize = 30;
    private const int WaitForAny = 0;
    private const int WaitWithoutHanging = 1;
    private const int WaitForExited = 4;
    private const int WaitWithoutReaping = 0x01000000;

    /// <summary>The sampling thread comes every 100 ms.</summary>
    private const long LookEveryMilliseconds = 50;

    /// <summary>The kernel's PROC_PID_INIT_INO.</summary>
    private const string FirstNamespace = "pid:[4026531836]";

    private readonly SafeFileHandle? _memory = Open("/proc/self/statm");
    private readonly LinuxRuntimeThreads _runtimeThreads = new();
    private readonly LinuxProcessTree _tree = new(Environment.ProcessId, TicksPerSecond);
    private readonly SafeFileHandle? _machine = Open("/proc/stat");
    private bool? _hasHostProcessIds;
    private long _lookedAt = -LookEveryMilliseconds;

    /// <summary>The grain of times that the kernel writes into files.</summary>
    public static long TicksPerSecond { get; } = Math.Max(1, SystemConfiguration(ConfigurationClockTicks));

    /// <summary>Bytes.</summary>
    public static long PageSize { get; } = Math.Max(1, SystemConfiguration(ConfigurationPageSize));

    /// <summary>CPU time of all threads of another process; <see langword="false"/> when it has ended.</summary>
    public static bool TryReadProcess(int process, out TimeSpan cpuTime) => Read((~process << 3) | ScheduledTime, out cpuTime);

    /// <summary>
    /// How long this process has run, to the kernel's tick; <see langword="null"/> where that is not said. The run-time's own
    /// way goes through the local time of day, and takes milliseconds the first time.
    /// </summary>
    public static TimeSpan? Age()
    {
        if (!LinuxFiles.IsSupported || LinuxFiles.Open(Environment.ProcessId, 0, "stat"u8) is not (>= 0 and var file))
        {
            return null;
        }

        var isRead = LinuxProcessStat.TryRead(file, out var stat);
        LinuxFiles.Close(file);
        return isRead && Read(ClockSinceBoot, out var now) ? now - TimeSpan.FromSeconds((double)stat.Started / TicksPerSecond) : null;
    }

    public TimeSpan ProcessCpuTime => Read(ClockProcessCpuTime, out var time) ? time : TimeSpan.Zero;

    public TimeSpan EndedChildrenCpuTime =>
        ResourceUsage(ResourceUsageOfChildren, out var usage) == 0 ? usage.User.ToTimeSpan() + usage.System.ToTimeSpan() : TimeSpan.Zero;

    public long ResidentBytes
    {
        get
        {
            Span<byte> text = stackalloc byte[128];
            text = text[..Read(_memory, text)];
            var second = text[(text.IndexOf((byte)' ') + 1)..];
            return Utf8Parser.TryParse(second, out long pages, out _) ? pages * PageSize : 0;
        }
    }

    /// <summary>
    /// Those that are known are read at each call. New ones are looked for less often: with hundreds of children that takes
    /// milliseconds, and an edge of a window asks too.
    /// </summary>
    public ChildrenReading ReadLivingChildren()
    {
        var now = Environment.TickCount64;
        var look = now - _lookedAt >= LookEveryMilliseconds && (!_tree.IsEmpty || HasChildren());
        _lookedAt = look ? now : _lookedAt;
        return _tree.Read(PageSize, look);
    }

    public TimeSpan? MachineCpuTime
    {
        get
        {
            Span<byte> text = stackalloc byte[256];
            return LinuxMachineTime.BusyTicks(text[..Read(_machine, text)]) is { } ticks
                ? TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond))
                : null;
        }
    }

    public IReadOnlyCollection<int> ProcessIds => _tree.ProcessIds;

    /// <summary>In the system's first namespace of process numbers, they are those that its drivers use.</summary>
    public bool HasHostProcessIds => _hasHostProcessIds ??= IsFirstNamespace(new FileInfo("/proc/self/ns/pid"));

    public ThreadClock CurrentThreadClock() =>
        ThreadCpuClock(CurrentThread(), out var clock) == 0 ? new ThreadClock(clock) : default;

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => _runtimeThreads.Find();

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return thread.Id != 0 && Read(thread.Id, out cpuTime);
    }

    /// <summary>One cheap call that waits for nobody: most tests start no process, and reading the tree is slow.</summary>
    private static bool HasChildren()
    {
        Span<byte> information = stackalloc byte[128];
        return WaitFor(WaitForAny, 0, ref information[0], WaitForExited | WaitWithoutHanging | WaitWithoutReaping) == 0;
    }

    private static bool Read(int clock, out TimeSpan time)
    {
        var read = GetTime(clock, out var value) == 0;
        // A tick is 100 ns; what is below it is carried by the clock itself, since only differences of readings are used.
        time = read ? new TimeSpan((value.Seconds * TimeSpan.TicksPerSecond) + (value.Nanoseconds / TimeSpan.NanosecondsPerTick)) : default;
        return read;
    }

    private static SafeFileHandle? Open(string file)
    {
        try
        {
            return File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Read(SafeFileHandle? file, Span<byte> text)
    {
        try
        {
            return file is null ? 0 : RandomAccess.Read(file, text, 0);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool IsFirstNamespace(FileInfo link)
    {
        try
        {
            return link.LinkTarget == FirstNamespace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int ResourceUsage(int who, out Usage usage);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint CurrentThread();

    [LibraryImport("libc", EntryPoint = "pthread_getcpuclockid")]
    private static partial int ThreadCpuClock(nint thread, out int clock);

    [LibraryImport("libc", EntryPoint = "waitid")]
    private static partial int WaitFor(int kind, int id, ref byte information, int options);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial nint SystemConfiguration(int name);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeValue
    {
        public readonly nint Seconds;
        public readonly nint Microseconds;

        public TimeSpan ToTimeSpan() => new((Seconds * TimeSpan.TicksPerSecond) + (Microseconds * TimeSpan.TicksPerMicrosecond));
    }

    /// <summary><c>struct rusage</c>: two time values and fourteen longs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Usage
    {
        public TimeValue User;
        public TimeValue System;
        private unsafe fixed long _rest[14];
    }
}
