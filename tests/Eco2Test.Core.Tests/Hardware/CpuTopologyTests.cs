using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CpuTopologyTests : IDisposable
{
    private readonly TempFolder _root = new();

    [Fact]
    public void Two_sockets_of_two_cores_with_two_threads_each()
    {
        Machine(sockets: 2, coresPerSocket: 2, threadsPerCore: 2);

        Read().ShouldBe(new CpuTopology(2, 4, 8) { ThreadsPerSocket = 4 });
    }

    [Fact]
    public void Cores_of_several_dies_have_the_same_numbers_and_are_others()
    {
        Cpu(0, package: 0, core: 0, die: 0);
        Cpu(1, package: 0, core: 0, die: 1);
        Write("online", "0-1\n");

        Read()!.Cores.ShouldBe(2);
    }

    [Fact]
    public void CPUs_that_are_switched_off_keep_their_part_of_the_sockets_power_unless_they_are_second_threads()
    {
        Machine(sockets: 1, coresPerSocket: 4, threadsPerCore: 1);
        Write("present", "0-7\n");
        Read().ShouldBe(new CpuTopology(1, 4, 4) { ThreadsPerSocket = 8 });

        Write("smt/control", "off\n");
        Read()!.ThreadsPerSocket.ShouldBe(4);
    }

    [Fact]
    public void Intels_smaller_cores_are_listed()
    {
        Machine(sockets: 1, coresPerSocket: 12, threadsPerCore: 1);
        _root.Write("sys/devices/cpu_atom/cpus", "8-11\n");

        Read()!.EfficiencyThreads.ShouldBe(4);
    }

    [Theory]
    [InlineData(new[] { 1024, 1024, 400, 400 }, 2)]
    [InlineData(new[] { 400, 400, 1024, 1024 }, 2)]
    [InlineData(new[] { 400, 700, 1024, 400 }, 3)]
    [InlineData(new[] { 1024, 1024, 1024, 1024 }, 0)]
    public void Arms_smaller_cores_have_less_capacity(int[] capacities, int small)
    {
        Machine(sockets: 1, coresPerSocket: 4, threadsPerCore: 1);
        for (var cpu = 0; cpu < capacities.Length; cpu++)
        {
            Write($"cpu{cpu}/cpu_capacity", $"{capacities[cpu]}\n");
        }

        Read()!.EfficiencyThreads.ShouldBe(small);
    }

    [Fact]
    public void Cores_of_two_kinds_make_the_TDP_per_thread_a_mean_with_wider_bounds()
    {
        var hybrid = new CpuIdentity("12th Gen Intel(R) Core(TM) i9-12900K", "GenuineIntel", 6, 151, 2, IsGuest: false, ThreadsPerSocket: 24, 24)
        {
            Topology = new CpuTopology(1, 16, 24) { ThreadsPerSocket = 24, EfficiencyThreads = 8 },
        };

        var model = CpuPowerModels.Choose(hybrid, null);

        model.Source.ShouldBe("tdp-per-thread");
        model.LowFactor.ShouldBe(0.4, 1e-12);
        model.HighFactor.ShouldBe(2.5, 1e-12);
        model.Detail.ShouldContain("8 of them of smaller cores");
    }

    [Fact]
    public void Without_the_folder_the_text_says_it()
    {
        static string Block(int cpu, int socket, int core) => $"processor\t: {cpu}\nphysical id\t: {socket}\nsiblings\t: 2\ncore id\t\t: {core}\ncpu cores\t: 1\n\n";
        _root.Write("proc/cpuinfo", Block(0, 0, 0) + Block(1, 0, 0) + Block(2, 1, 0) + Block(3, 1, 0));

        Read().ShouldBe(new CpuTopology(2, 2, 4) { ThreadsPerSocket = 2 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0-")]
    [InlineData("3-0")]
    [InlineData("0-99999999")]
    [InlineData("0-7")]
    [InlineData("99999999999999999999")]
    public void A_list_that_is_none_or_names_CPUs_that_are_not_there_is_no_topology(string online)
    {
        Write("online", online);

        Read().ShouldBeNull();
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0-3,8,10-11\n", 7)]
    [InlineData("", 0)]
    [InlineData("1,,2", 0)]
    [InlineData("-1", 0)]
    [InlineData("0-16384", 0)]
    public void Lists_of_CPUs_are_counted_and_garbage_is_none(string text, int count) => CpuList.Parse(text).Count.ShouldBe(count);

    [Fact]
    public void This_machine_has_at_least_a_socket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/sys");
        if (CpuTopology.Read(SystemFiles.OfThisMachine) is { } topology)
        {
            topology.Sockets.ShouldBeInRange(1, topology.Cores);
            topology.Cores.ShouldBeLessThanOrEqualTo(topology.Threads);
            topology.ThreadsPerSocket.ShouldBeGreaterThan(0);
        }
    }

    public void Dispose() => _root.Dispose();

    private CpuTopology? Read() => CpuTopology.Read(new SystemFiles(_root));

    private void Machine(int sockets, int coresPerSocket, int threadsPerCore)
    {
        var cpus = sockets * coresPerSocket * threadsPerCore;
        for (var cpu = 0; cpu < cpus; cpu++)
        {
            Cpu(cpu, cpu / (coresPerSocket * threadsPerCore), cpu / threadsPerCore % coresPerSocket, die: 0);
        }

        Write("online", $"0-{cpus - 1}\n");
    }

    private void Cpu(int cpu, int package, int core, int die)
    {
        Write($"cpu{cpu}/topology/physical_package_id", $"{package}\n");
        Write($"cpu{cpu}/topology/core_id", $"{core}\n");
        Write($"cpu{cpu}/topology/die_id", $"{die}\n");
    }

    private void Write(string name, string text) => _root.Write($"sys/devices/system/cpu/{name}", text);
}
