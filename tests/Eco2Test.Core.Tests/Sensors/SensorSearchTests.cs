using Eco2Test.Core.Tests.Metering;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>The code paths of every system, taken on this one.</summary>
public sealed class SensorSearchTests : IDisposable
{
    private readonly FakePowercap _powercap = new();
    private readonly FakeMachine _machine = new();

    [Fact]
    public void Linux_has_powercap_and_the_GPUs_of_both_makers_and_no_energy_meters()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.AddZone("intel-rapl:0:0", "dram");
        _powercap.Write("sys/class/hwmon/hwmon0/name", "amdgpu\n");
        _powercap.Write("sys/class/hwmon/hwmon0/power1_average", "1\n");

        var set = Search(OperatingSystemKind.Linux).Find();

        Sources(set.Packages).ShouldBe(["rapl-powercap"]);
        Sources(set.Memory).ShouldBe(["rapl-powercap"]);
        Sources(set.Gpus).ShouldBe(["fake-counter", "amdgpu-power"]);
    }

    [Fact]
    public void Windows_has_energy_meters_and_NVML_and_no_powercap()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");

        var set = Search(OperatingSystemKind.Windows).Find();

        Sources(set.Packages).ShouldBe(["emi"]);
        Sources(set.Gpus).ShouldBe(["fake-counter"]);
        set.Missing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(OperatingSystemKind.MacOs), "powermetrics")]
    [InlineData(nameof(OperatingSystemKind.Other), "Linux and Windows only")]
    public void Other_systems_have_no_counter_and_say_why(string system, string why)
    {
        _powercap.AddZone("intel-rapl:0", "package-0");

        var set = Search(Enum.Parse<OperatingSystemKind>(system)).Find();

        set.Packages.ShouldBeEmpty();
        set.Gpus.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem().Reason.ShouldContain(why);
    }

    [Fact]
    public void What_NVML_lacks_and_what_Windows_refuses_is_said()
    {
        var search = Search(OperatingSystemKind.Windows) with
        {
            Nvml = () => ([], new MissingSensor("NVML", "no driver", null)),
            EnergyMeters = () => ([], "Windows lists no energy meter"),
        };

        search.Find().Missing.Select(missing => missing.Reason).ShouldBe(["CPU energy is modeled: Windows lists no energy meter.", "no driver"]);
    }

    [Fact]
    public void A_search_that_throws_does_not_stop_the_others()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        var linux = (Search(OperatingSystemKind.Linux) with { Nvml = () => throw new InvalidOperationException("the driver is broken") }).Find();
        var windows = (Search(OperatingSystemKind.Windows) with { EnergyMeters = () => throw new BadImageFormatException("not a library") }).Find();

        linux.Packages.ShouldHaveSingleItem();
        linux.Missing.ShouldHaveSingleItem().Reason.ShouldBe("Looking for it failed: the driver is broken");
        windows.Gpus.ShouldHaveSingleItem();
        windows.Missing.ShouldHaveSingleItem().Reason.ShouldBe("Looking for it failed: not a library");
    }

    [Fact]
    public void A_sensor_that_lies_or_throws_is_left_out_and_the_others_stay()
    {
        var search = Search(OperatingSystemKind.Windows) with
        {
            Nvml = () => (
            [
                new LyingSensor(() => throw new InvalidOperationException("no channel")),
                new LyingSensor(() => null!),
                new LyingSensor(() => Channel with { UpdatePeriod = TimeSpan.FromSeconds(-1) }),
                new LyingSensor(() => Channel with { UpdatePeriod = TimeSpan.MaxValue }),
                new LyingSensor(() => Channel with { Uncertainty = double.NaN }),
                null!,
                new LyingSensor(() => Channel),
            ], null),
        };

        var set = search.Find();

        set.Gpus.ShouldHaveSingleItem().Channel.ShouldBe(Channel);
        set.Missing.ShouldHaveSingleItem().Reason.ShouldContain("what cannot be");
        set.Packages.ShouldHaveSingleItem();
    }

    [Fact]
    public void Every_system_has_a_clock_that_tells_the_process_time()
    {
        foreach (var system in Enum.GetValues<OperatingSystemKind>().Where(system => system != OperatingSystemKind.Linux || OperatingSystem.IsLinux()))
        {
            var clock = Search(system).Clock();

            var before = clock.ProcessCpuTime;
            before.ShouldBeGreaterThan(TimeSpan.Zero, system.ToString());
            clock.ProcessCpuTime.ShouldBeGreaterThanOrEqualTo(before);
            clock.ProcessIds.ShouldContain(Environment.ProcessId);
        }
    }

    [Theory]
    [InlineData(nameof(OperatingSystemKind.Linux), typeof(LinuxProcessClock))]
    [InlineData(nameof(OperatingSystemKind.Windows), typeof(WindowsProcessClock))]
    [InlineData(nameof(OperatingSystemKind.MacOs), typeof(PortableProcessClock))]
    [InlineData(nameof(OperatingSystemKind.Other), typeof(PortableProcessClock))]
    public void Each_system_has_its_clock(string system, Type clock)
    {
        Assert.SkipUnless(system != nameof(OperatingSystemKind.Linux) || OperatingSystem.IsLinux(), "the clocks of Linux");

        Search(Enum.Parse<OperatingSystemKind>(system)).Clock().ShouldBeOfType(clock);
    }

    [Fact]
    public void Where_there_is_no_Windows_it_has_no_energy_meters_and_a_reason()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "what there is on Windows is not known");

        var (devices, reason) = EnergyMeterWindows.Find();

        devices.ShouldBeEmpty();
        reason.ShouldNotBeNull();
    }

    [Fact]
    public void This_machine_says_of_each_kind_what_it_has_or_why_it_has_none()
    {
        var machine = RunMachine.This(cpuPower: null, new EnvironmentVariables(_ => null), TimeProvider.System);

        (machine.Sensors.Packages.Count + machine.Sensors.Missing.Count).ShouldBeGreaterThan(0);
        machine.Sensors.Missing.ShouldAllBe(missing => missing.Reason.Length > 0);
    }

    public void Dispose() => _powercap.Dispose();

    private static EnergyChannel Channel { get; } = new("GPU", "fake", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromMilliseconds(100));

    private SensorSearch Search(OperatingSystemKind system) => new()
    {
        System = system,
        Files = new SystemFiles(_powercap.Root, _powercap.Refuse),
        Time = _machine,
        CpuVendor = "GenuineIntel",
        Nvml = () => ([new FakeSensor()], null),
        EnergyMeters = () => ([new FakeEnergyMeter(2, "RAPL_Package0_PKG")], null),
    };

    private static IEnumerable<string> Sources(IEnumerable<IEnergySensor> sensors) => sensors.Select(sensor => sensor.Channel.Source);

    private sealed class LyingSensor(Func<EnergyChannel> channel) : IGpuSensor
    {
        public EnergyChannel Channel => channel();

        public string? Fault => null;

        public string? Remark => null;

        public bool TryRead(out Energy cumulative)
        {
            cumulative = Energy.Zero;
            return true;
        }

        public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
        {
            reason = null;
            return true;
        }

        public GpuDetails ReadDetails() => new();

        public void Dispose()
        {
        }
    }
}
