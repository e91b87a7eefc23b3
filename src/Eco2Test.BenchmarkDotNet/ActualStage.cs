using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What a process used from the beginning to the end of the actual run of its workload, all iterations and what is between them.</summary>
/// <param name="Cpu">CPU energy.</param>
/// <param name="Gpu">GPU energy above idle.</param>
/// <param name="Ram">RAM energy.</param>
/// <param name="CpuSeconds">CPU time of the process and its children.</param>
/// <param name="ChildSeconds">The part of it that children used.</param>
/// <param name="Duration">Wall time.</param>
/// <param name="Provenance">How the energy is known.</param>
/// <param name="Quality">What the figure is worth.</param>
internal sealed record ActualStage(
    BoundedEnergy Cpu, BoundedEnergy Gpu, BoundedEnergy Ram, double CpuSeconds, double ChildSeconds, TimeSpan Duration, Provenance Provenance, MeasurementQuality Quality);
