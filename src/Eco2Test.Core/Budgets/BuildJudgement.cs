using Eco2Test.Reports;

namespace Eco2Test.Budgets;

/// <summary>What the budgets of a build, or of a project, say.</summary>
/// <param name="Verdicts">What is to be said; nothing of a budget that is kept.</param>
/// <param name="Judged">All of them, as the report has them.</param>
/// <param name="Notices">What a reader of the report must know of it.</param>
internal sealed record BuildJudgement(IReadOnlyList<BuildVerdict> Verdicts, IReadOnlyList<ReportGroupBudget> Judged, IReadOnlyList<ReportNotice> Notices)
{
    /// <summary>Nothing was judged.</summary>
    public static readonly BuildJudgement None = new([], [], []);

    /// <summary>Whether the build fails.</summary>
    public bool Fails => Verdicts.Any(verdict => verdict.IsError);

    /// <summary>This and another; what both say is said once.</summary>
    public BuildJudgement And(BuildJudgement other) => new(
        [.. Verdicts, .. other.Verdicts.Except(Verdicts)], [.. Judged, .. other.Judged.Except(Judged)], [.. Notices, .. other.Notices.Except(Notices)]);

    /// <summary>The report with what was judged.</summary>
    public EmissionsReport In(EmissionsReport report, BudgetPolicy policy) => report with
    {
        BudgetPolicy = policy == default ? report.BudgetPolicy : policy.Report,
        Budgets = Judged.Count == 0 ? report.Budgets : [.. report.Budgets ?? [], .. Judged],
        Notices = [.. report.Notices, .. Notices.Except(report.Notices)],
    };
}
