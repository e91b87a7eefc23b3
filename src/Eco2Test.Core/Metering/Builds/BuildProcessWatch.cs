using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// Looks at the processes of a build on the machine: whoever samples calls it each 50 ms, and once a second it looks through
/// all processes. It may be called from several threads.
/// </summary>
internal sealed class BuildProcessWatch : IDisposable
{
    private static readonly TimeSpan WholeEvery = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly IProcessTable _table;
    private readonly BuildProcesses _processes;
    private readonly TimeProvider _time;
    private long? _lookedAtAll;

    public BuildProcessWatch(IProcessTable table, IProcessConnections? connections, int root, BuildClock clock, TimeProvider time) =>
        (_table, _processes, Clock, _time) = (table, new BuildProcesses(root, connections), clock, time);

    /// <summary>On the real machine.</summary>
    /// <param name="root">The number of the process that the build was started as, or runs in.</param>
    /// <param name="isThisProcess">Whether that is this process.</param>
    /// <param name="time">The clock.</param>
    public static BuildProcessWatch OfThisMachine(int root, bool isThisProcess, TimeProvider time)
    {
        IProcessTable table = LinuxFiles.IsSupported ? new LinuxProcessTable() : new PortableProcessTable(root);
        return new BuildProcessWatch(
            table, LinuxFiles.IsSupported ? new LinuxProcessConnections() : null, root, new BuildClock(SensorSearch.ClockOfThisProcess(), isThisProcess), time);
    }

    /// <summary>The processes of the build as one; what they used before the first look is in that look.</summary>
    public BuildClock Clock { get; }

    /// <inheritdoc cref="BuildProcesses.Notices"/>
    public IReadOnlyList<BuildProcessNotice> Notices
    {
        get
        {
            lock (_gate)
            {
                return _table.SeesTrees
                    ? _processes.Notices
                    : [.. _processes.Notices, new BuildProcessNotice(
                        DiagnosticCodes.ProcessesByNameOnly,
                        "This system does not say which process started which: those with a name that builds have and a later start are counted, and nodes of earlier builds are not.")];
            }
        }
    }

    /// <inheritdoc cref="BuildProcesses.NodeIs"/>
    public void NodeIs(int processId)
    {
        lock (_gate)
        {
            _processes.NodeIs(processId);
        }
    }

    /// <inheritdoc cref="BuildProcesses.IsCompiling"/>
    public void Compiles(bool isCompiling)
    {
        lock (_gate)
        {
            _processes.IsCompiling = isCompiling;
        }
    }

    /// <summary>The command line of a process; empty when it has ended or nobody says.</summary>
    public IReadOnlyList<string> CommandLine(int processId)
    {
        lock (_gate)
        {
            return _table.CommandLine(processId);
        }
    }

    /// <summary>What all processes of the build have used up to now.</summary>
    public BuildProcessSum Look()
    {
        lock (_gate)
        {
            var isWhole = _lookedAtAll is not { } last || _time.GetElapsedTime(last) >= WholeEvery;
            _lookedAtAll = isWhole ? _time.GetTimestamp() : _lookedAtAll;
            return Show(_processes.Take(_table.Read(isWhole), _table.CommandLine, isWhole));
        }
    }

    /// <summary>The last look, which holds nothing back.</summary>
    public BuildProcessSum LookLast()
    {
        lock (_gate)
        {
            Look();
            return Show(_processes.Settle());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _table.Dispose();
        }
    }

    private BuildProcessSum Show(BuildProcessSum sum)
    {
        _table.Follow(sum.Followed);
        Clock.Show(sum);
        return sum;
    }
}
