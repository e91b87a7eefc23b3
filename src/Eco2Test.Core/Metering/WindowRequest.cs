using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What a window is opened with.</summary>
internal sealed record WindowRequest
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required WindowKind Kind { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>Region as written; <see langword="null"/>: that of the run.</summary>
    public string? Region { get; init; }

    /// <summary>What the user says of the building, of this window only; <see langword="null"/>: as the run has it.</summary>
    public double? Pue { get; init; }

    /// <summary>What the user says that the electricity of this window emits; <see langword="null"/>: as the region has it.</summary>
    public CarbonIntensity? Intensity { get; init; }

    public EnergyBudget? EnergyBudget { get; init; }

    public EmissionsBudget? EmissionsBudget { get; init; }

    public string? Comparison { get; init; }

    /// <summary>Traits and categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public ReportSource? Source { get; init; }

    /// <summary>The tracked method that it is a window of, as the table names it: inside it, calls of that method are of this window.</summary>
    public string? Method { get; init; }

    /// <summary>How long the work is to be repeated, where it can be.</summary>
    public TimeSpan Minimum { get; init; }

    /// <summary>A test without the attribute: its energy is untracked, and not its neighbours'.</summary>
    public bool Exempt { get; init; }

    /// <summary>What could not be read of this window's own settings.</summary>
    public string? Problem { get; init; }

    public bool HasBudget => EnergyBudget is not null || EmissionsBudget is not null || Problem is not null;
}
