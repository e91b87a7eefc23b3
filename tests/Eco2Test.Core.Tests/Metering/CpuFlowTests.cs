using System.Diagnostics;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Real threads and the real clocks of this machine: who worked is who pays.</summary>
[Collection(RealClocks.Name)]
public sealed class CpuFlowTests : IDisposable
{
    private static readonly CpuIdentity Cpu = CpuIdentity.FromLinux(SystemFiles.OfThisMachine, Environment.ProcessorCount);

    private readonly string _folder = Directory.CreateTempSubdirectory("eco2test-flow").FullName;
    private readonly TrackingRun _run;

    public CpuFlowTests()
    {
        _run = new TrackingRun(
            new RunIdentity("Flow", "net10.0", null, "test"),
            new RunSettings { Region = "FR", ResultsFolder = _folder },
            new CiContext(null, null, null, null, null),
            new RunMachine { Clock = new LinuxProcessClock(), Cpu = Cpu, AvailableCpus = 2, CpuModel = FakeMachine.TwoWatts, RamModel = new RamPowerModel(true) },
            TimeProvider.System,
            sampling: true);

        // What is compiled at its first use is compiled here, while no window is open.
        Task.Run(() => Tracked("warms up", () => Burn(0.02))).Wait();
    }

    [Fact]
    public async Task A_sleeping_window_pays_nothing_for_the_busy_one_beside_it()
    {
        var burning = Task.Run(() => Tracked("burns", () => Burn(0.5)));
        var sleeping = Task.Run(() => Tracked("sleeps", () => Thread.Sleep(500)));

        var (busy, idle) = (await burning, await sleeping);

        var both = busy.Cpu.Joules + idle.Cpu.Joules;
        (busy.Cpu.Joules / both).ShouldBeGreaterThan(0.95);
        (idle.Cpu.Joules / both).ShouldBeLessThan(0.05);
    }

    [Fact]
    public async Task Work_follows_its_window_through_awaits_and_tasks()
    {
        var neighbour = _run.Open(Request("neighbour"), parent: null);
        var window = _run.Open(Request("hops"), parent: null);
        Ambient.Flow = window;
        for (var i = 0; i < 10; i++)
        {
            await Task.Run(() => Burn(0.02));
            await Task.Yield();
        }

        Ambient.Flow = null;
        var worked = _run.Close(window, TestOutcome.Passed).Measurement;
        var slept = _run.Close(neighbour, TestOutcome.Passed).Measurement;
        worked.CpuTime.TotalSeconds.ShouldBeGreaterThan(0.19);
        slept.CpuTime.ShouldBeLessThan(worked.CpuTime * 0.05);
    }

    [Fact]
    public void A_window_that_runs_long_gets_its_time_while_others_open_and_close()
    {
        var ready = new ManualResetEventSlim();
        Measurement? measured = null;
        var thread = new Thread(() => measured = Tracked("long", () =>
        {
            ready.Set();
            Burn(0.4);
        }));
        thread.Start();
        ready.Wait();
        for (var i = 0; i < 20; i++)
        {
            Tracked("short", () => Thread.Sleep(10));
        }

        thread.Join();
        measured!.CpuTime.TotalSeconds.ShouldBeGreaterThan(0.38);
    }

    [Fact]
    public void A_process_that_a_window_starts_and_waits_for_is_the_windows()
    {
        var measured = Tracked("starts a process", () =>
        {
            using var child = Process.Start(new ProcessStartInfo("sh", ["-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done"]))!;
            child.WaitForExit();
        });

        measured.CpuTime.TotalSeconds.ShouldBeGreaterThan(0.1);
    }

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Measurement Tracked(string name, Action work)
    {
        var window = _run.Open(Request(name), parent: null);
        Ambient.Flow = window;
        try
        {
            work();
        }
        finally
        {
            Ambient.Flow = null;
        }

        return _run.Close(window, TestOutcome.Passed).Measurement;
    }

    private static WindowRequest Request(string name) => new() { Id = name, DisplayName = name, Kind = WindowKind.Test };

    /// <summary>Burns CPU time of this thread, not wall time: a machine that is busy otherwise changes nothing.</summary>
    private static void Burn(double cpuSeconds)
    {
        var clock = new LinuxProcessClock();
        var thread = clock.CurrentThreadClock();
        clock.TryRead(thread, out var start);
        while (clock.TryRead(thread, out var now) && (now - start).TotalSeconds < cpuSeconds)
        {
            Thread.SpinWait(1000);
        }
    }
}
