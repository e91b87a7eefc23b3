namespace Eco2Test.Tool;

/// <summary>
/// A call of a driver, which may hang: it is made on a thread of its own and waited for so long. One that has not
/// answered is neither made a second time nor waited for again; its answer is taken when it comes.
/// </summary>
internal sealed class PatientCall<T>(Func<T> call, TimeProvider time)
{
    private Task<T>? _running;
    private bool _isLate;

    /// <summary>The answer, or <see langword="false"/> and none when it does not come within the limit.</summary>
    public async Task<(bool IsAnswered, T? Answer)> AskAsync(TimeSpan limit, CancellationToken cancelled)
    {
        _running ??= Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var answer = await _running.WaitAsync(_isLate ? TimeSpan.Zero : limit, time, cancelled).ConfigureAwait(false);
            (_running, _isLate) = (null, false);
            return (true, answer);
        }
        catch (TimeoutException)
        {
            _isLate = true;
            return (false, default);
        }
    }
}
