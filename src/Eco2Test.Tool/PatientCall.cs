namespace Eco2Test.Tool;

/// <summary>
/// A call of a driver, which may hang: it is made on a thread of its own and waited for so long. One that has not
/// answered is not made a second time; its answer is taken when it comes.
/// </summary>
internal sealed class PatientCall<T>(Func<T> call, TimeProvider time)
{
    private Task<T>? _running;

    /// <summary>The answer, or <see langword="false"/> and none when it does not come within the limit.</summary>
    public async Task<(bool IsAnswered, T? Answer)> AskAsync(TimeSpan limit, CancellationToken cancelled)
    {
        _running ??= Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var answer = await _running.WaitAsync(limit, time, cancelled).ConfigureAwait(false);
            _running = null;
            return (true, answer);
        }
        catch (TimeoutException)
        {
            return (false, default);
        }
    }
}
