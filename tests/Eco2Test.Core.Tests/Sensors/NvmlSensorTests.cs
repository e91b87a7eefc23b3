using Eco2Test.Sensors;
using Eco2Test.TestKit.Nvml;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class NvmlSensorTests
{
    [Fact]
    public void A_device_with_a_counter_is_read_in_joules()
    {
        using var driver = new StandInNvml();
        driver.SetName(0, "NVIDIA A100-SXM4-40GB");
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        driver.Advance(10);

        (Joules(sensor) - before).ShouldBe(3000, 1e-6);
        sensor.Fault.ShouldBeNull();
        sensor.Remark.ShouldBeNull();
        sensor.Channel.ShouldBe(new EnergyChannel("NVIDIA A100-SXM4-40GB", "nvml-energy-counter", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromMilliseconds(100)) { Scale = 0.001 });
    }

    [Theory]
    [InlineData(0, "nvml-energy-counter", false)]
    [InlineData(1, "nvml-instant-power", true)]
    [InlineData(2, "nvml-average-power", true)]
    [InlineData(3, "nvml-power", true)]
    public void The_best_source_that_answers_is_taken(int unsupported, string source, bool isSampled)
    {
        using var driver = new StandInNvml();
        StandInCall[] sources = [StandInCall.Energy, StandInCall.InstantPowerField, StandInCall.AveragePowerField];
        Array.ForEach(sources[..unsupported], call => driver.SetFault(0, call, NvmlCode.NotSupported));

        var sensor = driver.Sensors().Single();

        sensor.Channel.Source.ShouldBe(source);
        sensor.Channel.IsSampledPower.ShouldBe(isSampled);
        var before = Joules(sensor);
        driver.Advance(2);
        (Joules(sensor) - before).ShouldBe(600, 1e-3);
    }

    [Fact]
    public void An_old_driver_without_most_functions_still_tells_power()
    {
        using var driver = new StandInNvml(isOldDriver: true);
        var sensor = driver.Sensors().Single();

        sensor.Channel.Source.ShouldBe("nvml-power");
        sensor.Fault.ShouldBeNull();
        sensor.ReadDetails().ShouldBe(new GpuDetails { Power = Power.FromWatts(300) });
        sensor.TryReadProcesses([], out var reason).ShouldBeFalse();
        reason.ShouldBe("which processes use it cannot be read: the driver is too old for it");
    }

    [Fact]
    public void A_device_that_tells_neither_energy_nor_power_keeps_its_place()
    {
        using var driver = new StandInNvml(gpus: 2);
        foreach (var call in new[] { StandInCall.Energy, StandInCall.FieldValues, StandInCall.PowerUsage })
        {
            driver.SetFault(0, call, NvmlCode.NotSupported);
        }

        var sensors = driver.Sensors();

        sensors[0].TryRead(out _).ShouldBeFalse();
        sensors[0].Fault.ShouldBe("GPU 0 (NVIDIA Stand-in): the driver tells neither its energy nor its power");
        sensors[1].Fault.ShouldBeNull();
    }

    [Fact]
    public void Power_is_integrated_by_the_trapezoid()
    {
        using var driver = PowerOnly();
        driver.ForcePower(0, 100_000);
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        driver.ForcePower(0, 200_000);
        driver.Advance(2);
        (Joules(sensor) - before).ShouldBe(300, 1e-9);
        driver.ForcePower(0, 0);
        driver.Advance(1);
        (Joules(sensor) - before).ShouldBe(400, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    public void Every_device_has_a_sensor_in_the_drivers_order(int count)
    {
        using var driver = new StandInNvml(count);
        for (var gpu = 0; gpu < count; gpu++)
        {
            driver.SetLoad(gpu, StandInLoad.Constant(10 * (gpu + 1)));
        }

        var sensors = driver.Sensors();
        var before = sensors.Select(Joules).ToList();
        driver.Advance(1);

        sensors.Select(Joules).Zip(before, (now, then) => Math.Round(now - then, 2)).ShouldBe(Enumerable.Range(1, count).Select(number => 10.0 * number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(999)]
    [InlineData(777)]
    public void A_device_that_fails_says_so_and_the_others_go_on(int code)
    {
        foreach (var call in new[] { StandInCall.Energy, StandInCall.InstantPowerField })
        {
            using var driver = call == StandInCall.Energy ? new StandInNvml(gpus: 2) : PowerOnly(gpus: 2);
            var sensors = driver.Sensors();
            var before = (Joules(sensors[0]), Joules(sensors[1]));

            driver.SetFault(0, call, code);
            driver.Advance(1);

            sensors[0].TryRead(out var kept).ShouldBeFalse();
            kept.Joules.ShouldBe(before.Item1, "what was booked stays booked");
            sensors[0].Fault.ShouldBe($"GPU 0 (NVIDIA Stand-in): {NvmlCode.Describe(code)}");
            (Joules(sensors[1]) - before.Item2).ShouldBe(300, 1e-3);

            driver.SetFault(0, call, NvmlCode.Success);
            driver.Advance(1);
            var back = Joules(sensors[0]);
            sensors[0].Fault.ShouldBeNull();
            back.ShouldBeLessThanOrEqualTo(before.Item1 + 600 + 1e-3);
            driver.Advance(1);
            (Joules(sensors[0]) - back).ShouldBe(300, 1e-3);
        }
    }

    [Fact]
    public void What_a_device_drew_while_its_power_could_not_be_read_is_not_guessed()
    {
        using var driver = PowerOnly();
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        driver.SetFault(0, StandInCall.InstantPowerField, NvmlCode.GpuIsLost);
        sensor.TryRead(out _);
        driver.Advance(3600);
        driver.SetFault(0, StandInCall.InstantPowerField, NvmlCode.Success);

        Joules(sensor).ShouldBe(before);
    }

    [Fact]
    public void A_device_that_does_not_answer_at_the_start_is_measured_once_it_does()
    {
        using var driver = new StandInNvml(gpus: 3);
        driver.SetName(1, "NVIDIA Late");
        driver.SetFault(1, NvmlCode.GpuIsLost);

        var sensors = driver.Sensors();
        sensors[1].Fault.ShouldNotBeNull().ShouldStartWith("GPU 1 (NVIDIA GPU 1): the GPU is lost");
        sensors[2].Fault.ShouldBeNull();
        driver.SetFault(1, NvmlCode.Success);
        var before = Joules(sensors[1]);
        driver.Advance(1);

        (Joules(sensors[1]) - before).ShouldBe(300, 1e-3);
        sensors[1].Channel.Device.ShouldBe("NVIDIA Late");
    }

    [Fact]
    public void A_counter_that_fails_for_a_moment_at_the_start_is_waited_for()
    {
        using var driver = new StandInNvml();
        driver.SetFault(0, StandInCall.Energy, NvmlCode.Timeout);
        var sensor = driver.Sensors().Single();
        sensor.Fault.ShouldNotBeNull();

        driver.SetFault(0, StandInCall.Energy, NvmlCode.Success);

        sensor.TryRead(out _).ShouldBeTrue();
        sensor.Channel.Source.ShouldBe("nvml-energy-counter");
    }

    [Fact]
    public void A_driver_that_is_loaded_anew_is_started_anew_and_its_loss_is_said()
    {
        using var driver = new StandInNvml(gpus: 2);
        driver.SetCounter(0, refresh: 0.1, start: 50_000);
        var sensors = driver.Sensors();
        driver.Advance(10);
        var before = (Joules(sensors[0]), Joules(sensors[1]));

        driver.ReloadDriver();
        driver.Advance(1);

        Joules(sensors[0]).ShouldBe(before.Item1, "what it drew just then is not known");
        sensors[0].Remark.ShouldBe("GPU 0 (NVIDIA Stand-in): its energy counter jumped 1 time(s), as when the driver is loaded anew; what it drew just then is not counted");
        sensors[0].Fault.ShouldBeNull();
        driver.Advance(1);
        (Joules(sensors[0]) - before.Item1).ShouldBe(300, 1e-3);
        // The second one finds the driver started, and its own handle void.
        sensors[1].TryRead(out _).ShouldBeTrue();
        sensors[1].Fault.ShouldBeNull();
    }

    [Fact]
    public void A_library_that_somebody_else_shut_down_is_started_anew_and_nothing_is_lost()
    {
        using var driver = new StandInNvml();
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        driver.ShutDown();
        driver.Advance(1);

        (Joules(sensor) - before).ShouldBe(300, 1e-3);
        sensor.Remark.ShouldBeNull();
    }

    [Fact]
    public void A_driver_that_does_not_start_anew_is_a_fault_until_it_does()
    {
        using var driver = new StandInNvml();
        var sensor = driver.Sensors().Single();

        driver.ShutDown();
        driver.SetInitCode(NvmlCode.DriverNotLoaded);
        sensor.TryRead(out _).ShouldBeFalse();
        sensor.Fault.ShouldNotBeNull().ShouldContain("NVML is not initialised");
        driver.SetInitCode(NvmlCode.Success);

        sensor.TryRead(out _).ShouldBeTrue();
        sensor.Fault.ShouldBeNull();
    }

    [Fact]
    public void A_counter_that_jumps_takes_nothing_back_and_makes_nothing_up()
    {
        using var driver = new StandInNvml();
        driver.ForceEnergy(0, 5_000_000);
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        foreach (var jump in new ulong[] { 0, ulong.MaxValue, 4_999_000, 4_999_000_000_000 })
        {
            driver.ForceEnergy(0, jump);
            driver.Advance(0.1);
            Joules(sensor).ShouldBe(before);
        }

        sensor.Remark.ShouldNotBeNull().ShouldContain("jumped 4 time(s)");
        driver.ForceEnergy(0, 4_999_000_030_000);
        driver.Advance(0.1);
        (Joules(sensor) - before).ShouldBe(30, 1e-6);
    }

    [Theory]
    [InlineData(4_294_967_295)]
    [InlineData(10_001_000)]
    public void A_power_that_no_board_draws_is_a_fault(double milliwatts)
    {
        using var driver = PowerOnly();
        var sensor = driver.Sensors().Single();
        var before = Joules(sensor);

        driver.ForcePower(0, milliwatts);
        driver.Advance(1);

        sensor.TryRead(out var cumulative).ShouldBeFalse();
        cumulative.Joules.ShouldBe(before);
        sensor.Fault.ShouldBe("GPU 0 (NVIDIA Stand-in): the driver's figure cannot be true");
    }

    [Fact]
    public void A_name_is_text_whatever_the_driver_writes()
    {
        using var driver = new StandInNvml(gpus: 3);
        driver.SetName(0, "Ĝpu µ");
        driver.SetName(1, new string('x', 150));
        driver.SetFault(2, StandInCall.Name, NvmlCode.NoPermission);

        driver.Sensors().Select(sensor => sensor.Channel.Device).ShouldBe(["Ĝpu µ", new string('x', NvmlLibrary.TextLength), "NVIDIA GPU 2"]);
    }

    [Fact]
    public void Details_are_those_that_the_driver_tells()
    {
        using var driver = new StandInNvml(gpus: 2);
        driver.SetPartitioned(0, true);
        for (var call = StandInCall.Energy; call <= StandInCall.Mig; call++)
        {
            driver.SetFault(1, call, NvmlCode.NotSupported);
        }

        var sensors = driver.Sensors();

        sensors[0].ReadDetails().ShouldBe(new GpuDetails
        {
            PowerLimit = Power.FromWatts(400),
            Power = Power.FromWatts(300),
            TemperatureCelsius = 61,
            MemoryBytes = 80L << 30,
            MemoryUsedBytes = 6L << 30,
            DriverVersion = "550.54.14",
            IsPartitioned = true,
        });
        sensors[1].ReadDetails().ShouldBe(new GpuDetails { DriverVersion = "550.54.14" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reading_allocates_nothing(bool hasCounter)
    {
        using var driver = hasCounter ? new StandInNvml() : PowerOnly();
        var sensor = driver.Sensors().Single();
        var processes = new List<GpuProcess>(100);
        driver.SetProcesses(0, NvmlProcessKind.Compute, 1, 2, 3);
        driver.SetProcesses(0, NvmlProcessKind.Graphics, 3, 4);
        driver.SetUtilization(0, (1, 10, 5), (2, 20, 5));

        Allocated(() => sensor.TryRead(out _)).ShouldBe(0);
        Allocated(() => sensor.TryReadProcesses(processes, out _)).ShouldBe(0);
        processes.Count.ShouldBe(4);
        driver.SetFault(0, NvmlCode.NoPermission);
        Allocated(() => sensor.TryRead(out _)).ShouldBe(0);
        Allocated(() => sensor.TryReadProcesses(processes, out _)).ShouldBe(0);
        processes.ShouldBeEmpty();
    }

    private static long Allocated(Action action)
    {
        // Once for what is made the first time.
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static StandInNvml PowerOnly(int gpus = 1)
    {
        var driver = new StandInNvml(gpus);
        for (var gpu = 0; gpu < gpus; gpu++)
        {
            driver.SetFault(gpu, StandInCall.Energy, NvmlCode.NotSupported);
        }

        return driver;
    }

    private static double Joules(IEnergySensor sensor)
    {
        sensor.TryRead(out var energy).ShouldBeTrue(sensor.Fault);
        return energy.Joules;
    }
}
