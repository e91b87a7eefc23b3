using System.Collections.Concurrent;
using System.Reflection;

namespace Eco2Test.Metering;

/// <summary>
/// All that is static and changes: the run of this process, the window that the current flow of execution carries, the
/// slot of each thread, the tables of tracked methods, what the test platform says, and what waits for GPUs.
/// </summary>
internal static class Ambient
{
    private static readonly AsyncLocal<TrackingWindow?> Window = new(OnFlowChanged);
    private static readonly ConcurrentDictionary<Assembly, TrackedTable> Tables = new();
    private static readonly object RunGate = new();
    private static GpuSynchronizer[] _synchronizers = [];
    private static TrackingRun? _run;
    private static Assembly? _testAssembly;
    private static RunHost? _host;
    private static bool _hasEndedRun;

    [ThreadStatic]
    private static ThreadSlots.Slot? _slot;

    [ThreadStatic]
    private static bool _isSynchronizing;

    /// <summary>The run of this process, once it has started.</summary>
    public static TrackingRun? Run => Volatile.Read(ref _run);

    /// <summary>What the platform that runs tests here says of the run that comes; <see langword="null"/> where none does.</summary>
    public static RunHost? Host
    {
        get => Volatile.Read(ref _host);
        set => Volatile.Write(ref _host, value);
    }

    /// <summary>The window that the current flow carries, open or not.</summary>
    public static TrackingWindow? Flow
    {
        get => Window.Value;
        set => Window.Value = value;
    }

    /// <summary>The run of this process, started now when it has not been.</summary>
    public static TrackingRun StartRun(Func<TrackingRun> start)
    {
        if (Run is { } running)
        {
            return running;
        }

        lock (RunGate)
        {
            _run ??= start();
            return _run;
        }
    }

    /// <summary>The run of this process, started now when it has not been, by whoever is tracked first: in a test host it is that of the tests.</summary>
    public static TrackingRun StartRun() => StartRun(
        static () => (Volatile.Read(ref _testAssembly) ?? Host?.Tests) is { } tests ? RunStart.OfTests(tests) : RunStart.OfThisProgram());

    /// <summary>Whoever is tracked next starts a run anew: some hosts of tests hold several sessions, one after the other.</summary>
    public static void EndRun(TrackingRun run)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _run, null, run), run))
        {
            Volatile.Write(ref _hasEndedRun, true);
        }
    }

    /// <summary>Whether a run of this process has ended.</summary>
    public static bool HasEndedRun => Volatile.Read(ref _hasEndedRun);

    /// <summary>Registers the tracked methods of an assembly. Starts nothing: module initializers run in many processes.</summary>
    public static void Register(Assembly assembly, TrackedTable table, bool holdsTests)
    {
        Tables[assembly] = table;
        if (holdsTests)
        {
            Interlocked.CompareExchange(ref _testAssembly, assembly, null);
        }
    }

    /// <summary>The tracked methods of an assembly, or <see langword="null"/>.</summary>
    public static TrackedTable? TableOf(Assembly assembly) => Tables.GetValueOrDefault(assembly);

    /// <summary>What waits for work that was started on GPUs.</summary>
    public static IReadOnlyList<GpuSynchronizer> Synchronizers => Volatile.Read(ref _synchronizers);

    /// <summary>Whether the calling thread waits for GPUs: a window that closes meanwhile is one of what waits, and waits for nothing.</summary>
    public static bool IsSynchronizing
    {
        get => _isSynchronizing;
        set => _isSynchronizing = value;
    }

    public static void Add(GpuSynchronizer synchronizer)
    {
        lock (RunGate)
        {
            _synchronizers = [.. _synchronizers, synchronizer];
        }
    }

    public static void Remove(GpuSynchronizer synchronizer)
    {
        lock (RunGate)
        {
            _synchronizers = [.. _synchronizers.Where(other => !ReferenceEquals(other, synchronizer))];
        }
    }

    /// <summary>Puts the calling thread's CPU time on an account from here on.</summary>
    public static void CarryOn(ThreadSlots threads, LedgerAccount account)
    {
        var slot = _slot;
        if (slot is null || !ReferenceEquals(slot.Owner, threads))
        {
            slot?.Switch(null);
            _slot = slot = threads.Add();
        }

        slot.Switch(account);
    }

    /// <summary>
    /// Runs at every change of execution context while a window is open: it must not throw, and costs one check when the
    /// thread carries none.
    /// </summary>
    private static void OnFlowChanged(AsyncLocalValueChangedArgs<TrackingWindow?> change)
    {
        if (change.CurrentValue is { } window)
        {
            // A closed one, that a context still carries, while none is open: nobody pays, and no clock is read.
            if (window.Account.IsOpen || window.Run.HasOpenWindows)
            {
                CarryOn(window.Run.Threads, window.Account);
            }
        }
        else if (_slot is { IsIdle: false } slot)
        {
            slot.Switch(null);
        }
    }
}
