namespace Eco2Test.Reports;

/// <summary>
/// What one kWh more makes the plants of a country emit, by the year. It answers another question than the average does:
/// it can be less, and the two are never added, divided or mixed.
/// </summary>
public sealed record ReportMarginal
{
    /// <summary>ISO 3166-1 code of the country.</summary>
    public required string Region { get; init; }

    /// <summary>Operating margin, gCO2e/kWh.</summary>
    public required double GramsPerKilowattHour { get; init; }

    /// <summary><c>direct</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>The year of the figure.</summary>
    public required int Year { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public required string Source { get; init; }
}
