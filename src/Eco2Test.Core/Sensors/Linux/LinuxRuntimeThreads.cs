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
    /// <summary>
    /// A thread names itself some time after it has started, and until then has the name of the one that started it, be it
    /// one of these: so often it is asked, which is a second of samples.
    /// </summary>
    private const int MostQuestions = 10;

    private readonly LinuxThreadList _threads = new();
    private readonly Dictionary<int, int> _questions = [];
    private readonly List<int> _ended = [];
    private readonly List<int> _living = [];
    private readonly List<int> _runtime = [];
    private ThreadClock[] _found = [];

    /// <summary>Allocates nothing when no thread has started or ended for some time.</summary>
    public IReadOnlyList<ThreadClock> Find()
    {
        _threads.Read(_living);
        var changed = Forget();
        foreach (var thread in _living)
        {
            var asked = _questions.GetValueOrDefault(thread);
            if (asked < MostQuestions)
            {
                _questions[thread] = asked + 1;
                changed |= Note(thread, IsRuntimes(thread));
            }
        }

        if (changed)
        {
            _found = new ThreadClock[_runtime.Count];
            for (var i = 0; i < _found.Length; i++)
            {
                _found[i] = ClockOf(_runtime[i]);
            }
        }

        return _found;
    }

    /// <summary>Forgets threads that have ended, whose numbers others may get; whether one of the run-time's was among them.</summary>
    private bool Forget()
    {
        _ended.Clear();
        foreach (var thread in _questions.Keys)
        {
            if (!_living.Contains(thread))
            {
                _ended.Add(thread);
            }
        }

        var changed = false;
        foreach (var thread in _ended)
        {
            _questions.Remove(thread);
            changed |= _runtime.Remove(thread);
        }

        return changed;
    }

    private bool Note(int thread, bool isRuntimes)
    {
        if (_runtime.Contains(thread) == isRuntimes)
        {
            return false;
        }

        if (isRuntimes)
        {
            _runtime.Add(thread);
        }
        else
        {
            _runtime.Remove(thread);
        }

        return true;
    }

    /// <summary>The kernel keeps 15 characters of a name such as ".NET Tiered Compilation Worker".</summary>
    private static bool IsRuntimes(int thread)
    {
        Span<byte> name = stackalloc byte[32];
        var length = SystemFiles.OfThisMachine.ReadStart(string.Create(CultureInfo.InvariantCulture, $"proc/self/task/{thread}/comm"), name);
        name = name[..Math.Max(0, length)].TrimEnd((byte)'\n');
        return name.SequenceEqual(".NET Tiered Com"u8) || name.SequenceEqual(".NET Timer"u8) || name.SequenceEqual(".NET TP Gate"u8);
    }

    /// <summary>The kernel's encoding of a thread's CPU clock (<c>MAKE_THREAD_CPUCLOCK</c> with <c>CPUCLOCK_SCHED</c>).</summary>
    private static ThreadClock ClockOf(int thread) => new((~thread << 3) | 6);
}
