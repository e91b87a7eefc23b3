using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>Windows' clock on times that are made up; no Windows.</summary>
public sealed class WindowsProcessClockTests
{
    private readonly FakeTimes _times = new();

    [Fact]
    public void The_process_has_the_time_of_kernel_and_user()
    {
        _times.Process = (20_000_000, 15_000_000);

        Clock.ProcessCpuTime.ShouldBe(TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public void The_machine_was_busy_for_what_it_was_not_idle()
    {
        _times.System = (80_000_000, 100_000_000, 30_000_000);

        Clock.MachineCpuTime.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Without_an_answer_the_machine_is_not_known_and_the_process_is_as_on_every_system()
    {
        Clock.MachineCpuTime.ShouldBeNull();
        Clock.ProcessCpuTime.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(-1, 5, 5)]
    [InlineData(6, 5, 5)]
    [InlineData(0, 5, -5)]
    [InlineData(0, long.MaxValue, long.MaxValue)]
    public void Times_that_cannot_be_are_not_known(long idle, long kernel, long user)
    {
        (_times.System, _times.Process) = ((idle, kernel, user), (long.MaxValue, long.MaxValue));

        Clock.MachineCpuTime.ShouldBeNull();
        Clock.ProcessCpuTime.ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromDays(365));
    }

    [Fact]
    public void Threads_and_children_are_not_told_apart()
    {
        Clock.TryRead(Clock.CurrentThreadClock(), out _).ShouldBeFalse();
        Clock.FindRuntimeThreads().ShouldBeEmpty();
        Clock.ReadLivingChildren().ShouldBe(default);
        Clock.EndedChildrenCpuTime.ShouldBe(TimeSpan.Zero);
        Clock.ProcessIds.ShouldBe([Environment.ProcessId]);
        Clock.ResidentBytes.ShouldBeGreaterThan(1 << 20);
    }

    private WindowsProcessClock Clock => new(_times);

    private sealed class FakeTimes : IWindowsTimes
    {
        public (long Kernel, long User)? Process { get; set; }

        public (long Idle, long Kernel, long User)? System { get; set; }

        public bool TryReadProcess(out long kernel, out long user)
        {
            (kernel, user) = Process ?? default;
            return Process is not null;
        }

        public bool TryReadSystem(out long idle, out long kernel, out long user)
        {
            (idle, kernel, user) = System ?? default;
            return System is not null;
        }
    }
}
