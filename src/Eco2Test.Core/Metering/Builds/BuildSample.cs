namespace Eco2Test.Metering;

/// <summary>What each process of a build has used up to a moment, and the energy of all of them.</summary>
/// <param name="At">The moment, by the system's clock, which is that of build events.</param>
/// <param name="Processes">Each process that has used anything, those that have ended included: CPU time only grows. One that is not among them has used nothing since.</param>
/// <param name="Used">From the start of the build.</param>
internal sealed record BuildSample(DateTimeOffset At, IReadOnlyList<BuildProcessUse> Processes, ActiveUse Used);

/// <summary>CPU time that a process has spent for a build, with that of its ended children nobody else was seen with.</summary>
/// <param name="Id">The number of the process.</param>
/// <param name="Parent">The process of the build that started it, or 0: children work for the node that started them.</param>
/// <param name="Role">What it does.</param>
/// <param name="CpuTime">From the start of the build; of a process that was there before, the difference.</param>
internal readonly record struct BuildProcessUse(int Id, int Parent, BuildProcessRole Role, TimeSpan CpuTime)
{
    /// <summary>Whether it was there before the build.</summary>
    public bool WasThere { get; init; }
}
