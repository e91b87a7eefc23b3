using BenchmarkDotNet.Attributes;

namespace Eco2Test.DiagnosedBenchmarks;

/// <summary>One benchmark throws, and has no figure.</summary>
[EmissionsDiagnoser(Region = "FR")]
public class Failing
{
    [Benchmark]
    public void Throws() => throw new InvalidOperationException("as it should");

    [Benchmark]
    public void Works() => Thread.SpinWait(10_000);
}
