using System.Diagnostics;
using Eco2Test.Metering;

namespace Eco2Test.Runtime.Sequences;

/// <summary>An asynchronous enumerator that is charged from each request for an item to its answer, and while it is disposed of.</summary>
[StackTraceHidden]
[DebuggerStepThrough]
internal sealed class TrackedAsyncEnumerator<T>(IAsyncEnumerator<T> enumerator, WindowStretch stretch) : IAsyncEnumerator<T>
{
    public TrackedAsyncEnumerator(IAsyncEnumerator<T> enumerator, Stretches stretches)
        : this(enumerator, stretches.Next()!)
    {
    }

    public T Current => enumerator.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var outer = Ambient.Flow;
        var step = stretch.Resume();
        var isPending = false;
        var moved = false;
        try
        {
            var answer = enumerator.MoveNextAsync();
            isPending = !answer.IsCompleted;
            moved = !isPending && answer.IsCompletedSuccessfully && IsTrue(ref answer);
            return isPending ? new ValueTask<bool>(PauseAfter(answer.AsTask(), step)) : answer;
        }
        finally
        {
            Ambient.Flow = outer;
            if (!isPending)
            {
                EndStep(step, moved);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        var outer = Ambient.Flow;
        stretch.Resume();
        var isPending = false;
        try
        {
            var disposed = enumerator.DisposeAsync();
            isPending = !disposed.IsCompleted;
            return isPending ? new ValueTask(EndAfter(disposed.AsTask())) : disposed;
        }
        finally
        {
            Ambient.Flow = outer;
            if (!isPending)
            {
                stretch.End();
            }
        }
    }

    /// <summary>Reads an answer, which may be read only once, and puts in its place one that can be read again.</summary>
    private static bool IsTrue(ref ValueTask<bool> answer)
    {
        var moved = answer.Result;
        answer = new ValueTask<bool>(moved);
        return moved;
    }

    private Task<bool> PauseAfter(Task<bool> answer, int step)
    {
        answer.ContinueWith(
            (completed, _) => EndStep(step, completed.IsCompletedSuccessfully && completed.Result),
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return answer;
    }

    private Task EndAfter(Task disposed)
    {
        disposed.ContinueWith(
            static (_, state) => ((WindowStretch)state!).End(),
            stretch,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return disposed;
    }

    private void EndStep(int step, bool moved)
    {
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
