using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>
/// Turns resident memory into power: 0.375 W per GiB (Eco2AI, 3/8 W per GB), from 0.16 W (5 W for a module of 32 GiB) to
/// 0.625 W (5 W for one of 8 GiB; CodeCarbon's 5 W per module). Nothing where the CPU coefficient contains memory.
/// </summary>
internal sealed record RamPowerModel(bool ContainedInCpu)
{
    private const double BytesPerGibibyte = 1024.0 * 1024 * 1024;
    private const double LowWatts = 0.16;
    private const double CentralWatts = 0.375;
    private const double HighWatts = 0.625;

    public string Source => ContainedInCpu ? "contained-in-cpu" : "resident-memory";

    public string Detail => ContainedInCpu
        ? "the CPU coefficient is wall power, which contains memory: adding it would count it twice"
        : "0.375 W per GiB that the process tree has resident (Eco2AI), 0.16 to 0.625 W by the size of modules";

    public double LowFactor => ContainedInCpu ? 1 : LowWatts / CentralWatts;

    public double HighFactor => ContainedInCpu ? 1 : HighWatts / CentralWatts;

    public BoundedPower PowerOf(long residentBytes)
    {
        var gibibytes = ContainedInCpu ? 0 : residentBytes / BytesPerGibibyte;
        return new(Power.FromWatts(gibibytes * LowWatts), Power.FromWatts(gibibytes * CentralWatts), Power.FromWatts(gibibytes * HighWatts));
    }
}
