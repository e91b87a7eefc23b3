using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What each account inside another one was given of energy that nothing tells apart, added up since the start: an account
/// takes its part by the difference to what it saw last, so that booking costs the same however many are open.
/// </summary>
/// <remarks>The central values are parts, the upper bounds are all of it: any one of them may have used everything.</remarks>
internal struct SharedPart
{
    public double CpuSeconds;
    public Energy Cpu;
    public Energy CpuMost;
    public Energy Gpu;
    public Energy GpuMost;
    public Energy Ram;
    public Energy RamMost;

    public static SharedPart operator -(in SharedPart left, in SharedPart right) => new()
    {
        CpuSeconds = left.CpuSeconds - right.CpuSeconds,
        Cpu = left.Cpu - right.Cpu,
        CpuMost = left.CpuMost - right.CpuMost,
        Gpu = left.Gpu - right.Gpu,
        GpuMost = left.GpuMost - right.GpuMost,
        Ram = left.Ram - right.Ram,
        RamMost = left.RamMost - right.RamMost,
    };

    /// <summary>Hands <paramref name="part"/> on to <paramref name="count"/> accounts.</summary>
    public void HandOn(in SharedPart part, int count)
    {
        var share = 1.0 / count;
        CpuSeconds += part.CpuSeconds * share;
        Cpu += part.Cpu * share;
        CpuMost += part.CpuMost;
        Gpu += part.Gpu * share;
        GpuMost += part.GpuMost;
        Ram += part.Ram * share;
        RamMost += part.RamMost;
    }
}
