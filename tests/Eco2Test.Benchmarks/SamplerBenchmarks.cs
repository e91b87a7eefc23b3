using BenchmarkDotNet.Attributes;

namespace Eco2Test.Benchmarks;

/// <summary>What the sampling thread does ten times a second, without the journal, which it writes once a second.</summary>
public class SamplerBenchmarks
{
    private BenchmarkRun _run = null!;

    [GlobalSetup]
    public void SetUp() => _run = new BenchmarkRun(journal: false, sampling: false);

    [GlobalCleanup]
    public void CleanUp() => _run.Dispose();

    [Benchmark]
    public void Tick() => _run.Run.Sample(journal: false);
}
