namespace Eco2Test.Budgets;

/// <summary>Which of the budgets of a build hold that several readers have found: the front end by itself, and each project by its properties.</summary>
internal static class BuildBudgets
{
    /// <summary>
    /// The nearest of each limit: an option before the environment, before properties, before files. Projects that say
    /// different things by their properties all hold. What cannot be read always counts.
    /// </summary>
    public static IReadOnlyList<BuildBudget> Nearest(IEnumerable<BuildBudget> budgets)
    {
        var all = budgets.Distinct().ToList();
        return [.. all.Where(budget => budget.Problem is not null || !all.Any(other => HidesLimitOf(other, budget)))];
    }

    /// <summary>Whether it is written as an MSBuild property, which only who evaluates a project knows.</summary>
    public static bool IsOfProperty(BuildBudget budget) => Distance(budget) == 2;

    private static bool HidesLimitOf(BuildBudget nearer, BuildBudget budget) =>
        nearer.IsOfBuild == budget.IsOfBuild && Distance(nearer) < Distance(budget)
        && ((nearer.Energy is not null && budget.Energy is not null) || (nearer.Emissions is not null && budget.Emissions is not null));

    private static int Distance(BuildBudget budget) => budget.Place.Name switch
    {
        var name when name.StartsWith("--", StringComparison.Ordinal) => 0,
        var name when name.StartsWith("ECO2TEST_", StringComparison.Ordinal) => 1,
        var name when name.StartsWith("Eco2Test", StringComparison.Ordinal) => 2,
        _ => 3,
    };
}
