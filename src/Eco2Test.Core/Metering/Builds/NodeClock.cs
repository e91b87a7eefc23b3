using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// The clock of a node as the projects on it see it: this process with the children it has waited for, and what the compiler
/// server did while a project of this node compiled. Children that live are none of theirs: the other nodes are among them.
/// </summary>
/// <param name="own">The clock of this process.</param>
/// <param name="compilerServer">What the compiler server has used, told whether it may have started since it was asked last; <see langword="null"/>: nobody can say.</param>
/// <param name="spans">When others compiled, whose the server's work is as well.</param>
internal sealed class NodeClock(IProcessClock own, Func<bool, TimeSpan>? compilerServer, CompilerSpans spans) : IProcessClock
{
    private readonly object _gate = new();
    private readonly Dictionary<object, (TimeSpan Before, DateTimeOffset Start)> _compiling = [];
    private TimeSpan _compiled;

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

    /// <summary>A project begins to compile.</summary>
    /// <param name="project">What tells it from others: under <c>-mt</c> several compile in one process.</param>
    public void BeginCompile(object project)
    {
        if (compilerServer is not null)
        {
            CancelCompile(project);
            var now = compilerServer(false);
            lock (_gate)
            {
                _compiling[project] = (now, spans.Begin());
            }
        }
    }

    /// <summary>It does not compile any more, whether or not it has: what was up to date is not compiled, and what failed does not say so.</summary>
    public void CancelCompile(object project)
    {
        lock (_gate)
        {
            if (_compiling.Remove(project, out var begun))
            {
                spans.Cancel(begun.Start);
            }
        }
    }

    /// <summary>Nobody compiles any more.</summary>
    public void CancelAll()
    {
        lock (_gate)
        {
            foreach (var project in _compiling.Keys.ToList())
            {
                CancelCompile(project);
            }
        }
    }

    /// <summary>It has compiled.</summary>
    /// <returns>What the server did meanwhile, and its part of that; <see langword="null"/> when the server did nothing.</returns>
    public CompilerWork? EndCompile(object project)
    {
        if (compilerServer is null)
        {
            return null;
        }

        var now = compilerServer(true);
        lock (_gate)
        {
            if (!_compiling.Remove(project, out var begun))
            {
                return null;
            }

            var (share, done) = (spans.End(begun.Start), now - begun.Before);
            if (done <= TimeSpan.Zero)
            {
                return null;
            }

            _compiled += done * share.Central;
            return new CompilerWork(share, done);
        }
    }

    public ChildrenReading ReadLivingChildren() => default;

    public ThreadClock CurrentThreadClock() => own.CurrentThreadClock();

    public IReadOnlyList<ThreadClock> FindRuntimeThreads() => own.FindRuntimeThreads();

    public bool TryRead(ThreadClock thread, out TimeSpan cpuTime) => own.TryRead(thread, out cpuTime);
}
