namespace Eco2Test.Reports;

/// <summary>All attempts of a test that was retried, added up: a test platform keeps the last one only.</summary>
public sealed record ReportAttempts
{
    /// <summary>How many there were, the last one included.</summary>
    public required int Count { get; init; }

    /// <summary>Their energy in joules.</summary>
    public required double EnergyJoules { get; init; }

    /// <summary>Lower bound in joules: the sum of theirs.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound in joules: the sum of theirs.</summary>
    public required double HighJoules { get; init; }

    /// <summary>Their emissions in grams of CO2e.</summary>
    public required double EmissionsGrams { get; init; }
}
