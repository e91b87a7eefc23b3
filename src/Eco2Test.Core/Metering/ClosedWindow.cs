using Eco2Test.Budgets;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>What closing a window gave.</summary>
internal sealed record ClosedWindow(ReportWindow Window, Measurement Measurement, BudgetOutcome Budget, ReportIntensity Intensity)
{
    /// <summary>Of a window with a budget that shared energy with others: with which, and what to do; else <see langword="null"/>.</summary>
    public string? Overlap { get; init; }

    /// <summary>Whether another figure within its bounds would have another verdict.</summary>
    public bool HangsOnBounds =>
        Window.Budget is { } budget
        && (IsWithin(budget.EnergyJoules, Window.Energy.LowJoules, Window.Energy.HighJoules) || IsWithin(budget.EmissionsGrams, Window.LowGrams, Window.HighGrams));

    private bool IsWithin(double? limit, double low, double high) => limit * Measurement.Count >= low && limit * Measurement.Count < high;
}
