using System.Diagnostics;
using System.Net.Sockets;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors.Processes;

[Collection(RealClocks.Name)]
public sealed class LinuxProcessTableTests : IDisposable
{
    private const string Burn = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tree_of_a_command_is_counted_as_the_kernel_counts_it_with_children_that_nobody_saw_and_those_that_init_took_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a test of /proc");

        // A seen child, a short one, and one whose parent ends at once.
        using var root = Shell($"({Burn}); (true); ({Burn} & ) ; echo ready; read go; ({Burn}); echo done; read end");
        using var table = new LinuxProcessTable();
        var build = new BuildProcesses(root.Id);
        Take(table, build, lookForAll: true);
        Watch(table, build, root.StandardOutput, until: "ready");
        root.StandardInput.WriteLine("go");
        Watch(table, build, root.StandardOutput, until: "done");
        Take(table, build, lookForAll: true);
        var sum = build.Settle();
        var stat = Stat(root.Id);

        // The one that init took over is not in what the kernel gives back to the root.
        sum.CpuTime.TotalSeconds.ShouldBeGreaterThan(FromTicks(stat.Ticks) - 0.05);
        sum.Processes.Count(use => use.Parent != 0).ShouldBeGreaterThanOrEqualTo(2);
        sum.Processes.Sum(use => use.CpuTime.TotalSeconds).ShouldBe(sum.CpuTime.TotalSeconds, 1e-6);
        sum.ResidentBytes.ShouldBeGreaterThan(100_000);
        table.CommandLine(root.Id).Take(2).ShouldBe(["/bin/sh", "-c"]);
        root.StandardInput.Close();
        root.WaitForExit();
        var last = Take(table, build, lookForAll: false);
        last.CpuTime.ShouldBeGreaterThanOrEqualTo(sum.CpuTime);
        last.Living.ShouldNotContain(root.Id);
        table.CommandLine(root.Id).ShouldBeEmpty();
    }

    [Fact]
    public void All_that_is_looked_for_holds_this_process_and_what_is_not_followed_is_not_read_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a test of /proc");
        using var table = new LinuxProcessTable();
        table.Read(lookForAll: true).ShouldContain(reading => reading.Id == Environment.ProcessId && reading.CpuTime > TimeSpan.Zero && reading.ResidentBytes > 0);
        table.Read(lookForAll: false).ShouldBeEmpty();

        table.Follow([Environment.ProcessId, int.MaxValue]);

        table.Read(lookForAll: false).ShouldHaveSingleItem().Id.ShouldBe(Environment.ProcessId);
        table.SeesTrees.ShouldBeTrue();
    }

    [Fact]
    public void A_child_is_told_from_its_parent_and_what_it_spends_is_not_the_parents()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a test of /proc");
        using var table = new LinuxProcessTable();
        table.Follow([Environment.ProcessId]);
        table.Read(lookForAll: false);
        using var child = Shell($"{Burn}; echo ready; read end");
        child.StandardOutput.ReadLine().ShouldBe("ready");

        var readings = table.Read(lookForAll: false);

        var reading = readings.Single(reading => reading.Id == child.Id);
        reading.Parent.ShouldBe(Environment.ProcessId);
        reading.CpuTime.ShouldBeGreaterThan(TimeSpan.Zero);
        reading.Started.ShouldBeGreaterThan(readings.Single(other => other.Id == Environment.ProcessId).Started);
        child.StandardInput.Close();
        child.WaitForExit();
        table.Read(lookForAll: false).ShouldNotContain(other => other.Id == child.Id);
    }

    [Fact]
    public void Who_is_connected_to_a_server_is_known_by_their_sockets()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a test of /proc");
        var connections = new LinuxProcessConnections();
        Assert.SkipWhen(connections.Look([], []) is null, "this kernel does not list sockets");
        var name = new UnixDomainSocketEndPoint(_folder["server"]);
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(name);
        server.Listen();
        using var shell = Shell("read end");
        var before = connections.Look([Environment.ProcessId], [shell.Id])![Environment.ProcessId];
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(name);
        using var accepted = server.Accept();

        var own = connections.Look([Environment.ProcessId], [Environment.ProcessId])![Environment.ProcessId];
        var others = connections.Look([Environment.ProcessId], [shell.Id])![Environment.ProcessId];

        // The end that has the name is the server's.
        own.Clients.ShouldBeGreaterThanOrEqualTo(1);
        (others.Others - before.Others).ShouldBe(1);
        others.Clients.ShouldBe(0);
        connections.Look([int.MaxValue], [Environment.ProcessId])![int.MaxValue].Share.ShouldBeNull();
        shell.StandardInput.Close();
        shell.WaitForExit();
    }

    private static void Watch(LinuxProcessTable table, BuildProcesses build, StreamReader output, string until)
    {
        var line = output.ReadLineAsync();
        while (!line.Wait(millisecondsTimeout: 1))
        {
            Take(table, build, lookForAll: false);
        }

        line.Result.ShouldBe(until);
    }

    private static BuildProcessSum Take(LinuxProcessTable table, BuildProcesses build, bool lookForAll)
    {
        var sum = build.Take(table.Read(lookForAll), table.CommandLine, lookForAll);
        table.Follow(sum.Followed);
        return sum;
    }

    private static double FromTicks(long ticks) => (double)ticks / LinuxProcessClock.TicksPerSecond;

    private static LinuxProcessStat Stat(int process)
    {
        var file = LinuxFiles.Open(process, 0, "stat"u8);
        LinuxProcessStat.TryRead(file, out var stat).ShouldBeTrue();
        LinuxFiles.Close(file);
        return stat;
    }

    private static Process Shell(string script) => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
