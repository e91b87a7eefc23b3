using System.Globalization;
using System.Text;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>The declared price of a run and the new one, side by side, and what changed.</summary>
internal static class PriceText
{
    // Percent. Sums in another order differ in the last bits.
    private const double Noise = 1e-6;

    public static string Write(PricedReport priced, int width)
    {
        var text = new StringBuilder();
        text.Append(TerminalText.Clean(priced.File)).Append('\n');
        text.Append(TextTable.Write(
            ["", "declared", .. Optional(priced.Replaced is not null, "before"), "new"],
            [.. Rows(priced).Select(row => (string[])[row.Name, row.Declared, .. Optional(priced.Replaced is not null, row.Before), row.New])],
            rightAligned: -1));
        AppendWrapped(text, Change(priced), "", width);
        foreach (var notice in priced.Price.Notices)
        {
            AppendWrapped(text, $"{notice.Code}: {TerminalText.Clean(notice.Message)}", "  ", width);
        }

        return text.Append("Written: ").Append(TerminalText.Clean(priced.Written)).Append("\n\n").ToString();
    }

    private static IEnumerable<(string Name, string Declared, string Before, string New)> Rows(PricedReport priced)
    {
        var (report, declared, before, price) = (priced.Report, priced.Declared, priced.Replaced, priced.Price);
        yield return Row("CO2e", Figures.Grams(report.Totals.EmissionsGrams), one => Figures.Grams(one.EmissionsGrams));
        yield return Row("bounds", Figures.GramsRange(report.Totals.LowGrams, report.Totals.HighGrams), one => Figures.GramsRange(one.LowGrams, one.HighGrams));
        yield return Row("intensity", PerKilowattHour(declared?.GramsPerKilowattHour), one => PerKilowattHour(one.GramsPerKilowattHour));
        yield return Row("kind", declared?.Kind, one => one.Kind);
        yield return Row("basis", declared?.Basis, one => one.Basis);
        yield return Row("boundary", declared?.Boundary, one => one.Boundary);
        yield return Row("place", declared is null ? null : declared.Key + (report.Intensities.Count > 1 ? $" +{report.Intensities.Count - 1} more" : ""), one => one.Place);
        yield return Row("zone", null, one => one.Zone);
        yield return Row("year", Year(declared?.Year), one => Year(one.Year));
        yield return Row("source", declared?.Source, one => one.Source);
        yield return Row("PUE", Figures.Number(declared?.Pue ?? report.Pue), one => Figures.Number(one.Pue));
        yield return Row("fell back", null, one => ReportWords.TableShare(one));

        (string Name, string Declared, string Before, string New) Row(string name, string? ofDeclared, Func<ReportPrice, string> of) =>
            (name, TerminalText.Clean(ofDeclared ?? "-"), before is null ? "" : TerminalText.Clean(of(before)), TerminalText.Clean(of(price)));
    }

    private static string PerKilowattHour(double? grams) => grams is { } known ? $"{Figures.Number(known)} g/kWh" : "-";

    private static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Change(PricedReport priced)
    {
        if (priced.Declared?.Kind != priced.Price.Kind)
        {
            return "Average and marginal intensity answer different questions: the two prices are not compared.";
        }

        var change = priced.ChangePercent is not { } percent ? ""
            : Math.Abs(percent) < Noise ? "The new price is as high as the declared one."
            : $"The new price is {Figures.Number(Math.Abs(percent))} % {(percent < 0 ? "less" : "more")} than the declared one.";
        string[] others =
        [
            .. Optional(priced.Declared.Basis != priced.Price.Basis, "basis"),
            .. Optional(priced.Declared.Boundary != priced.Price.Boundary, "boundary"),
            .. Optional(priced.Declared.Key != priced.Price.Place, "place"),
        ];
        return others.Length == 0 ? change : $"{change} They differ in {string.Join(" and ", others)} too.";
    }

    private static IEnumerable<string> Optional(bool present, string text) => present ? [text] : [];

    private static void AppendWrapped(StringBuilder text, string sentence, string indent, int width)
    {
        foreach (var line in TerminalText.Wrap(sentence, width - indent.Length))
        {
            text.Append(indent).Append(line).Append('\n');
        }
    }
}
