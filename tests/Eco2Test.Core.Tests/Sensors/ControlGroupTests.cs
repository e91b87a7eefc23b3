using System.Diagnostics;
using Eco2Test.Hardware;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

[Collection(RealClocks.Name)]
public sealed class ControlGroupTests : IDisposable
{
    private const string Mounts = "cgroup /sys/fs/cgroup/cpuacct cgroup rw,cpu,cpuacct 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_group_counts_a_command_with_all_that_it_starts_whoever_waits_for_it()
    {
        using var group = ControlGroup.TryCreate();
        Assert.SkipWhen(group is null, "no control group can be made here");
        using var command = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read go; (i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done & ); read end"])
        {
            RedirectStandardInput = true,
        })!;
        group.TryJoin(command.Id).ShouldBeTrue();
        var before = group.CpuTime!.Value;
        command.StandardInput.WriteLine("go");

        SpinWait.SpinUntil(() => group.CpuTime!.Value - before > TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(60)).ShouldBeTrue();

        group.TryLeave(command.Id).ShouldBeTrue();
        command.StandardInput.Close();
        command.WaitForExit();
    }

    [Theory]
    [InlineData("0::/user/me\n", "sys/fs/cgroup/user/me", "cpu.stat", "usage_usec 2500000\nuser_usec 1\n", 2.5)]
    [InlineData("2:cpu,cpuacct:/docker/x\n", "sys/fs/cgroup/cpuacct/docker/x", "cpuacct.usage", "1500000000\n", 1.5)]
    public void It_is_made_below_the_own_group_of_either_interface(string own, string place, string file, string usage, double seconds)
    {
        var files = Machine(own, place);
        var folder = new ControlGroupFolder(_folder.Path, made => File.WriteAllText(Path.Combine(made, file), usage));

        using var group = ControlGroup.TryCreate(files, folder, processId: 42);

        group.ShouldNotBeNull();
        Directory.Exists(Path.Combine(_folder.Path, place, "eco2test-42")).ShouldBeTrue();
        group.CpuTime.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Where_none_can_be_made_or_it_counts_nothing_there_is_none()
    {
        ControlGroup.TryCreate(Machine("0::/\n", "elsewhere"), new ControlGroupFolder(_folder.Path), 42).ShouldBeNull();
        ControlGroup.TryCreate(Machine("0::/\n", "sys/fs/cgroup"), new ControlGroupFolder(_folder.Path), 42).ShouldBeNull();
        Directory.Exists(_folder["sys/fs/cgroup/eco2test-42"]).ShouldBeFalse();
        ControlGroup.TryCreate(new SystemFiles(_folder["nothing"]), new ControlGroupFolder(_folder.Path), 42).ShouldBeNull();
    }

    private SystemFiles Machine(string own, string place)
    {
        Directory.CreateDirectory(_folder["proc/self"]);
        Directory.CreateDirectory(_folder[place]);
        File.WriteAllText(_folder["proc/self/cgroup"], own);
        File.WriteAllText(_folder["proc/self/mounts"], Mounts);
        return new SystemFiles(_folder.Path);
    }
}
