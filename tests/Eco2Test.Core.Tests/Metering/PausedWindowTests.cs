using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>The window of an iterator is paused while its consumer is at work.</summary>
public sealed class PausedWindowTests : IDisposable
{
    private readonly FakeRun _run = new();

    [Fact]
    public void What_no_flow_explains_is_the_consumers_while_it_is_paused()
    {
        var consumer = _run.Open("consumer");
        var iterator = _run.Open("iterator", consumer);
        _run.Work(1);
        _run.Run.Pause(iterator);
        _run.Work(2);
        _run.Run.Resume(iterator).ShouldBeTrue();
        _run.Work(4);

        var inner = _run.Close(iterator).Measurement;
        var outer = _run.Close(consumer).Measurement;

        inner.Cpu.Joules.ShouldBe(10, 0.2, "1 s and 4 s at 2 W, less what a host does of its own");
        outer.Cpu.Joules.ShouldBe(14, 0.2);
        outer.Self.Joules.ShouldBe(4, 0.2);
        inner.Duration.ShouldBe(TimeSpan.FromSeconds(5));
        outer.Duration.ShouldBe(TimeSpan.FromSeconds(7));
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void What_flows_with_it_is_its_own_also_then()
    {
        var iterator = _run.Open("iterator");
        _run.Run.Pause(iterator);
        _run.Work(1, iterator);

        _run.Close(iterator).Measurement.Cpu.Joules.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void It_closes_with_the_window_around_it()
    {
        var consumer = _run.Open("consumer");
        var iterator = _run.Open("iterator", consumer);
        _run.Run.Pause(iterator);

        _run.Close(consumer);

        iterator.Closed.ShouldNotBeNull();
        _run.Run.Resume(iterator).ShouldBeFalse();
        _run.Run.HasOpenWindows.ShouldBeFalse();
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void Pausing_and_resuming_twice_is_as_once()
    {
        var iterator = _run.Open("iterator");
        _run.Run.Pause(iterator);
        _run.Run.Pause(iterator);
        _run.Run.HasOpenWindows.ShouldBeFalse();
        _run.Run.Resume(iterator).ShouldBeTrue();
        _run.Run.Resume(iterator).ShouldBeTrue();

        _run.Run.HasOpenWindows.ShouldBeTrue();
        _run.Close(iterator).Measurement.Energy.ShouldBe(Energy.Zero);
        _run.Run.HasOpenWindows.ShouldBeFalse();
    }

    public void Dispose() => _run.Dispose();
}
