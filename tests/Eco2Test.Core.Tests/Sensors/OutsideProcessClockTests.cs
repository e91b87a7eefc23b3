using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>The clock of another process of this very machine.</summary>
[Collection(RealClocks.Name)]
public sealed class OutsideProcessClockTests
{
    private const string Burn = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

    [Fact]
    public void What_another_process_uses_is_seen_without_ticks_and_kept_when_it_has_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "clock_gettime of another process");
        using var process = Shell($"{Burn}; echo ready; read next; {Burn}; echo done; read end");
        using var clock = new OutsideProcessClock(process.Id);
        process.StandardOutput.ReadLine().ShouldBe("ready");
        var before = clock.ProcessCpuTime;
        before.ShouldBeGreaterThan(TimeSpan.Zero);
        (before.Ticks % TimeSpan.FromMilliseconds(1).Ticks).ShouldNotBe(0, "it is not counted in ticks of 10 ms");
        clock.ResidentBytes.ShouldBeInRange(100_000, 1 << 30);

        process.StandardInput.WriteLine();
        process.StandardOutput.ReadLine().ShouldBe("done");
        var after = clock.ProcessCpuTime;
        after.ShouldBeGreaterThan(before);
        process.StandardInput.Close();
        process.WaitForExit();

        clock.ProcessCpuTime.ShouldBeGreaterThanOrEqualTo(after);
        clock.ResidentBytes.ShouldBe(0);
        clock.ReadLivingChildren().ShouldBe(default);
        clock.MachineCpuTime.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(after);
    }

    [Fact]
    public void Its_children_are_counted_once_while_they_live_and_when_it_has_waited_for_them()
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        using var process = Shell("sh -c \"$1\"; echo ended; read end", $"{Burn}; echo ready; read end");
        using var clock = new OutsideProcessClock(process.Id);
        var meter = new ProcessTreeMeter(clock);
        process.StandardOutput.ReadLine().ShouldBe("ready");

        var counted = meter.Advance(lookForChildren: true);
        var living = clock.ReadLivingChildren();
        living.Count.ShouldBe(1);
        living.CpuTime.ShouldBeGreaterThan(TimeSpan.Zero);
        clock.ProcessIds.Count.ShouldBe(2);
        counted.ShouldBeGreaterThanOrEqualTo(living.CpuTime);

        process.StandardInput.WriteLine();
        process.StandardOutput.ReadLine().ShouldBe("ended");
        counted += meter.Advance(lookForChildren: true);
        clock.EndedChildrenCpuTime.ShouldBeGreaterThanOrEqualTo(living.CpuTime);
        (clock.ProcessCpuTime + clock.EndedChildrenCpuTime - counted).ShouldBeInRange(TimeSpan.FromMilliseconds(-20), TimeSpan.FromMilliseconds(100), "ticks are of 10 ms");
        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Fact]
    public void A_process_that_is_none_has_used_nothing_and_nothing_throws()
    {
        using var clock = new OutsideProcessClock(int.MaxValue);

        (clock.ProcessCpuTime, clock.EndedChildrenCpuTime, clock.ResidentBytes).ShouldBe((TimeSpan.Zero, TimeSpan.Zero, 0L));
        clock.ReadLivingChildren().ShouldBe(default);
        clock.ProcessIds.ShouldBe([int.MaxValue]);
        clock.TryRead(clock.CurrentThreadClock(), out _).ShouldBeFalse();
        clock.FindRuntimeThreads().ShouldBeEmpty();
    }

    [Fact]
    public void A_clock_that_has_been_put_away_gives_what_it_gave_last()
    {
        using var process = Shell($"{Burn}; echo ready; read next");
        process.StandardOutput.ReadLine().ShouldBe("ready");
        var clock = new OutsideProcessClock(process.Id);
        var used = clock.ProcessCpuTime;

        clock.Dispose();
        clock.Dispose();

        clock.ProcessCpuTime.ShouldBe(used);
        clock.ReadLivingChildren().ShouldBe(default);
        process.StandardInput.Close();
        process.WaitForExit();
    }

    private static Process Shell(params string[] script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script[0], "sh", .. script[1..]]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
