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
internal readonly record struct BudgetPolicy(BudgetBound Bound, NotMeasurableAction NotMeasurable);
