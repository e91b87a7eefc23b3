using System.Runtime.ExceptionServices;

namespace Eco2Test.Metering;

/// <summary>
/// Tells whether a test of xUnit v2 failed, which its hook is not told: the last exception that was thrown while the
/// window was carried escaped from the test if xUnit's own invoker stands in its stack trace, where it was caught.
/// </summary>
internal static class EscapedExceptions
{
    private static readonly Lazy<bool> Watching = new(Subscribe);

    /// <summary>Starts to watch; no test of another framework pays for it.</summary>
    public static void Watch() => _ = Watching.Value;

    public static TestOutcome OutcomeOf(TrackingWindow window) =>
        window.LastThrown is { } exception && EscapedFromTest(exception) ? TestOutcome.Failed : TestOutcome.Passed;

    private static bool EscapedFromTest(Exception exception) =>
        exception.StackTrace is { } trace
        && (trace.Contains("Xunit.Sdk.TestInvoker`1", StringComparison.Ordinal) || trace.Contains("Xunit.Sdk.ExceptionAggregator", StringComparison.Ordinal));

    private static bool Subscribe()
    {
        AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) => Note(thrown);
        return true;
    }

    private static void Note(FirstChanceExceptionEventArgs thrown)
    {
        if (Ambient.Flow is { Account.IsOpen: true } window)
        {
            window.LastThrown = thrown.Exception;
        }
    }
}
