using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering.Builds;

public sealed class BuildProcessWatchTests
{
    private const int Wrapper = 100;
    private readonly MadeUpProcesses _machine = new();
    private TimeSpan? _counted;

    public BuildProcessWatchTests()
    {
        _machine.Start(Wrapper, 1, "eco2test run");
        _machine.Start(101, Wrapper, "make all");
    }

    [Fact]
    public void What_the_wrapper_itself_uses_is_nobodys_and_what_it_starts_is_the_commands()
    {
        using var watch = Watch();
        _machine.Work(Wrapper, 5);
        _machine.Work(101, 2);

        watch.LookLast().CpuTime.TotalSeconds.ShouldBe(2, 1e-9);
        new WithoutProcess(_machine, Wrapper).Read(lookForAll: true).Select(process => (process.Id, process.CpuTime.TotalSeconds)).ShouldBe([(Wrapper, 0), (101, 2)]);
    }

    [Fact]
    public void What_was_counted_and_nobody_saw_is_added_at_the_end_to_where_the_command_was_started()
    {
        using var watch = Watch();
        _machine.Work(101, 2);
        _counted = TimeSpan.FromSeconds(3);

        watch.Look().CpuTime.TotalSeconds.ShouldBe(2, 1e-9);
        var last = watch.LookLast();

        last.CpuTime.TotalSeconds.ShouldBe(3, 1e-9);
        last.Processes.Single(process => process.Id == Wrapper).CpuTime.TotalSeconds.ShouldBe(1, 1e-9);
        last.Processes.Sum(process => process.CpuTime.TotalSeconds).ShouldBe(3, 1e-9);
    }

    [Fact]
    public void What_was_counted_takes_nothing_off_what_was_seen()
    {
        using var watch = Watch();
        _machine.Work(101, 2);
        _counted = TimeSpan.FromSeconds(1);

        watch.LookLast().CpuTime.TotalSeconds.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void A_server_outside_the_tree_is_not_in_what_was_counted_and_comes_beside_it()
    {
        _machine.Start(7, 1, "/sdk/VBCSCompiler -pipename:x");
        using var watch = Watch();
        watch.Look();
        _machine.Work(7, 4);
        _machine.Work(101, 2);
        _counted = TimeSpan.FromSeconds(3);

        watch.LookLast().CpuTime.TotalSeconds.ShouldBe(7, 1e-9);
    }

    private BuildProcessWatch Watch() =>
        new(new WithoutProcess(_machine, Wrapper), connections: null, Wrapper, new BuildClock(SensorSearch.ClockOfThisProcess(), isThisProcess: false), TimeProvider.System, () => _counted);
}
