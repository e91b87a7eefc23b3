using CsCheck;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CpuQuotaTests : IDisposable
{
    private readonly TempFolder _root = new();

    [Fact]
    public void Without_control_groups_all_processors_are_available() => Available().ShouldBe(4);

    [Fact]
    public void A_container_of_version_2_has_the_CPUs_of_its_quota_and_not_the_next_whole_number()
    {
        Write("proc/self/cgroup", "0::/\n");
        Write("sys/fs/cgroup/cpu.max", "150000 100000\n");

        Available().ShouldBe(1.5);
    }

    [Fact]
    public void Of_its_own_group_and_those_above_the_tightest_counts()
    {
        Write("proc/self/cgroup", "0::/system.slice/ci.service/job\n");
        Write("sys/fs/cgroup/system.slice/ci.service/job/cpu.max", "300000 100000\n");
        Write("sys/fs/cgroup/system.slice/ci.service/cpu.max", "250000 100000\n");
        Write("sys/fs/cgroup/system.slice/cpu.max", "max 100000\n");

        Available().ShouldBe(2.5);
    }

    [Fact]
    public void The_groups_of_others_do_not_count()
    {
        Write("proc/self/cgroup", "0::/ours\n");
        Write("sys/fs/cgroup/theirs/cpu.max", "50000 100000\n");
        Write("sys/fs/cgroup/ours/below/cpu.max", "50000 100000\n");

        Available().ShouldBe(4);
    }

    [Theory]
    [InlineData("cpu,cpuacct", "cpu,cpuacct")]
    [InlineData("cpu,cpuacct", "cpu")]
    [InlineData("cpuacct,cpu", "cpu,cpuacct")]
    [InlineData("cpu", "cpu")]
    public void A_container_of_version_1_has_the_CPUs_of_its_quota_at_the_top_of_its_mount(string controllers, string mount)
    {
        Write("proc/self/cgroup", $"12:memory:/docker/0123\n4:{controllers}:/docker/0123\n1:name=systemd:/docker/0123\n0::/docker/0123\n");
        Write($"sys/fs/cgroup/{mount}/cpu.cfs_quota_us", "50000\n");
        Write($"sys/fs/cgroup/{mount}/cpu.cfs_period_us", "100000\n");

        Available().ShouldBe(0.5);
    }

    [Fact]
    public void A_group_of_version_1_is_found_by_its_own_path()
    {
        Write("proc/self/cgroup", "4:cpu,cpuacct:/user.slice/job\n");
        Write("sys/fs/cgroup/cpu,cpuacct/user.slice/job/cpu.cfs_quota_us", "125000\n");
        Write("sys/fs/cgroup/cpu,cpuacct/user.slice/job/cpu.cfs_period_us", "50000\n");
        Write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        Write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");

        Available().ShouldBe(2.5);
    }

    [Fact]
    public void A_quota_of_more_than_there_is_adds_nothing()
    {
        Write("proc/self/cgroup", "0::/\n");
        Write("sys/fs/cgroup/cpu.max", "1600000 100000\n");

        Available().ShouldBe(4);
    }

    [Theory]
    [InlineData("max 100000")]
    [InlineData("max")]
    [InlineData("")]
    [InlineData("-1 100000")]
    [InlineData("0 100000")]
    [InlineData("100000 0")]
    [InlineData("100000 -5")]
    [InlineData("100000")]
    [InlineData("1e5 100000")]
    [InlineData("many few")]
    [InlineData("99999999999999999999999 100000")]
    public void No_limit_and_garbage_are_no_limit(string text)
    {
        Write("proc/self/cgroup", "0::/\n4:cpu:/\n");
        Write("sys/fs/cgroup/cpu.max", text);
        Write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", text.Split(' ')[0]);
        Write("sys/fs/cgroup/cpu/cpu.cfs_period_us", text.Split(' ')[^1] == "100000" && text.Length > 6 ? "100000" : "0");

        Available().ShouldBe(4);
    }

    [Theory]
    [InlineData("0::/../../elsewhere")]
    [InlineData("0::elsewhere")]
    [InlineData("0::/else\u0001where")]
    public void A_path_that_is_not_below_the_mount_is_not_followed(string line)
    {
        Write("proc/self/cgroup", line + "\n");
        Write("sys/elsewhere/cpu.max", "50000 100000");
        Write("sys/fs/cgroup/cpu.max", "200000 100000");

        Available().ShouldBe(2);
    }

    [Theory]
    [InlineData("0::/", "cpuset.cpus.effective", "0-1,3\n", 3)]
    [InlineData("0::/", "cpuset.cpus", "2\n", 1)]
    [InlineData("0::/", "cpuset.cpus.effective", "\n", 4)]
    [InlineData("0::/", "cpuset.cpus.effective", "many\n", 4)]
    [InlineData("3:cpuset:/", "cpuset/cpuset.effective_cpus", "0,2\n", 2)]
    [InlineData("3:cpuset:/docker/0123", "cpuset/docker/0123/cpuset.cpus", "1\n", 1)]
    public void A_set_of_CPUs_is_a_limit_like_a_quota(string group, string file, string text, double cpus)
    {
        Write("proc/self/cgroup", group + "\n");
        Write($"sys/fs/cgroup/{file}", text);

        Available().ShouldBe(cpus);
    }

    [Fact]
    public void Of_a_container_inside_another_the_tighter_limit_counts_where_both_are_seen()
    {
        Write("proc/self/cgroup", "4:cpu,cpuacct:/docker/outer/docker/inner\n3:cpuset:/docker/outer/docker/inner\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/outer/cpu.cfs_quota_us", "150000\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/outer/cpu.cfs_period_us", "100000\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/outer/docker/inner/cpu.cfs_quota_us", "300000\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/outer/docker/inner/cpu.cfs_period_us", "100000\n");
        Write("sys/fs/cgroup/cpuset/docker/outer/cpuset.cpus", "0-2\n");

        Available().ShouldBe(1.5);
    }

    [Fact]
    public void Whatever_the_files_hold_there_are_more_than_none_and_not_more_than_all()
    {
        var text = Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789 -:/max,cpu\n\0"], 0, 60]);
        Gen.Select(text, text, text).Sample(
            (own, path, limit) =>
            {
                Write("proc/self/cgroup", $"{own}\n0::{path}\n4:cpu:/{path}\n");
                Write("sys/fs/cgroup/cpu.max", limit);
                Write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", limit);
                Write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");

                Available().ShouldBeInRange(double.Epsilon, 4);
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void This_machine_answers() =>
        CpuQuota.AvailableCpus(SystemFiles.OfThisMachine, Environment.ProcessorCount).ShouldBeInRange(0.001, Environment.ProcessorCount);

    public void Dispose() => _root.Dispose();

    private void Write(string name, string text) => _root.Write(name, text);

    private double Available() => CpuQuota.AvailableCpus(new SystemFiles(_root), logicalProcessors: 4);
}
