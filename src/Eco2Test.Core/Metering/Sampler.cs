namespace Eco2Test.Metering;

/// <summary>
/// The thread that takes what is too slow for the edge of a window, and keeps the journal no more than a second behind.
/// Its own CPU time is overhead, never a test's.
/// </summary>
internal sealed class Sampler : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan JournalPeriod = TimeSpan.FromSeconds(1);

    // Without spinning before it sleeps: nothing but the end of the run wakes it early.
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly TrackingRun _run;
    private readonly Thread _thread;

    public Sampler(TrackingRun run)
    {
        _run = run;
        _thread = new Thread(Loop) { IsBackground = true, Name = "Eco2Test sampler" };

        // Started without the context of whoever opens the first window: its time flows to nobody's test.
        _thread.UnsafeStart();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join(Period);
    }

    private void Loop()
    {
        Ambient.CarryOn(_run.Threads, _run.Overhead);
        var sinceJournal = TimeSpan.Zero;
        while (!_stop.Wait(Period))
        {
            sinceJournal += Period;
            var due = sinceJournal >= JournalPeriod;
            _run.Sample(journal: due);
            sinceJournal = due ? TimeSpan.Zero : sinceJournal;
        }
    }
}
