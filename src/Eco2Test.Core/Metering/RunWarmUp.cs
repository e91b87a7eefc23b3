using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// Compiles what a run does on a thread of its own, while the thread that starts it asks the machine what it is: each is
/// about half of what the first window of a process costs. The thread has ended before the books are opened, so that what
/// it spent is nobody's test.
/// </summary>
internal sealed class RunWarmUp
{
    private static readonly BoundedPower OneWatt = BoundedPower.Around(Power.FromWatts(1), 1, 1);

    private readonly Thread _thread;

    private RunWarmUp(TimeProvider time)
    {
        _thread = new Thread(() => Run(time)) { IsBackground = true, Name = "Eco2Test start" };
        _thread.UnsafeStart();
    }

    /// <summary>Begins; <see langword="null"/> where there is no second processor to do it.</summary>
    public static RunWarmUp? Begin(TimeProvider time) => Environment.ProcessorCount > 1 ? new RunWarmUp(time) : null;

    /// <summary>Waits until it is done, and meanwhile reads each clock that the books will need once.</summary>
    public void Wait(IProcessClock clock)
    {
        _ = (clock.ProcessCpuTime, clock.EndedChildrenCpuTime, clock.ResidentBytes, clock.MachineCpuTime);
        clock.ReadLivingChildren();
        clock.FindRuntimeThreads();
        clock.TryRead(clock.CurrentThreadClock(), out _);
        _thread.Join();
    }

    /// <summary>A run of nobody on a machine without anything, which writes nothing.</summary>
    private static void Run(TimeProvider time)
    {
        try
        {
            var cpu = new CpuIdentity("", null, null, null, null, IsGuest: false, null, LogicalProcessors: 1);
            using var run = new TrackingRun(
                new RunIdentity("", null, null, "program"), new RunSettings { Skip = true, Region = "FR" }, new CiContext(null, null, null, null, null),
                new RunMachine
                {
                    Clock = new StoppedClock(),
                    Cpu = cpu,
                    AvailableCpus = 1,
                    CpuModel = new CpuPowerModel("", "", Provenance.Assumed, OneWatt, OneWatt, IncludesMemory: true),
                    RamModel = new RamPowerModel(ContainedInCpu: true),
                },
                time,
                sampling: false);
            var window = run.Open(new WindowRequest { Id = "", DisplayName = "", Kind = WindowKind.Method }, parent: null);
            Ambient.Flow = window;
            Ambient.Flow = null;
            ReportJson.Write(new JournalEntry { Window = run.Close(window, TestOutcome.Unknown).Window });
        }
        catch (Exception)
        {
            // Nothing depends on it: what fails here fails again where it is said.
        }
    }

    /// <summary>Nothing is spent, and no thread has a clock.</summary>
    private sealed class StoppedClock : IProcessClock
    {
        public TimeSpan ProcessCpuTime => TimeSpan.Zero;

        public TimeSpan EndedChildrenCpuTime => TimeSpan.Zero;

        public long ResidentBytes => 0;

        public TimeSpan? MachineCpuTime => null;

        public IReadOnlyCollection<int> ProcessIds => [];

        public bool HasHostProcessIds => false;

        public ChildrenReading ReadLivingChildren() => default;

        public ThreadClock CurrentThreadClock() => default;

        public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

        public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
        {
            cpuTime = TimeSpan.Zero;
            return false;
        }
    }
}
