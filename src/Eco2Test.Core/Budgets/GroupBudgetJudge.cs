using System.Globalization;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>Holds a whole run, or the sum of some of its windows, against a budget, as <see cref="BudgetJudge"/> holds one window.</summary>
internal static class GroupBudgetJudge
{
    /// <summary>Energy of a kind that is less than this part of the sum says nothing about how the whole is known.</summary>
    private const double DecisiveShare = 0.1;

    /// <summary>What the budget says of the report.</summary>
    public static ReportGroupBudget Judge(EmissionsReport report, GroupBudget budget, BudgetPolicy policy)
    {
        var sum = budget.Scope == GroupBudget.Run ? OfRun(report) : OfWindows(report, BudgetGroup.Members(report.Windows, budget.Scope, budget.Pattern ?? ""));
        var outcome = Outcome(report, budget, sum, policy);
        return new ReportGroupBudget
        {
            Scope = budget.Scope,
            Pattern = budget.Pattern,
            EnergyJoules = budget.Energy?.Limit.Joules,
            EmissionsGrams = budget.Emissions?.Limit.Grams,
            Windows = sum.Windows,
            UsedJoules = sum.Measurement.Energy.Joules,
            LowJoules = sum.Measurement.EnergyLow.Joules,
            HighJoules = sum.Measurement.EnergyHigh.Joules,
            UsedGrams = sum.Measurement.Emissions.Grams,
            LowGrams = sum.Measurement.EmissionsLow.Grams,
            HighGrams = sum.Measurement.EmissionsHigh.Grams,
            Verdict = outcome.Verdict,
            Message = outcome.Message,
            Fails = outcome.Fails,
        };
    }

    /// <summary>What a budget is of, as messages have it: <c>class Shop.Tests.ModelTests</c>.</summary>
    public static string Name(GroupBudget budget) => budget.Scope == GroupBudget.Run ? "the whole run" : $"{budget.Scope} {budget.Pattern}";

    /// <summary>The message of a budget that there is nothing to hold against.</summary>
    public static string WithoutData(string subject, string cause) =>
        $"{DiagnosticCodes.BudgetWithoutData}: {subject} has a budget and no data: {cause}";

    private static BudgetOutcome Outcome(EmissionsReport report, GroupBudget budget, Sum sum, BudgetPolicy policy)
    {
        if (budget.Problem is { } problem)
        {
            return new(BudgetVerdict.NotMeasurable, problem, Fails: true);
        }

        if (report.Notices.Any(notice => notice.Code == DiagnosticCodes.Debugging))
        {
            return default;
        }

        if (MissingData(report, budget, sum) is { } cause)
        {
            return new(BudgetVerdict.NotMeasurable, WithoutData(Name(budget), cause), Fails: HasNoData(report, budget) || policy.NotMeasurable == NotMeasurableAction.Error);
        }

        return BudgetJudge.Judge(Subject(report, budget, sum), sum.Measurement, budget.Energy, budget.Emissions, policy, sum.Why);
    }

    /// <summary>A run without data has kept no budget. A group may be without: by a filter, or in another project that shares its settings.</summary>
    private static bool HasNoData(EmissionsReport report, GroupBudget budget) => budget.Scope == GroupBudget.Run || report.Windows.Count == 0;

    private static string? MissingData(EmissionsReport report, GroupBudget budget, Sum sum) => (budget.Scope, sum) switch
    {
        (GroupBudget.Run, { Measurement.EnergyHigh.Joules: <= 0 }) => "the report has no energy; see its notices, or what eco2test sensors says of this machine",
        (GroupBudget.Run, _) => null,
        (_, { Windows: 0 }) when report.Windows.Count == 0 => "nothing was tracked; put [TrackEmissions] on the tests, a class or the assembly",
        ("category", { Windows: 0 }) => "no tracked test is in it; write the category as the framework has it (a trait as name=value), * standing for anything, and track its tests",
        (_, { Windows: 0 }) => $"none of {Windows(report.Windows.Count)} in the report is in it; write the whole name, with the namespace, * standing for anything, and track its tests",
        (_, { Measurement.EnergyHigh.Joules: <= 0 }) => "its windows have no energy; work that costs next to nothing needs no budget, and skipped tests cannot keep one",
        _ => null,
    };

    private static string Subject(EmissionsReport report, GroupBudget budget, Sum sum) => budget.Scope == GroupBudget.Run
        ? $"the whole run of {report.Run.Project} ({Joules(report.Totals.TrackedJoules)} tracked, {Joules(report.Totals.UntrackedJoules)} untracked)"
        : $"{Name(budget)} ({Windows(sum.Windows)})";

    private static string Joules(double joules) => QuantityText.Write(joules, QuantityText.Energy);

    private static string Windows(int count) => count == 1 ? "1 window" : $"{count.ToString(CultureInfo.InvariantCulture)} windows";

    /// <summary>Everything that the run used, tracked or not: it was metered without a gap, so no window in it is too short.</summary>
    private static Sum OfRun(EmissionsReport report)
    {
        var (totals, roots) = (report.Totals, ReportTree.Roots(report.Windows));
        var isCutOff = report.Notices.Any(notice => notice.Code == DiagnosticCodes.RunIncomplete);
        return new(roots.Count, Measurement(report, roots, new(totals.LowJoules, totals.EnergyJoules, totals.HighJoules, totals.LowGrams, totals.EmissionsGrams, totals.HighGrams)) with
        {
            Duration = TimeSpan.FromSeconds(Math.Clamp(report.Run.DurationSeconds, 0, TimeSpan.MaxValue.TotalSeconds / 2)),
            Quality = isCutOff ? MeasurementQuality.Incomplete : MeasurementQuality.Ok,
        }, Why: null);
    }

    private static Sum OfWindows(EmissionsReport report, IReadOnlyList<ReportWindow> windows)
    {
        var figures = new Figures(
            windows.Sum(window => window.Energy.LowJoules), windows.Sum(window => window.Energy.Joules), windows.Sum(window => window.Energy.HighJoules),
            windows.Sum(window => window.LowGrams), windows.Sum(window => window.EmissionsGrams), windows.Sum(window => window.HighGrams));
        return new(windows.Count, Measurement(report, windows, figures) with { Quality = GroupResolution.QualityOf(windows) }, GroupResolution.WhyNotMeasurable(windows));
    }

    /// <summary>What a window of a report used, as it was when it closed.</summary>
    public static Measurement MeasurementOf(EmissionsReport report, ReportWindow window) =>
        OfWindows(report, [window]).Measurement with { Quality = window.Quality, Count = window.Count };

    private static Measurement Measurement(EmissionsReport report, IReadOnlyList<ReportWindow> windows, Figures sum) => new()
    {
        Energy = Energy.FromJoules(sum.Joules),
        EnergyLow = Energy.FromJoules(sum.LowJoules),
        EnergyHigh = Energy.FromJoules(sum.HighJoules),
        Cpu = Energy.FromJoules(windows.Sum(window => window.Energy.CpuJoules)),
        Gpu = Energy.FromJoules(windows.Sum(window => window.Energy.GpuJoules)),
        Ram = Energy.FromJoules(windows.Sum(window => window.Energy.RamJoules)),
        Self = Energy.FromJoules(sum.Joules),
        Emissions = Emissions.FromGrams(sum.Grams),
        EmissionsLow = Emissions.FromGrams(sum.LowGrams),
        EmissionsHigh = Emissions.FromGrams(sum.HighGrams),
        CpuTime = Time(windows.Sum(window => window.CpuSeconds)),
        Duration = Time(windows.Sum(window => window.DurationSeconds)),
        Provenance = ProvenanceOf(report.Method, windows),
        Quality = MeasurementQuality.Ok,
    };

    private static TimeSpan Time(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>The least certain of the kinds of energy that make a good deal of the sum.</summary>
    private static Provenance ProvenanceOf(ReportMethod method, IReadOnlyList<ReportWindow> windows)
    {
        var decisive = windows.Sum(window => window.Energy.Joules) * DecisiveShare;
        (Provenance? Known, double Joules)[] kinds =
        [
            (method.Cpu.Provenance, windows.Sum(window => window.Energy.CpuJoules)),
            (method.Gpu?.Provenance, windows.Sum(window => window.Energy.GpuJoules)),
            (method.Ram.Provenance, windows.Sum(window => window.Energy.RamJoules)),
        ];
        return kinds.Where(kind => kind.Joules > decisive).Select(kind => kind.Known).Append(windows.Count == 0 ? method.Cpu.Provenance : null).Max() ?? method.Cpu.Provenance;
    }

    /// <summary>What is held against the budget, and why it cannot be, if so.</summary>
    private readonly record struct Sum(int Windows, Measurement Measurement, string? Why);

    private readonly record struct Figures(double LowJoules, double Joules, double HighJoules, double LowGrams, double Grams, double HighGrams);
}
