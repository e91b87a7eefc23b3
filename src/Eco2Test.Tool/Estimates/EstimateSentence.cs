using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>An estimate as sentences for a paper, with all that a reader needs to do it again.</summary>
internal static class EstimateSentence
{
    public static string Write(EstimateResult result, PaperStyle style)
    {
        var estimate = result.Estimate;
        var devices = string.Join(" and ", estimate.Devices.Select(device => device.Count == 1
            ? style.Escape(device.Name)
            : string.Create(CultureInfo.InvariantCulture, $"{device.Count} {style.Times} {style.Escape(device.Name)}")));
        var busy = result.Utilization is null
            ? ", with a utilization that is not known,"
            : $" at a utilization (mean power over power at full load) of {result.Utilized}";
        var equivalent = Equivalent.All()[0];
        return
            $"Running {devices} for {Quantity(result.Hours, style)}{busy} is estimated to have used {Range(estimate.Energy, EstimateResult.Text, style)} of electricity, a mean power of {Range(estimate.Power, power => power.ToString(), style)}. "
            + $"With a power usage effectiveness (PUE) of {result.Pue} ({style.Escape(result.PueOrigin)}) and a carbon intensity of {Quantity(result.Intensity, style)} ({style.Escape(result.IntensityOrigin)}), "
            + $"this amounts to {Range(estimate.Emissions, emissions => $"{emissions}", style)} {style.Co2e}, as much as {Range(result.CountOf(equivalent), QuantityText.Digits, style)} {style.Escape(equivalent.What)} ({style.Escape(Source(equivalent))}). "
            + Whole(estimate, style)
            + $"Estimated as power {style.Times} hours {style.Times} PUE {style.Times} intensity, with the power at full load {(result.Utilization is null ? "and at rest as bounds" : $"{style.Times} utilization")}, by eco2test {style.Escape(EstimateResult.Version)}. "
            + $"Power of one: {string.Join("; ", estimate.Devices.Select(device => style.Escape($"{device.Name}, {device.Formula} ({device.Source})")))}.\n";
    }

    private static string Whole(Estimate estimate, PaperStyle style) => estimate.Fraction == 1 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"This was {style.Escape($"{estimate.Fraction * 100:0.###} %")} of the whole work, which extrapolates to {Range(estimate.WholeEnergy, EstimateResult.Text, style)} and {Range(estimate.WholeEmissions, emissions => $"{emissions}", style)} {style.Co2e}. ");

    private static string Source(Equivalent equivalent) => string.Create(CultureInfo.InvariantCulture, $"{equivalent.Each.Grams} g each, {equivalent.Source}, {equivalent.Year}");

    private static string Range<T>(Estimated<T> estimated, Func<T, string> write, PaperStyle style)
        where T : struct
    {
        var (low, high) = (Quantity(write(estimated.Low), style), Quantity(write(estimated.High), style));
        return estimated.Central is { } central ? $"{Quantity(write(central), style)} ({low} {style.Dash} {high})" : $"between {low} and {high}";
    }

    private static string Quantity(string text, PaperStyle style) => style.Escape(text).Replace(" ", style.UnitSpace, StringComparison.Ordinal);
}
