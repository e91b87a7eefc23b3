using BenchmarkDotNet.Attributes;

namespace Eco2Test.DiagnosedBenchmarks;

/// <summary>Its region is none.</summary>
[EmissionsDiagnoser(Region = "Frnace")]
public class Nowhere
{
    [Benchmark]
    public void Works() => Thread.SpinWait(10_000);
}
