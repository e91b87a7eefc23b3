using Eco2Test.Metering;

namespace Eco2Test;

/// <summary>The thread that wakes a tracker when a row is due or its price changes. Its CPU time is the tracker's own, never the work's.</summary>
internal sealed class TrackerTimer : IDisposable
{
    private readonly ManualResetEventSlim _stopped = new(initialState: false, spinCount: 0);

    /// <param name="run">Whose overhead it is.</param>
    /// <param name="timeToNext">How long it sleeps.</param>
    /// <param name="tick">What it does then.</param>
    public TrackerTimer(TrackingRun run, Func<TimeSpan> timeToNext, Action tick)
    {
        var thread = new Thread(() =>
        {
            Ambient.CarryOn(run.Threads, run.Overhead);
            while (!_stopped.Wait(timeToNext()))
            {
                tick();
            }
        })
        {
            IsBackground = true, Name = "Eco2Test tracker",
        };

        // Without the context of whoever starts the tracker: its time flows to nobody's window.
        thread.UnsafeStart();
    }

    public void Dispose() => _stopped.Set();
}
