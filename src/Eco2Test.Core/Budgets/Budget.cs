using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>The most energy that a window may use.</summary>
internal readonly record struct EnergyBudget(Energy Limit);

/// <summary>The most greenhouse gas that a window may emit.</summary>
internal readonly record struct EmissionsBudget(Emissions Limit);

/// <summary>What the budgets of a window say.</summary>
/// <param name="Verdict">The worst of them.</param>
/// <param name="Message">For people, beginning with its code; <see langword="null"/> when there is nothing to say.</param>
/// <param name="Fails">Whether the test must fail.</param>
internal readonly record struct BudgetOutcome(BudgetVerdict Verdict, string? Message, bool Fails);

/// <summary>What the messages of verdicts begin with.</summary>
internal sealed record BudgetCodes(string Exceeded, string Warned, string NotMeasurable)
{
    /// <summary>Those of tests and test runs.</summary>
    public static BudgetCodes OfTests { get; } = new(DiagnosticCodes.BudgetExceeded, DiagnosticCodes.BudgetWarned, DiagnosticCodes.BudgetNotMeasurable);
}
