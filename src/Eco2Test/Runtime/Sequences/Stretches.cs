using Eco2Test.Metering;

namespace Eco2Test.Runtime.Sequences;

/// <summary>
/// The stretches of a sequence: the first enumeration goes on with the window of the call that made it, each further one
/// opens its own. A sequence that nobody enumerates closes the window when it is collected.
/// </summary>
internal sealed class Stretches(MethodTracker tracker, WindowStretch first)
{
    private WindowStretch? _first = first;

    ~Stretches() => _first?.End();

    /// <summary>The stretch of an enumeration that begins; <see langword="null"/> when it is not tracked.</summary>
    public WindowStretch? Next()
    {
        if (Interlocked.Exchange(ref _first, null) is { } first)
        {
            GC.SuppressFinalize(this);
            return first;
        }

        var outer = Ambient.Flow;
        return tracker.OpenWindow() is { } window ? WindowStretch.Paused(window, outer) : null;
    }
}
