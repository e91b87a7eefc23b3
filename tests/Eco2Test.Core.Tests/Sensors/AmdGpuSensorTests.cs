using Eco2Test.Core.Tests.Metering;
using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>A tree such as the amdgpu driver makes; no real GPU.</summary>
public sealed class AmdGpuSensorTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly FakeMachine _machine = new();

    [Fact]
    public void Power_is_integrated_by_the_trapezoid_rule()
    {
        var monitor = AddGpu(0, "0000:03:00.0");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();

        Read(gpu).ShouldBe(0);
        SetPower(monitor, 200_000_000);
        _machine.Idle(seconds: 2);
        Read(gpu).ShouldBe(300, 1e-9);
        SetPower(monitor, 0);
        _machine.Idle(seconds: 1);
        Read(gpu).ShouldBe(400, 1e-9);
    }

    [Fact]
    public void A_channel_says_that_power_is_sampled_and_what_the_GPU_is()
    {
        AddGpu(0, "0000:03:00.0");
        _root.Write("sys/devices/0000:03:00.0/product_name", "Radeon Test\n");

        var channel = Find().Gpus.ShouldHaveSingleItem().Channel;

        channel.Device.ShouldBe("Radeon Test");
        channel.Source.ShouldBe("amdgpu-power");
        channel.Domain.ShouldBe(EnergyDomain.Gpu);
        channel.IsSampledPower.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0007b")]
    [InlineData(null)]
    public void Without_a_name_it_is_an_AMD_GPU(string? name)
    {
        AddGpu(0, "0000:03:00.0");
        if (name is not null)
        {
            _root.Write("sys/devices/0000:03:00.0/product_name", name);
        }

        Find().Gpus.ShouldHaveSingleItem().Channel.Device.ShouldBe("AMD GPU");
    }

    [Fact]
    public void Power_of_a_moment_serves_where_there_is_no_mean()
    {
        AddGpu(0, "0000:03:00.0", power: "power1_input");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();

        Read(gpu);
        _machine.Idle(seconds: 1);

        Read(gpu).ShouldBe(100, 1e-9);
    }

    [Fact]
    public void Sensors_of_other_drivers_are_no_GPUs_and_a_GPU_without_power_is_missing()
    {
        _root.Write("sys/class/hwmon/hwmon0/name", "k10temp\n");
        _root.Write("sys/class/hwmon/hwmon0/power1_average", "5\n");
        _root.Write("sys/class/hwmon/hwmon1/name", "amdgpu\n");
        _root.Write("sys/class/hwmon/hwmon2/name", "");

        var set = Find();

        set.Gpus.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem().Reason.ShouldBe("AMD GPU shows no power (no power1_average or power1_input).");
    }

    [Theory]
    [InlineData("sys/class/hwmon/hwmon0/in1_label", "vddnb\n")]
    [InlineData("sys/devices/0000:03:00.0/device", "0x74a0\n")]
    public void A_GPU_on_the_processors_chip_is_not_added_since_its_power_is_the_processors(string file, string text)
    {
        AddGpu(0, "0000:03:00.0");
        _root.Write(file, text);

        var set = Find();

        set.Gpus.ShouldBeEmpty();
        set.NotAdded.ShouldHaveSingleItem().ContainedIn.ShouldBe("the processor's package");
    }

    [Fact]
    public void Sixteen_GPUs_are_in_the_order_of_their_numbers()
    {
        for (var i = 15; i >= 0; i--)
        {
            AddGpu(i, $"0000:{i:x2}:00.0");
            _root.Write($"sys/devices/0000:{i:x2}:00.0/product_name", $"GPU {i}");
        }

        Find().Gpus.Select(gpu => gpu.Channel.Device).ShouldBe(Enumerable.Range(0, 16).Select(i => $"GPU {i}"));
    }

    [Fact]
    public void A_GPU_that_sleeps_is_not_woken_and_draws_nothing()
    {
        var monitor = AddGpu(0, "0000:03:00.0");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();
        _root.Write("sys/devices/0000:03:00.0/power/runtime_status", "suspended\n");
        SetText(monitor, "would wake it");

        Read(gpu);
        _machine.Idle(seconds: 10);

        Read(gpu).ShouldBe(0);
        gpu.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("many\n")]
    [InlineData("-1\n")]
    [InlineData("NaN\n")]
    [InlineData("18446744073709551615\n")]
    [InlineData("99999999999999999999999\n")]
    public void What_is_no_power_is_a_fault_and_what_it_drew_meanwhile_is_not_guessed(string text)
    {
        var monitor = AddGpu(0, "0000:03:00.0");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();
        Read(gpu);
        _machine.Idle(seconds: 1);
        Read(gpu);

        SetText(monitor, text);
        gpu.TryRead(out var cumulative).ShouldBeFalse();
        cumulative.Joules.ShouldBe(100, 1e-9);
        gpu.Fault.ShouldBe("AMD GPU: its power is no number that can be");

        _machine.Idle(seconds: 3600);
        SetPower(monitor, 100_000_000);
        Read(gpu).ShouldBe(100, 1e-9);
        _machine.Idle(seconds: 1);
        Read(gpu).ShouldBe(200, 1e-9);
        gpu.Fault.ShouldBeNull();
    }

    [Fact]
    public void A_GPU_that_is_removed_is_a_fault()
    {
        var monitor = AddGpu(0, "0000:03:00.0");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();
        Read(gpu);

        SetText(monitor, "");
        File.Delete(_root[$"{monitor}/power1_average"]);
        gpu.TryRead(out _).ShouldBeFalse();
        gpu.TryRead(out _).ShouldBeFalse();

        gpu.Fault.ShouldNotBeNull().ShouldContain("is gone");
    }

    [Fact]
    public void A_clock_that_steps_back_takes_no_energy_back()
    {
        AddGpu(0, "0000:03:00.0");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();
        Read(gpu);
        _machine.Idle(seconds: 1);
        var before = Read(gpu);

        _machine.Idle(seconds: -30);

        Read(gpu).ShouldBe(before);
    }

    [Fact]
    public void Processes_with_memory_on_this_GPU_have_a_context_on_it()
    {
        AddGpu(0, "0000:03:00.0");
        AddGpu(1, "0001:83:01.2");
        AddNode(0, gpuId: 0, location: 0, domain: 0);
        AddNode(1, gpuId: 41000, location: 0x0300, domain: 0);
        AddNode(2, gpuId: 52000, location: 0x830A, domain: 1);
        AddProcess(100, (41000, 4096), (52000, 0));
        AddProcess(200, (41000, 0), (52000, 1 << 20));
        AddProcess(300, (41000, 1), (52000, 1));
        _root.Write("sys/class/kfd/kfd/proc/notes/vram_41000", "5");
        var gpus = Find().Gpus;

        Processes(gpus[0]).ShouldBe([100, 300]);
        Processes(gpus[1]).ShouldBe([200, 300]);
    }

    [Fact]
    public void Without_the_compute_driver_there_is_a_reason_and_no_process()
    {
        AddGpu(0, "0000:03:00.0");
        var processes = new List<GpuProcess> { new(1, null) };

        Find().Gpus.Single().TryReadProcesses(processes, out var reason).ShouldBeFalse();

        processes.ShouldBeEmpty();
        reason.ShouldNotBeNull().ShouldContain("/sys/class/kfd");
    }

    [Fact]
    public void Details_are_what_the_driver_says_and_nothing_else()
    {
        AddGpu(0, "0000:03:00.0");
        AddGpu(1, "0000:04:00.0");
        _root.Write("sys/class/hwmon/hwmon0/power1_cap", "300000000\n");
        _root.Write("sys/class/hwmon/hwmon0/temp1_input", "54000\n");
        _root.Write("sys/devices/0000:03:00.0/mem_info_vram_total", "17163091968\n");
        _root.Write("sys/devices/0000:03:00.0/mem_info_vram_used", "1048576\n");
        var gpus = Find().Gpus;

        gpus[0].ReadDetails().ShouldBe(new GpuDetails
        {
            PowerLimit = Power.FromWatts(300),
            Power = Power.FromWatts(100),
            TemperatureCelsius = 54,
            MemoryBytes = 17_163_091_968,
            MemoryUsedBytes = 1_048_576,
        });
        gpus[1].ReadDetails().ShouldBe(new GpuDetails { Power = Power.FromWatts(100) });
    }

    [Fact]
    public void A_reading_allocates_nothing()
    {
        AddGpu(0, "0000:03:00.0");
        _root.Write("sys/devices/0000:03:00.0/power/runtime_status", "active\n");
        using var gpu = Find().Gpus.ShouldHaveSingleItem();
        Read(gpu);

        Allocations.Of(() => gpu.TryRead(out _)).ShouldBe(0);
    }

    public void Dispose() => _root.Dispose();

    private SensorSet Find() => new AmdGpuSearch(new SystemFiles(_root), _machine).Find();

    private string AddGpu(int number, string place, string power = "power1_average")
    {
        var monitor = $"sys/class/hwmon/hwmon{number}";
        _root.Write($"{monitor}/name", "amdgpu\n");
        _root.Write($"{monitor}/{power}", "100000000\n");
        Directory.CreateDirectory(_root[$"sys/devices/{place}"]);
        Directory.CreateSymbolicLink(_root[$"{monitor}/device"], $"../../../devices/{place}");
        return monitor;
    }

    private void SetPower(string monitor, long microwatts) => SetText(monitor, $"{microwatts}\n");

    private void SetText(string monitor, string text) => _root.Write($"{monitor}/power1_average", text);

    private void AddNode(int number, int gpuId, int location, int domain)
    {
        _root.Write($"sys/class/kfd/kfd/topology/nodes/{number}/gpu_id", $"{gpuId}\n");
        _root.Write($"sys/class/kfd/kfd/topology/nodes/{number}/properties", $"simd_count 256\nlocation_id {location}\ndomain {domain}\n");
    }

    private void AddProcess(int id, params (int Gpu, int Bytes)[] memory)
    {
        foreach (var (gpu, bytes) in memory)
        {
            _root.Write($"sys/class/kfd/kfd/proc/{id}/vram_{gpu}", $"{bytes}\n");
        }
    }

    private static double Read(IEnergySensor gpu)
    {
        gpu.TryRead(out var cumulative).ShouldBeTrue(gpu.Fault);
        return cumulative.Joules;
    }

    private static IEnumerable<int> Processes(IGpuSensor gpu)
    {
        var processes = new List<GpuProcess>();
        gpu.TryReadProcesses(processes, out var reason).ShouldBeTrue(reason);
        processes.ShouldAllBe(process => process.SmUtilization == null);
        return processes.Select(process => process.Id).Order();
    }
}
