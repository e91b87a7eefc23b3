using System.Diagnostics;

namespace Eco2Test.Metering;

/// <summary>
/// The thread that takes what is too slow for the edge of a window, and keeps the journal no more than a second behind.
/// Its own CPU time is overhead, never a test's. It looks ten times a second while windows are open, so that a child
/// process is seen and a counter is read often enough, or where tests are cut out of samples, and once a second else.
/// </summary>
internal sealed class Sampler : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often it asks how busy the machine is, and looks for threads of the run-time: that is most of what a sample costs,
    /// and the machine's busy time has a grain of 10 ms.
    /// </summary>
    private static readonly TimeSpan SlowPeriod = TimeSpan.FromMilliseconds(300);

    // Without spinning before it sleeps: nothing but the end of the run and a window after a pause wakes it early.
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private readonly TrackingRun _run;
    private readonly Thread _thread;
    private volatile bool _isStopped;
    private volatile bool _sleepsLong;

    public Sampler(TrackingRun run)
    {
        _run = run;
        _thread = new Thread(Loop) { IsBackground = true, Name = "Eco2Test sampler" };

        // Started without the context of whoever opens the first window: its time flows to nobody's test.
        _thread.UnsafeStart();
    }

    /// <summary>A window has opened, or samples are kept: from now on it looks often.</summary>
    public void LookOften()
    {
        if (_sleepsLong)
        {
            _sleepsLong = false;
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        _wake.Set();
        _thread.Join(Period);
    }

    private void Loop()
    {
        Ambient.CarryOn(_run.Threads, _run.Overhead);
        var (journaled, slow) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        var quiet = 0;
        while (true)
        {
            // A pause between two tests is no reason to sleep long.
            quiet = _run.IsWatched ? 0 : quiet + 1;
            _sleepsLong = quiet > IdlePeriod / Period;
            Interlocked.MemoryBarrier();
            var period = _sleepsLong && !_run.IsWatched ? IdlePeriod : Period;
            if (_wake.Wait(period))
            {
                _wake.Reset();
            }

            if (_isStopped)
            {
                return;
            }

            _sleepsLong = false;

            // By the clock: on a busy machine a short wait takes long.
            var now = Stopwatch.GetTimestamp();
            var isJournalDue = Stopwatch.GetElapsedTime(journaled, now) >= IdlePeriod - (Period / 2);
            var isSlowDue = Stopwatch.GetElapsedTime(slow, now) >= SlowPeriod - (Period / 2);
            _run.Sample(isJournalDue, isSlowDue);
            (journaled, slow) = (isJournalDue ? now : journaled, isSlowDue ? now : slow);
        }
    }
}
