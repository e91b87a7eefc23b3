using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>The clocks of this very machine. What is compared brackets what it is compared with, so a busy machine changes nothing.</summary>
[Collection(RealClocks.Name)]
public sealed class ProcessClockTests
{
    private static readonly TimeSpan TwoTicksAndMore = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void The_process_clock_of_Linux_is_what_the_process_used_and_never_goes_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "clock_gettime as Linux has it");
        var clock = new LinuxProcessClock();
        using var process = Process.GetCurrentProcess();

        var before = process.TotalProcessorTime;
        var read = clock.ProcessCpuTime;
        process.Refresh();

        read.ShouldBeInRange(before - TwoTicksAndMore, process.TotalProcessorTime + TwoTicksAndMore);
        for (var i = 0; i < 1000; i++)
        {
            var next = clock.ProcessCpuTime;
            next.ShouldBeGreaterThanOrEqualTo(read);
            read = next;
        }
    }

    [Fact]
    public void A_process_on_Linux_has_run_for_as_long_as_the_run_time_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/stat");
        using var process = Process.GetCurrentProcess();
        var started = process.StartTime;

        var before = DateTime.Now - started;
        var age = LinuxProcessClock.Age();
        var after = DateTime.Now - started;

        // The run-time's own figure goes through the time of the system's start, which is kept to a second.
        age.ShouldNotBeNull().ShouldBeInRange(before - TimeSpan.FromSeconds(2), after + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Memory_on_Linux_is_what_the_process_has_resident()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/statm");

        new LinuxProcessClock().ResidentBytes.ShouldBeInRange(Environment.WorkingSet / 2, Environment.WorkingSet * 2);
    }

    [Fact]
    public void The_clock_of_a_thread_is_read_from_another_until_the_thread_has_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pthread_getcpuclockid");
        var clock = new LinuxProcessClock();
        ThreadClock ofThread = default;
        using var ready = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            ofThread = clock.CurrentThreadClock();
            clock.TryRead(ofThread, out var start);
            while (clock.TryRead(ofThread, out var now) && (now - start).TotalMilliseconds < 20)
            {
                Thread.SpinWait(1000);
            }

            ready.Set();
            end.Wait();
        });
        thread.Start();
        ready.Wait();

        clock.TryRead(ofThread, out var used).ShouldBeTrue();
        used.TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(20);

        end.Set();
        thread.Join();
        SpinWait.SpinUntil(() => !clock.TryRead(ofThread, out _), TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public void No_thread_has_no_clock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "clock_gettime");

        new LinuxProcessClock().TryRead(default, out var time).ShouldBeFalse();
        time.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_machine_works_at_least_as_long_as_this_process_and_reading_that_allocates_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/stat");
        var clock = new LinuxProcessClock();
        var (machine, own) = (clock.MachineCpuTime!.Value, clock.ProcessCpuTime);
        while ((clock.ProcessCpuTime - own).TotalMilliseconds < 100)
        {
            Thread.SpinWait(1000);
        }

        (clock.MachineCpuTime.Value - machine).TotalMilliseconds.ShouldBeGreaterThan(50, "its clock has ticks, which may miss one of its CPUs' last");
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = clock.MachineCpuTime;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("cpu  1 2 3 1000 1000 4 5 600 70 8\ncpu0 1 2 3 4 5 6 7\n", 15L)]
    [InlineData("cpu 9223372036854775807 0 0 0 0 0 0", long.MaxValue)]
    [InlineData("cpu  1 2 3 4 5 6", null)]
    [InlineData("cpu0 1 2 3 4 5 6 7 8", null)]
    [InlineData("cpu  1 2 x 4 5 6 7 8", null)]
    [InlineData("cpu  1 2 -3 4 5 6 7 8", null)]
    [InlineData("cpu  99999999999999999999 2 3 4 5 6 7", null)]
    [InlineData("cpu ", null)]
    [InlineData("", null)]
    public void Of_the_machines_time_what_is_idle_stolen_or_a_guests_is_not_its_work(string text, long? ticks) =>
        LinuxMachineTime.BusyTicks(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(ticks);

    [Fact]
    public void Numbers_of_processes_are_the_hosts_in_the_first_namespace_only_and_begin_with_this_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/ns");
        var clock = new LinuxProcessClock();

        clock.HasHostProcessIds.ShouldBe(new FileInfo("/proc/self/ns/pid").LinkTarget == "pid:[4026531836]");
        clock.ProcessIds.ShouldBe([Environment.ProcessId]);
    }

    [Fact]
    public void The_portable_clock_works_on_every_system()
    {
        var clock = new PortableProcessClock();

        var before = clock.ProcessCpuTime;
        before.ShouldBeGreaterThan(TimeSpan.Zero);
        clock.ReadLivingChildren().ShouldBe(default);
        clock.ResidentBytes.ShouldBeGreaterThan(1 << 20);
        clock.EndedChildrenCpuTime.ShouldBe(TimeSpan.Zero);
        clock.TryRead(clock.CurrentThreadClock(), out _).ShouldBeFalse();
        clock.ProcessCpuTime.ShouldBeGreaterThanOrEqualTo(before);
    }
}
