using System.Diagnostics;
using Eco2Test.Metering;

namespace Eco2Test.Runtime;

/// <summary>Closes windows of methods; a fault of the tracker is a notice.</summary>
[StackTraceHidden]
internal static class WindowEnd
{
    /// <summary>Closes a window, and takes it from the flow of its caller.</summary>
    public static void Close(TrackingWindow window, TrackingWindow? outer)
    {
        Ambient.Flow = outer;
        Close(window);
    }

    /// <summary>Takes a window from the flow of its caller, and closes it when a task is completed: before what awaits the task goes on.</summary>
    public static void CloseAfter(Task task, TrackingWindow window, TrackingWindow? outer)
    {
        Ambient.Flow = outer;
        task.ContinueWith(
            static (_, state) => Close((TrackingWindow)state!),
            window,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public static void Close(TrackingWindow window)
    {
        try
        {
            window.Run.Close(window, TestOutcome.Unknown);
        }
        catch (Exception fault)
        {
            MethodTracker.Report(fault);
        }
    }
}
