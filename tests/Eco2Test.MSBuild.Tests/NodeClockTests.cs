using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.MSBuild.Tests;

/// <summary>What a node has used, as its projects see it.</summary>
public sealed class NodeClockTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StandingClock _own = new();
    private TimeSpan _server = TimeSpan.FromSeconds(100);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_compiler_server_works_for_a_project_only_while_that_compiles()
    {
        var clock = Clock(_ => _server);

        _server += TimeSpan.FromSeconds(5);
        clock.BeginCompile("Shop");
        _server += TimeSpan.FromSeconds(2);
        clock.EndCompile("Shop").ShouldBe(new CompilerWork(CompilerShare.Whole, TimeSpan.FromSeconds(2)));
        _server += TimeSpan.FromSeconds(7);
        clock.EndCompile("Shop").ShouldBeNull("nobody said that it began");

        clock.ProcessCpuTime.ShouldBe(TimeSpan.FromSeconds(1 + 2));
    }

    [Fact]
    public void A_server_that_starts_anew_takes_nothing_away()
    {
        var clock = Clock(_ => _server);

        clock.BeginCompile("Shop");
        _server = TimeSpan.FromSeconds(3);
        clock.EndCompile("Shop").ShouldBeNull();

        clock.ProcessCpuTime.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Children_that_live_are_other_nodes_and_not_counted()
    {
        Clock(null).ReadLivingChildren().ShouldBe(default);
        Clock(null).EndedChildrenCpuTime.ShouldBe(_own.EndedChildrenCpuTime);
        Clock(null).SeesCompilerServer.ShouldBeFalse();
    }

    private NodeClock Clock(Func<bool, TimeSpan>? compilerServer) =>
        new(_own, compilerServer, new CompilerSpans(new CompilerSpanFolder(_folder.Path), processId: 1, lives: _ => true, TimeProvider.System));

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
