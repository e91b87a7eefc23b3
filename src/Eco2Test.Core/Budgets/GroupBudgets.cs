using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>
/// Judges the budgets of a run and of groups of its windows once its report is made. Whoever sees the end of a run fails it
/// with <see cref="Failures"/>, and with <see cref="WithoutReport"/> when there is nothing to judge.
/// </summary>
internal static class GroupBudgets
{
    /// <summary>The report with what the budgets say that its journal has.</summary>
    public static EmissionsReport Judge(EmissionsReport report, JournalBudgets budgets)
    {
        var policy = BudgetPolicy.Of(budgets.Policy);
        var groups = budgets.Groups.Select(group => new GroupBudget(
            group.Scope, group.Pattern,
            group.EnergyJoules is { } joules ? new EnergyBudget(Energy.FromJoules(joules)) : null,
            group.EmissionsGrams is { } grams ? new EmissionsBudget(Emissions.FromGrams(grams)) : null)
        {
            Problem = group.Problem ?? (budgets.Problems.Count > 0 ? string.Join('\n', budgets.Problems) : null),
        });
        ReportGroupBudget[] judged = [.. groups.Select(group => GroupBudgetJudge.Judge(report, group, policy))];
        return report with
        {
            BudgetPolicy = policy == default ? null : policy.Report,
            Budgets = judged.Length == 0 ? null : judged,
        };
    }

    /// <summary>
    /// The report with what budgets of the run say that a front end was given, by an option or a configuration: they are
    /// nearer than those of the report, limit by limit. Without a <paramref name="policy"/> they are judged as the report's own.
    /// </summary>
    public static EmissionsReport Judge(this EmissionsReport report, RunBudgets budgets, BudgetPolicy? policy = null)
    {
        if (budgets.Group is not { } given)
        {
            return report;
        }

        var own = report.Budgets?.FirstOrDefault(budget => budget.Scope == GroupBudget.Run);
        var isReadable = given.Problem is null && own?.Message?.StartsWith(DiagnosticCodes.SettingUnreadable, StringComparison.Ordinal) != true;
        var whole = given with
        {
            Energy = given.Energy ?? (own?.EnergyJoules is { } joules ? new EnergyBudget(Energy.FromJoules(joules)) : null),
            Emissions = given.Emissions ?? (own?.EmissionsGrams is { } grams ? new EmissionsBudget(Emissions.FromGrams(grams)) : null),
            Problem = isReadable ? null : given.Problem ?? own!.Message,
        };
        var judged = GroupBudgetJudge.Judge(report, whole, policy ?? BudgetPolicy.Of(report.BudgetPolicy));
        return report with { Budgets = [judged, .. (report.Budgets ?? []).Where(budget => budget.Scope != GroupBudget.Run)] };
    }

    /// <summary>Why the run must fail; empty when it must not.</summary>
    public static IReadOnlyList<string> Failures(EmissionsReport report) =>
        [.. (report.Budgets ?? []).Where(budget => budget.Fails).Select(budget => budget.Message!)];

    /// <summary>Why a run must fail that has budgets and left no report; empty when it has none.</summary>
    /// <param name="budgets">The budgets that it was to be held against.</param>
    /// <param name="cause">Why there is no report, as the end of a sentence: <c>no test is tracked</c>.</param>
    public static IReadOnlyList<string> WithoutReport(IEnumerable<GroupBudget> budgets, string cause) =>
        [.. budgets.Select(budget => budget.Problem ?? GroupBudgetJudge.WithoutData(GroupBudgetJudge.Name(budget), cause))];
}
