namespace Eco2Test.Metering;

/// <summary>Counts the runs of work that is repeated until a window is long enough to be measured.</summary>
internal readonly struct Repetition(TrackingWindow window, TimeSpan atLeast)
{
    private readonly TimeSpan _start = window.Elapsed;

    /// <summary>A run has ended: whether there is to be another.</summary>
    public bool GoesOn()
    {
        window.Runs++;
        return window.Elapsed - _start < atLeast;
    }
}
