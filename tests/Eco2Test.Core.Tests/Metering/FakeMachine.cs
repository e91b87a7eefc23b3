using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A machine whose time and CPU clocks stand still until a test moves them.</summary>
internal sealed class FakeMachine : TimeProvider, IProcessClock
{
    private readonly Dictionary<int, TimeSpan> _threads = [];
    private TimeSpan _now = TimeSpan.FromHours(1);

    public static CpuPowerModel TwoWatts { get; } = new(
        "fake", "2 W busy above 1 W idle", Provenance.Modeled,
        BoundedPower.Around(Power.FromWatts(2), 0.5, 1.5), BoundedPower.Around(Power.FromWatts(1), 0.5, 1.5), IncludesMemory: false);

    /// <summary>A machine of two CPUs of 2 W, as a run sees it, with any clock.</summary>
    public static RunMachine Describe(IProcessClock clock, SensorSet? sensors = null) => new()
    {
        Clock = clock,
        Cpu = new CpuIdentity("Fake CPU", null, null, null, null, IsGuest: false, ThreadsPerSocket: 2, LogicalProcessors: 2),
        AvailableCpus = 2,
        CpuModel = TwoWatts,
        RamModel = new RamPowerModel(ContainedInCpu: false),
        Sensors = sensors ?? SensorSet.None,
    };

    /// <summary>What CPU seconds cost.</summary>
    public CpuPowerModel Model { get; set; } = TwoWatts;

    public TimeSpan ProcessCpuTime { get; set; }

    public TimeSpan EndedChildrenCpuTime { get; set; }

    public ChildrenReading Living { get; set; }

    public long ResidentBytes { get; set; }

    /// <summary>What the sampling thread does when it asks how busy the machine is.</summary>
    public Action WhenAskedForMachine { get; set; } = () => { };

    public TimeSpan? MachineCpuTime
    {
        get
        {
            WhenAskedForMachine();
            return field;
        }

        set;
    }

    public IReadOnlyCollection<int> ProcessIds { get; set; } = [4711];

    public bool HasHostProcessIds { get; set; } = true;

    public List<ThreadClock> RuntimeThreads { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    /// <summary>What the system's clock has been set forward, or back.</summary>
    public TimeSpan ClockJump { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now + ClockJump;

    public ChildrenReading ReadLivingChildren() => Living;

    public ThreadClock CurrentThreadClock() => new(Environment.CurrentManagedThreadId);

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => RuntimeThreads;

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        lock (_threads)
        {
            cpuTime = _threads.GetValueOrDefault(thread.Id);
            return true;
        }
    }

    /// <summary>Wall time passes; nobody works.</summary>
    public void Idle(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    /// <summary>A thread that windows know works.</summary>
    public void Work(int thread, double seconds)
    {
        lock (_threads)
        {
            _threads[thread] = _threads.GetValueOrDefault(thread) + TimeSpan.FromSeconds(seconds);
        }

        ProcessCpuTime += TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Threads work that no window flows with: native pools, the garbage collector.</summary>
    public void WorkOutsideOfFlow(double seconds) => ProcessCpuTime += TimeSpan.FromSeconds(seconds);

    public EnergyLedger Ledger(ThreadSlots threads, params GpuMeter[] gpus) => Ledger(threads, availableCpus: 2, gpus);

    public EnergyLedger Ledger(ThreadSlots threads, double availableCpus, params GpuMeter[] gpus) =>
        Ledger(threads, SensorSet.None, availableCpus, gpus);

    public EnergyLedger Ledger(ThreadSlots threads, SensorSet sensors, double availableCpus = 2, params GpuMeter[] gpus) => new(
        this, new CpuMeter(Model, availableCpus, 2, sensors.Packages), new MemoryMeter(new RamPowerModel(ContainedInCpu: false), sensors.Memory), gpus,
        threads, this, alreadyRunning: TimeSpan.Zero);
}
