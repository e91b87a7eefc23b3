using System.Runtime.InteropServices;
using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// Which processes work for a build, and what they have used: a function over readings, which are given to it. It counts the
/// tree of the root, also what init took over, and of nodes and servers that an earlier build left, what they do for this
/// one. Nothing is counted twice, and no figure ever falls. Not for several threads at once.
/// </summary>
/// <remarks>
/// What a node that was there before spends is the build's when a message of the build has named it, or while it is connected
/// to a process of the build; where nobody tells connections, while no other build is seen. The compiler server works for
/// several builds at once: the build has the part of its connections, as the looks before and after found them, or, where
/// nobody tells them, what it does while the build compiles.
/// </remarks>
/// <param name="root">The number of the process that the build was started as, or that it runs in.</param>
/// <param name="connections">Tells who is connected to whom.</param>
internal sealed class BuildProcesses(int root, IProcessConnections? connections = null)
{
    /// <summary>A look at connections takes milliseconds: not at each of the readings, which come every 50 ms.</summary>
    private const int ReadingsBetweenLooks = 4;

    /// <summary>While nothing is in doubt but that another build may take a node of this one.</summary>
    private const int ReadingsBetweenIdleLooks = 20;

    /// <summary>Numbers that were read while processes came and went could make a circle.</summary>
    private const int DeepestTree = 64;

    /// <summary>A node that has done less was not woken by anybody.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(10);

    /// <summary>When a command line is read again: after a fork it is still that of the parent, and a shell may become another program.</summary>
    private static readonly int[] Rereadings = [1, 2, 8, 64];

    private readonly Dictionary<int, BuildProcess> _living = [];
    private readonly List<BuildProcess> _all = [];
    private readonly HashSet<int> _named = [];
    private readonly Dictionary<int, Stranger> _strangers = [];
    private readonly List<Gone> _gone = [];
    private readonly HashSet<int> _present = [];
    private readonly Dictionary<int, TimeSpan> _ofDescendants = [];
    private readonly Dictionary<int, int> _parents = [];
    private bool _hasRoot;
    private bool _isBuild;
    private bool _hasOtherBuild;
    private bool _hadOtherBuild;
    private bool _hasCompiled;
    private bool _knowsConnections = connections is not null;
    private int _sinceLook = ReadingsBetweenLooks;
    private bool _hasLeftOutNodes;
    private bool _hasSharedCompiler;

    /// <summary>
    /// Whether the build compiles just now, as a front end knows that hears its events: while it does not, what the compiler
    /// server does for another build is left out. <see langword="null"/>: nobody knows.
    /// </summary>
    public bool? IsCompiling
    {
        get;
        set
        {
            field = value;
            _hasCompiled |= value == true;
        }
    }

    /// <summary>What there is to say of the counting up to now.</summary>
    public IReadOnlyList<BuildProcessNotice> Notices
    {
        get
        {
            var notices = new List<BuildProcessNotice>();
            if (_hasLeftOutNodes)
            {
                notices.Add(new BuildProcessNotice(
                    DiagnosticCodes.NodesOfOtherBuilds,
                    "Another build ran at the same time, and nodes that were there before worked for one of the two: those that no message named are left out."));
            }

            if (_hasSharedCompiler)
            {
                notices.Add(new BuildProcessNotice(
                    DiagnosticCodes.CompilerServerShared,
                    "Another build ran at the same time and could use the same compiler server: its CPU time is divided by who was connected or compiling."));
            }

            return notices;
        }
    }

    /// <summary>A message of the build says that one of its nodes is this process.</summary>
    public void NodeIs(int processId)
    {
        _named.Add(processId);
        if (_living.GetValueOrDefault(processId) is { } process)
        {
            Name(process);
        }
    }

    /// <summary>Takes a reading in.</summary>
    /// <param name="readings">What lives now of the processes that were asked for, and maybe others.</param>
    /// <param name="commandLine">The command line of a process, by its number.</param>
    /// <param name="isWhole">Whether all of the machine was looked through.</param>
    public BuildProcessSum Take(IReadOnlyList<ProcessReading> readings, Func<int, IReadOnlyList<string>> commandLine, bool isWhole)
    {
        EndThoseThatAreGone(readings);
        Discover(readings, commandLine);
        if (isWhole)
        {
            LookForOtherBuilds(readings);
        }

        Advance(readings, commandLine);
        _hasCompiled = IsCompiling == true;
        LookAtConnections();
        return Sum();
    }

    /// <summary>After the last reading: books what was held back.</summary>
    public BuildProcessSum Settle()
    {
        foreach (var process in _living.Values)
        {
            process.Settle(ShareOf(process));
            if (process.Role == BuildProcessRole.CompilerServer)
            {
                ResolveCompiler(process, process.Connections?.Share ?? process.AllConnections.Share ?? ShareOfUnseen());
            }
        }

        return Sum();
    }

    /// <summary>
    /// Of a compiler server that worked for so short a time that no look found it connected: where nobody tells when the build
    /// compiles, what it did is that of the only build there was.
    /// </summary>
    private double? ShareOfUnseen() =>
        IsCompiling is null && !_hadOtherBuild && (_isBuild || _all.Exists(process => process.Role == BuildProcessRole.Entry && process.Id != root)) ? 1 : null;

    /// <summary>Children before their parents: what a child leaves passes through a parent that is gone as well.</summary>
    private void EndThoseThatAreGone(IReadOnlyList<ProcessReading> readings)
    {
        _gone.RemoveAll(static gone => gone.IsOld);
        for (var i = 0; i < _gone.Count; i++)
        {
            _gone[i] = _gone[i] with { IsOld = true };
        }

        _present.Clear();
        foreach (var reading in readings)
        {
            // Another process may have got the number.
            if (_living.GetValueOrDefault(reading.Id) is { } known && known.Started == reading.Started)
            {
                _present.Add(reading.Id);
            }
        }

        if (_present.Count == _living.Count)
        {
            return;
        }

        foreach (var process in _living.Values.Where(process => !_present.Contains(process.Id)).OrderByDescending(static process => process.Started).ThenByDescending(static process => process.Id).ToList())
        {
            process.End(WaitingFor(process.SystemParent), ShareOf(process));
            _living.Remove(process.Id);
            _gone.Add(new Gone(process.Id, process.SystemParent, IsOld: false));
        }
    }

    /// <summary>The process with a number, or, when it has just ended, who waited for it: with what its children had left to it.</summary>
    private BuildProcess? WaitingFor(int process)
    {
        for (var depth = 0; depth < DeepestTree; depth++)
        {
            if (_living.GetValueOrDefault(process) is { } living)
            {
                return living;
            }

            if (_gone.FindLastIndex(gone => gone.Id == process) is not (>= 0 and var at))
            {
                return null;
            }

            process = _gone[at].Parent;
        }

        return null;
    }

    private void Discover(IReadOnlyList<ProcessReading> readings, Func<int, IReadOnlyList<string>> commandLine)
    {
        // A parent may stand behind its child in the list.
        while (AddChildren(readings, commandLine))
        {
        }

        foreach (var reading in readings)
        {
            if (!_living.ContainsKey(reading.Id))
            {
                Judge(reading, commandLine);
            }
        }

        // A node of an earlier build has children, too.
        while (AddChildren(readings, commandLine))
        {
        }
    }

    private bool AddChildren(IReadOnlyList<ProcessReading> readings, Func<int, IReadOnlyList<string>> commandLine)
    {
        var hasAdded = false;
        foreach (var reading in readings)
        {
            if (_living.ContainsKey(reading.Id))
            {
                continue;
            }

            if (reading.Id == root && !_hasRoot)
            {
                // What a server did before was for others; any other root was started for this build.
                var words = commandLine(root);
                var isServer = BuildCommandLine.MayServe(words);
                _isBuild = isServer || BuildCommandLine.IsBuild(words);
                AddRoot(new BuildProcess(reading, parent: null, wasThere: isServer));
                hasAdded = true;
            }
            else if (_living.GetValueOrDefault(reading.Parent) is { } parent && parent.Started <= reading.Started)
            {
                Add(new BuildProcess(reading, parent, wasThere: parent is { WasThere: true, Sightings: 0 }));
                hasAdded = true;
            }
        }

        return hasAdded;
    }

    private void AddRoot(BuildProcess process)
    {
        _hasRoot = true;
        process.Become(BuildProcessRole.Entry);
        Add(process);
    }

    /// <summary>One outside every tree: it may serve builds, or be one.</summary>
    private void Judge(ProcessReading reading, Func<int, IReadOnlyList<string>> commandLine)
    {
        var stranger = _strangers.GetValueOrDefault(reading.Id);
        stranger = stranger.Started == reading.Started ? stranger : new Stranger(reading.Started, Sightings: 0, IsBuild: false);
        if (stranger.Sightings < 2)
        {
            var words = commandLine(reading.Id);
            if (BuildCommandLine.MayServe(words))
            {
                _strangers.Remove(reading.Id);
                var process = new BuildProcess(reading, parent: null, wasThere: true);
                process.BecomeStranger(BuildCommandLine.RoleOf(words));
                Add(process);
                return;
            }

            stranger = stranger with { Sightings = stranger.Sightings + 1, IsBuild = BuildCommandLine.IsBuild(words) };
        }

        _strangers[reading.Id] = stranger;
    }

    private void Add(BuildProcess process)
    {
        _living.Add(process.Id, process);
        _all.Add(process);
        if (_named.Contains(process.Id))
        {
            Name(process);
        }
    }

    private void Name(BuildProcess process)
    {
        if (process.Owner is { IsOurs: false } owner)
        {
            owner.BecomeOurs();
            Resolve(owner, share: 1);
        }
    }

    /// <summary>What an owner and those that work for it have spent when nobody knew for whom.</summary>
    private void Resolve(BuildProcess owner, double share)
    {
        foreach (var process in _all)
        {
            if (process.Owner == owner)
            {
                process.Resolve(share);
            }
        }
    }

    /// <summary>A server that was there before, and that nobody was seen with, may be any build's, or nobody's.</summary>
    private void ResolveCompiler(BuildProcess server, double? share)
    {
        if (share is not null || server.IsOurs)
        {
            Resolve(server, share ?? 1);
        }
    }

    private void LookForOtherBuilds(IReadOnlyList<ProcessReading> readings)
    {
        var parents = ParentsIn(readings);
        // Who started this build, as a test run does, is no other build.
        var ancestors = new HashSet<int>();
        for (var at = root; parents.TryGetValue(at, out var parent) && ancestors.Add(parent);)
        {
            at = parent;
        }

        _hasOtherBuild = false;
        foreach (var (id, stranger) in _strangers)
        {
            if (!parents.ContainsKey(id))
            {
                _strangers.Remove(id);
            }
            else
            {
                _hasOtherBuild |= stranger.IsBuild && !ancestors.Contains(id);
            }
        }

        _hadOtherBuild |= _hasOtherBuild;
    }

    private Dictionary<int, int> ParentsIn(IReadOnlyList<ProcessReading> readings)
    {
        _parents.Clear();
        foreach (var reading in readings)
        {
            _parents[reading.Id] = reading.Parent;
        }

        return _parents;
    }

    private void Advance(IReadOnlyList<ProcessReading> readings, Func<int, IReadOnlyList<string>> commandLine)
    {
        SumDescendants(readings);
        foreach (var reading in readings)
        {
            if (_living.GetValueOrDefault(reading.Id) is not { } process)
            {
                continue;
            }

            if (process.Role != BuildProcessRole.Entry && Rereadings.Contains(process.Sightings + 1) && commandLine(process.Id) is { Count: > 0 } words)
            {
                process.Become(IsBuildOfCommand(process, words) ? BuildProcessRole.Entry : BuildCommandLine.RoleOf(words));
            }

            process.Advance(reading, _ofDescendants.GetValueOrDefault(process.Id), ShareOf(process));
        }
    }

    /// <summary>Whether a process is the build that a command is, or starts: the outermost, where the root is none itself.</summary>
    private bool IsBuildOfCommand(BuildProcess process, IReadOnlyList<string> words)
    {
        if (_isBuild || process.Owner is not null || !BuildCommandLine.IsBuild(words))
        {
            return false;
        }

        for (var above = process.Parent; above is not null && above.Id != root; above = above.Parent)
        {
            if (above.Role == BuildProcessRole.Entry)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All that may come back to a process at once, when those below it end one after the other.</summary>
    private void SumDescendants(IReadOnlyList<ProcessReading> readings)
    {
        _ofDescendants.Clear();
        var parents = ParentsIn(readings);
        foreach (var reading in readings)
        {
            var above = WaitingFor(reading.Parent);
            var whole = reading.CpuTime + reading.CpuTimeOfEnded + (_living.GetValueOrDefault(reading.Id)?.Expected ?? TimeSpan.Zero);
            for (var depth = 0; depth < DeepestTree && above is not null; depth++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_ofDescendants, above.Id, out _) += whole;
                above = WaitingFor(parents.GetValueOrDefault(above.Id));
            }
        }
    }

    /// <summary>The part of what a process spends now that is the build's; <see langword="null"/> when a look will tell.</summary>
    private double? ShareOf(BuildProcess process) => process.Owner switch
    {
        null => 1,
        { Role: BuildProcessRole.CompilerServer } server => ShareOfCompiler(server),
        { Connections: { Clients: 0, Others: > 0 } } => null,
        { IsOurs: true } => 1,
        _ => _knowsConnections || _hasOtherBuild ? null : 1,
    };

    /// <summary>
    /// One that nobody but this build was seen with is its own, and so is, without another build, what it does while this one
    /// compiles, or, where nobody tells connections, whatever there is.
    /// </summary>
    private double? ShareOfCompiler(BuildProcess server)
    {
        if (!_knowsConnections)
        {
            return _hasOtherBuild && IsCompiling == false && !_hasCompiled ? 0 : 1;
        }

        return !_hasOtherBuild && server.AllConnections.Others == 0 && (server.IsOurs || server.AllConnections.Clients > 0 || _hasCompiled) ? 1 : null;
    }

    /// <summary>Looks who is connected to nodes that have begun to work for somebody, and, while there is another build, to all that both may use.</summary>
    private void LookAtConnections()
    {
        _sinceLook++;
        var owners = _living.Values.Where(process => process.Owner == process && (process.Unclaimed > IdleTime || (_hasOtherBuild && process.IsOurs))).ToList();
        var isDue = owners.Exists(static owner => owner.Unclaimed > IdleTime) ? _sinceLook >= ReadingsBetweenLooks : owners.Count > 0 && _sinceLook >= ReadingsBetweenIdleLooks;
        if (connections is not null && _knowsConnections && isDue)
        {
            _sinceLook = 0;
            var counts = connections.Look([.. owners.Select(static owner => owner.Id)], [.. Ours().Select(static process => process.Id)]);
            _knowsConnections = counts is not null;
            foreach (var owner in owners)
            {
                NoteConnections(owner, counts?.GetValueOrDefault(owner.Id));
            }
        }

        NoteSharing();
    }

    private void NoteSharing()
    {
        if (!_hasOtherBuild)
        {
            return;
        }

        foreach (var owner in _living.Values.Where(static process => process.Owner == process))
        {
            _hasSharedCompiler |= owner.Role == BuildProcessRole.CompilerServer && (owner.AllConnections.Others > 0 || (!_knowsConnections && owner.Counted > TimeSpan.Zero));
            _hasLeftOutNodes |= owner.Role != BuildProcessRole.CompilerServer && !_knowsConnections && !owner.IsOurs && owner.Unclaimed > IdleTime;
        }
    }

    private void NoteConnections(BuildProcess owner, ConnectionCount? count)
    {
        owner.Connect(count);
        if (owner.Role == BuildProcessRole.CompilerServer)
        {
            ResolveCompiler(owner, owner.ShareOfConnections);
            return;
        }

        if (count is { Clients: > 0 })
        {
            owner.BecomeOurs();
        }

        if (count is not null)
        {
            Resolve(owner, owner.IsOurs && count is not { Clients: 0, Others: > 0 } ? 1 : 0);
        }
        else if (!_hasOtherBuild)
        {
            Resolve(owner, share: 1);
        }
    }

    /// <summary>The living processes that work for the build now.</summary>
    private IEnumerable<BuildProcess> Ours() => _living.Values.Where(process => process.Owner is null or { IsOurs: true } || (process.Owner.Role == BuildProcessRole.CompilerServer && process.Owner.Counted > TimeSpan.Zero));

    private BuildProcessSum Sum()
    {
        var uses = new Dictionary<int, BuildProcessUse>();
        var (cpuTime, resident) = (TimeSpan.Zero, 0L);
        foreach (var process in _all)
        {
            if (process.Counted > TimeSpan.Zero)
            {
                // A number that came again is one line: the later process gives it its name.
                ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, process.Id, out _);
                use = new BuildProcessUse(process.Id, process.Parent?.Id ?? 0, process.Role, use.CpuTime + process.Counted) { WasThere = process.WasThere };
                cpuTime += process.Counted;
            }
        }

        foreach (var process in Ours())
        {
            resident += process.ResidentBytes;
        }

        return new BuildProcessSum([.. uses.Values], cpuTime, resident)
        {
            Followed = [.. _living.Keys],
            Living = [.. Ours().Select(static process => process.Id)],
        };
    }

    /// <summary>A process that has ended since the last reading but one.</summary>
    private readonly record struct Gone(int Id, int Parent, bool IsOld);

    /// <summary>A process that is none of the build's.</summary>
    private readonly record struct Stranger(long Started, int Sightings, bool IsBuild);
}
