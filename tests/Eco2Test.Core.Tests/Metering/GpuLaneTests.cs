using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Drivers are called on a thread of their own: one that hangs delays nobody, and the others are read on.</summary>
public sealed class GpuLaneTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _answer = new(initialState: true);
    private readonly FakeSensor _healthy = new();
    private readonly FakeSensor _hanging = new();
    private readonly FakeRun _run;

    public GpuLaneTests()
    {
        _hanging.Before = _answer.Wait;
        _run = new FakeRun(gpus: [_hanging, _healthy]);
    }

    [Fact]
    public void Who_asks_gets_a_reading_of_every_GPU()
    {
        var (lane, meters) = Lane(TimeSpan.FromMinutes(1));
        using (lane)
        {
            lane.AskAndWait(Long).ShouldBeTrue();
            var before = (_hanging.Reads, _healthy.Reads);

            lane.AskAndWait(Long).ShouldBeTrue();

            (_hanging.Reads, _healthy.Reads).ShouldBe((before.Item1 + 1, before.Item2 + 1));
            meters.ShouldAllBe(meter => meter.MayBeOurs);
        }
    }

    [Fact]
    public void A_driver_that_hangs_is_parked_the_others_are_read_on_and_it_comes_back()
    {
        var (lane, meters) = Lane(TimeSpan.Zero);
        using (lane)
        {
            lane.AskAndWait(Long).ShouldBeTrue();
            _answer.Reset();
            lane.AskAndWait(TimeSpan.FromMilliseconds(1)).ShouldBeFalse();
            SpinWait.SpinUntil(() => _hanging.IsBeingRead, Long).ShouldBeTrue();

            SpinWait.SpinUntil(() => Watch(lane, meters[0]), Long).ShouldBeTrue();

            var before = _healthy.Reads;
            lane.AskAndWait(Long).ShouldBeTrue("the other GPU is read by a thread that took over");
            _healthy.Reads.ShouldBeGreaterThan(before);
            meters[0].Fault!.ShouldContain("the driver has not answered for 0 s");
            meters[1].IsParked.ShouldBeFalse();

            _answer.Set();
            SpinWait.SpinUntil(() => !meters[0].IsParked, Long).ShouldBeTrue();
            lane.AskAndWait(Long).ShouldBeTrue();
            meters[0].Fault.ShouldBeNull();
        }
    }

    [Fact]
    public void One_window_waits_for_a_driver_that_is_late_and_the_next_do_not()
    {
        var (lane, _) = Lane(TimeSpan.FromMinutes(1));
        using (lane)
        {
            lane.AskAndWait(Long).ShouldBeTrue();
            _answer.Reset();
            lane.AskAndWait(TimeSpan.FromMilliseconds(1)).ShouldBeFalse();

            // Would last for half an hour if it waited.
            lane.AskAndWait(TimeSpan.FromMinutes(30)).ShouldBeFalse();

            _answer.Set();
            SpinWait.SpinUntil(() => lane.AskAndWait(Long), Long).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_driver_that_throws_is_a_fault_and_the_others_are_read_on()
    {
        _hanging.Before = () => throw new InvalidOperationException("a driver's fault");
        var (lane, meters) = Lane(TimeSpan.FromMinutes(1));
        using (lane)
        {
            lane.AskAndWait(Long).ShouldBeTrue();
            lane.AskAndWait(Long).ShouldBeTrue();

            meters[0].MayBeOurs.ShouldBeFalse("there is no reading of it");
            meters[1].MayBeOurs.ShouldBeTrue();
        }
    }

    public void Dispose()
    {
        _answer.Set();
        _run.Dispose();
        _answer.Dispose();
    }

    private (GpuLane Lane, GpuMeter[] Meters) Lane(TimeSpan callLimit)
    {
        GpuMeter[] meters = [new(_hanging), new(_healthy)];
        return (new GpuLane(_run.Run, meters, TimeProvider.System, callLimit), meters);
    }

    private static bool Watch(GpuLane lane, GpuMeter meter)
    {
        lane.Watch();
        return meter.IsParked;
    }
}
