using BenchmarkDotNet.Attributes;

namespace Eco2Test.DiagnosedBenchmarks;

/// <summary>Work, and waiting for about as long. The setup of an iteration is much more work than either.</summary>
[EmissionsDiagnoser(Region = "FR")]
public class BurnAndSleep
{
    private double _prepared = 1;

    [IterationSetup]
    public void Prepare() => _prepared = Roots(40_000_000) > 0 ? 1 : 2;

    [Benchmark]
    public double Burn() => Roots(4_000_000) * _prepared;

    [Benchmark]
    public void Sleep() => Thread.Sleep(20);

    private static double Roots(int count)
    {
        var root = 1.0;
        for (var i = 0; i < count; i++)
        {
            root = Math.Sqrt(root + i);
        }

        return root;
    }
}
