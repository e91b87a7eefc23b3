using System.Diagnostics;

namespace Eco2Test.Runtime.Sequences;

/// <summary>An asynchronous sequence whose enumerations are charged while they run.</summary>
[StackTraceHidden]
[DebuggerStepThrough]
internal sealed class TrackedAsyncSequence<T>(IAsyncEnumerable<T> sequence, Stretches stretches) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var stretch = stretches.Next();
        var enumerator = sequence.GetAsyncEnumerator(cancellationToken);
        return stretch is null ? enumerator : new TrackedAsyncEnumerator<T>(enumerator, stretch);
    }
}
