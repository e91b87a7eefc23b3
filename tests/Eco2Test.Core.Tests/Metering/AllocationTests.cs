using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>What the hot paths allocate, without a journal: a collector that runs because of the tracker would be a test's to pay.</summary>
public sealed class AllocationTests
{
    /// <summary>The window, its account, and what closing it gives. 720 were seen.</summary>
    private const long MostBytesOfAWindow = 1056;

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

        Allocations.Of(() => run.Sample(journal: false)).ShouldBe(0);
    }

    [Fact]
    public void A_tick_on_the_clocks_of_Linux_allocates_nothing_while_no_thread_starts_or_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/task");
        using var run = Run(new LinuxProcessClock());

        Allocations.Of(() => run.Sample(journal: false)).ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("DE")]
    public void A_window_allocates_itself_and_its_result(string? region)
    {
        using var run = Run(new FakeMachine());
        var request = Request with { Region = region };

        Allocations.Of(() => run.Close(run.Open(request, parent: null), TestOutcome.Passed)).ShouldBeInRange(1, MostBytesOfAWindow);
    }

    [Fact]
    public void A_window_allocates_no_more_among_a_hundred_open_ones()
    {
        using var run = Run(new FakeMachine());
        var alone = Allocations.Of(() => run.Close(run.Open(Request, parent: null), TestOutcome.Passed));
        for (var i = 0; i < 100; i++)
        {
            run.Open(Request, parent: null);
        }

        Allocations.Of(() => run.Close(run.Open(Request, parent: null), TestOutcome.Passed)).ShouldBe(alone);
    }

    /// <summary>Four counters by their real code: the files of a stand-in for powercap.</summary>
    [Fact]
    public void Counters_allocate_nothing_at_a_tick_and_nothing_more_for_a_window()
    {
        using var powercap = Powercap();
        using var without = Run(new FakeMachine());
        using var with = Run(new FakeMachine(), Counters(powercap));

        Allocations.Of(() => with.Sample(journal: false)).ShouldBe(0);
        Allocations.Of(() => with.Close(with.Open(Request, parent: null), TestOutcome.Passed))
            .ShouldBe(Allocations.Of(() => without.Close(without.Open(Request, parent: null), TestOutcome.Passed)));
    }

    /// <summary>Through the library's exports: readings of two GPUs, and of who is on them.</summary>
    [Fact]
    public void GPUs_allocate_nothing_at_a_tick_and_nothing_more_for_a_window()
    {
        using var nvml = new StandInNvml(gpus: 2);
        using var without = Run(new FakeMachine());
        using var with = Run(new FakeMachine(), new SensorSet { Gpus = nvml.Sensors() });

        Allocations.Of(() => with.Sample(journal: false)).ShouldBe(0);
        Allocations.Of(() => with.Close(with.Open(Request, parent: null), TestOutcome.Passed))
            .ShouldBe(Allocations.Of(() => without.Close(without.Open(Request, parent: null), TestOutcome.Passed)));
    }

    [Fact]
    public void A_tick_that_closes_no_interval_allocates_nothing()
    {
        using var run = Run(new FakeMachine());

        Allocations.Of(() => run.Sample(journal: false, closeInterval: false)).ShouldBe(0);
    }

    /// <summary>It runs at every switch of a program whose contexts still carry a window that has closed.</summary>
    [Fact]
    public void A_switch_to_a_closed_window_and_back_allocates_nothing()
    {
        using var run = Run(new FakeMachine());
        var window = run.Open(Request, parent: null);
        Ambient.Flow = window;
        var carrying = ExecutionContext.Capture()!;
        Ambient.Flow = null;
        run.Close(window, TestOutcome.Passed);

        Allocations.Of(() => ExecutionContext.Run(carrying, static _ => { }, null)).ShouldBe(0);
    }

    private static FakePowercap Powercap()
    {
        var powercap = new FakePowercap();
        for (var socket = 0; socket < 2; socket++)
        {
            powercap.AddZone($"intel-rapl:{socket}", $"package-{socket}");
            powercap.AddZone($"intel-rapl:{socket}:0", "dram");
        }

        return powercap;
    }

    private static SensorSet Counters(FakePowercap powercap)
    {
        var sensors = new PowercapSearch(new SystemFiles(powercap.Root), "GenuineIntel", isGuest: false, TimeProvider.System).Find();
        (sensors.Packages.Count, sensors.Memory.Count).ShouldBe((2, 2));
        return sensors;
    }

    private static TrackingRun Run(IProcessClock clock, SensorSet? sensors = null) => new(
        new RunIdentity("Allocations", "net10.0", null, "test"),
        new RunSettings { Region = "FR", Skip = true },
        new CiContext(null, null, null, null, null),
        FakeMachine.Describe(clock, sensors),
        TimeProvider.System,
        sampling: false);
}
