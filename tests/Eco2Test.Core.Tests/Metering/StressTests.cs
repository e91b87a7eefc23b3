using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Many threads at once, on the clocks of this machine: nothing is lost, nothing is booked twice, nobody throws.</summary>
[Collection(RealClocks.Name)]
public sealed class StressTests
{
    private const int Threads = 8;
    private const int WindowsOfEach = 300;

    [Fact]
    public async Task Windows_that_open_nest_and_close_on_many_threads_while_they_are_sampled_add_up()
    {
        using var folder = new TempFolder();
        var gpu = new FakeSensor { Processes = [new GpuProcess(Environment.ProcessId, 1)] };
        var clock = SensorSearch.OfThisMachine(new CpuIdentity("", null, null, null, null, IsGuest: true, null, 2), TimeProvider.System).Clock();
        var before = clock.ProcessCpuTime;
        using var run = Start(folder, clock, gpu);
        var stop = new CancellationTokenSource();
        var sampling = Task.Run(
            () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    gpu.Cumulative += Energy.FromJoules(1);
                    run.Sample(journal: i % 10 == 0);
                }
            },
            TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(i => Task.Run(() => Work(run, i), TestContext.Current.CancellationToken)));
        await stop.CancelAsync();
        await sampling;
        run.Sample(journal: true);
        var spent = clock.ProcessCpuTime - before;

        var report = JournalReader.Read(Directory.GetFiles(folder, "*" + ResultsFolder.JournalExtension).Single());
        FakeRun.ShouldBeConserved(report);
        report.Windows.Count.ShouldBe(Threads * WindowsOfEach * 2);
        report.Windows.Where(window => window.Parent is null).Sum(window => window.CpuSeconds).ShouldBeLessThanOrEqualTo(spent.TotalSeconds);
        report.Windows.ShouldAllBe(window => window.CpuSeconds >= 0);
        report.Notices.ShouldNotContain(notice => notice.Code == "ECO2023");
    }

    /// <summary>Each with one inside it, across a change of threads, closed by whoever comes first.</summary>
    private static async Task Work(TrackingRun run, int number)
    {
        for (var i = 0; i < WindowsOfEach; i++)
        {
            var outer = run.Open(new WindowRequest { Id = $"outer {number}", DisplayName = "outer", Kind = WindowKind.Test }, parent: null);
            Ambient.Flow = outer;
            var inner = run.Open(new WindowRequest { Id = $"inner {number}", DisplayName = "inner", Kind = WindowKind.Method }, outer);
            Ambient.Flow = inner;
            await Task.Yield();
            Thread.SpinWait(2_000);
            if (i % 3 == 0)
            {
                await Task.WhenAll(Task.Run(inner.Stop), Task.Run(outer.Stop), Task.Run(outer.Stop));
            }

            inner.Stop();
            outer.Stop();
            Ambient.Flow = null;
        }
    }

    private static TrackingRun Start(TempFolder folder, IProcessClock clock, IGpuSensor gpu) => new(
        new RunIdentity("Stress", "net10.0", null, "test"),
        new RunSettings { Region = "FR", ResultsFolder = folder },
        new CiContext(null, null, null, null, null),
        FakeMachine.Describe(clock, new SensorSet { Gpus = [gpu] }) with { ProcessId = Environment.ProcessId },
        TimeProvider.System,
        sampling: true);
}
