using System.ComponentModel;
using System.Diagnostics;
using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The machine as a run sees it: its sensors and models.</summary>
internal sealed record RunMachine
{
    public required IProcessClock Clock { get; init; }

    public required CpuIdentity Cpu { get; init; }

    /// <summary>CPUs that the process can keep busy, parts of one included.</summary>
    public required double AvailableCpus { get; init; }

    /// <summary>Logical CPUs of the machine, whether the process may use them or not.</summary>
    public int MachineCpus => Cpu.Topology?.Threads ?? Cpu.LogicalProcessors;

    public required CpuPowerModel CpuModel { get; init; }

    /// <summary>Whether the model's bounds are those of the load that the machine has while a window is open.</summary>
    public bool BoundsFollowLoad => (CpuModel.AtFullLoad is not null || CpuModel.Curve is not null) && Clock.MachineCpuTime is not null;

    /// <summary>The machine that a CI service lends, where its figures are known.</summary>
    public CiRunner? Runner { get; init; }

    /// <summary>The label of that machine, where it is a known one.</summary>
    public string? RunnerLabel { get; init; }

    /// <summary>Whether it is known what processes other than this tree use.</summary>
    public bool KnowsOthers => Sensors.Packages.Count > 0 || Clock.MachineCpuTime is not null;

    public required RamPowerModel RamModel { get; init; }

    public SensorSet Sensors { get; init; } = SensorSet.None;

    /// <summary>How long the process has run.</summary>
    public TimeSpan AlreadyRunning { get; init; }

    /// <summary>Whether an earlier run of this process has accounted for what came before.</summary>
    public bool IsLater { get; init; }

    public int ProcessId { get; init; }

    /// <summary>Whether the process has less than the usual priority, as under <c>nice</c>; known of builds only.</summary>
    public bool IsOfLowPriority { get; init; }

    /// <summary>Of what no flow explains, the part of a CPU that a window gives back when it closes (<see cref="EnergyLedger"/>).</summary>
    public double BackgroundShare { get; init; } = EnergyLedger.BackgroundOfTestHost;

    public Func<bool> IsDebugging { get; init; } = () => false;

    /// <summary>This machine and this process.</summary>
    public static RunMachine This(Power? cpuPower, EnvironmentVariables environment, TimeProvider time, CpuModelChoice cpuModel = CpuModelChoice.Best)
    {
        var cpu = CpuIdentity.Read(OperatingSystems.OfThisMachine, SystemFiles.OfThisMachine, environment, Environment.ProcessorCount);
        var runner = CiRunner.Recognise(environment, cpu);
        var model = CpuPowerModels.Choose(cpu, cpuPower, runner, cpuModel);
        var search = SensorSearch.OfThisMachine(cpu, time);
        var sensors = search.Find();
        var running = LinuxProcessClock.Age() ?? AgeOfProcess(time);
        return new RunMachine
        {
            Clock = search.Clock(),
            Cpu = cpu,
            AvailableCpus = CpuQuota.AvailableCpus(SystemFiles.OfThisMachine, cpu.LogicalProcessors),
            CpuModel = model,
            Runner = runner,
            RunnerLabel = CiRunner.LabelOf(environment, cpu),
            RamModel = new RamPowerModel(model.IncludesMemory && sensors.Packages.Count == 0),

            // Where a model of the processors contains memory, its counter would count it twice.
            Sensors = model.IncludesMemory && sensors.Packages.Count == 0 ? sensors with { Memory = [] } : sensors,
            AlreadyRunning = running > TimeSpan.Zero ? running : TimeSpan.Zero,
            ProcessId = Environment.ProcessId,
            IsDebugging = () => Debugger.IsAttached,
        };
    }

    /// <summary>The same machine for a process in which nobody but its program works: no part of what it spends is given back.</summary>
    /// <param name="processId">The number of the process; it may be this one.</param>
    /// <param name="clock">Its clock, where somebody has one already.</param>
    public RunMachine Watching(int processId, IProcessClock? clock = null) => processId == ProcessId ? this with { BackgroundShare = 0 } : this with
    {
        Clock = clock ?? new OutsideProcessClock(processId, Clock),
        AlreadyRunning = LinuxProcessClock.Age(processId) is { } age && age > TimeSpan.Zero ? age : TimeSpan.Zero,
        BackgroundShare = 0,
        IsDebugging = static () => false,
    };

    /// <summary>Whether this process has less than the usual priority; <see langword="false"/> where the system does not say.</summary>
    public static bool HasLowPriority()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            return process.PriorityClass is ProcessPriorityClass.BelowNormal or ProcessPriorityClass.Idle;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }

    private static TimeSpan AgeOfProcess(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return time.GetLocalNow().DateTime - process.StartTime;
    }
}
