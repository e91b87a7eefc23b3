using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

[Collection(RealClocks.Name)]
public sealed class LinuxRuntimeThreadsTests
{
    [Fact]
    public void A_thread_that_names_itself_after_it_was_first_seen_is_found_and_one_of_another_name_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/task");
        var threads = new LinuxRuntimeThreads();
        threads.Find();
        using var rename = new ManualResetEventSlim();
        using var renamed = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            rename.Wait();
            Thread.CurrentThread.Name = ".NET Timer";
            renamed.Set();
            end.Wait();
        });
        thread.Start();
        var before = threads.Find().Count;

        rename.Set();
        renamed.Wait();
        var found = SpinWait.SpinUntil(() => threads.Find().Count > before, TimeSpan.FromSeconds(10));
        end.Set();
        thread.Join();

        found.ShouldBeTrue();
        SpinWait.SpinUntil(() => threads.Find().Count <= before, TimeSpan.FromSeconds(10)).ShouldBeTrue("it has ended");
    }
}
