using Eco2Test.Metering;

namespace Eco2Test.Runtime.Sequences;

/// <summary>
/// The window of one enumeration: open from the first item to the last, and paused while its consumer is at work. An
/// asynchronous step may end on another thread, and even after the next has begun, so each has a number.
/// </summary>
internal sealed class WindowStretch
{
    private readonly object _gate = new();
    private readonly TrackingWindow _window;
    private int _step;

    private WindowStretch(TrackingWindow window) => _window = window;

    /// <summary>A stretch that has not begun yet, of a window that is in the flow of its caller.</summary>
    public static WindowStretch Paused(TrackingWindow window, TrackingWindow? outer)
    {
        Ambient.Flow = outer;
        var stretch = new WindowStretch(window);
        stretch.Pause(0);
        return stretch;
    }

    /// <summary>Begins a step; the caller keeps the flow as it was, and puts it back when the call returns.</summary>
    public int Resume()
    {
        try
        {
            lock (_gate)
            {
                if (_window.Run.Resume(_window))
                {
                    Ambient.Flow = _window;
                }

                return ++_step;
            }
        }
        catch (Exception fault)
        {
            MethodTracker.Report(fault);
            return 0;
        }
    }

    /// <summary>Ends a step, if no other has begun.</summary>
    public void Pause(int step)
    {
        try
        {
            lock (_gate)
            {
                if (step == _step)
                {
                    _window.Run.Pause(_window);
                }
            }
        }
        catch (Exception fault)
        {
            MethodTracker.Report(fault);
        }
    }

    /// <summary>Closes the window.</summary>
    public void End() => WindowEnd.Close(_window);
}
