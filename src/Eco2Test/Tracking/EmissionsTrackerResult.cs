using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What a tracker measured. It never changes.</summary>
public sealed record EmissionsTrackerResult
{
    /// <summary>What its rows are called by in the file.</summary>
    public required string Id { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What was tried.</summary>
    public required string ExperimentDescription { get; init; }

    /// <summary>The start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Energy of the devices and emissions of the building's, with bounds, and how they are known.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>Energy of the devices.</summary>
    public Energy Energy => Measurement.Energy;

    /// <summary>Emissions: kWh × PUE × intensity.</summary>
    public Emissions Emissions => Measurement.Emissions;

    /// <summary>Wall time.</summary>
    public TimeSpan Duration => Measurement.Duration;

    /// <summary>What priced the energy: intensity, its source and year, and the PUE.</summary>
    public required ReportIntensity Intensity { get; init; }

    /// <summary>What the energy cost; <see langword="null"/> when no price was set.</summary>
    public ElectricityCost? Cost { get; init; }

    /// <summary>The epochs, in their order. What is in none of them is in <see cref="Measurement"/> only.</summary>
    public required IReadOnlyList<TrackedEpoch> Epochs { get; init; }

    /// <summary>Whose work was measured: <see cref="TrackedProcesses.Current"/> where the system does not tell that of all, whatever was asked for.</summary>
    public required TrackedProcesses Processes { get; init; }

    /// <summary>Where its rows are; <see langword="null"/> when none were asked for.</summary>
    public string? FilePath { get; init; }

    /// <summary>How many rows could not be written; stopping the tracker again tries it again.</summary>
    public int RowsNotWritten { get; init; }

    /// <summary>Why; <see langword="null"/> when all were written.</summary>
    public string? FileProblem { get; init; }
}

/// <summary>An epoch of a training.</summary>
public sealed record TrackedEpoch
{
    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>What was recorded with it, in the order in which it was given.</summary>
    public required IReadOnlyDictionary<string, object> Parameters { get; init; }

    /// <summary>The start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What it used.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>What its energy cost; <see langword="null"/> when no price was set.</summary>
    public ElectricityCost? Cost { get; init; }
}

/// <summary>What energy cost: kWh × PUE × price.</summary>
public sealed record ElectricityCost
{
    /// <summary>The amount.</summary>
    public required double Amount { get; init; }

    /// <summary>Of the lower bound of the energy, at the mean price of the central value.</summary>
    public required double LowAmount { get; init; }

    /// <summary>Of the upper bound of the energy, at the mean price of the central value.</summary>
    public required double HighAmount { get; init; }

    /// <summary>The price, with its currency (nothing is converted) and by whose clock it changes.</summary>
    public required ReportTariff Tariff { get; init; }
}
