using System.Globalization;
using System.Runtime.InteropServices;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// Finds the threads on which the run-time works for nobody in particular, by the names that it gives them: tiered
/// compilation, which compiles methods anew that were hot some time before, the dispatcher of timers, and the watch over
/// the thread pool. They end when they have nothing to do, and start again.
/// </summary>
internal sealed class LinuxRuntimeThreads
{
    /// <summary>The kernel keeps 15 characters of a name such as ".NET Tiered Compilation Worker".</summary>
    private static readonly string[] Names = [".NET Tiered Com", ".NET Timer", ".NET TP Gate"];

    private readonly LinuxThreadList _threads = new();

    // A thread keeps its name: each is asked once.
    private readonly Dictionary<int, bool> _known = [];
    private List<int> _last = [];
    private List<int> _living = [];
    private ThreadClock[] _found = [];

    /// <summary>Allocates nothing when no thread has started or ended since the last call.</summary>
    public IReadOnlyList<ThreadClock> Find()
    {
        _threads.Read(_living);
        if (!CollectionsMarshal.AsSpan(_living).SequenceEqual(CollectionsMarshal.AsSpan(_last)))
        {
            Name();
            _found = [.. _living.Where(thread => _known[thread]).Select(ClockOf)];
            (_last, _living) = (_living, _last);
        }

        return _found;
    }

    private void Name()
    {
        foreach (var ended in _known.Keys.Except(_living).ToList())
        {
            _known.Remove(ended);
        }

        foreach (var started in _living.Where(thread => !_known.ContainsKey(thread)))
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"proc/self/task/{started}/comm");
            _known[started] = Names.Contains(SystemFiles.OfThisMachine.Read(file)?.TrimEnd('\n'));
        }
    }

    /// <summary>The kernel's encoding of a thread's CPU clock (<c>MAKE_THREAD_CPUCLOCK</c> with <c>CPUCLOCK_SCHED</c>).</summary>
    private static ThreadClock ClockOf(int thread) => new((~thread << 3) | 6);
}
