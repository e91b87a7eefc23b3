using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What a window used. It never changes.</summary>
public sealed record Measurement
{
    /// <summary>Energy, central value.</summary>
    public required Energy Energy { get; init; }

    /// <summary>Energy of one run, where the window repeated its work: <see cref="Energy"/> ÷ <see cref="Count"/>.</summary>
    public Energy EnergyPerRun => Energy / Count;

    /// <summary>Energy, lower bound.</summary>
    public required Energy EnergyLow { get; init; }

    /// <summary>Energy, upper bound.</summary>
    public required Energy EnergyHigh { get; init; }

    /// <summary>Part of <see cref="Energy"/>: CPU.</summary>
    public required Energy Cpu { get; init; }

    /// <summary>Part of <see cref="Energy"/>: GPU.</summary>
    public required Energy Gpu { get; init; }

    /// <summary>Part of <see cref="Energy"/>: RAM.</summary>
    public required Energy Ram { get; init; }

    /// <summary>Part of <see cref="Energy"/>: without the windows inside this one.</summary>
    public required Energy Self { get; init; }

    /// <summary>Emissions, central value.</summary>
    public required Emissions Emissions { get; init; }

    /// <summary>Emissions, lower bound.</summary>
    public required Emissions EmissionsLow { get; init; }

    /// <summary>Emissions, upper bound.</summary>
    public required Emissions EmissionsHigh { get; init; }

    /// <summary>CPU time of the process tree that was booked on the window.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many runs it is the sum of; more than one when the window repeated its body to be measurable.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How the energy is known; the least certain of the parts that are a tenth of it or more.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What the figure is worth.</summary>
    public required MeasurementQuality Quality { get; init; }
}
