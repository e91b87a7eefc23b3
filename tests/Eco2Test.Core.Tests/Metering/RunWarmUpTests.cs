using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

public sealed class RunWarmUpTests
{
    /// <summary>Its thread has a run of its own: what it opened there must be nobody's current window, nor the run of the process.</summary>
    [Fact]
    public void It_leaves_nothing_behind()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "one processor has nobody to warm up beside");
        var (run, flow) = (Ambient.Run, Ambient.Flow);
        var machine = new FakeMachine();

        RunWarmUp.Begin(TimeProvider.System).ShouldNotBeNull().Wait(machine);

        Ambient.Run.ShouldBeSameAs(run);
        Ambient.Flow.ShouldBeSameAs(flow);
    }

    [Fact]
    public void A_clock_that_fails_stops_no_run_from_starting()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "one processor has nobody to warm up beside");

        Should.NotThrow(() => RunWarmUp.Begin(new BrokenTime())!.Wait(new FakeMachine()));
    }

    private sealed class BrokenTime : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("no clock");

        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("no clock");
    }
}
