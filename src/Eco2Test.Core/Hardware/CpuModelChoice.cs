namespace Eco2Test.Hardware;

/// <summary>Which model of CPU power is asked for.</summary>
internal enum CpuModelChoice
{
    /// <summary>The one with the best evidence.</summary>
    Best,

    /// <summary>The TDP of the whole socket × utilisation, as Eco2AI has it: for comparison.</summary>
    Tdp,
}
