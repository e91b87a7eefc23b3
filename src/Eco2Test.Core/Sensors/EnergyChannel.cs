namespace Eco2Test.Sensors;

/// <summary>What a channel's energy is of.</summary>
internal enum EnergyDomain
{
    /// <summary>A processor with all that is in its package.</summary>
    Package,

    /// <summary>The cores of a package, which contains them.</summary>
    Core,

    /// <summary>What is in a package beside the cores, such as its graphics.</summary>
    Uncore,

    /// <summary>Memory modules.</summary>
    Dram,

    /// <summary>The whole board, with its packages.</summary>
    Platform,

    /// <summary>A GPU with its memory.</summary>
    Gpu,
}

/// <summary>One quantity that a sensor offers.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Source">How it is read, such as <c>nvml-energy-counter</c>.</param>
/// <param name="Domain">What its energy is of.</param>
/// <param name="Provenance">How the figure is known.</param>
/// <param name="UpdatePeriod">How often the device refreshes it: an edge of a window is off by at most its power in this time.</param>
internal sealed record EnergyChannel(string Device, string Source, EnergyDomain Domain, Provenance Provenance, TimeSpan UpdatePeriod)
{
    /// <summary>Both edges of a window together are off by P·U/√6, for a refresh every U: ±5 % needs a window of about 16 U.</summary>
    public const int ResolutionInPeriods = 16;

    // A load that repeats in step with the sampling of power is seen always or never: four times too high above idle where it
    // works for a quarter of the time, and 74 % too low in trials. No bounds contain one that is never seen (docs/methodology.md).
    private const double MostTooHigh = 3;
    private const double MostTooLow = 0.74;

    /// <summary>A window that is shorter cannot be told from the refreshing of the device.</summary>
    public TimeSpan Resolution => UpdatePeriod * ResolutionInPeriods;

    /// <summary>
    /// Whether power is sampled and integrated, instead of a counter being read: what happens between two samples is then
    /// not seen.
    /// </summary>
    public bool IsSampledPower { get; init; }

    /// <summary>How far the device's own figure may be off, as a part of it: 0.05 is ±5 %.</summary>
    public double Uncertainty { get; init; }

    /// <summary>Where the device's counter starts anew, in its own unit; <see langword="null"/> when it does not.</summary>
    public ulong? WrapModulus { get; init; }

    /// <summary>The smallest step of the device's figure, in joules or watts.</summary>
    public double Scale { get; init; }

    /// <summary>The device whose channel contains this one, which is then not added; <see langword="null"/> when none does.</summary>
    public string? ContainedIn { get; init; }

    /// <summary>Between which factors of the figure the energy is.</summary>
    public (double Low, double High) Bounds => IsSampledPower
        ? (1 / (1 + MostTooHigh), 1 / (1 - MostTooLow))
        : (1 - Uncertainty, 1 + Uncertainty);
}
