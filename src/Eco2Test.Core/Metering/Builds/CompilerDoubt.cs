using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What the compiler server did while a project compiled: it does not say for whom.</summary>
/// <param name="Share">The project's part.</param>
/// <param name="CpuTime">All of it.</param>
internal readonly record struct CompilerWork(CompilerShare Share, TimeSpan CpuTime);

/// <summary>CPU seconds of the compiler server by which a project may have been given too much or too little, since others compiled at the same time.</summary>
/// <param name="TooMuch">Of what it was given, they may be others'.</param>
/// <param name="TooLittle">Of what others were given, they may be its own.</param>
internal readonly record struct CompilerDoubt(double TooMuch, double TooLittle)
{
    /// <summary>Above this part of a project's CPU seconds its figure counts as overlapped.</summary>
    private const double NegligibleShare = 0.01;

    /// <summary>What is not known of a stretch in which it compiled.</summary>
    public static CompilerDoubt Of(CompilerWork work) => new(
        (work.Share.Central - work.Share.Low) * work.CpuTime.TotalSeconds,
        (work.Share.High - work.Share.Central) * work.CpuTime.TotalSeconds);

    public static CompilerDoubt operator +(CompilerDoubt left, CompilerDoubt right) => new(left.TooMuch + right.TooMuch, left.TooLittle + right.TooLittle);

    /// <summary>A figure with the bounds that the doubt makes: those seconds at what a CPU second of the window costs at least and at most.</summary>
    /// <param name="closed">The window of the project.</param>
    /// <param name="account">Its account.</param>
    /// <param name="price">Its price.</param>
    public ClosedWindow Widen(ClosedWindow closed, LedgerAccount account, Price price)
    {
        var (measurement, seconds) = (closed.Measurement, account.CpuSeconds);
        if (seconds <= 0 || this == default)
        {
            return closed;
        }

        var less = account.Cpu.Low * Math.Min(1, TooMuch / seconds);
        var low = measurement.EnergyLow > less ? measurement.EnergyLow - less : Energy.Zero;
        var energy = new BoundedEnergy(low, measurement.Energy, measurement.EnergyHigh + (account.Cpu.High * (TooLittle / seconds)));
        var emissions = price.Emissions(energy);
        var quality = measurement.Quality == MeasurementQuality.Ok && Math.Max(TooMuch, TooLittle) > NegligibleShare * seconds ? MeasurementQuality.Overlapped : measurement.Quality;
        return closed with
        {
            Measurement = measurement with { EnergyLow = energy.Low, EnergyHigh = energy.High, EmissionsLow = emissions.Low, EmissionsHigh = emissions.High, Quality = quality },
            Window = closed.Window with
            {
                Energy = closed.Window.Energy with { LowJoules = energy.Low.Joules, HighJoules = energy.High.Joules },
                LowGrams = emissions.Low.Grams,
                HighGrams = emissions.High.Grams,
                Quality = quality,
            },
        };
    }
}
