using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>Says a run in one line, for places that have no more: <c>Eco2Test: 41 tests 12.3 kJ, 1.2 g CO2e (modeled 8–18 kJ) [FR]</c>.</summary>
internal static class HeadlineText
{
    /// <summary>Energy and emissions are those of the whole run, what no test used included; of a build, its own.</summary>
    public static string Of(EmissionsReport report)
    {
        var (totals, roots) = (report.Totals, report.Windows.Where(window => window.Parent is null).ToList());
        ReportMethodPart?[] parts = [report.Method.Cpu, report.Method.Gpu, report.Method.Ram];
        var known = ReportWords.Of(parts.OfType<ReportMethodPart>().Max(part => part.Provenance));
        var (joules, grams) = BuildSections.Headline(report);
        var range = BuildSections.IsOfBuild(report) && BuildSections.Whole(report) is { Energy: var energy }
            ? Figures.JoulesRange(energy.LowJoules, energy.HighJoules)
            : Figures.JoulesRange(totals.LowJoules, totals.HighJoules);
        return $"Eco2Test: {ReportWords.Count(roots)} {Figures.Joules(joules)}, {Figures.Grams(grams)} CO2e ({known} {range}) [{totals.Intensity}]";
    }
}
