using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Benchmarks;

/// <summary>A run on the real machine and its real clocks, as a test host has it.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly string? _folder;

    /// <param name="journal">Whether it is written to disk; without one there is no sampling thread either.</param>
    /// <param name="sampling">Whether the sampling thread runs.</param>
    /// <param name="sensors">Instead of those of this machine.</param>
    /// <param name="cpuModel">Instead of this machine's; it is then taken to contain memory.</param>
    /// <param name="attachments">Whether what is attached to tests is made.</param>
    public BenchmarkRun(bool journal, bool sampling, SensorSet? sensors = null, CpuPowerModel? cpuModel = null, bool attachments = true)
    {
        _folder = journal ? Directory.CreateTempSubdirectory("eco2test-benchmark").FullName : null;
        var machine = RunMachine.This(cpuPower: null, EnvironmentVariables.OfThisProcess, TimeProvider.System);
        Run = new TrackingRun(
            new RunIdentity("Benchmarks", "net10.0", "Release", "program"),
            new RunSettings { Region = "FR", Skip = !journal, ResultsFolder = _folder ?? "nowhere", Attachments = attachments },
            new CiContext(null, null, null, null, null),
            machine with
            {
                CpuModel = cpuModel ?? machine.CpuModel,
                RamModel = new RamPowerModel(ContainedInCpu: cpuModel is not null),
                Sensors = sensors ?? machine.Sensors,
            },
            TimeProvider.System,
            sampling);
    }

    public TrackingRun Run { get; }

    public static WindowRequest Request { get; } = new() { Id = "Benchmarks.Window", DisplayName = "Window", Kind = WindowKind.Test };

    /// <summary>What the journal holds now, bytes.</summary>
    public long JournalBytes => _folder is null ? 0 : new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length);

    public Measurement OpenAndClose() => Run.Close(Run.Open(Request, parent: null), TestOutcome.Passed).Measurement;

    public void Dispose()
    {
        Run.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
