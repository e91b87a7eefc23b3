using System.Globalization;
using System.Text;
using Eco2Test.Carbon;
using Eco2Test.Reporting;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>An estimate for the terminal: the figures, and below them where each comes from.</summary>
internal static class EstimateText
{
    private const int LabelWidth = 15;

    public static string Write(EstimateResult result, int width)
    {
        var text = new StringBuilder();
        var estimate = result.Estimate;
        Paragraph(text, "", $"{string.Join(" and ", result.Devices)} for {result.Hours}{(result.Utilization is null ? "" : $" at utilization {result.Utilized}")}", width);
        text.Append('\n');

        Paragraph(text, "Energy", Range(estimate.Energy, EstimateResult.Text), width);
        Paragraph(text, "Emissions", Range(estimate.Emissions, EstimateResult.Text), width);
        Paragraph(text, "Mean power", Range(estimate.Power, power => power.ToString()), width);
        if (estimate.Fraction < 1)
        {
            Paragraph(text, "Whole work", string.Create(CultureInfo.InvariantCulture, $"this is {estimate.Fraction * 100:0.###} % of it: {Range(estimate.WholeEnergy, EstimateResult.Text)}; {Range(estimate.WholeEmissions, EstimateResult.Text)}"), width);
        }

        var label = "As much as";
        foreach (var equivalent in Equivalent.All())
        {
            Paragraph(text, label, Counted(result.CountOf(equivalent), equivalent.What), width);
            label = "";
        }

        text.Append("\nHow\n");
        foreach (var device in estimate.Devices)
        {
            Paragraph(text, "  power", $"{device.Name}{(device.Count > 1 ? ", each" : "")}: {device.Formula} ({device.Source})", width);
        }

        Paragraph(text, "  energy", $"power × {result.Hours}", width);
        if (result.Utilization is not null)
        {
            Paragraph(text, "  utilization", "mean power over power at full load, which is less than the share of time that most tools show: the upper bound reads it as that", width);
        }

        Paragraph(text, "  emissions", "energy × PUE × intensity", width);
        Paragraph(text, "  PUE", $"{result.Pue}, {result.PueOrigin}", width);
        Paragraph(text, "  intensity", $"{result.Intensity}, {result.IntensityOrigin}", width);
        foreach (var equivalent in Equivalent.All())
        {
            Paragraph(text, "  as much as", string.Create(CultureInfo.InvariantCulture, $"{equivalent.Each.Grams} g each: {equivalent.Note} ({equivalent.Source}, {equivalent.Year})"), width);
        }

        Paragraph(text, "  method", $"docs/carbon.md, \"The calculator\"; sources as in data/README.md; eco2test {EstimateResult.Version}", width);
        if (result.Notes.Count > 0)
        {
            text.Append("\nNotes\n");
            foreach (var note in result.Notes)
            {
                Paragraph(text, "  -", note, width, labelWidth: 4);
            }
        }

        return text.ToString();
    }

    private static string Range<T>(Estimated<T> estimated, Func<T, string> write)
        where T : struct
    {
        var range = $"between {write(estimated.Low)} and {write(estimated.High)}";
        return estimated.Central is { } central ? $"{write(central)}, {range}" : range;
    }

    private static string Counted(Estimated<double> count, string what)
    {
        var (low, high) = (QuantityText.Digits(count.Low), QuantityText.Digits(count.High));
        return count.Central is { } central ? $"{QuantityText.Digits(central)} {what}, between {low} and {high}" : $"between {low} and {high} {what}";
    }

    private static void Paragraph(StringBuilder text, string label, string content, int width, int labelWidth = LabelWidth)
    {
        var indent = label.Length == 0 && text.Length == 0 ? 0 : labelWidth;
        var first = true;
        foreach (var line in TerminalText.Wrap(TerminalText.Clean(content), width - indent))
        {
            text.Append($"{TerminalText.Left(first ? label : "", indent)}{line}".TrimEnd()).Append('\n');
            first = false;
        }
    }
}
