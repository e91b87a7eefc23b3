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
    private readonly int _root;
    private readonly Func<TimeSpan?>? _counted;
    private long? _lookedAtAll;

    /// <param name="table">The processes of the machine.</param>
    /// <param name="connections">Who is connected to whom.</param>
    /// <param name="root">The number of the process that the build was started as, or runs in.</param>
    /// <param name="clock">Shows their sum.</param>
    /// <param name="time">The clock.</param>
    /// <param name="counted">What all of the root's tree has used, where somebody counts it.</param>
    public BuildProcessWatch(IProcessTable table, IProcessConnections? connections, int root, BuildClock clock, TimeProvider time, Func<TimeSpan?>? counted = null) =>
        (_table, _processes, _root, Clock, _time, _counted) = (table, new BuildProcesses(root, connections), root, clock, time, counted);

    /// <summary>On the real machine.</summary>
    /// <param name="options">Whose processes they are.</param>
    /// <param name="time">The clock.</param>
    public static BuildProcessWatch OfThisMachine(BuildRunOptions options, TimeProvider time)
    {
        var root = options.ProcessId;
        IProcessTable table = LinuxFiles.IsSupported ? new LinuxProcessTable() : new PortableProcessTable(root);
        return new BuildProcessWatch(
            options.IsWrapper ? new WithoutProcess(table, root) : table, LinuxFiles.IsSupported ? new LinuxProcessConnections() : null,
            root, new BuildClock(SensorSearch.ClockOfThisProcess(), options.IsThisProcess), time, options.CountedCpuTime);
    }

    /// <summary>Whether what the root has started was counted, and not only sampled.</summary>
    public bool WasCounted { get; private set; }

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
            return Show(Completed(_processes.Settle()));
        }
    }

    /// <summary>With what nobody has seen: of processes that lived too short, and that nobody waited for.</summary>
    private BuildProcessSum Completed(BuildProcessSum sum)
    {
        if (_counted?.Invoke() is not { } counted)
        {
            return sum;
        }

        WasCounted = true;
        var parents = sum.Processes.ToDictionary(process => process.Id, process => process.Parent);
        var unseen = counted - sum.Processes.Where(process => IsOfTree(process.Id)).Aggregate(TimeSpan.Zero, (all, process) => all + process.CpuTime);
        return unseen <= TimeSpan.Zero ? sum : sum with
        {
            CpuTime = sum.CpuTime + unseen,
            Processes = parents.ContainsKey(_root)
                ? [.. sum.Processes.Select(process => process.Id == _root ? process with { CpuTime = process.CpuTime + unseen } : process)]
                : [.. sum.Processes, new BuildProcessUse(_root, 0, BuildProcessRole.Entry, unseen)],
        };

        bool IsOfTree(int id)
        {
            // A number that came again may make a circle.
            for (var steps = 0; steps <= parents.Count; steps++)
            {
                if (id == _root)
                {
                    return true;
                }

                if (!parents.TryGetValue(id, out id) || id == 0)
                {
                    return id == _root;
                }
            }

            return false;
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
