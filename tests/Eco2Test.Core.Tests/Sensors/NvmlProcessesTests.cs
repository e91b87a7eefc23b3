using Eco2Test.Sensors;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class NvmlProcessesTests : IDisposable
{
    private readonly StandInNvml _driver = new();
    private readonly List<GpuProcess> _processes = [new(99, 0.5)];
    private readonly Lazy<IGpuSensor> _sensor;

    public NvmlProcessesTests() => _sensor = new(() => _driver.Sensors().Single());

    [Fact]
    public void Nobody_on_it_is_an_answer()
    {
        Read().ShouldBeNull();
        _processes.ShouldBeEmpty();
    }

    [Fact]
    public void Who_computes_and_draws_is_one_process()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10, 11);
        _driver.SetProcesses(0, NvmlProcessKind.Graphics, 11, 12);
        _driver.SetUtilization(0, (10, 30, 1_000), (11, 5, 1_000), (77, 50, 1_000));

        Read().ShouldBeNull();

        _processes.ShouldBe([new(10, 0.3), new(11, 0.05), new(12, 0)]);
    }

    [Fact]
    public void The_latest_sample_of_a_process_counts_and_no_process_has_more_than_all()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10, 11);
        _driver.SetUtilization(0, (10, 80, 2_000), (10, 30, 1_000), (11, 4_000_000_000, 1_500));

        Read();

        _processes.ShouldBe([new(10, 0.8), new(11, 1)]);
    }

    [Fact]
    public void A_sample_holds_until_there_is_a_newer_one_or_a_second_has_passed()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10, 11);
        _driver.SetUtilization(0, (10, 80, 1_000));
        Read();

        _driver.Advance(0.1);
        Read();
        _processes.ShouldBe([new(10, 0.8), new(11, 0)], "the driver has nothing newer");

        _driver.SetUtilization(0, (10, 80, 1_000), (11, 40, 2_000));
        Read();
        _processes.ShouldBe([new(10, 0), new(11, 0.4)]);

        _driver.Advance(1.1);
        Read();
        _processes.ShouldBe([new(10, 0), new(11, 0)], "nobody has used it for longer than a sample takes");
    }

    [Fact]
    public void Without_utilization_the_processes_are_known_all_the_same()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        _driver.SetFault(0, StandInCall.Utilization, NvmlCode.NotSupported);

        Read().ShouldBeNull();

        _processes.ShouldBe([new(10, null)]);
    }

    [Fact]
    public void More_processes_than_there_is_room_for_are_asked_for_again()
    {
        var ids = Enumerable.Range(1, 500).Select(number => (uint)number).ToArray();
        _driver.SetProcesses(0, NvmlProcessKind.Compute, ids);
        _driver.SetUtilization(0, [.. ids.Select(id => (id, 1u, 1_000ul))]);

        Read().ShouldBeNull();

        _processes.Count.ShouldBe(500);
        _processes.ShouldAllBe(process => process.SmUtilization == 0.01);
    }

    [Theory]
    [InlineData(3, "which processes use it cannot be read: the device does not support it")]
    [InlineData(4, "which processes use it cannot be read: no permission; give this user access to /dev/nvidiactl and /dev/nvidia*")]
    [InlineData(10, "which processes use it cannot be read: the driver did not answer in time")]
    public void A_driver_that_does_not_tell_says_why(int code, string reason)
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        _driver.SetFault(0, StandInCall.Compute, code);

        Read().ShouldBe(reason);
        _processes.ShouldBeEmpty();
    }

    [Fact]
    public void A_board_without_graphics_has_its_computing_processes()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        _driver.SetFault(0, StandInCall.Graphics, NvmlCode.NotSupported);
        Read().ShouldBeNull();
        _processes.Count.ShouldBe(1);

        _driver.SetFault(0, StandInCall.Graphics, NvmlCode.NoPermission);
        Read().ShouldNotBeNull().ShouldContain("no permission");
        _processes.ShouldBeEmpty("a part of the list is no list");
    }

    [Fact]
    public void A_divided_GPU_does_not_tell()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        _driver.SetPartitioned(0, true);

        Read().ShouldNotBeNull().ShouldContain("MIG");
        _processes.ShouldBeEmpty();
    }

    [Fact]
    public void Clients_of_the_multi_process_service_are_not_told_apart()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        _driver.SetProcesses(0, NvmlProcessKind.Mps, 11, 12);

        Read().ShouldNotBeNull().ShouldContain("MPS");
        _processes.ShouldBeEmpty();
    }

    /// <summary>With 60 the documented length would fit into the first buffer, and what is written would not.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(500)]
    public void A_list_in_another_layout_is_read_by_the_older_function(int count)
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, [.. Enumerable.Range(1, count).Select(number => (uint)number)]);
        _driver.UseWideEntries();

        Read().ShouldBeNull();

        _processes.Select(process => process.Id).ShouldBe(Enumerable.Range(1, count));
    }

    [Fact]
    public void A_list_of_numbers_that_no_process_has_is_not_believed()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10, uint.MaxValue);
        Read().ShouldNotBeNull().ShouldContain("unknown layout");

        _driver.SetProcesses(0, NvmlProcessKind.Compute, 0);
        Read().ShouldNotBeNull();
        _processes.ShouldBeEmpty();
    }

    [Fact]
    public void A_device_that_is_lost_and_back_is_found_again()
    {
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 10);
        Read().ShouldBeNull();

        _driver.ReloadDriver();
        Read().ShouldNotBeNull().ShouldContain("not initialised");
        _sensor.Value.TryRead(out _).ShouldBeTrue();

        Read().ShouldBeNull();
        _processes.Count.ShouldBe(1);
    }

    public void Dispose() => _driver.Dispose();

    private string? Read()
    {
        _sensor.Value.TryReadProcesses(_processes, out var reason).ShouldBe(reason is null);
        return reason;
    }
}
