using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class LinuxThreadListTests
{
    [Fact]
    public void A_thread_is_listed_while_it_lives_by_the_kernels_own_call_and_by_the_slow_way()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "/proc/self/task");
        var threads = new LinuxThreadList();
        var before = Fast(threads);
        using var end = new ManualResetEventSlim();
        var started = new Thread[300];
        for (var i = 0; i < started.Length; i++)
        {
            // More than fit into one buffer.
            (started[i] = new Thread(() => end.Wait(), 128 * 1024)).Start();
        }

        var during = Fast(threads);
        var slowly = new List<int>();
        LinuxThreadList.ReadSlow(Environment.ProcessId, slowly);
        end.Set();
        Array.ForEach(started, thread => thread.Join());

        before.ShouldContain(Environment.ProcessId, "the main thread has the number of the process");
        during.ShouldBeUnique();
        during.Except(before).Count().ShouldBeGreaterThanOrEqualTo(started.Length);
        during.Intersect(slowly).Count().ShouldBeGreaterThanOrEqualTo(started.Length);
        SpinWait.SpinUntil(() => Fast(threads).Intersect(during).Count() < during.Count - started.Length / 2, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    private static List<int> Fast(LinuxThreadList threads)
    {
        var list = new List<int>();
        threads.TryReadFast(list).ShouldBeTrue();
        return list;
    }
}
