using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// The clock of a node as the projects on it see it: this process with the children it has waited for, and what the compiler
/// server did while a project of this node compiled. Children that live are none of theirs: the other nodes are among them.
/// </summary>
/// <param name="own">The clock of this process.</param>
/// <param name="compilerServer">What the compiler server has used, told whether it may have started since it was asked last; <see langword="null"/>: nobody can say.</param>
internal sealed class NodeClock(IProcessClock own, Func<bool, TimeSpan>? compilerServer) : IProcessClock
{
    private readonly object _gate = new();
    private TimeSpan _compiled;
    private TimeSpan? _before;

    public TimeSpan ProcessCpuTime
    {
        get
        {
            lock (_gate)
            {
                return own.ProcessCpuTime + _compiled;
            }
        }
    }

    public TimeSpan EndedChildrenCpuTime => own.EndedChildrenCpuTime;

    public long ResidentBytes => own.ResidentBytes;

    public TimeSpan? MachineCpuTime => own.MachineCpuTime;

    public IReadOnlyCollection<int> ProcessIds => own.ProcessIds;

    public bool HasHostProcessIds => own.HasHostProcessIds;

    /// <summary>Whether the compiler server is seen at all.</summary>
    public bool SeesCompilerServer => compilerServer is not null;

    /// <summary>A project begins to compile, or has compiled.</summary>
    /// <returns>Whether the server worked for it.</returns>
    public bool Compile(bool begins)
    {
        if (compilerServer is null)
        {
            return false;
        }

        var now = compilerServer(!begins);
        lock (_gate)
        {
            var worked = !begins && _before is { } before && now > before ? now - before : TimeSpan.Zero;
            _before = begins ? now : null;
            _compiled += worked;
            return worked > TimeSpan.Zero;
        }
    }

    public ChildrenReading ReadLivingChildren() => default;

    public ThreadClock CurrentThreadClock() => own.CurrentThreadClock();

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => own.FindRuntimeThreads();

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime) => own.TryRead(thread, out cpuTime);
}
