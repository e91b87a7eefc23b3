using System.Collections;
using System.Diagnostics;

namespace Eco2Test.Runtime.Sequences;

/// <summary>A sequence whose enumerations are charged while they run.</summary>
[StackTraceHidden]
[DebuggerStepThrough]
internal sealed class TrackedSequence<T>(IEnumerable<T> sequence, Stretches stretches) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator() => stretches.Next() is { } stretch ? new TrackedEnumerator<T>(sequence.GetEnumerator(), stretch) : sequence.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
