using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering.Builds;

public sealed class BuildProcessesTests
{
    private const int Root = 100;
    private static readonly string[] Node = ["dotnet", "/sdk/MSBuild.dll", "/nologo", "/nodemode:1", "/nodereuse:true"];
    private static readonly string[] Compiler = ["dotnet", "exec", "/sdk/Roslyn/bincore/VBCSCompiler.dll", "-pipename:x"];
    private static readonly string[] OtherBuild = ["dotnet", "build", "Other.sln"];

    private readonly FakeProcesses _machine = new();
    private readonly FakeConnections _connections = new();

    public BuildProcessesTests() => _machine.Start(Root, 50, "dotnet", "build", "Shop.slnx");

    [Fact]
    public void The_build_that_a_command_starts_is_where_it_was_started_and_those_inside_it_are_children()
    {
        var machine = new FakeProcesses();
        machine.Start(Root, 50, "eco2test", "run", "--", "sh", "-c", "dotnet build");
        machine.Start(101, Root, "sh", "-c", "dotnet build");
        machine.Start(102, 101, "dotnet", "build", "Shop.slnx");
        machine.Start(103, 102, "dotnet", "publish", "Tool.csproj");
        foreach (var process in machine.Living)
        {
            machine.Work(process, 1);
        }

        var sum = new BuildProcesses(Root).Take(machine.Read(), machine.CommandLine, isWhole: true);

        sum.Processes.Select(use => (use.Id, use.Role)).ShouldBe(
            [(Root, BuildProcessRole.Entry), (101, BuildProcessRole.Child), (102, BuildProcessRole.Entry), (103, BuildProcessRole.Child)], ignoreOrder: true);
    }

    [Fact]
    public void A_process_that_was_seen_is_not_counted_again_when_two_that_waited_for_each_other_end()
    {
        // A test host of 1.72 s was counted by itself and in what the runner got back: 13.64 s for 11.92 s.
        var build = new BuildProcesses(Root);
        var console = _machine.Start(101, Root, "dotnet", "/sdk/vstest.console.dll");
        var host = _machine.Start(102, console, "dotnet", "/t/testhost.dll");
        _machine.Work(Root, 8.2);
        _machine.Work(console, 2);
        _machine.Work(host, 1.72);
        Seconds(Take(build)).ShouldBe(11.92, 1e-6);

        _machine.End(host);
        Seconds(Take(build)).ShouldBe(11.92, 1e-6);
        _machine.End(console);
        var sum = Take(build);

        Seconds(sum).ShouldBe(11.92, 1e-6);
        Seconds(build.Settle()).ShouldBe(11.92, 1e-6);
        sum.Processes.Where(use => use.Role == BuildProcessRole.TestHost).Sum(use => use.CpuTime.TotalSeconds).ShouldBe(3.72, 1e-6);
    }

    [Fact]
    public void What_nobody_was_seen_with_is_not_dropped_with_what_was_seen()
    {
        // Of 9.20 s, 3.95 s were of processes between two looks, and were taken off with those that had been seen: 5.25 s were left.
        var build = new BuildProcesses(Root);
        var seen = _machine.Start(101, Root, "sh");
        _machine.Work(Root, 3);
        _machine.Work(seen, 2.25);
        Take(build);
        for (var id = 110; id < 189; id++)
        {
            _machine.Start(id, Root, "git");
            _machine.Work(id, 0.05);
            _machine.End(id);
        }

        _machine.End(seen);
        Take(build);

        Seconds(build.Settle()).ShouldBe(9.2, 1e-6);
    }

    [Fact]
    public void What_a_child_spent_after_it_was_seen_last_comes_back_with_its_parent()
    {
        var build = new BuildProcesses(Root);
        var child = _machine.Start(101, Root, "sh");
        _machine.Work(child, 1);
        Take(build);
        _machine.Work(child, 0.25);
        _machine.End(child);

        var sum = Take(build);

        Seconds(sum).ShouldBe(1.25, 1e-6);
        sum.Processes.ShouldContain(use => use.Id == Root && use.CpuTime == TimeSpan.FromSeconds(0.25));
    }

    [Fact]
    public void A_parent_that_is_read_after_its_child_has_ended_and_before_that_is_known_does_not_count_it_twice()
    {
        var build = new BuildProcesses(Root);
        var child = _machine.Start(101, Root, "sh");
        _machine.Work(child, 2);
        Take(build);
        var before = _machine.Read(child)!.Value;
        _machine.End(child);

        // The child was read first.
        Seconds(Take(build, [before, .. _machine.Read()])).ShouldBe(2);
        Seconds(Take(build)).ShouldBe(2);
        Seconds(build.Settle()).ShouldBe(2);
    }

    [Fact]
    public void A_child_whose_end_nobody_waited_for_takes_nothing_off_later_ones()
    {
        var build = new BuildProcesses(Root);
        var ignored = _machine.Start(101, Root, "sh");
        _machine.Work(ignored, 5);
        Take(build);
        _machine.EndUnwanted(ignored);
        for (var i = 0; i < 4; i++)
        {
            Take(build);
        }

        var unseen = _machine.Start(102, Root, "sh");
        _machine.Work(unseen, 1);
        _machine.End(unseen);
        Take(build);

        // Two ticks are waited for: times of ended children are rounded down.
        Seconds(build.Settle()).ShouldBe(6 - 0.02, 1e-6);
    }

    [Fact]
    public void A_process_that_init_took_over_stays_with_the_build_and_so_do_its_children()
    {
        var build = new BuildProcesses(Root);
        var shell = _machine.Start(101, Root, "sh");
        var daemon = _machine.Start(102, shell, "daemon");
        Take(build);
        _machine.End(shell);
        _machine.Work(daemon, 1);
        Take(build);
        var grandchild = _machine.Start(103, daemon, "git");
        _machine.Work(grandchild, 2);
        var sum = Take(build);

        _machine.ParentOf(daemon).ShouldBe(FakeProcesses.Init);
        Seconds(sum).ShouldBe(3);
        sum.Processes.ShouldContain(use => use.Id == daemon && use.Parent == shell);
        _machine.End(grandchild);
        _machine.End(daemon);
        Seconds(Take(build)).ShouldBe(3);
    }

    [Fact]
    public void A_number_that_another_process_has_got_is_another_process()
    {
        var build = new BuildProcesses(Root);
        _machine.Start(101, Root, "sh");
        _machine.Work(101, 4);
        Take(build);
        _machine.End(101);
        _machine.Start(101, Root, "dotnet", "/sdk/MSBuild.dll", "/nodemode:1");
        _machine.Work(101, 0.5);

        var sum = Take(build);

        Seconds(sum).ShouldBe(4.5);
        sum.Processes.ShouldContain(new BuildProcessUse(101, Root, BuildProcessRole.Node, TimeSpan.FromSeconds(4.5)));

        _machine.End(101);
        _machine.Start(101, FakeProcesses.Init, "sleep");
        _machine.Work(101, 100);
        Seconds(Take(build)).ShouldBe(4.5);
        Seconds(build.Settle()).ShouldBe(4.5);
    }

    [Fact]
    public void The_root_counts_from_its_start_and_a_server_that_is_the_root_from_now()
    {
        _machine.Work(Root, 0.4);
        Seconds(Take(new BuildProcesses(Root))).ShouldBe(0.4);

        _machine.Start(200, FakeProcesses.Init, "dotnet", "/sdk/MSBuild.dll", "/nodemode:8");
        _machine.Work(200, 9);
        _machine.Start(201, 200, Node);
        _machine.Work(201, 7);
        var build = new BuildProcesses(200);
        Seconds(Take(build)).ShouldBe(0);
        _machine.Work(200, 1);
        _machine.Work(201, 2);
        var sum = Take(build);
        Seconds(sum).ShouldBe(3);
        sum.Processes.Select(use => (use.Id, use.Role)).ShouldBe([(200, BuildProcessRole.Entry), (201, BuildProcessRole.Node)]);
    }

    [Fact]
    public void A_node_that_was_there_before_counts_by_what_it_does_meanwhile_with_its_children()
    {
        _machine.Start(20, FakeProcesses.Init, Node);
        _machine.Work(20, 30);
        var build = new BuildProcesses(Root);
        Seconds(Take(build)).ShouldBe(0);

        _machine.Work(20, 1);
        _machine.Start(103, 20, "csc");
        _machine.Work(103, 2);
        Seconds(Take(build)).ShouldBe(3);
        _machine.End(103);
        _machine.End(20);

        Seconds(Take(build)).ShouldBe(3);
        build.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_compiler_server_counts_by_its_difference_and_one_that_the_build_started_counts_whole()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        _machine.Work(20, 50);
        var build = new BuildProcesses(Root);
        Take(build);
        _machine.Work(20, 3);
        var started = _machine.Start(101, Root, Compiler);
        _machine.Work(started, 4);

        var sum = Take(build);

        Seconds(sum).ShouldBe(7);
        sum.Processes.ShouldAllBe(use => use.Role == BuildProcessRole.CompilerServer);
    }

    [Fact]
    public void Without_connections_and_beside_another_build_a_node_counts_when_a_message_names_it_and_then_from_the_start()
    {
        _machine.Start(20, FakeProcesses.Init, Node);
        _machine.Start(21, FakeProcesses.Init, Node);
        _machine.Start(30, 49, OtherBuild);
        var build = new BuildProcesses(Root);
        Take(build);
        _machine.Work(20, 2);
        _machine.Work(21, 5);
        Seconds(Take(build)).ShouldBe(0);

        build.NodeIs(20);
        _machine.Work(20, 1);
        _machine.Work(21, 1);

        Seconds(Take(build)).ShouldBe(3);
        build.Notices.Select(notice => notice.Code).ShouldBe([DiagnosticCodes.NodesOfOtherBuilds]);
    }

    [Fact]
    public void Without_connections_and_another_build_every_node_that_works_counts()
    {
        _machine.Start(20, FakeProcesses.Init, Node);
        var build = new BuildProcesses(Root);
        Take(build);
        _machine.Work(20, 2);

        Seconds(Take(build)).ShouldBe(2);
    }

    [Fact]
    public void Two_builds_at_once_do_not_charge_each_others_nodes()
    {
        _machine.Start(20, FakeProcesses.Init, Node);
        _machine.Start(21, FakeProcesses.Init, Node);
        _machine.Start(200, 49, OtherBuild);
        _machine.Start(201, 200, Node);
        var one = new BuildProcesses(Root, _connections);
        var other = new BuildProcesses(200, _connections);
        Take(one);
        Take(other);

        _connections.Connect(20, Root);
        _connections.Connect(21, 200);
        _connections.Connect(201, 200);
        for (var i = 0; i < 10; i++)
        {
            _machine.Work(Root, 0.01);
            _machine.Work(200, 0.02);
            _machine.Work(20, 0.04);
            _machine.Work(21, 0.08);
            _machine.Work(201, 0.16);
            Take(one);
            Take(other);
        }

        Seconds(one.Settle()).ShouldBe(0.5, 1e-6);
        Seconds(other.Settle()).ShouldBe(2.6, 1e-6);
        one.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_passes_from_another_build_to_this_one_counts_from_then_on()
    {
        _machine.Start(20, FakeProcesses.Init, Node);
        _machine.Start(200, 49, OtherBuild);
        var build = new BuildProcesses(Root, _connections);
        Take(build);
        _connections.Connect(20, 200);
        Work(build, 20, readings: 8);
        Seconds(build.Settle()).ShouldBe(0);
        _machine.End(200);
        _connections.Disconnect(20);
        Take(build);
        _connections.Connect(20, Root);

        Work(build, 20, readings: 8);

        Seconds(build.Settle()).ShouldBe(0.8, 1e-6);
    }

    [Fact]
    public void Beside_another_build_the_compiler_server_counts_by_the_part_of_its_connections()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        _machine.Start(200, 49, OtherBuild);
        var build = new BuildProcesses(Root, _connections);
        _connections.Connect(20, Root, 200);
        Take(build);
        Work(build, 20, readings: 3);
        Seconds(build.Settle()).ShouldBe(0.15, 1e-6);

        _connections.Connect(20, 200);
        Take(build);
        Work(build, 20, readings: 4);

        // When the build left the server is known by a look each fifth of a second.
        Seconds(build.Settle()).ShouldBe(0.175, 1e-6);
        build.Notices.Select(notice => notice.Code).ShouldBe([DiagnosticCodes.CompilerServerShared]);
    }

    [Fact]
    public void Beside_another_build_a_compiler_server_that_only_this_one_is_seen_with_counts_whole()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        _machine.Start(200, 49, OtherBuild);
        var build = new BuildProcesses(Root, _connections);
        Take(build);
        Work(build, 20, readings: 8);
        _connections.Connect(20, Root);
        Work(build, 20, readings: 4);
        _connections.Disconnect(20);
        Work(build, 20, readings: 20);

        Seconds(build.Settle()).ShouldBe(3.2, 1e-6);
        build.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_compiler_server_that_this_build_was_never_seen_with_is_not_its_own()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        _connections.Connect(20, 77);
        var build = new BuildProcesses(Root, _connections);
        Take(build);
        Work(build, 20, readings: 12);

        Seconds(build.Settle()).ShouldBe(0);
    }

    [Fact]
    public void A_compiler_server_that_no_look_finds_connected_counts_while_the_build_says_that_it_compiles()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        var build = new BuildProcesses(Root, _connections) { IsCompiling = false };
        Take(build);
        Work(build, 20, readings: 1);

        build.IsCompiling = true;
        Work(build, 20, readings: 1);

        // It has ended before the next reading, which finds what was left of its work.
        build.IsCompiling = false;
        Work(build, 20, readings: 1);
        Work(build, 20, readings: 1);

        Seconds(build.Settle()).ShouldBe(0.2, 1e-6);
    }

    [Fact]
    public void Where_nobody_tells_when_a_build_compiles_such_a_server_worked_for_the_only_build_there_was()
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        var build = new BuildProcesses(Root, _connections);
        Take(build);
        Work(build, 20, readings: 1);

        Seconds(build.Settle()).ShouldBe(0.1, 1e-6);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Without_connections_and_beside_another_build_the_compiler_server_counts_while_the_build_compiles(bool compiles, double seconds)
    {
        _machine.Start(20, FakeProcesses.Init, Compiler);
        _machine.Start(200, 49, OtherBuild);
        var build = new BuildProcesses(Root) { IsCompiling = compiles };
        Take(build);
        _machine.Work(20, 1);

        Seconds(Take(build)).ShouldBe(seconds);
    }

    [Fact]
    public void Who_started_the_build_is_no_other_build()
    {
        var machine = new FakeProcesses();
        machine.Start(40, FakeProcesses.Init, "dotnet", "test", "Shop.slnx");
        machine.Start(Root, 40, "dotnet", "msbuild", "Shop.slnx");
        machine.Start(20, FakeProcesses.Init, Node);
        var build = new BuildProcesses(Root);
        build.Take(machine.Read(), machine.CommandLine, isWhole: true);
        machine.Work(20, 1);

        Seconds(build.Take(machine.Read(), machine.CommandLine, isWhole: true)).ShouldBe(1);
    }

    [Fact]
    public void A_process_that_was_just_forked_gets_its_role_when_it_has_become_another_program()
    {
        var build = new BuildProcesses(Root);
        Take(build);
        _machine.Start(101, Root, "dotnet", "build", "Shop.slnx");
        Take(build);
        _machine.BecomeProgram(101, Node);
        _machine.Work(101, 1);

        Take(build).Processes.ShouldContain(new BuildProcessUse(101, Root, BuildProcessRole.Node, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Command_lines_of_processes_that_stay_are_not_read_again_and_again()
    {
        _machine.Start(20, FakeProcesses.Init, "bash");
        _machine.Start(101, Root, "git");
        var build = new BuildProcesses(Root);
        for (var i = 0; i < 50; i++)
        {
            Take(build);
        }

        _machine.CommandLinesRead.ShouldBeLessThan(10);
    }

    [Fact]
    public void Memory_is_that_of_living_processes_that_work_for_the_build()
    {
        _machine.Hold(Root, 1000);
        _machine.Start(101, Root, "sh");
        _machine.Hold(101, 200);
        _machine.Start(20, FakeProcesses.Init, Node);
        _machine.Hold(20, 50);
        var build = new BuildProcesses(Root, _connections);
        var sum = Take(build);
        sum.ResidentBytes.ShouldBe(1200);
        sum.Living.ShouldBe([Root, 101], ignoreOrder: true);
        sum.Followed.ShouldBe([Root, 101, 20], ignoreOrder: true);

        build.NodeIs(20);
        _machine.End(101);

        Take(build).ResidentBytes.ShouldBe(1050);
    }

    private static double Seconds(BuildProcessSum sum)
    {
        sum.Processes.Sum(use => use.CpuTime.TotalSeconds).ShouldBe(sum.CpuTime.TotalSeconds, 1e-6);
        sum.Processes.Select(use => use.Id).ShouldBeUnique();
        return sum.CpuTime.TotalSeconds;
    }

    private BuildProcessSum Take(BuildProcesses build) => Take(build, _machine.Read());

    private BuildProcessSum Take(BuildProcesses build, IReadOnlyList<ProcessReading> readings) => build.Take(readings, _machine.CommandLine, isWhole: true);

    private void Work(BuildProcesses build, int process, int readings)
    {
        for (var i = 0; i < readings; i++)
        {
            _machine.Work(process, 0.1);
            Take(build);
        }
    }

    private sealed class FakeConnections : IProcessConnections
    {
        private readonly Dictionary<int, int[]> _clients = [];

        public void Connect(int server, params int[] clients) => _clients[server] = clients;

        public void Disconnect(int server) => _clients.Remove(server);

        public IReadOnlyDictionary<int, ConnectionCount> Look(IReadOnlyCollection<int> servers, IReadOnlyCollection<int> clients) =>
            _clients.Where(pair => servers.Contains(pair.Key)).ToDictionary(
                pair => pair.Key, pair => new ConnectionCount(pair.Value.Count(clients.Contains), pair.Value.Count(client => !clients.Contains(client))));
    }
}
