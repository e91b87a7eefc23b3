namespace Eco2Test.Reports;

/// <summary>
/// What making the machine emitted, as far as it is this run's: <c>M = TE × TS × RS</c> of ISO/IEC 21031:2024. The embodied
/// grams of root windows and the untracked ones add up to <see cref="Grams"/>.
/// </summary>
public sealed record ReportEmbodied
{
    /// <summary>What is known of the machine.</summary>
    public required ReportEmbodiedMachine Machine { get; init; }

    /// <summary>Of the run, gCO2e: total × share × run's seconds ÷ lifetime.</summary>
    public required double Grams { get; init; }

    /// <summary>Of the time in which no window was open, gCO2e.</summary>
    public required double UntrackedGrams { get; init; }
}

/// <summary>What making a machine emitted, and for how long it serves.</summary>
public sealed record ReportEmbodiedMachine
{
    /// <summary>TE, gCO2e.</summary>
    public required double TotalGrams { get; init; }

    /// <summary>Expected life, of which the run's duration is the share of time TS.</summary>
    public required double LifetimeSeconds { get; init; }

    /// <summary>RS, the part of the machine that the run has for itself: from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Who says so: <c>set</c>, or the runner and the source of its figures.</summary>
    public required string Source { get; init; }
}
