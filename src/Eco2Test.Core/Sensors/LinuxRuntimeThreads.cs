using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// Finds the thread of tiered compilation, by the name that the run-time gives it. It compiles methods anew that were hot
/// some time before, whoever runs by then; it ends when it has nothing to do, and starts again.
/// </summary>
internal sealed class LinuxRuntimeThreads
{
    /// <summary>The kernel keeps 15 characters of ".NET Tiered Compilation Worker".</summary>
    private const string TieredCompilation = ".NET Tiered Com";

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
                isRuntime = SystemFiles.OfThisMachine.Read($"proc/self/task/{thread}/comm")?.TrimEnd('\n') == TieredCompilation;
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
