using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What one operation of a benchmark costs.</summary>
/// <param name="Energy">Of the devices.</param>
/// <param name="Emissions">Of that energy, with what the building adds.</param>
/// <param name="Provenance">How the energy is known.</param>
/// <param name="Quality">What the figure is worth.</param>
internal sealed record OperationCost(BoundedEnergy Energy, BoundedEmissions Emissions, Provenance Provenance, MeasurementQuality Quality)
{
    /// <summary>How far the two edges of an iteration may be off together: the clock is read by code that takes CPU time itself.</summary>
    private const double EdgeSeconds = 20e-6;

    /// <summary>When less of the stage's CPU time than this is certainly the workload's, nobody can tell it from that of the engine around it.</summary>
    private const double LeastTold = 0.1;

    /// <summary>
    /// Divides the energy of the stage by its operations; <see langword="null"/> when there is nothing to divide. Like time, it is
    /// that of the iterations without the empty loop, and without what the engine does between them: collecting garbage,
    /// <c>[IterationSetup]</c> and <c>[IterationCleanup]</c>.
    /// <list type="bullet">
    /// <item>CPU: what a second of CPU time costs on average in the stage, for the CPU time of the iterations as the process itself
    /// reads it, and for that of its children.</item>
    /// <item>Where the process does not tell, the empty loop and the engine are taken to keep one thread busy; the upper bound lets
    /// the engine have been idle.</item>
    /// <item>Memory is drawn at all times: the iterations have their part of the time.</item>
    /// <item>A GPU goes on by itself: its energy is the iterations', and the lower bound leaves them their part of the time.</item>
    /// </list>
    /// </summary>
    public static OperationCost? Of(ActualStage stage, StageIterations iterations, Price price)
    {
        var duration = Math.Max(stage.Duration.TotalSeconds, iterations.Seconds);
        if (iterations.Operations <= 0 || duration <= 0)
        {
            return null;
        }

        var timed = iterations.Seconds / duration;
        var (cpu, isTold) = CpuOfIterations(stage, iterations, duration);
        var gpu = stage.Gpu with { Low = stage.Gpu.Low * timed };
        var energy = ((cpu + gpu + (stage.Ram * timed)) * (1.0 / iterations.Operations)).InOrder();
        return energy.Central <= Units.Energy.Zero
            ? null
            : new OperationCost(energy, price.Emissions(energy), stage.Provenance, isTold ? stage.Quality : MeasurementQuality.BelowResolution);
    }

    private static (BoundedEnergy Energy, bool IsTold) CpuOfIterations(ActualStage stage, StageIterations iterations, double duration)
    {
        if (stage.CpuSeconds <= 0)
        {
            return (stage.Cpu, false);
        }

        var second = stage.Cpu * (1 / stage.CpuSeconds);
        if (iterations.CpuSeconds is { } own)
        {
            var (told, doubt) = (own + stage.ChildSeconds, (EdgeSeconds * iterations.Count) + iterations.CpuDoubtSeconds);
            return (Cost(Math.Max(0, told - doubt), Math.Max(told, doubt / 2), told + doubt), told > doubt);
        }

        var most = Math.Max(0, stage.CpuSeconds - iterations.OverheadSeconds);
        var least = Math.Max(0, most - (duration - iterations.Seconds));
        var isTold = least > most * LeastTold;

        // Where the engine may have used all of it, anything between nothing and that is as likely.
        return (Cost(least, isTold ? least : (least + most) / 2, most), isTold);

        BoundedEnergy Cost(double low, double central, double high) => new(second.Low * low, second.Central * central, second.High * high);
    }
}
