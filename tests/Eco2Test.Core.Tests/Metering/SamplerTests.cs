using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>The sampling thread goes on whatever happens, and ends with its run.</summary>
public sealed class SamplerTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly FakeMachine _machine = new();
    private int _samples;
    private Thread? _thread;

    [Fact]
    public void It_samples_while_a_window_is_open_and_keeps_the_journal_up_to_date()
    {
        using var run = Start();
        run.Open(new WindowRequest { Id = "A", DisplayName = "A", Kind = WindowKind.Test }, parent: null);

        SpinWait.SpinUntil(() => Journal().Contains("\"open\":[{", StringComparison.Ordinal), Long).ShouldBeTrue();
    }

    [Fact]
    public void A_sample_that_fails_is_a_notice_and_the_next_is_taken()
    {
        using var run = Start();
        var before = Volatile.Read(ref _samples);
        _machine.WhenAskedForMachine = () =>
        {
            Interlocked.Increment(ref _samples);
            throw new InvalidOperationException("a fault of the tracker");
        };
        run.Open(new WindowRequest { Id = "A", DisplayName = "A", Kind = WindowKind.Test }, parent: null);

        SpinWait.SpinUntil(() => Volatile.Read(ref _samples) > before + 3, Long).ShouldBeTrue();
        run.Close(run.Open(new WindowRequest { Id = "B", DisplayName = "B", Kind = WindowKind.Test }, parent: null), TestOutcome.Passed);
        Journal().ShouldContain("A sample failed: InvalidOperationException: a fault of the tracker");
    }

    [Fact]
    public void It_ends_with_its_run()
    {
        var run = Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref _thread) is not null, Long).ShouldBeTrue();

        run.Dispose();

        SpinWait.SpinUntil(() => !_thread!.IsAlive, Long).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private TrackingRun Start()
    {
        var main = Thread.CurrentThread;
        _machine.WhenAskedForMachine = () =>
        {
            Interlocked.Increment(ref _samples);
            if (Thread.CurrentThread != main)
            {
                Volatile.Write(ref _thread, Thread.CurrentThread);
            }
        };
        return new TrackingRun(
            new RunIdentity("Sampler", "net10.0", null, "test"),
            new RunSettings { Region = "FR", ResultsFolder = _folder },
            new CiContext(null, null, null, null, null),
            FakeMachine.Describe(_machine) with { RamModel = new RamPowerModel(ContainedInCpu: true) },
            TimeProvider.System,
            sampling: true);
    }

    private string Journal()
    {
        using var file = new FileStream(Directory.GetFiles(_folder).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
