namespace Eco2Test.TestKit;

/// <summary>What code allocates on the heap.</summary>
public static class Allocations
{
    /// <summary>Bytes of one call, the least of many: caches fill at the first calls, and lists grow now and then.</summary>
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 100; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
