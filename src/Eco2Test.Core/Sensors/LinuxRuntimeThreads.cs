using System.Globalization;
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

    // A thread keeps its name: each is asked once.
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ThreadClock> Find()
    {
        var living = SystemFiles.OfThisMachine.Folders("proc/self/task").ToHashSet(StringComparer.Ordinal);
        foreach (var ended in _known.Keys.Where(thread => !living.Contains(thread)).ToList())
        {
            _known.Remove(ended);
        }

        var found = new List<ThreadClock>();
        foreach (var thread in living)
        {
            if (!_known.TryGetValue(thread, out var isRuntime))
            {
                isRuntime = Names.Contains(SystemFiles.OfThisMachine.Read($"proc/self/task/{thread}/comm")?.TrimEnd('\n'));
                _known[thread] = isRuntime;
            }

            if (isRuntime)
            {
                found.Add(ClockOf(int.Parse(thread, CultureInfo.InvariantCulture)));
            }
        }

        return found;
    }

    /// <summary>The kernel's encoding of a thread's CPU clock (<c>MAKE_THREAD_CPUCLOCK</c> with <c>CPUCLOCK_SCHED</c>).</summary>
    private static ThreadClock ClockOf(int thread) => new((~thread << 3) | 6);
}
