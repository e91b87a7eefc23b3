using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using Eco2Test.Runtime.Sequences;

namespace Eco2Test.Runtime;

/// <summary>
/// The stretch of one call of a tracked method: from <see cref="MethodTracker.Enter"/> to <see cref="Dispose"/> or, when
/// the result is completed later, to its completion. Results are handed on as they are; only an iterator is put into one
/// that is charged while it runs, and a <see cref="ValueTask"/> that is not completed yet becomes one of a task.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
[DebuggerStepThrough]
public struct MethodScope : IDisposable
{
    private readonly MethodTracker? _tracker;
    private readonly TrackingWindow? _outer;
    private readonly TrackingWindow? _repeats;
    private TrackingWindow? _window;

    internal MethodScope(MethodTracker tracker, TrackingWindow? window, TrackingWindow? outer, TrackingWindow repeats) =>
        (_tracker, _window, _outer, _repeats) = (tracker, window, outer, repeats);

    /// <summary>The window that was opened for this call; <see langword="null"/> when none was.</summary>
    internal readonly TrackingWindow? Window => _window;

    /// <summary>Ends the stretch, unless a result that is not completed yet goes on with it.</summary>
    public void Dispose()
    {
        if (_window is { } window)
        {
            _window = null;
            WindowEnd.Close(window, _outer);
        }
    }

    /// <summary>Goes on until a task is completed. The task is the very same.</summary>
    public TTask Complete<TTask>(TTask task)
        where TTask : Task
    {
        if (_window is { } window && task is { IsCompleted: false })
        {
            _window = null;
            WindowEnd.CloseAfter(task, window, _outer);
        }

        return task;
    }

    /// <inheritdoc cref="Complete{TTask}(TTask)"/>
    public ValueTask Complete(ValueTask task) => _window is null || task.IsCompleted ? task : new ValueTask(Complete(task.AsTask()));

    /// <inheritdoc cref="Complete{TTask}(TTask)"/>
    public ValueTask<T> Complete<T>(ValueTask<T> task) => _window is null || task.IsCompleted ? task : new ValueTask<T>(Complete(task.AsTask()));

    /// <summary>Goes on, while it runs, with an iterator; any other sequence is the very same.</summary>
    public IEnumerable<T> Complete<T>(IEnumerable<T> sequence) =>
        Pause(sequence) is { } stretch ? new TrackedSequence<T>(sequence, stretch) : sequence;

    /// <inheritdoc cref="Complete{T}(IEnumerable{T})"/>
    public IEnumerator<T> Complete<T>(IEnumerator<T> enumerator) =>
        Pause(enumerator) is { } stretch ? new TrackedEnumerator<T>(enumerator, stretch) : enumerator;

    /// <inheritdoc cref="Complete{T}(IEnumerable{T})"/>
    public IEnumerable Complete(IEnumerable sequence) =>
        Pause(sequence) is { } stretch ? new TrackedSequence<object?>((IEnumerable<object?>)sequence, stretch) : sequence;

    /// <inheritdoc cref="Complete{T}(IEnumerable{T})"/>
    public IEnumerator Complete(IEnumerator enumerator) =>
        Pause(enumerator) is { } stretch ? new TrackedEnumerator<object?>((IEnumerator<object?>)enumerator, stretch) : enumerator;

    /// <inheritdoc cref="Complete{T}(IEnumerable{T})"/>
    public IAsyncEnumerable<T> Complete<T>(IAsyncEnumerable<T> sequence) =>
        Pause(sequence) is { } stretch ? new TrackedAsyncSequence<T>(sequence, stretch) : sequence;

    /// <inheritdoc cref="Complete{T}(IEnumerable{T})"/>
    public IAsyncEnumerator<T> Complete<T>(IAsyncEnumerator<T> enumerator) =>
        Pause(enumerator) is { } stretch ? new TrackedAsyncEnumerator<T>(enumerator, stretch) : enumerator;

    /// <summary>Runs work as often as <c>MinimumSeconds</c> asks for.</summary>
    public readonly void Repeat(Action work)
    {
        if (_repeats is { Request.Minimum.Ticks: > 0 and var ticks })
        {
            _repeats.Repeat(new TimeSpan(ticks), work);
        }
        else
        {
            work();
        }
    }

    /// <summary>As above; returns the result of the last run.</summary>
    public readonly T Repeat<T>(Func<T> work)
    {
        var result = default(T);
        Repeat(() => { result = work(); });
        return result!;
    }

    /// <summary>As above, for work that is awaited.</summary>
    public readonly Task RepeatAsync(Func<Task> work) =>
        _repeats is { Request.Minimum.Ticks: > 0 and var ticks } ? _repeats.RepeatAsync(new TimeSpan(ticks), work) : work();

    /// <summary>As above; gives the result of the last run.</summary>
    public readonly Task<T> RepeatAsync<T>(Func<Task<T>> work)
    {
        return _repeats is { Request.Minimum.Ticks: > 0 and var ticks } window ? Last(window, new TimeSpan(ticks), work) : work();

        static async Task<T> Last(TrackingWindow window, TimeSpan atLeast, Func<Task<T>> work)
        {
            var result = default(T);
            await window.RepeatAsync(atLeast, async () => result = await work().ConfigureAwait(false)).ConfigureAwait(false);
            return result!;
        }
    }

    /// <summary>What an iterator goes on with; <see langword="null"/> for anything that is none.</summary>
    private Stretches? Pause(object? result)
    {
        if (_window is not { } window || !Iterators.IsIterator(result))
        {
            return null;
        }

        _window = null;
        return new Stretches(_tracker!, WindowStretch.Paused(window, _outer));
    }
}
