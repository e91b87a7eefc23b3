using Eco2Test.Reports;

namespace Eco2Test.Budgets;

/// <summary>
/// Holds a build, or a project of it, against its budgets, as <see cref="BudgetJudge"/> holds one window: the front ends of
/// MSBuild and the wrapper only say what comes out.
/// </summary>
internal static class BuildBudgetJudge
{
    /// <summary>The scope of a whole build in a report.</summary>
    public const string BuildScope = "build";

    /// <summary>The scope of a project in a report.</summary>
    public const string ProjectScope = "project";

    /// <summary>Holds the window of the build in a report against the budgets of the build.</summary>
    /// <param name="budgets">Those of projects among them are left out; of what several readers have found, the nearest holds.</param>
    /// <param name="report">The report; <see langword="null"/>: there is none.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="isShadow">Whether nothing may fail.</param>
    public static BuildJudgement OfBuild(IEnumerable<BuildBudget> budgets, EmissionsReport? report, BudgetPolicy policy, bool isShadow)
    {
        var window = report?.Windows.FirstOrDefault(each => each.Kind == WindowKind.Build && each.Parent is null);
        return Judge(
            BuildBudgets.Nearest(budgets.Where(budget => budget.IsOfBuild)),
            new(BuildScope, null, report is null ? "the build" : report.Run.Kind == "command" ? $"the command {report.Run.Project}" : $"the build of {report.Run.Project}", window is null ? null : GroupBudgetJudge.MeasurementOf(report!, window), report?.Build?.Mode, IsDebugging(report))
            {
                Missing = report is null ? "the build has no report; its warnings say why" : "its report has no window of the build",
            },
            policy, isShadow);
    }

    /// <summary>Holds the window of a project in a report against the budgets of that project.</summary>
    /// <param name="budgets">Those of the build among them are left out.</param>
    /// <param name="project">Its name, with its target framework where it has several: <c>Shop.Core (net10.0)</c>.</param>
    /// <param name="report">The report of the build.</param>
    /// <param name="window">Its window; <see langword="null"/>: nothing was seen of it.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="isShadow">Whether nothing may fail.</param>
    public static BuildJudgement OfProject(IEnumerable<BuildBudget> budgets, string project, EmissionsReport report, ReportWindow? window, BudgetPolicy policy, bool isShadow) =>
        Judge(
            budgets.Where(budget => !budget.IsOfBuild),
            SubjectOf(project, window is null ? null : GroupBudgetJudge.MeasurementOf(report, window), report.Build?.Mode, IsDebugging(report)) with
            {
                IsTooShort = window is { Energy.HighJoules: 0 } && report.Windows.Any(each => each.Kind == WindowKind.Build && each.Energy.HighJoules > 0),
            },
            policy, isShadow);

    /// <summary>Holds what a project used against its budgets.</summary>
    /// <param name="budgets">Those of the build among them are left out.</param>
    /// <param name="project">Its name, with its target framework where it has several: <c>Shop.Core (net10.0)</c>.</param>
    /// <param name="measurement">What it used; <see langword="null"/>: nobody knows.</param>
    /// <param name="mode">How the build was run; <see langword="null"/>: nobody knows.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="isShadow">Whether nothing may fail.</param>
    /// <param name="isDebugging">Whether a debugger is attached: no verdict is given then.</param>
    public static BuildJudgement OfProject(
        IEnumerable<BuildBudget> budgets, string project, Measurement? measurement, string? mode, BudgetPolicy policy, bool isShadow, bool isDebugging = false) =>
        Judge(
            budgets.Where(budget => !budget.IsOfBuild),
            SubjectOf(project, measurement, mode, isDebugging),
            policy, isShadow);

    /// <summary>What is wrong with settings, as a build in shadow has it said.</summary>
    public static IReadOnlyList<BuildVerdict> InShadow(IEnumerable<BuildVerdict> verdicts) => [.. verdicts.Select(Shadow)];

    private static Subject SubjectOf(string project, Measurement? measurement, string? mode, bool isDebugging) =>
        new(ProjectScope, project, $"project {project}", measurement, mode, isDebugging) { Missing = "nothing of it was measured" };

    private static bool IsDebugging(EmissionsReport? report) => report?.Notices.Any(notice => notice.Code == DiagnosticCodes.Debugging) == true;

    private static BuildJudgement Judge(IEnumerable<BuildBudget> budgets, Subject subject, BudgetPolicy policy, bool isShadow)
    {
        var judged = budgets.Distinct().SelectMany(OneForEachLimit).Select(budget => Judge(budget, subject, policy)).ToList();
        var verdicts = judged.Select(each => each.Verdict).OfType<BuildVerdict>().ToList();
        return new(
            isShadow ? InShadow(verdicts) : verdicts,
            [.. judged.Select(each => isShadow ? each.Report with { Fails = false } : each.Report)],
            judged.Any(each => each.LacksMode) ? [WithoutMode(subject)] : []);
    }

    /// <summary>Each limit has a verdict of its own: one may be kept where the other is not.</summary>
    private static IEnumerable<BuildBudget> OneForEachLimit(BuildBudget budget) =>
        budget is { Problem: null, Energy: not null, Emissions: not null } ? [budget with { Emissions = null }, budget with { Energy = null }] : [budget];

    private static Judged Judge(BuildBudget budget, Subject subject, BudgetPolicy policy)
    {
        if (budget.Problem is { } problem)
        {
            return Say(budget, subject, new(BudgetVerdict.NotMeasurable, null, Fails: true), DiagnosticCodes.BuildSettingUnreadable, problem);
        }

        if (subject.IsDebugging)
        {
            return Say(budget, subject, default, "", null);
        }

        if (subject.Measurement is not { } measurement || (measurement.EnergyHigh.Joules <= 0 && !subject.IsTooShort))
        {
            return Say(
                budget, subject, new(BudgetVerdict.NotMeasurable, null, budget.IsError), DiagnosticCodes.BuildBudgetWithoutData,
                $"{subject.Text} has a budget and no data: {(subject.Measurement is null ? subject.Missing : "it has no energy; see the notices of the report, or what eco2test sensors says of this machine")}");
        }

        var codes = new BudgetCodes(
            budget.IsOfBuild ? DiagnosticCodes.BuildBudgetExceeded : DiagnosticCodes.ProjectBudgetExceeded, DiagnosticCodes.BuildBudgetWarned, DiagnosticCodes.BuildBudgetNotMeasurable);
        var outcome = (subject.IsTooShort ? "no sample fell on it, it was too short to be measured" : OtherMode(budget, subject.Mode)) is { } other
            ? BudgetJudge.Undecided(subject.Text, measurement, budget.Energy, budget.Emissions, policy, other, codes)
            : BudgetJudge.Judge(subject.Text, measurement, budget.Energy, budget.Emissions, policy, measurement.Quality == MeasurementQuality.Incomplete ? "it was cut off before it ended" : null, codes);
        var code = outcome.Verdict switch
        {
            BudgetVerdict.Exceeded => codes.Exceeded,
            BudgetVerdict.Warned => codes.Warned,
            _ => codes.NotMeasurable,
        };
        return Say(budget, subject, outcome with { Fails = outcome.Fails && budget.IsError }, code, outcome.Message?[(code.Length + ": ".Length)..]) with { LacksMode = budget.Mode is null };
    }

    /// <summary>Why a budget cannot decide, when it was set for another mode than that of the build.</summary>
    private static string? OtherMode(BuildBudget budget, string? mode) => budget.Mode is not { } wanted ? null
        : mode is null ? $"the budget is for {wanted}, and how this build was run is not known"
        : BuildModeParts.Differing(wanted, mode) is { Length: > 0 } differing ? $"the budget is for {wanted}, and this build was {differing}"
        : BuildModeParts.Unknown(wanted, mode) is { Count: > 0 } unknown ? $"the budget is for {wanted}, and without the logger nobody knows {string.Join(" and ", unknown)} of this build"
        : null;

    private static Judged Say(BuildBudget budget, Subject subject, BudgetOutcome outcome, string code, string? message)
    {
        var judged = new ReportGroupBudget
        {
            Scope = subject.Scope,
            Pattern = subject.Name,
            EnergyJoules = budget.Energy?.Limit.Joules,
            EmissionsGrams = budget.Emissions?.Limit.Grams,
            Windows = subject.Measurement is null ? 0 : 1,
            UsedJoules = subject.Measurement?.Energy.Joules ?? 0,
            LowJoules = subject.Measurement?.EnergyLow.Joules ?? 0,
            HighJoules = subject.Measurement?.EnergyHigh.Joules ?? 0,
            UsedGrams = subject.Measurement?.Emissions.Grams ?? 0,
            LowGrams = subject.Measurement?.EmissionsLow.Grams ?? 0,
            HighGrams = subject.Measurement?.EmissionsHigh.Grams ?? 0,
            Verdict = outcome.Verdict,
            Message = message is null ? null : $"{code}: {message}",
            Fails = outcome.Fails,
        };
        return new(judged, message is null ? null : new BuildVerdict(code, outcome.Fails, message, budget.Place, judged), LacksMode: false);
    }

    private static BuildVerdict Shadow(BuildVerdict verdict) => verdict with
    {
        Code = verdict.IsError ? DiagnosticCodes.WouldFail : verdict.Code,
        Message = verdict.IsError ? $"would fail: {verdict.Code}: {verdict.Message}" : verdict.Message,
        IsError = false,
        IsMessage = true,
        Judged = verdict.Judged is { } judged ? judged with { Fails = false } : null,
    };

    private static ReportNotice WithoutMode(Subject subject) => new()
    {
        Code = DiagnosticCodes.BuildModeUnnamed,
        Message = $"A budget of this build names no mode. Figures of builds compare within one mode only, and this build was {subject.Mode ?? "run nobody knows how"}: name what it is for by buildBudgetMode in eco2test.json, or by Eco2TestBuildBudgetMode.",
    };

    /// <summary>What is held against budgets.</summary>
    private sealed record Subject(string Scope, string? Name, string Text, Measurement? Measurement, string? Mode, bool IsDebugging)
    {
        /// <summary>Whether it is without energy because it was so short, in a build that has some.</summary>
        public bool IsTooShort { get; init; }

        /// <summary>Why there is no measurement, as the end of a sentence.</summary>
        public required string Missing { get; init; }
    }

    /// <summary>One limit, judged.</summary>
    private sealed record Judged(ReportGroupBudget Report, BuildVerdict? Verdict, bool LacksMode);
}
