namespace Eco2Test.Reports;

/// <summary>A price of electricity, as it was set when the run began.</summary>
public sealed record ReportTariff
{
    /// <summary>As it was written: <c>0.25 EUR/kWh</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The currency's code of ISO 4217; nothing is converted.</summary>
    public required string Currency { get; init; }

    /// <summary>The time zone by whose clock the price changes; <see langword="null"/> when it does not change with the time of day.</summary>
    public string? Zone { get; init; }

    /// <summary>That zone's difference from UTC when the run began, minutes.</summary>
    public int? UtcOffsetMinutes { get; init; }
}

/// <summary>
/// What the energy of a run costs: kWh × PUE × price, by the time at which it was used. <c>Σ costAmount of root windows +
/// untrackedAmount = amount</c>.
/// </summary>
public sealed record ReportCost
{
    /// <summary>Of all energy, in the tariff's currency.</summary>
    public required double Amount { get; init; }

    /// <summary>Of the lower bound of all energy, at the mean price of the central value.</summary>
    public required double LowAmount { get; init; }

    /// <summary>Of the upper bound of all energy, at the mean price of the central value.</summary>
    public required double HighAmount { get; init; }

    /// <summary>Of the energy of no window.</summary>
    public required double UntrackedAmount { get; init; }

    /// <summary>The price.</summary>
    public required ReportTariff Tariff { get; init; }

    /// <summary>
    /// How it is known when the energy was used: <c>flat</c> (it makes no difference), <c>timeline</c> (by the report's
    /// timeline), or <c>even</c> (the energy of a window spread evenly over its time, untracked energy over that of the run).
    /// </summary>
    public required string Timing { get; init; }
}
