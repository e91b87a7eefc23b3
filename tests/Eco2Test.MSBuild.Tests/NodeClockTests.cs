using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.MSBuild.Tests;

/// <summary>What a node has used, as its projects see it.</summary>
public sealed class NodeClockTests
{
    private readonly StandingClock _own = new();
    private TimeSpan _server = TimeSpan.FromSeconds(100);

    [Fact]
    public void The_compiler_server_works_for_a_project_only_while_that_compiles()
    {
        var clock = new NodeClock(_own, _ => _server);

        _server += TimeSpan.FromSeconds(5);
        clock.Compile(begins: true).ShouldBeFalse();
        _server += TimeSpan.FromSeconds(2);
        clock.Compile(begins: false).ShouldBeTrue();
        _server += TimeSpan.FromSeconds(7);
        clock.Compile(begins: false).ShouldBeFalse("nobody said that it began");

        clock.ProcessCpuTime.ShouldBe(TimeSpan.FromSeconds(1 + 2));
    }

    [Fact]
    public void A_server_that_starts_anew_takes_nothing_away()
    {
        var clock = new NodeClock(_own, _ => _server);

        clock.Compile(begins: true);
        _server = TimeSpan.FromSeconds(3);
        clock.Compile(begins: false).ShouldBeFalse();

        clock.ProcessCpuTime.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Children_that_live_are_other_nodes_and_not_counted()
    {
        new NodeClock(_own, null).ReadLivingChildren().ShouldBe(default);
        new NodeClock(_own, null).EndedChildrenCpuTime.ShouldBe(_own.EndedChildrenCpuTime);
        new NodeClock(_own, null).SeesCompilerServer.ShouldBeFalse();
    }

    private sealed class StandingClock : IProcessClock
    {
        public TimeSpan ProcessCpuTime => TimeSpan.FromSeconds(1);

        public TimeSpan EndedChildrenCpuTime => TimeSpan.FromSeconds(4);

        public long ResidentBytes => 0;

        public TimeSpan? MachineCpuTime => null;

        public IReadOnlyCollection<int> ProcessIds => [];

        public bool HasHostProcessIds => true;

        public ChildrenReading ReadLivingChildren() => new(2, TimeSpan.FromSeconds(9), 0);

        public ThreadClock CurrentThreadClock() => default;

        public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

        public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
        {
            cpuTime = default;
            return false;
        }
    }
}
