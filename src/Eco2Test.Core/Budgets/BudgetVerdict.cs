using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>What a budget says of a measurement.</summary>
[JsonConverter(typeof(KebabEnumConverter<BudgetVerdict>))]
public enum BudgetVerdict
{
    /// <summary>There is no budget.</summary>
    None,

    /// <summary>The measurement is within its budget.</summary>
    Kept,

    /// <summary>The central value is over the budget, the bound that decides is not.</summary>
    Warned,

    /// <summary>The bound that decides (by default the lower one) is over the budget.</summary>
    Exceeded,

    /// <summary>The window was too short to be measured, and its upper bound is over the budget.</summary>
    NotMeasurable,
}
