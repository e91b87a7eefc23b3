using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What all processes of the machine have used above idle since the run began: only differences mean something. It stands
/// beside the books, which know this process tree and what counters see: no sum of a report has it.
/// </summary>
/// <param name="Cpu">By counters, of whoever was busy; by a model, the CPU seconds of all processes.</param>
/// <param name="Gpu">All that GPUs drew above idle, whoever used them.</param>
/// <param name="Ram">By counters, of the machine; by a model, what this process tree has resident.</param>
/// <param name="CpuSeconds">CPU time, as far as the system tells that of others.</param>
internal readonly record struct MachineUse(BoundedEnergy Cpu, BoundedEnergy Gpu, BoundedEnergy Ram, double CpuSeconds)
{
    public BoundedEnergy Total => (Cpu + Gpu + Ram).InOrder();

    public static MachineUse operator -(MachineUse left, MachineUse right) =>
        new(left.Cpu - right.Cpu, left.Gpu - right.Gpu, left.Ram - right.Ram, left.CpuSeconds - right.CpuSeconds);
}
