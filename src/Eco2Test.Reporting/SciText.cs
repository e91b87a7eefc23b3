using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>Software Carbon Intensity for people: what it is of one run, of one test and of the unit that the user named, and what is not in it.</summary>
internal static class SciText
{
    private const int MostTests = 20;

    private const string WithoutEmbodied = "M is not included: nobody says what making the machine emitted (set ECO2TEST_EMBODIED)";

    /// <summary>A sentence for the terminal, where embodied carbon or a functional unit is known; else nothing that the table does not say.</summary>
    public static string? Line(EmissionsReport report)
    {
        var sci = report.Sci;
        if (sci.RunGrams is not { } run || IsOfEnergyAlone(report))
        {
            return null;
        }

        var parts = report.Embodied is { } embodied
            ? $"{Figures.Grams(report.Totals.EmissionsGrams)} of energy + {Figures.Grams(embodied.Grams)} embodied"
            : WithoutEmbodied;
        var unit = sci.Unit is { Grams: { } grams, WindowsGrams: { } windows } named
            ? $"; {Figures.Grams(grams)} for each of {Figures.Number(named.Count!.Value)} {TerminalText.Clean(named.Name)} ({Figures.Grams(windows)} in their tests alone)"
            : "";
        return $"SCI: {Figures.Grams(run)} of CO2e per run ({parts}){unit}.";
    }

    /// <summary>Where nothing is known beyond the energy, what is missing, as a point of a Markdown list.</summary>
    public static void WritePoint(EmissionsReport report, TextWriter writer)
    {
        if (IsOfEnergyAlone(report))
        {
            writer.Line($"- **Software carbon intensity**: {(report.Sci.Missing is { } missing ? MarkdownText.Prose(missing) : $"the emissions of the table, per run or per test. {MarkdownText.Prose(WithoutEmbodied)}.")}");
        }
    }

    /// <summary>The section of a Markdown report, where embodied carbon or a functional unit is known.</summary>
    public static void WriteSection(EmissionsReport report, TextWriter writer)
    {
        if (IsOfEnergyAlone(report))
        {
            return;
        }

        var sci = report.Sci;
        writer.Line();
        writer.Line("### Software carbon intensity");
        writer.Line();
        if (sci.RunGrams is not { } run)
        {
            writer.Line(MarkdownText.Prose(sci.Missing ?? "There is no figure."));
            return;
        }

        var tests = report.Embodied is null ? [] : Tests(report);
        writer.Line("| R | SCI = (E × I + M) ÷ R | E × I | M |");
        writer.Line("| --- | ---: | ---: | ---: |");
        WriteRow(writer, "1 run", run, 1, report.Totals.EmissionsGrams, report.Embodied?.Grams);
        if (sci.Unit is { Grams: { } grams, Count: { } count } unit)
        {
            WriteRow(writer, $"1 of {Figures.Number(count)} {MarkdownText.Code(unit.Name)}, with all of the run", grams, count, report.Totals.EmissionsGrams, report.Embodied?.Grams);
            writer.Line($"| 1 of {Figures.Number(count)} {MarkdownText.Code(unit.Name)}, in their tests alone | {Figures.Grams(unit.WindowsGrams!.Value)} | | |");
        }

        var names = WindowNames.Of(report.Windows);
        foreach (var test in tests.Take(MostTests))
        {
            WriteRow(writer, $"1 test {MarkdownText.Code(names.Full(test))}", ReportSci.OfTest(test), test.Count, test.EmissionsGrams, test.EmbodiedGrams);
        }

        writer.Line();
        writer.Line(string.Join(' ', Remarks(report, sci, tests.Count)));
    }

    private static bool IsOfEnergyAlone(EmissionsReport report) => report.Embodied is null && report.FunctionalUnit is null;

    /// <summary>The tests that no window includes, the highest first.</summary>
    private static List<ReportWindow> Tests(EmissionsReport report) =>
        [.. report.Windows.Where(window => window is { Kind: WindowKind.Test, Parent: null }).OrderByDescending(ReportSci.OfTest).ThenBy(window => window.Seq)];

    private static void WriteRow(TextWriter writer, string unit, double sci, double count, double energyGrams, double? embodiedGrams) => writer.Line(
        $"| {unit} | {Figures.Grams(sci)} | {Figures.Grams(energyGrams / count)} | {(embodiedGrams is { } embodied ? Figures.Grams(embodied / count) : "not included")} |");

    private static IEnumerable<string> Remarks(EmissionsReport report, ReportSci sci, int tests)
    {
        if (tests > MostTests)
        {
            yield return $"{tests - MostTests} more tests are in the JSON report.";
        }

        yield return "Grams of CO2e by ISO/IEC 21031:2024; I is location-based and average, without contracts and offsets.";
        yield return report.Embodied is { Machine: var machine }
            ? $"M: {Figures.Grams(machine.TotalGrams)}{(machine.Share == 1 ? "" : $" × {Figures.Number(machine.Share)}")} over {Figures.Number(machine.LifetimeSeconds / 31_536_000)} years, {(machine.Source == "set" ? "as set" : MarkdownText.Prose(machine.Source))}; "
                + "by time, which tests that run at once share equally."
            : $"{MarkdownText.Prose(WithoutEmbodied)}, so this is a part of it only.";
        if (sci.Unit is { Missing: { } missing })
        {
            yield return MarkdownText.Prose(missing);
        }
    }
}
