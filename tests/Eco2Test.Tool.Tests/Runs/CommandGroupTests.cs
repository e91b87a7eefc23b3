using Eco2Test.Hardware;
using Eco2Test.Sensors;

namespace Eco2Test.Tool.Tests;

/// <summary>A command that is counted by a control group, and by what the system tells of ended children where that cannot be.</summary>
public sealed class CommandGroupTests : IDisposable
{
    private const string Own = "sys/fs/cgroup/user";

    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_group_that_can_be_joined_and_left_counts_the_command()
    {
        using var group = new CommandGroup(Group(mayJoin: true, mayLeave: true));

        group.Start(() => 7).ShouldBe(7);

        (group.HoldsCommand, group.CountedBy).ShouldBe((true, "control-group"));
        group.CpuTime.ShouldBeInRange(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1), "what this process used meanwhile is taken off");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_group_that_this_user_may_not_use_counts_nothing_and_the_command_runs(bool mayJoin, bool mayLeave)
    {
        using var group = new CommandGroup(Group(mayJoin, mayLeave));

        group.Start(() => 7).ShouldBe(7);

        (group.HoldsCommand, group.CountedBy).ShouldBe((false, "samples"));
        group.CpuTime.ShouldBeLessThan(TimeSpan.FromMinutes(59), "the hour of the group is not the command's");
    }

    [Fact]
    public void A_command_that_cannot_be_started_is_not_held()
    {
        using var group = new CommandGroup(null);

        Should.Throw<InputException>(() => group.Start<int>(() => throw new InputException("ECO4041", "no such program")));
        (group.HoldsCommand, group.CountedBy).ShouldBe((false, "samples"));
    }

    /// <summary>A group that says an hour; who may not join finds no file to write to, who may not leave none in the group above.</summary>
    private ControlGroup Group(bool mayJoin, bool mayLeave)
    {
        _folder.AddText("proc/self/cgroup", "0::/user\n");
        _folder.AddText("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
        Directory.CreateDirectory(_folder.At(Own));
        if (mayLeave)
        {
            _folder.AddText($"{Own}/cgroup.procs", "");
        }

        var group = ControlGroup.TryCreate(new SystemFiles(_folder.Path), new ControlGroupFolder(_folder.Path, made =>
        {
            File.WriteAllText(Path.Combine(made, "cpu.stat"), "usage_usec 3600000000\n");
            if (mayJoin)
            {
                File.WriteAllText(Path.Combine(made, "cgroup.procs"), "");
            }
        }), processId: 42);
        return group.ShouldNotBeNull();
    }
}
