using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Eco2Test.Metering;

/// <summary>
/// Tells whether a test of xUnit v2 failed, which its hook is not told: the last exception that was thrown while the
/// window was carried escaped from the test if xUnit's own invoker stands in its stack trace, where it was caught.
/// </summary>
internal sealed class EscapedExceptions
{
    /// <summary>What was thrown while no window was carried; enough of it that what is dropped has long been caught.</summary>
    private const int MostKept = 256;

    private readonly ConcurrentQueue<Exception> _outside = new();
    private int _isWatching;
    private volatile bool _hasTestWithoutWindow;

    /// <summary>Starts to watch; no test of another framework pays for it.</summary>
    public void Watch()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => Note(thrown);
        }
    }

    public static TestOutcome OutcomeOf(TrackingWindow window) =>
        window.LastThrown is { } exception && EscapedFromTest(exception) ? TestOutcome.Failed : TestOutcome.Passed;

    /// <summary>
    /// Whether any test has failed before its window was opened, as by its constructor: what is told of failed rows by their
    /// order is not known any more.
    /// </summary>
    public bool HasTestWithoutWindow()
    {
        while (!_hasTestWithoutWindow && _outside.TryDequeue(out var thrown))
        {
            Judge(thrown);
        }

        return _hasTestWithoutWindow;
    }

    /// <summary>Of a test whose window has been closed, the hook fails it by its budget.</summary>
    private void Judge(Exception thrown) =>
        _hasTestWithoutWindow |= thrown.GetType().FullName != "Eco2Test.BudgetExceededException" && EscapedFromTest(thrown);

    private static bool EscapedFromTest(Exception exception) =>
        exception.StackTrace is { } trace
        && (trace.Contains("Xunit.Sdk.TestInvoker`1", StringComparison.Ordinal) || trace.Contains("Xunit.Sdk.ExceptionAggregator", StringComparison.Ordinal));

    private void Note(FirstChanceExceptionEventArgs thrown)
    {
        if (Ambient.Flow is { Account.IsOpen: true } window)
        {
            window.LastThrown = thrown.Exception;
            return;
        }

        if (_hasTestWithoutWindow)
        {
            return;
        }

        _outside.Enqueue(thrown.Exception);
        if (_outside.Count > MostKept && _outside.TryDequeue(out var oldest))
        {
            Judge(oldest);
        }
    }
}
