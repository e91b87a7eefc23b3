using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Benchmarks;

/// <summary>A run on the real machine and its real clocks, as a test host has it.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly string? _folder;

    public BenchmarkRun(bool journal, bool sampling)
    {
        _folder = journal ? Directory.CreateTempSubdirectory("eco2test-benchmark").FullName : null;
        Run = new TrackingRun(
            new RunIdentity("Benchmarks", "net10.0", "Release", "program"),
            new RunSettings { Region = "FR", Skip = !journal, ResultsFolder = _folder ?? "nowhere" },
            new CiContext(null, null, null, null, null),
            RunMachine.This(cpuPower: null, EnvironmentVariables.OfThisProcess, TimeProvider.System) with { RamModel = new RamPowerModel(ContainedInCpu: false) },
            TimeProvider.System,
            sampling);
    }

    public TrackingRun Run { get; }

    public static WindowRequest Request { get; } = new() { Id = "Benchmarks.Window", DisplayName = "Window", Kind = WindowKind.Test };

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
