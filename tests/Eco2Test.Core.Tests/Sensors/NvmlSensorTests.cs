using System.Runtime.InteropServices;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class NvmlSensorTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void A_device_with_a_counter_is_read_in_joules()
    {
        var gpu = new FakeNvml.Gpu { Name = "NVIDIA A100-SXM4-40GB", Millijoules = 1_500 };
        var sensor = Find(gpu).Single();

        sensor.Channel.ShouldBe(new EnergyChannel("NVIDIA A100-SXM4-40GB", "nvml-energy-counter", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromMilliseconds(100)));
        Joules(sensor).ShouldBe(1.5);
        gpu.Millijoules += 250_000;
        Joules(sensor).ShouldBe(251.5);
        sensor.Fault.ShouldBeNull();
    }

    [Fact]
    public void A_counter_as_large_as_it_can_be_is_still_a_number()
    {
        var sensor = Find(new FakeNvml.Gpu { Millijoules = ulong.MaxValue }).Single();

        Joules(sensor).ShouldBe(ulong.MaxValue / 1000.0);
    }

    [Fact]
    public void A_device_without_a_counter_is_its_power_integrated_by_the_trapezoid()
    {
        var gpu = new FakeNvml.Gpu { HasCounter = false, Milliwatts = 100_000 };
        var sensor = Find(gpu).Single();

        sensor.Channel.Source.ShouldBe("nvml-power");
        Joules(sensor).ShouldBe(0);
        gpu.Milliwatts = 200_000;
        _machine.Idle(seconds: 2);
        Joules(sensor).ShouldBe(300, 1e-9);
        gpu.Milliwatts = 0;
        _machine.Idle(seconds: 1);
        Joules(sensor).ShouldBe(400, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_is_lost_says_so_and_is_read_again_when_it_is_back(bool hasCounter)
    {
        var gpu = new FakeNvml.Gpu { HasCounter = hasCounter, Millijoules = 1_000, Milliwatts = 100_000 };
        var sensor = Find(gpu).Single();
        Joules(sensor);

        gpu.Code = FakeNvml.Lost;
        _machine.Idle(seconds: 1);
        sensor.TryRead(out _).ShouldBeFalse();
        sensor.Fault.ShouldBe("NVIDIA Test: the GPU is lost (it fell off the bus)");

        gpu.Code = 0;
        var back = Joules(sensor);
        sensor.Fault.ShouldBeNull();
        gpu.Millijoules += 100_000;
        _machine.Idle(seconds: 1);
        (Joules(sensor) - back).ShouldBe(100, 1e-9);
    }

    [Fact]
    public void What_a_device_drew_while_its_power_could_not_be_read_is_not_guessed()
    {
        var gpu = new FakeNvml.Gpu { HasCounter = false, Milliwatts = 100_000 };
        var sensor = Find(gpu).Single();
        var before = Joules(sensor);

        gpu.Code = FakeNvml.Lost;
        sensor.TryRead(out _);
        _machine.Idle(seconds: 3600);
        gpu.Code = 0;

        Joules(sensor).ShouldBe(before);
    }

    [Theory]
    [InlineData(1, "NVML is not initialised")]
    [InlineData(4, "no permission")]
    [InlineData(10, "the driver did not answer in time")]
    [InlineData(999, "NVML error 999")]
    public void A_fault_names_the_device_and_its_cause(int code, string cause)
    {
        var gpu = new FakeNvml.Gpu();
        var sensor = Find(gpu).Single();

        gpu.Code = code;

        sensor.TryRead(out _).ShouldBeFalse();
        sensor.Fault.ShouldBe($"NVIDIA Test: {cause}");
    }

    [Fact]
    public void Every_device_has_a_sensor_but_one_that_gives_no_handle()
    {
        var sensors = Find(new FakeNvml.Gpu { Name = "one" }, new FakeNvml.Gpu { Name = "two", HandleCode = FakeNvml.Lost }, new FakeNvml.Gpu { Name = "three", HasCounter = false });

        sensors.Select(sensor => sensor.Channel.Device).ShouldBe(["one", "three"]);
        sensors.Select(sensor => sensor.Channel.Source).ShouldBe(["nvml-energy-counter", "nvml-power"]);
    }

    [Fact]
    public void Without_a_driver_an_answer_or_a_device_there_is_no_sensor()
    {
        NvmlSensor.FindAll(null, _machine).ShouldBeEmpty();
        Find().ShouldBeEmpty();

        FakeNvml.Reset(new FakeNvml.Gpu());
        FakeNvml.InitCode = 9;
        NvmlSensor.FindAll(FakeNvml.Library, _machine).ShouldBeEmpty();

        FakeNvml.Reset(new FakeNvml.Gpu());
        FakeNvml.CountCode = 999;
        NvmlSensor.FindAll(FakeNvml.Library, _machine).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_is_text_whatever_the_driver_writes()
    {
        Find(new FakeNvml.Gpu { Name = "Ĝpu µ" }).Single().Channel.Device.ShouldBe("Ĝpu µ");
        Find(new FakeNvml.Gpu { NameCode = NvmlLibrary.Success + 4 }).Single().Channel.Device.ShouldBe("NVIDIA GPU");
        Find(new FakeNvml.Gpu { Name = new string('x', 500) }).Single().Channel.Device.ShouldBe(new string('x', NvmlLibrary.NameLength));
    }

    [Fact]
    public void A_machine_without_the_driver_has_no_library_and_that_is_no_fault()
    {
        var installed = NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out _);

        (NvmlLibrary.Load() is not null).ShouldBe(installed);
    }

    private IReadOnlyList<IGpuSensor> Find(params FakeNvml.Gpu[] gpus)
    {
        FakeNvml.Reset(gpus);
        return NvmlSensor.FindAll(FakeNvml.Library, _machine);
    }

    private static double Joules(IEnergySensor sensor)
    {
        sensor.TryRead(out var energy).ShouldBeTrue();
        return energy.Joules;
    }
}
