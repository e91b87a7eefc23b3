using System.Collections;
using System.Diagnostics;
using Eco2Test.Metering;

namespace Eco2Test.Runtime.Sequences;

/// <summary>An enumerator that is charged while it moves and while it is disposed of.</summary>
[StackTraceHidden]
[DebuggerStepThrough]
internal sealed class TrackedEnumerator<T>(IEnumerator<T> enumerator, WindowStretch stretch) : IEnumerator<T>
{
    public TrackedEnumerator(IEnumerator<T> enumerator, Stretches stretches)
        : this(enumerator, stretches.Next()!)
    {
    }

    public T Current => enumerator.Current;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        var outer = Ambient.Flow;
        var step = stretch.Resume();
        var moved = false;
        try
        {
            return moved = enumerator.MoveNext();
        }
        finally
        {
            Ambient.Flow = outer;
            if (moved)
            {
                stretch.Pause(step);
            }
            else
            {
                stretch.End();
            }
        }
    }

    public void Reset() => enumerator.Reset();

    public void Dispose()
    {
        var outer = Ambient.Flow;
        stretch.Resume();
        try
        {
            enumerator.Dispose();
        }
        finally
        {
            Ambient.Flow = outer;
            stretch.End();
        }
    }
}
