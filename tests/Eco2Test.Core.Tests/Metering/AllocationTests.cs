using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>What the hot paths allocate, without a journal: a collector that runs because of the tracker would be a test's to pay.</summary>
public sealed class AllocationTests
{
    /// <summary>The window, its account, and what closing it gives. 720 were seen.</summary>
    private const long MostBytesOfAWindow = 1024;

    private static readonly WindowRequest Request = new() { Id = "A", DisplayName = "A", Kind = WindowKind.Test };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tick_of_the_sampler_allocates_nothing(bool whileAWindowIsOpen)
    {
        using var run = Run(new FakeMachine());
        if (whileAWindowIsOpen)
        {
            run.Open(Request, parent: null);
        }

        Least(() => run.Sample(journal: false)).ShouldBe(0);
    }

    [Fact]
    public void A_tick_on_the_clocks_of_Linux_allocates_nothing_while_no_thread_starts_or_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/task");
        using var run = Run(new LinuxProcessClock());

        Least(() => run.Sample(journal: false)).ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("DE")]
    public void A_window_allocates_itself_and_its_result(string? region)
    {
        using var run = Run(new FakeMachine());
        var request = Request with { Region = region };

        Least(() => run.Close(run.Open(request, parent: null), TestOutcome.Passed)).ShouldBeInRange(1, MostBytesOfAWindow);
    }

    [Fact]
    public void A_window_allocates_no_more_among_a_hundred_open_ones()
    {
        using var run = Run(new FakeMachine());
        var alone = Least(() => run.Close(run.Open(Request, parent: null), TestOutcome.Passed));
        for (var i = 0; i < 100; i++)
        {
            run.Open(Request, parent: null);
        }

        Least(() => run.Close(run.Open(Request, parent: null), TestOutcome.Passed)).ShouldBe(alone);
    }

    /// <summary>The least of many: caches fill at the first calls, and lists grow now and then.</summary>
    private static long Least(Action action)
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

    private static TrackingRun Run(IProcessClock clock) => new(
        new RunIdentity("Allocations", "net10.0", null, "test"),
        new RunSettings { Region = "FR", Skip = true },
        new CiContext(null, null, null, null, null),
        new RunMachine
        {
            Clock = clock,
            Cpu = new CpuIdentity("Fake CPU", null, null, null, null, IsGuest: false, ThreadsPerSocket: 2, LogicalProcessors: 2),
            AvailableCpus = 2,
            CpuModel = FakeMachine.TwoWatts,
            RamModel = new RamPowerModel(ContainedInCpu: false),
        },
        TimeProvider.System,
        sampling: false);
}
