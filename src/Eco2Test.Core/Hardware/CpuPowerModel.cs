using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>
/// Turns CPU seconds into joules. A busy logical CPU draws <see cref="ActivePower"/> more than an idle one, so a stretch
/// of work costs active power × CPU seconds: additive, without sampling, whatever else the machine does.
/// </summary>
/// <param name="Source">A short name: <c>user-watts</c>, <c>ci-runner</c>, <c>tdp-per-thread</c>, <c>microarchitecture</c>, <c>average-vcpu</c>, <c>tdp</c>.</param>
/// <param name="Detail">One sentence with the figures used.</param>
/// <param name="Provenance">Modeled when the processor was identified, assumed when it was not.</param>
/// <param name="ActivePower">Of one busy logical CPU, above idle.</param>
/// <param name="IdlePower">Of one idle logical CPU.</param>
/// <param name="IncludesMemory">Whether the coefficient is wall power, which contains memory: RAM is then not added again.</param>
internal sealed record CpuPowerModel(
    string Source, string Detail, Provenance Provenance, BoundedPower ActivePower, BoundedPower IdlePower, bool IncludesMemory)
{
    public double LowFactor => ActivePower.Central > Power.Zero ? ActivePower.Low / ActivePower.Central : 1;

    public double HighFactor => ActivePower.Central > Power.Zero ? ActivePower.High / ActivePower.Central : 1;

    /// <summary>Whether its figures can be: numbers, none negative, in order, and work costs something.</summary>
    public bool IsSound => ActivePower.IsSound && ActivePower.Central > Power.Zero && IdlePower.IsSound
        && AtFullLoad is null or { Low: >= 0 and <= double.MaxValue, High: >= 0 and <= double.MaxValue };

    /// <summary>Why it stands for a model that was chosen; <see langword="null"/> when it was chosen itself.</summary>
    public string? Problem { get; init; }

    /// <summary>The whole machine's power by its utilisation, where it is known: what the run's total can follow.</summary>
    public PowerCurve? Curve { get; init; }

    /// <summary>
    /// Between which factors of <see cref="ActivePower"/> a machine of this kind is at full load; <see langword="null"/>
    /// where its bounds do not depend on load.
    /// </summary>
    public (double Low, double High)? AtFullLoad { get; init; }

    /// <summary>
    /// Between which factors of <see cref="ActivePower"/> a CPU second costs while the machine as a whole is loaded like
    /// this, from 0 to 1: wide at low load, where machines differ in what waking up costs, and narrow at high load.
    /// </summary>
    public (double Low, double High) BoundsAt(double load) =>
        Curve is not null ? CpuLoadBounds.OfCurve(Curve, load)
        : AtFullLoad is { } full ? CpuLoadBounds.OfUnknownCurve(full, load)
        : (LowFactor, HighFactor);
}
