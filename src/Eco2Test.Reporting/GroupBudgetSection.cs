using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The budgets of the run and of groups for people: what was used of what, and what there is to say.</summary>
internal static class GroupBudgetSection
{
    /// <summary>The section; none where there are no such budgets.</summary>
    public static IEnumerable<Section> Of(EmissionsReport report)
    {
        if (report.Budgets is not { Count: > 0 } budgets)
        {
            return [];
        }

        return
        [
            new("Budgets of the run and of groups")
            {
                Headings = ["Budget", "Used of limit", ""],
                Rows = [.. budgets.SelectMany(Rows)],
                Names = [0, 2],
                Notes = [.. budgets.Where(budget => budget.Message is not null).SelectMany(budget => budget.Message!.Split('\n')).Distinct()],
            },
        ];
    }

    /// <summary><c>of the run</c>, <c>of class Shop.Tests.ModelTests</c>.</summary>
    private static string Name(ReportGroupBudget budget)
    {
        var of = budget.Pattern is null ? $"of the {budget.Scope}" : $"of {budget.Scope} {budget.Pattern}";
        return budget.Project is null ? of : $"{of} in {budget.Project}";
    }

    /// <summary>A row for each limit; the verdict, which is the worse of both, in each. One for a budget that could not be read.</summary>
    private static IEnumerable<string[]> Rows(ReportGroupBudget budget)
    {
        string[] limits =
        [
            .. budget.EnergyJoules is { } joules ? [$"{Figures.Joules(budget.UsedJoules)} of {Figures.Joules(joules)}"] : Array.Empty<string>(),
            .. budget.EmissionsGrams is { } grams ? [$"{Figures.Grams(budget.UsedGrams)} of {Figures.Grams(grams)} CO2e"] : Array.Empty<string>(),
        ];
        return limits.DefaultIfEmpty("").Select(limit => (string[])[Name(budget), limit, ReportWords.Mark(budget.Verdict)]);
    }
}
