using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>The CPU time of this user's compiler servers. Not for several threads at once.</summary>
internal sealed class CompilerServerClock(IProcessTable table)
{
    private HashSet<int> _servers = [];
    private bool _hasLooked;

    /// <summary>On this machine; <see langword="null"/> where one process cannot be told from another.</summary>
    public static CompilerServerClock? OfThisMachine() => LinuxFiles.IsSupported ? new CompilerServerClock(new LinuxProcessTable()) : null;

    /// <summary>What they have used up to now; nothing while none is known.</summary>
    /// <param name="mayBeNew">Whether one may have started since the last look, which was in vain: to look is slow.</param>
    public TimeSpan Read(bool mayBeNew)
    {
        var used = Sum(table.Read(lookForAll: false));
        return used > TimeSpan.Zero || (_hasLooked && !mayBeNew) ? used : Look();
    }

    private TimeSpan Look()
    {
        _hasLooked = true;
        var all = table.Read(lookForAll: true);
        _servers = [.. all.Where(process => BuildCommandLine.RoleOf(table.CommandLine(process.Id)) == BuildProcessRole.CompilerServer).Select(process => process.Id)];
        table.Follow(_servers);
        return Sum(all);
    }

    private TimeSpan Sum(IReadOnlyList<ProcessReading> readings) =>
        readings.Where(process => _servers.Contains(process.Id)).Aggregate(TimeSpan.Zero, (sum, process) => sum + process.CpuTime);
}
