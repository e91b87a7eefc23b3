using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>
/// Writes a report as GitHub-flavoured Markdown, for job summaries, comments and files. Whatever a test is called, it
/// stays text: it makes no link, mention, element or cell of its own.
/// </summary>
public sealed class MarkdownExporter : IReportExporter
{
    private const int MostRows = 200;
    private const int MostMetrics = 5;
    private const int MostNotices = 50;
    private const int MostCompared = 50;
    private const int MostOfPractice = 5;
    private const int MostSums = 50;
    private const int MostProjects = 20;
    private const int MostSteps = 10;
    private const int FewTests = 10;

    private readonly bool _all;

    /// <summary>A report; with <paramref name="all"/>, nothing in it is folded, also what is below resolution.</summary>
    public MarkdownExporter(bool all = false) => _all = all;

    /// <inheritdoc/>
    public string Extension => ".md";

    /// <inheritdoc/>
    public void Write(EmissionsReport report, TextWriter writer)
    {
        WriteTitle(report, writer);
        SectionMarkdown.Write(GroupBudgetSection.Of(report), writer);
        if (BuildSections.IsOfBuild(report))
        {
            WriteBuild(report, writer);
        }
        else
        {
            WriteTests(report, writer);
            WriteSums(report, writer);
        }

        WriteComparisons(report, writer);
        WriteTotals(report, writer);
        WritePrices(report, writer);
        SciText.WriteSection(report, writer);
        WritePractices(report, writer);
        WriteHowKnown(report, writer);
        WriteNotices(report, writer);
    }

    private void WriteBuild(EmissionsReport report, TextWriter writer)
    {
        SectionMarkdown.Write(BuildSections.Of(report, _all ? int.MaxValue : MostProjects, MostSteps), writer);
    }

    private static void WriteTitle(EmissionsReport report, TextWriter writer)
    {
        var (joules, grams) = BuildSections.Headline(report);
        writer.Line($"## Eco2Test: {Figures.Joules(joules)}, {Figures.Grams(grams)} CO2e");
        writer.Line();
        writer.Line($"{Verdict(ReportWords.Verdicts(report), GroupBudgets.Failures(report).Count)} {string.Join(", ", RunFacts(report.Run))}.");
        if (BuildSections.IsOfBuild(report))
        {
            writer.Line();
            writer.Line(string.Join(' ', BuildSections.Sentences(report, BuildSections.Whole(report)!).Select(MarkdownText.Prose)));
        }
    }

    private static string Verdict(VerdictCounts verdicts, int failing) => verdicts switch
    {
        { All: 0 } => "No budgets.",
        { Exceeded: > 0 } => $"**{Budgets(verdicts.Exceeded)} exceeded** ({verdicts}).",
        _ when failing > 0 => $"**{Budgets(failing)} undecided, which fails the run** ({verdicts}).",
        { Warned: > 0 } or { NotMeasurable: > 0 } => $"**No budget exceeded** ({verdicts}).",
        _ => $"**{(verdicts.All == 1 ? "The budget is" : $"All {verdicts.All} budgets are")} kept.**",
    };

    private static string Budgets(int count) => count == 1 ? "1 budget" : $"{count} budgets";

    private static IEnumerable<string> RunFacts(ReportRun run)
    {
        yield return MarkdownText.Code(ReportWords.Project(run));
        if (run.Configuration is { } configuration)
        {
            yield return MarkdownText.Prose(configuration);
        }

        if (run.Commit is { } commit)
        {
            yield return $"commit {MarkdownText.Code(commit.Length > 10 ? commit[..10] : commit)}";
        }

        if (run.Branch is { } branch)
        {
            yield return $"branch {MarkdownText.Code(branch)}";
        }

        yield return $"{run.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
        yield return $"took {Figures.Seconds(run.DurationSeconds)}";
    }

    private void WriteTests(EmissionsReport report, TextWriter writer)
    {
        var rows = ReportRows.Of(report, MostRows, _all);
        writer.Line();
        if (rows.Roots.Count == 0)
        {
            writer.Line(ReportWords.NothingTracked(report.Run).Replace("[TrackEmissions]", "`[TrackEmissions]`", StringComparison.Ordinal));
            return;
        }

        var names = WindowNames.Of(report.Windows);
        var metrics = report.Windows.Any(window => window.Metrics.Count > 0);
        var budgets = report.Windows.Any(window => window.Budget is not null);

        WriteRow(writer, ["Test", "Energy", "CO2e", "Time", "CPU", .. Optional(metrics, "Metrics"), .. Optional(budgets, "Budget")]);
        WriteRow(writer, ["---", "---:", "---:", "---:", "---:", .. Optional(metrics, "---"), .. Optional(budgets, "---")]);
        foreach (var row in rows.Rows)
        {
            WriteRow(writer, row.Window is { } window
                ? [Indent(row) + MarkdownText.Code(names.Full(window)), EnergyOf(window), Figures.Grams(row.Grams), Figures.Seconds(row.Seconds),
                    Figures.Seconds(window.CpuSeconds), .. Optional(metrics, Metrics(window)), .. Optional(budgets, Budget(window))]
                : [$"{Indent(row)}{row.Folded}{(row.Depth == 0 ? " used" : "")}", Figures.Joules(row.Joules), Figures.Grams(row.Grams), Figures.Seconds(row.Seconds),
                    "", .. Optional(metrics, ""), .. Optional(budgets, "")]);
        }
    }

    /// <summary>What the tests add up to: of several runs by project, of many tests by class, and by category where there is one.</summary>
    private void WriteSums(EmissionsReport report, TextWriter writer)
    {
        var roots = ReportTree.Roots(report.Windows);
        RollUpBy?[] wanted =
        [
            report.Merged is null ? null : RollUpBy.Project,
            roots.Count > FewTests ? RollUpBy.Class : null,
            roots.Any(window => window.Categories.Count > 0) ? RollUpBy.Category : null,
        ];
        SectionMarkdown.Write(wanted.OfType<RollUpBy>().Select(by => RollUpSection.Of(RollUps.Of(report, by), _all ? null : MostSums)), writer);
    }

    private static IEnumerable<string> Optional(bool present, string cell) => present ? [cell] : [];

    private static void WriteRow(TextWriter writer, IEnumerable<string> cells) => writer.Line($"| {string.Join(" | ", cells)} |");

    private static string Indent(ReportRow row) => string.Concat(Enumerable.Repeat("&emsp;", row.Depth));

    private static string EnergyOf(ReportWindow window)
    {
        var energy = window.Energy;
        var bounds = energy.LowJoules == energy.HighJoules ? "" : $" ({Figures.JoulesRange(energy.LowJoules, energy.HighJoules)})";
        var quality = window.Quality is MeasurementQuality.Ok ? "" : $", {ReportWords.Of(window.Quality)}";
        var sampled = window.Sampled ? ", sampled" : "";
        return Figures.Joules(energy.Joules) + bounds + Each(window) + quality + sampled;
    }

    private static string Each(ReportWindow window) => (ReportWords.Each(window), window.Spread) switch
    {
        ("", _) => "",
        (var each, null) => $", {each}",
        (var each, { } spread) => $", {each} ({Figures.Joules(spread.LeastJoules)} to {Figures.Joules(spread.MostJoules)})",
    };

    private static string Metrics(ReportWindow window)
    {
        var shown = window.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(MostMetrics)
            .Select(metric => $"{MarkdownText.Code(metric.Key)} {Figures.Number(metric.Value)}");
        var more = window.Metrics.Count > MostMetrics ? $", {window.Metrics.Count - MostMetrics} more" : "";
        return string.Join(", ", shown) + more;
    }

    private static string Budget(ReportWindow window)
    {
        if (window.Budget is not { } budget)
        {
            return "";
        }

        string?[] limits = [budget.EnergyJoules is { } joules ? Figures.Joules(joules) : null, budget.EmissionsGrams is { } grams ? Figures.Grams(grams) : null];
        var verdict = window.Verdict switch
        {
            BudgetVerdict.Kept => ": kept",
            BudgetVerdict.Warned => ": **warned**",
            BudgetVerdict.Exceeded => ": **exceeded**",
            BudgetVerdict.NotMeasurable => ": not measurable",
            _ => "",
        };
        return string.Join(", ", limits.Where(limit => limit is not null)) + verdict;
    }

    private static void WriteComparisons(EmissionsReport report, TextWriter writer) =>
        SectionMarkdown.Write(ModelPractice.Of(report).Select(comparison => ComparisonSection.Of(comparison, report, MostCompared)), writer);

    private static void WriteTotals(EmissionsReport report, TextWriter writer)
    {
        var totals = report.Totals;
        var tracked = ReportRows.Of(report, 0).Roots;

        // One intensity prices all that is untracked, so its parts have equal grams per joule.
        var gramsPerJoule = totals.UntrackedJoules == 0 ? 0 : totals.UntrackedGrams / totals.UntrackedJoules;
        var other = totals.UntrackedJoules - totals.IdleJoules - totals.OverheadJoules - totals.CorrectionJoules;

        writer.Line();
        writer.Line("### Where the energy went");
        writer.Line();
        WriteRow(writer, ["Account", "Energy", "CO2e"]);
        WriteRow(writer, ["---", "---:", "---:"]);
        WriteAccount(writer, $"Tracked: {ReportWords.Count(tracked)}", totals.TrackedJoules, totals.EmissionsGrams - totals.UntrackedGrams);
        WriteAccount(writer, "Untracked: idle machine", totals.IdleJoules, totals.IdleJoules * gramsPerJoule);
        WriteAccount(writer, BuildSections.IsOfBuild(report) ? "Untracked: other processes" : "Untracked: start-up, code without the attribute", other, other * gramsPerJoule);
        WriteAccount(writer, "Untracked: Eco2Test itself", totals.OverheadJoules, totals.OverheadJoules * gramsPerJoule);
        if (totals.CorrectionJoules != 0)
        {
            WriteAccount(writer, "Untracked: corrections by later readings", totals.CorrectionJoules, totals.CorrectionJoules * gramsPerJoule);
        }

        WriteRow(writer, ["**Total**",
            $"**{Figures.Joules(totals.EnergyJoules)}** ({Figures.JoulesRange(totals.LowJoules, totals.HighJoules)})",
            $"**{Figures.Grams(totals.EmissionsGrams)}** ({Figures.GramsRange(totals.LowGrams, totals.HighGrams)})"]);
        if (report.Cost is { } cost)
        {
            writer.Line();
            writer.Line($"Electricity: {MarkdownText.Prose(ReportWords.Cost(cost))}.");
        }
    }

    private static void WriteAccount(TextWriter writer, string account, double joules, double grams) =>
        WriteRow(writer, [account, Figures.Joules(joules), Figures.Grams(grams)]);

    /// <summary>The declared price, and beside it what the energy emits by others.</summary>
    private static void WritePrices(EmissionsReport report, TextWriter writer)
    {
        var (prices, marginal) = (report.Prices ?? [], MarginalEmissions.In(report));
        if (prices.Count == 0 && marginal is null)
        {
            return;
        }

        writer.Line();
        writer.Line("### Prices");
        writer.Line();
        WriteRow(writer, ["Price", "CO2e", "gCO2e/kWh", "Kind", "Source", "Fell back"]);
        WriteRow(writer, ["---", "---:", "---:", "---", "---", "---"]);
        foreach (var declared in report.Intensities.Where(intensity => intensity.Key == report.Totals.Intensity).Take(1))
        {
            var others = report.Intensities.Count > 1 ? $" and {report.Intensities.Count - 1} more" : "";
            WritePrice(
                writer, $"declared: {MarkdownText.Prose(declared.Key)}{others}", report.Totals.EmissionsGrams, declared.GramsPerKilowattHour,
                [declared.Kind, declared.Basis, declared.Boundary], Dated(declared.Source, declared.Year), "");
        }

        if (marginal is not null)
        {
            var regions = string.Join(", ", marginal.Of.Select(of => of.Region));
            WritePrice(
                writer, $"marginal: {MarkdownText.Prose(regions)}", marginal.Grams, marginal.Of.Count == 1 ? marginal.Of[0].GramsPerKilowattHour : null,
                ["marginal", .. marginal.Of.Select(of => of.Basis).Distinct()], string.Join("; ", marginal.Of.Select(of => Dated(of.Source, of.Year)).Distinct()), "");
        }

        foreach (var price in prices)
        {
            var pue = price.Pue == report.Pue ? "" : $", PUE {Figures.Number(price.Pue)}";
            var when = price.PricedAt is { } at ? $", asked {at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "";
            WritePrice(
                writer, $"{(price.IsActual ? "where it ran: " : "")}{MarkdownText.Prose(price.Key)}{pue}", price.EmissionsGrams, price.GramsPerKilowattHour,
                [price.Kind, price.Basis, price.Boundary], Dated(price.Source, price.Year) + when, ReportWords.TableShare(price));
        }

        if (marginal is not null || prices.Any(price => price.Kind != "average"))
        {
            writer.Line();
            writer.Line("Average and marginal intensity answer different questions: what a kWh emits on average, and what one kWh more makes plants emit. Neither is a bound of the other.");
        }

        var notices = prices.SelectMany(price => price.Notices.Select(notice => (price.Key, notice.Code, notice.Message))).Take(MostNotices).ToList();
        if (notices.Count > 0)
        {
            writer.Line();
        }

        foreach (var notice in notices)
        {
            writer.Line($"- {MarkdownText.Prose(notice.Key)}, {MarkdownText.Code(notice.Code)}: {MarkdownText.Prose(notice.Message)}");
        }
    }

    private static void WritePrice(TextWriter writer, string name, double grams, double? gramsPerKilowattHour, IEnumerable<string> kind, string source, string fellBack) =>
        WriteRow(writer, [
            name, Figures.Grams(grams), gramsPerKilowattHour is { } known ? Figures.Number(known) : "", MarkdownText.Prose(string.Join(", ", kind)),
            MarkdownText.Prose(source), fellBack]);

    private static string Dated(string source, int? year) => year is { } known ? $"{source} {known.ToString(CultureInfo.InvariantCulture)}" : source;

    private static void WritePractices(EmissionsReport report, TextWriter writer)
    {
        if (report.Practices is { } practices)
        {
            SectionMarkdown.Write(PracticesSections.ExceptModel(practices, MostOfPractice), writer);
        }
    }

    private static void WriteHowKnown(EmissionsReport report, TextWriter writer)
    {
        writer.Line();
        writer.Line("### How it is known");
        writer.Line();
        WriteMethod(writer, "CPU", report.Method.Cpu);
        WriteMethod(writer, "GPU", report.Method.Gpu);
        WriteMethod(writer, "RAM", report.Method.Ram);
        foreach (var intensity in report.Intensities)
        {
            WriteIntensity(writer, intensity);
        }

        writer.Line($"- **PUE**: {Figures.Number(report.Pue)} (energy of the building over energy of the device).");
        SciText.WritePoint(report, writer);
        writer.Line($"- **Machine**: {Machine(report.Testbed)}.");
        writer.Line($"- **Tool**: {MarkdownText.Prose(report.Tool.Name)} {MarkdownText.Prose(report.Tool.Version)}, tables {MarkdownText.Prose(report.Dataset.Version)}.");
    }

    private static void WriteMethod(TextWriter writer, string kind, ReportMethodPart? part)
    {
        if (part is null)
        {
            writer.Line($"- **{kind}**: none seen.");
            return;
        }

        var provenance = part.Provenance is Provenance.Assumed ? "**assumed**" : ReportWords.Of(part.Provenance);
        writer.Line(
            $"- **{kind}**: {provenance}, {MarkdownText.Code(part.Source)}, bounds {Figures.Number(part.Low * 100)} % to {Figures.Number(part.High * 100)} % of the central value. "
            + MarkdownText.Prose(part.Detail));
    }

    private static void WriteIntensity(TextWriter writer, ReportIntensity intensity)
    {
        string[] facts =
        [
            intensity.Kind, intensity.Basis, intensity.Boundary,
            intensity.Year?.ToString(CultureInfo.InvariantCulture) ?? "undated", intensity.Source,
        ];
        writer.Line(
            $"- **Carbon intensity**: {MarkdownText.Prose(intensity.Name)} ({MarkdownText.Prose(intensity.Region)}), {Figures.Number(intensity.GramsPerKilowattHour)} gCO2e/kWh: "
            + $"{MarkdownText.Prose(string.Join(", ", facts))}.{(intensity.Assumed ? " **Assumed**: nobody declared a region." : "")}");
    }

    private static string Machine(ReportTestbed testbed)
    {
        string[] facts =
        [
            testbed.CpuModel, $"{testbed.LogicalProcessors} logical processors",
            $"{QuantityText.Digits(testbed.MemoryBytes / 1e9)} GB of memory", .. testbed.Gpus, testbed.Os,
        ];
        return MarkdownText.Prose(string.Join(", ", facts));
    }

    private static void WriteNotices(EmissionsReport report, TextWriter writer)
    {
        var notices = report.Notices.Distinct().ToList();
        if (notices.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("### Notices");
        writer.Line();
        foreach (var notice in notices.Take(MostNotices))
        {
            writer.Line($"- {MarkdownText.Code(notice.Code)}: {MarkdownText.Prose(notice.Message)}");
        }

        if (notices.Count > MostNotices)
        {
            writer.Line($"- {notices.Count - MostNotices} more notices.");
        }
    }
}
