using Eco2Test.Reports;

namespace Eco2Test.Budgets;

/// <summary>Which bound of a measurement is held against a budget.</summary>
internal enum BudgetBound
{
    /// <summary>Exceeded only when even the lower bound is over: no false alarm by a wide model.</summary>
    Lower,

    /// <summary>Exceeded when the central value is over.</summary>
    Central,

    /// <summary>Exceeded as soon as the upper bound is over.</summary>
    Upper,
}

/// <summary>What a budget does that cannot be decided.</summary>
internal enum NotMeasurableAction
{
    /// <summary>It says so.</summary>
    Warn,

    /// <summary>It fails the test.</summary>
    Error,

    /// <summary>It counts in the summary only.</summary>
    Ignore,
}

/// <summary>How budgets are judged.</summary>
internal readonly record struct BudgetPolicy(BudgetBound Bound, NotMeasurableAction NotMeasurable)
{
    /// <summary>As a report has it.</summary>
    public ReportBudgetPolicy Report => new() { Bound = Bound.ToString().ToLowerInvariant(), NotMeasurable = NotMeasurable.ToString().ToLowerInvariant() };

    /// <summary>As a report says that it was; what this version does not know, as by default.</summary>
    public static BudgetPolicy Of(ReportBudgetPolicy? report) => new(
        Enum.TryParse<BudgetBound>(report?.Bound, ignoreCase: true, out var bound) && Enum.IsDefined(bound) ? bound : default,
        Enum.TryParse<NotMeasurableAction>(report?.NotMeasurable, ignoreCase: true, out var action) && Enum.IsDefined(action) ? action : default);
}
