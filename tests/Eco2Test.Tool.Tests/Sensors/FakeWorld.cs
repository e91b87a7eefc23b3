using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Tool.Tests;

/// <summary>A machine with two CPUs of 1 W idle and 2 W more when busy, and the sensors that a test gives it.</summary>
internal sealed class FakeWorld : IProcessClock
{
    public ManualTime Time { get; } = new();

    public SensorSet Sensors { get; set; } = SensorSet.None;

    public string CpuName { get; set; } = "Fake CPU";

    public bool CpuContainsMemory { get; set; }

    public string[] Problems { get; set; } = [];

    /// <summary>Until it is set, the search for sensors hangs.</summary>
    public ManualResetEventSlim IsFound { get; } = new(true);

    public Surroundings Surroundings => new(Find, Time);

    public RunMachine Machine => new()
    {
        Clock = this,
        Cpu = new CpuIdentity(CpuName, "FakeVendor", 25, 1, 1, IsGuest: true, 2, 2),
        AvailableCpus = 1.5,
        CpuModel = new CpuPowerModel(
            "fake-model", "2 W busy above 1 W idle", Provenance.Modeled,
            BoundedPower.Around(Power.FromWatts(2), 0.5, 1.5), BoundedPower.Around(Power.FromWatts(1), 0.25, 4), CpuContainsMemory),
        RamModel = new RamPowerModel(CpuContainsMemory),
        Sensors = Sensors,
    };

    public TimeSpan ProcessCpuTime { get; set; }

    public TimeSpan? MachineCpuTime { get; set; }

    public long ResidentBytes { get; set; }

    public bool HasHostProcessIds { get; set; } = true;

    public TimeSpan EndedChildrenCpuTime => TimeSpan.Zero;

    public IReadOnlyCollection<int> ProcessIds => [4711];

    public ChildrenReading ReadLivingChildren() => default;

    public ThreadClock CurrentThreadClock() => default;

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
    {
        cpuTime = default;
        return false;
    }

    private (RunMachine Machine, IReadOnlyList<string> Problems) Find()
    {
        IsFound.Wait();
        return (Machine, Problems);
    }
}
