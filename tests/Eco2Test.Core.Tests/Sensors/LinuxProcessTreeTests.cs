using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

[Collection(RealClocks.Name)]
public sealed class LinuxProcessTreeTests : IDisposable
{
    private const string Burn = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("child")]
    [InlineData(") S 1 (9 9 9 9")]
    [InlineData("a b) R 0 0")]
    public void A_living_child_is_seen_with_its_CPU_time_and_memory_whatever_its_name(string name)
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        File.CreateSymbolicLink(_folder[name], "/bin/sh");
        using var parent = Shell("\"$1\" -c \"$2\"; true", _folder[name], $"{Burn}; echo ready; read end");
        try
        {
            parent.StandardOutput.ReadLine().ShouldBe("ready");

            var reading = new LinuxProcessTree(parent.Id, ticksPerSecond: 100).Read(pageSize: 4096, look: true);

            reading.Count.ShouldBe(1);
            reading.CpuTime.TotalSeconds.ShouldBeInRange(0.01, 60);
            reading.ResidentBytes.ShouldBeInRange(100_000, 1 << 30);
        }
        finally
        {
            parent.StandardInput.Close();
            parent.WaitForExit();
        }
    }

    [Fact]
    public void Of_500_children_all_are_found_their_time_is_counted_once_and_nothing_is_lost_when_they_end()
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        var clock = new ChildrenOnly(new LinuxProcessClock());
        var meter = new ProcessTreeMeter(clock);
        meter.Advance(lookForChildren: true);
        var before = clock.EndedChildrenCpuTime;
        const string Work = "k=0; while [ $k -lt 1000 ]; do k=$((k+1)); done; exec sleep 600";
        using var parent = Shell($"i=0; while [ $i -lt 500 ]; do ({Work}) & p=\"$p $!\"; i=$((i+1)); done; {Burn}; echo ready; read end; kill $p; wait");
        parent.StandardOutput.ReadLine().ShouldBe("ready");

        var tree = new LinuxProcessTree(parent.Id, ticksPerSecond: 100);
        tree.Read(4096, look: true).Count.ShouldBe(500);
        tree.ProcessIds.Length.ShouldBe(501);
        tree.ProcessIds.ShouldBeUnique();
        Allocated(() => tree.Read(4096, look: true)).ShouldBe(0);

        var counted = TimeSpan.Zero;
        SpinWait.SpinUntil(() => (counted += meter.Advance(lookForChildren: true)) >= TimeSpan.Zero && clock.ProcessIds.Count >= 502, TimeSpan.FromSeconds(60))
            .ShouldBeTrue("this process, its child and 500 grandchildren");
        counted.ShouldBeGreaterThan(TimeSpan.Zero);
        parent.StandardInput.Close();
        while (!parent.WaitForExit(1))
        {
            counted += meter.Advance(lookForChildren: true);
        }

        parent.WaitForExit();
        tree.Read(4096, look: true).Count.ShouldBe(0);
        SpinWait.SpinUntil(() => (counted += meter.Advance(lookForChildren: true)) >= TimeSpan.Zero && clock.ReadLivingChildren().Count == 0, TimeSpan.FromSeconds(60)).ShouldBeTrue();
        counted += meter.Advance(lookForChildren: true);
        var spent = clock.EndedChildrenCpuTime - before;

        // Clocks of living processes have ticks of 10 ms.
        counted.TotalSeconds.ShouldBe(spent.TotalSeconds, 0.05);
    }

    [Fact]
    public void A_child_that_init_takes_over_is_followed_and_what_it_spent_stays_counted_when_it_ends()
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        using var root = Shell("sh -c \"$1\"; echo ended; read end", $"({Burn}; echo ready; exec sleep 600) & echo $!; read end");
        var daemon = int.Parse(root.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        root.StandardOutput.ReadLine().ShouldBe("ready");
        using var process = Process.GetProcessById(daemon);
        try
        {
            var tree = new LinuxProcessTree(root.Id, ticksPerSecond: 100);
            SpinWait.SpinUntil(() => tree.Read(4096, look: true).Count == 2, TimeSpan.FromSeconds(10)).ShouldBeTrue("its parent and itself");
            var both = tree.Read(4096, look: true).CpuTime;
            both.TotalSeconds.ShouldBeInRange(0.01, 60);

            root.StandardInput.WriteLine();
            root.StandardOutput.ReadLine().ShouldBe("ended");
            var alone = tree.Read(4096, look: true);
            alone.Count.ShouldBe(1);
            alone.CpuTime.TotalSeconds.ShouldBe(both.TotalSeconds, 0.03);
            tree.ProcessIds.ShouldBe([root.Id, daemon]);

            process.Kill();
            process.WaitForExit();
            tree.Read(4096, look: true).CpuTime.ShouldBeGreaterThanOrEqualTo(alone.CpuTime);
            tree.Read(4096, look: false).CpuTime.ShouldBeGreaterThanOrEqualTo(alone.CpuTime, "once and for all");
        }
        finally
        {
            process.Kill();
            root.StandardInput.Close();
            root.WaitForExit();
        }
    }

    [Fact]
    public void A_child_that_is_waited_for_leaves_the_living()
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        using var root = Shell("sh -c \"$1\"; echo ended; read end", $"{Burn}; echo ready; read end");
        root.StandardOutput.ReadLine().ShouldBe("ready");
        var tree = new LinuxProcessTree(root.Id, ticksPerSecond: 100);
        tree.Read(4096, look: true).CpuTime.ShouldBeGreaterThan(TimeSpan.Zero);

        root.StandardInput.WriteLine();
        root.StandardOutput.ReadLine().ShouldBe("ended");

        tree.Read(4096, look: false).ShouldBe(default, "its time is its parent's now");
        tree.ProcessIds.ShouldBe([root.Id]);
        root.StandardInput.Close();
        root.WaitForExit();
    }

    [Theory]
    [InlineData("7 (a b) R 0 0) S 3 7 7 0 -1 4194560 1 0 0 0 11 12 13 14 20 0 5 0 99 4096 8 18446744073709551615 1", 3, 50, 27, 5, 99, 8)]
    [InlineData("7 () Z 3 7 7 0 -1 4194560 1 0 0 0 1 0 -5 0 20 0 1 0 99 0 0", 3, 1, 0, 1, 99, 0)]
    public void Fields_are_counted_from_behind_the_name(string text, int parent, long ticks, long ofChildren, int threads, long started, long pages)
    {
        LinuxProcessStat.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var stat).ShouldBeTrue();

        stat.ShouldBe(new LinuxProcessStat(parent, ticks, threads, started, pages) { TicksOfChildren = ofChildren });
    }

    [Theory]
    [InlineData("")]
    [InlineData("7 (sh")]
    [InlineData(")")]
    [InlineData("7 (sh) S 3 7")]
    [InlineData("7 (sh) S 3 7 7 0 -1 4194560 1 0 0 0 x 12 13 14 20 0 5 0 99 4096 8 1")]
    [InlineData("7 (sh) S 3 7 7 0 -1 4194560 1 0 0 0 99999999999999999999 12 13 14 20 0 5 0 99 4096 8 1")]
    public void What_is_no_description_of_a_process_is_none(string text) =>
        LinuxProcessStat.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void A_process_that_does_not_exist_has_no_children() =>
        new LinuxProcessTree(int.MaxValue, 100).Read(4096, look: true).ShouldBe(default);

    public void Dispose() => _folder.Dispose();

    private static Process Shell(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The clock without this process's own time.</summary>
    private sealed class ChildrenOnly(LinuxProcessClock clock) : IProcessClock
    {
        public TimeSpan ProcessCpuTime => TimeSpan.Zero;

        public TimeSpan EndedChildrenCpuTime => clock.EndedChildrenCpuTime;

        public long ResidentBytes => clock.ResidentBytes;

        public TimeSpan? MachineCpuTime => clock.MachineCpuTime;

        public IReadOnlyCollection<int> ProcessIds => clock.ProcessIds;

        public bool HasHostProcessIds => clock.HasHostProcessIds;

        public ChildrenReading ReadLivingChildren() => clock.ReadLivingChildren();

        public ThreadClock CurrentThreadClock() => clock.CurrentThreadClock();

        public IReadOnlyList<ThreadClock> FindRuntimeThreads() => clock.FindRuntimeThreads();

        public bool TryRead(ThreadClock thread, out TimeSpan cpuTime) => clock.TryRead(thread, out cpuTime);
    }
}
