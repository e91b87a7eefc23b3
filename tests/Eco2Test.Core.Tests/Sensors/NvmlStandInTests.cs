using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>The truth that sensors are held to must be true itself.</summary>
public sealed class NvmlStandInTests
{
    public static TheoryData<int, double, double, double> Loads => new()
    {
        { (int)StandInForm.Constant, 1, 0.5, 0 },
        { (int)StandInForm.Square, 0.7, 0.3, 0.11 },
        { (int)StandInForm.Square, 0.1, 0.9, 0 },
        { (int)StandInForm.Ramp, 1.3, 0.5, 0.4 },
        { (int)StandInForm.Sine, 0.9, 0.5, 0.2 },
    };

    [Theory]
    [MemberData(nameof(Loads))]
    public void The_exact_energy_of_a_load_is_the_sum_of_its_power(int form, double period, double duty, double phase)
    {
        using var driver = new StandInNvml();
        driver.SetLoad(0, new StandInLoad((StandInForm)form, 60, 300, period, duty, phase));
        driver.SetPowerSensor(0, StandInCall.InstantPowerField, refresh: 0, window: 0);
        driver.SetFault(0, StandInCall.Energy, Eco2Test.Sensors.NvmlCode.NotSupported);
        var sensor = driver.Sensors().Single();
        sensor.TryRead(out var before).ShouldBeTrue();
        var start = driver.Now;

        for (var step = 0; step < 20_000; step++)
        {
            driver.Advance(0.000_1);
            sensor.TryRead(out _).ShouldBeTrue();
        }

        sensor.TryRead(out var after).ShouldBeTrue();
        (after - before).Joules.ShouldBe(driver.Energy(0, start, driver.Now), tolerance: 0.2);
    }

    [Fact]
    public void Each_driver_has_a_state_of_its_own()
    {
        using var one = new StandInNvml(gpus: 1);
        using var two = new StandInNvml(gpus: 2);

        one.SetLoad(0, StandInLoad.Constant(100));

        one.Sensors().Count.ShouldBe(1);
        two.Sensors().Count.ShouldBe(2);
        one.Energy(0, 0, 1).ShouldBe(100, 1e-9);
        two.Energy(0, 0, 1).ShouldBe(300, 1e-9);
    }

    [Fact]
    public async Task A_call_that_hangs_returns_when_it_is_released()
    {
        using var driver = new StandInNvml();
        var sensor = driver.Sensors().Single();
        driver.SetHanging(StandInCall.Energy, true);

        var reading = Task.Run(() => sensor.TryRead(out _));
        SpinWait.SpinUntil(() => driver.Waiting == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        reading.IsCompleted.ShouldBeFalse();
        driver.SetHanging(StandInCall.Energy, false);

        (await reading).ShouldBeTrue();
    }

    [Fact]
    public void A_call_takes_as_long_as_it_is_told_to()
    {
        using var driver = new StandInNvml();
        driver.UseRealTime();
        var sensor = driver.Sensors().Single();
        driver.SetLatency(StandInCall.Energy, 0.05);

        var start = driver.Now;
        sensor.TryRead(out _).ShouldBeTrue();

        (driver.Now - start).ShouldBeGreaterThanOrEqualTo(0.05);
    }
}
