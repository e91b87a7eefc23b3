using System.Globalization;
using System.Text;
using Eco2Test.Carbon;
using Eco2Test.Reporting;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>When to run, for people.</summary>
internal static class WhenText
{
    private const int MostRuns = 20;

    public static string Write(WhenPlan plan, int width)
    {
        var text = new StringBuilder();
        AppendWrapped(text, What(plan), width);
        text.Append('\n').Append(TextTable.Write(
            ["", "Start (UTC)", "End (UTC)", "g/kWh", .. plan.Work.Energy is null ? Array.Empty<string>() : ["CO2e"], "Saves"],
            [.. Rows(plan)],
            rightAligned: 3));
        text.Append('\n');
        AppendRuns(text, plan, width);
        foreach (var notice in plan.Notices)
        {
            AppendWrapped(text, TerminalText.Clean(notice), width);
        }

        return text.ToString();
    }

    private static string What(WhenPlan plan)
    {
        var (work, series) = (plan.Work, plan.Series);
        var kind = series.Kind == IntensityKind.Average ? "average" : "marginal";
        var place = work.HasPlace ? $"in {work.Place.Key} " : "";
        var zone = plan.Zone is { } named ? $" for {TerminalText.Clean(named)}" : "";
        var energy = work.Energy is { } known ? $" It uses {known} ({Figures.Number(known.KilowattHours)} kWh){(plan.Pue == 1 ? "" : $", times PUE {Figures.Number(plan.Pue)}")}." : "";
        return $"Work of {Duration.Write(work.Duration)} {place}within {Duration.Write(work.Within)}, by the forecast of {TerminalText.Clean(series.Source)}{zone} ({kind}, {TerminalText.Clean(series.Basis)}, {TerminalText.Clean(series.Boundary)}).{energy}";
    }

    private static IEnumerable<string[]> Rows(WhenPlan plan)
    {
        var now = plan.Forecast.Now;
        if (plan.Now is { } mean)
        {
            yield return Row("Start now", now, now + plan.Work.Duration, mean, isNow: true);
        }

        if (plan.Start is { } start)
        {
            yield return Row("Flexible start", start.Start, start.Start + plan.Work.Duration, start.Mean);
        }

        yield return Row("Pause and resume", plan.Pause.Runs[0].From, plan.Pause.End, plan.Pause.Mean);

        string[] Row(string name, DateTimeOffset from, DateTimeOffset to, CarbonIntensity intensity, bool isNow = false) =>
        [
            name, Time(from), Time(to), Figures.Number(intensity.GramsPerKilowattHour),
            .. plan.Emissions(intensity) is { } emissions ? [emissions.ToString()] : Array.Empty<string>(),
            isNow ? "" : Saving(plan, intensity),
        ];
    }

    private static string Saving(WhenPlan plan, CarbonIntensity mean)
    {
        if (plan.Now is not { } now)
        {
            return "-";
        }

        var amount = plan.Emissions(now - mean)?.ToString() ?? (now - mean).ToString();
        return plan.SavingPercent(mean) is { } percent ? $"{Figures.Number(percent)} %, {amount}" : amount;
    }

    private static void AppendRuns(StringBuilder text, WhenPlan plan, int width)
    {
        var pause = plan.Pause;
        var limit = plan.Work.Limit is null ? $"{pause.Limit}, the lowest limit that suffices" : pause.Limit.ToString();
        AppendWrapped(text, $"Pause and resume runs at {limit}, or less, with {(pause.Pauses == 1 ? "1 pause" : $"{pause.Pauses} pauses")}:", width);
        foreach (var run in pause.Runs.Take(MostRuns))
        {
            text.Append("  ").Append(Time(run.From)).Append(" to ").Append(Time(run.To)).Append('\n');
        }

        if (pause.Runs.Count > MostRuns)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {TerminalText.Ellipsis} {pause.Runs.Count - MostRuns} more; --format json has all\n");
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("ddd dd HH:mm", CultureInfo.InvariantCulture);

    private static void AppendWrapped(StringBuilder text, string sentence, int width)
    {
        foreach (var line in TerminalText.Wrap(sentence, width))
        {
            text.Append(line).Append('\n');
        }
    }
}
