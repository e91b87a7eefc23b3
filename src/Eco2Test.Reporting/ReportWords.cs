using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The words that every format uses for the same thing.</summary>
internal static class ReportWords
{
    public static string Of(Provenance provenance) => provenance switch
    {
        Provenance.Measured => "measured",
        Provenance.Modeled => "modeled",
        _ => "assumed",
    };

    public static string Of(MeasurementQuality quality) => quality switch
    {
        MeasurementQuality.Overlapped => "overlapped",
        MeasurementQuality.BelowResolution => "below resolution",
        MeasurementQuality.Incomplete => "incomplete",
        _ => "",
    };

    /// <summary><c>250 mJ each</c>: of a window that holds several runs, whose figures are their sums; nothing of others.</summary>
    public static string Each(ReportWindow window) => window.Count > 1 ? $"{Figures.Joules(window.Energy.Joules / window.Count)} each" : "";

    /// <summary>What is said where nothing was tracked: that is a run as a whole, and no mistake.</summary>
    public static string NothingTracked(ReportRun run) => run.Kind == "test"
        ? "No test was tracked: the run was measured as a whole. For figures of each test, add the package Eco2Test and put [TrackEmissions] on a test, a class or the assembly."
        : "No method was tracked: the run was measured as a whole. For figures of a method, put [TrackEmissions] on it.";

    /// <summary><c>3 tests, 1 fixture</c>.</summary>
    public static string Count(IReadOnlyCollection<ReportWindow> windows) => windows.Count == 0
        ? "0 tests"
        : string.Join(", ", windows.GroupBy(window => window.Kind).OrderBy(kind => kind.Key).Select(kind => Plural(kind.Count(), Noun(kind.Key))));

    /// <summary><c>3 more tests</c>, <c>4 more windows</c> where they are of several kinds.</summary>
    public static string CountMore(IReadOnlyCollection<ReportWindow> windows)
    {
        var kinds = windows.Select(window => window.Kind).Distinct().ToList();
        return Plural(windows.Count, $"more {(kinds.Count == 1 ? Noun(kinds[0]) : "window")}");
    }

    /// <summary><c>Shop.Tests (net10.0, shard 1/3)</c>.</summary>
    public static string Project(ReportRun run)
    {
        string?[] facts = [run.TargetFramework, run.Shard is { } shard ? $"shard {shard.Index}/{shard.Count}" : null];
        var known = string.Join(", ", facts.Where(fact => !string.IsNullOrEmpty(fact)));
        return known.Length == 0 ? run.Project : $"{run.Project} ({known})";
    }

    /// <summary>How much of the energy a price has from the table, since its source has no value: <c>none</c>, <c>12.5 %</c>.</summary>
    public static string TableShare(ReportPrice price)
    {
        var all = price.SourceJoules + price.FallbackJoules;
        return price.FallbackJoules == 0 || all <= 0 ? "none" : $"{Figures.Number(price.FallbackJoules / all * 100)} %";
    }

    /// <summary><c>0.0123 EUR (0.01 to 0.02), 0.01 EUR of it untracked; 0.25 EUR/kWh</c>: what the energy costs, with its bounds and its price.</summary>
    public static string Cost(ReportCost cost)
    {
        var currency = cost.Tariff.Currency;
        var clock = cost.Tariff.Zone is { } zone ? $", by the clock of {zone}" : "";
        var timing = cost.Timing == "even" ? ", energy spread evenly over the time of each window" : "";
        return $"{Figures.Number(cost.Amount)} {currency} ({Figures.Number(cost.LowAmount)} to {Figures.Number(cost.HighAmount)}), "
            + $"{Figures.Number(cost.UntrackedAmount)} {currency} of it untracked; {cost.Tariff.Text}{clock}{timing}";
    }

    /// <summary>How many budgets have each verdict: those of windows, of groups and of the run.</summary>
    public static VerdictCounts Verdicts(EmissionsReport report) => new(
        Count(report, BudgetVerdict.Kept), Count(report, BudgetVerdict.Warned), Count(report, BudgetVerdict.Exceeded), Count(report, BudgetVerdict.NotMeasurable));

    /// <summary>What a verdict is called where there is room for a word only.</summary>
    public static string Mark(BudgetVerdict verdict) => verdict switch
    {
        BudgetVerdict.Kept => "ok",
        BudgetVerdict.Warned => "warn",
        BudgetVerdict.Exceeded => "OVER",
        BudgetVerdict.NotMeasurable => "n/m",
        _ => "",
    };

    /// <summary>The worst verdict of the windows and budgets of one of the reports that this one sums up.</summary>
    public static BudgetVerdict WorstOf(EmissionsReport merged, string project)
    {
        BudgetVerdict[] worstFirst = [BudgetVerdict.Exceeded, BudgetVerdict.Warned, BudgetVerdict.NotMeasurable, BudgetVerdict.Kept];
        var verdicts = merged.Windows.Where(window => window.Project == project).Select(window => window.Verdict)
            .Concat((merged.Budgets ?? []).Where(budget => budget.Project == project).Select(budget => budget.Verdict)).ToHashSet();
        return worstFirst.FirstOrDefault(verdicts.Contains, BudgetVerdict.None);
    }

    private static string Noun(WindowKind kind) => kind.ToString().ToLowerInvariant();

    private static string Plural(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static int Count(EmissionsReport report, BudgetVerdict verdict) =>
        report.Windows.Count(window => window.Verdict == verdict) + (report.Budgets ?? []).Count(budget => budget.Verdict == verdict);
}

/// <summary>How many budgets came out how.</summary>
internal sealed record VerdictCounts(int Kept, int Warned, int Exceeded, int NotMeasurable)
{
    public int All => Kept + Warned + Exceeded + NotMeasurable;

    public override string ToString() => $"{Kept} kept, {Warned} warned, {Exceeded} exceeded, {NotMeasurable} not measurable";
}
