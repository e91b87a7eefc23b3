using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>CPU seconds by which a project may have been given too much or too little, since others were built at the same time.</summary>
/// <param name="TooMuch">Of what it was given, they may be others'.</param>
/// <param name="TooLittle">Of what others were given, they may be its own.</param>
internal readonly record struct CpuDoubt(double TooMuch, double TooLittle)
{
    /// <summary>Above this part of a project's CPU seconds its figure counts as overlapped.</summary>
    private const double NegligibleShare = 0.01;

    /// <summary>What is not known of the compiler server's work in a stretch in which the project compiled.</summary>
    public static CpuDoubt Of(CompilerWork work) => new(
        (work.Share.Central - work.Share.Low) * work.CpuTime.TotalSeconds,
        (work.Share.High - work.Share.Central) * work.CpuTime.TotalSeconds);

    public static CpuDoubt operator +(CpuDoubt left, CpuDoubt right) => new(left.TooMuch + right.TooMuch, left.TooLittle + right.TooLittle);

    /// <summary>A figure with the bounds that the doubt makes: those seconds at what a CPU second of the window costs at least and at most.</summary>
    /// <param name="closed">The window of the project.</param>
    /// <param name="window">The same, as the run has it.</param>
    public ClosedWindow Widen(ClosedWindow closed, TrackingWindow window)
    {
        if (this == default)
        {
            return closed;
        }

        var (measurement, account) = (closed.Measurement, window.Account);
        var seconds = account.CpuSeconds;
        var perSecond = seconds > 0 ? account.Cpu * (1 / seconds) : PerSecond(window.Run.LookAtMachine());

        // Where the ledger shared, lower bounds hold none of that, and are no rate.
        var less = (account.Overlapped ? perSecond.Central : perSecond.Low) * Math.Min(TooMuch, seconds);
        var low = measurement.EnergyLow > less ? measurement.EnergyLow - less : Energy.Zero;
        var energy = new BoundedEnergy(low, measurement.Energy, measurement.EnergyHigh + (perSecond.High * TooLittle));
        var emissions = window.Run.PriceOf(window.Request).Emissions(energy);
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

    /// <summary>Of a project that used nothing: what it costs on the machine.</summary>
    private static BoundedEnergy PerSecond(MachineUse use) => use.CpuSeconds > 0 ? use.Cpu * (1 / use.CpuSeconds) : BoundedEnergy.Zero;
}
