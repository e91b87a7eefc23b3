using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What the process tree has used above idle, by kind, with bounds. Of the tracker itself and of the run-time's own threads it has nothing.</summary>
/// <param name="Cpu">CPU energy.</param>
/// <param name="Gpu">GPU energy.</param>
/// <param name="Ram">Memory energy.</param>
/// <param name="CpuSeconds">CPU time.</param>
internal readonly record struct ActiveUse(BoundedEnergy Cpu, BoundedEnergy Gpu, BoundedEnergy Ram, double CpuSeconds)
{
    public static ActiveUse None => default;

    public BoundedEnergy Total => Cpu + Gpu + Ram;

    public static ActiveUse operator +(ActiveUse left, ActiveUse right) =>
        new(left.Cpu + right.Cpu, left.Gpu + right.Gpu, left.Ram + right.Ram, left.CpuSeconds + right.CpuSeconds);

    public static ActiveUse operator -(ActiveUse left, ActiveUse right) =>
        new(left.Cpu - right.Cpu, left.Gpu - right.Gpu, left.Ram - right.Ram, left.CpuSeconds - right.CpuSeconds);

    public static ActiveUse operator *(ActiveUse use, double share) => new(use.Cpu * share, use.Gpu * share, use.Ram * share, use.CpuSeconds * share);
}

/// <summary>What was used up to a moment by whoever has no window.</summary>
/// <param name="At">The moment, by the system's clock, which is that of the test platform.</param>
/// <param name="Used">From the start of the run.</param>
internal readonly record struct UseSample(DateTimeOffset At, ActiveUse Used);
