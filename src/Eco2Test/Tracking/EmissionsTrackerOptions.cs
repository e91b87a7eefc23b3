using Eco2Test.Units;

namespace Eco2Test;

/// <summary>What an <see cref="EmissionsTracker"/> is told.</summary>
public sealed record EmissionsTrackerOptions
{
    /// <summary>The project that the work belongs to: sums are made by it.</summary>
    public string ProjectName { get; init; } = "Default project name";

    /// <summary>What is tried.</summary>
    public string ExperimentDescription { get; init; } = "no experiment description";

    /// <summary>The file that rows are appended to, in the form of Eco2AI's; <see langword="null"/>: none.</summary>
    public string? FileName { get; init; } = "emission.csv";

    /// <summary>How often a row is written while the work goes on; <see langword="null"/>: one row when it stops. While training, there is one for each epoch.</summary>
    public TimeSpan? MeasurePeriod { get; init; }

    /// <summary>Whose work is measured.</summary>
    public TrackedProcesses Processes { get; init; }

    /// <summary>What the electricity emits, where the user knows better than the tables; <see langword="null"/>: that of <see cref="Region"/>.</summary>
    public CarbonIntensity? EmissionLevel { get; init; }

    /// <summary>Where the work runs, as in <see cref="TrackEmissionsAttribute.Region"/>; <see langword="null"/>: <c>ECO2TEST_REGION</c>, else the world, which is said to be assumed.</summary>
    public string? Region { get; init; }

    /// <summary>Energy of the building over energy of the devices, from 1; <see langword="null"/>: <c>ECO2TEST_PUE</c>, else that of the region of a cloud, else 1.</summary>
    public double? Pue { get; init; }

    /// <summary>
    /// What electricity costs: <c>0.25 EUR/kWh</c>, or by the time of day,
    /// <c>22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh @ Europe/Paris</c>; <see langword="null"/>: <c>ECO2TEST_ELECTRICITY_PRICE</c>.
    /// </summary>
    public string? ElectricityPrice { get; init; }
}

/// <summary>Whose work a tracker measures.</summary>
public enum TrackedProcesses
{
    /// <summary>What flows with the tracker in this process, and its child processes.</summary>
    Current,

    /// <summary>
    /// All processes of the machine, above what it draws without work: CPU and GPUs of whoever uses them; memory of the machine where
    /// it has a counter, else of this process tree only. Trackers that do so at the same time measure the same: never add them up.
    /// </summary>
    All,
}
