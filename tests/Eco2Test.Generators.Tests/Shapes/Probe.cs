using System.Globalization;
using Eco2Test.Metering;

namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>What the code of a shape tells of itself: what it says must be the same with and without the attribute.</summary>
public static class Probe
{
    private static readonly Lock Gate = new();
    private static readonly List<string> Said = [];
    private static readonly List<int> Windows = [];
    private static int _outside;

    /// <summary>Says a value.</summary>
    public static void Say(object? value)
    {
        lock (Gate)
        {
            Said.Add(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null");
        }
    }

    /// <summary>Called in the body of a method that is or may be tracked.</summary>
    public static void In()
    {
        lock (Gate)
        {
            if (TrackingWindow.Current is { } window)
            {
                Windows.Add(window.Seq);
            }
            else
            {
                _outside++;
            }
        }
    }

    /// <summary>Called where no window may be carried.</summary>
    public static void Out() => Say(TrackingWindow.Current is null ? "outside" : "inside of a window");

    /// <summary>Says what an action throws, with the frames of its stack trace.</summary>
    public static void Catch(Action action)
    {
        try
        {
            action();
            Say("nothing thrown");
        }
        catch (Exception thrown)
        {
            Say($"{thrown.GetType().Name}: {thrown.Message}\n{thrown.StackTrace}");
        }
    }

    /// <summary>As above, for what is awaited.</summary>
    public static async Task CatchAsync(Func<Task> action)
    {
        try
        {
            await action();
            Say("nothing thrown");
        }
        catch (Exception thrown)
        {
            Say($"{thrown.GetType().Name}: {thrown.Message}\n{thrown.StackTrace}");
        }
    }

    /// <summary>What was said since the last time, and in how many windows bodies ran.</summary>
    internal static ProbeResult Take()
    {
        lock (Gate)
        {
            var result = new ProbeResult([.. Said], Windows.Distinct().Count(), _outside);
            Said.Clear();
            Windows.Clear();
            _outside = 0;
            return result;
        }
    }

    /// <summary>Whether a window is still open.</summary>
    internal static bool IsAnyOpen => Ambient.Run is { HasOpenWindows: true };
}

/// <summary>What a shape told.</summary>
/// <param name="Said">What it said, in order.</param>
/// <param name="Windows">In how many windows its bodies ran.</param>
/// <param name="Outside">How often a body ran outside of all windows.</param>
internal sealed record ProbeResult(string[] Said, int Windows, int Outside);
