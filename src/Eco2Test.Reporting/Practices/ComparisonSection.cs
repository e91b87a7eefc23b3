using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>What accuracy costs: the tests of one comparison side by side, and which of them nothing beats.</summary>
internal static class ComparisonSection
{
    private const int MostMetrics = 2;
    private const string NotToldApart = "~ not told apart: the bounds of its energy overlap with those of another on the front.";

    /// <summary>One comparison, at most so many rows of it; in short, without who beats whom and why some are not ranked.</summary>
    public static Section Of(ReportComparison comparison, EmissionsReport report, int most, bool isShort = false)
    {
        var windows = report.Windows.Where(window => window.Comparison == comparison.Label).ToList();
        var names = WindowNames.Of(windows);
        var bySeq = windows.GroupBy(window => window.Seq).ToDictionary(same => same.Key, same => same.First());
        string Name(ReportContender contender) => bySeq.TryGetValue(contender.Seq, out var window) ? names.Short(window with { Count = 1, Attempt = 1 }) : contender.Id;
        var byId = comparison.Ranked.DistinctBy(contender => contender.Id).ToDictionary(contender => contender.Id, Name, StringComparer.Ordinal);

        // What is on the front is shown before what is not.
        var shown = comparison.Ranked.OrderByDescending(contender => contender.OnFront).Take(most).OrderBy(contender => contender.Joules).ThenBy(contender => contender.Seq).ToList();
        var metrics = MetricsOf(comparison).Take(isShort ? 1 : MostMetrics).ToList();
        return new($"Comparison '{comparison.Label}'", [.. Sentences(comparison, byId)])
        {
            Headings = ["Test", "Energy", "CO2e", "Time", .. metrics, .. comparison.LessIsBetter is null ? Array.Empty<string>() : ["Factor", "Front"]],
            Rows = [.. shown.Select(contender => Row(contender, comparison, metrics, byId))],
            Names = [0],
            Notes = [.. isShort ? ShortNotes(comparison, most) : Notes(comparison, byId, most, Name)],
        };
    }

    private static IEnumerable<string> MetricsOf(ReportComparison comparison)
    {
        var others = comparison.Ranked.SelectMany(contender => contender.Metrics.Keys)
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(name => name.Key != comparison.Metric)
            .OrderByDescending(name => name.Count()).ThenBy(name => name.Key, StringComparer.Ordinal)
            .Select(name => name.Key);
        string[] first = comparison.Metric is { } metric && comparison.Ranked.Count > 0 ? [metric] : [];
        return first.Concat(others);
    }

    private static string[] Row(ReportContender contender, ReportComparison comparison, List<string> metrics, Dictionary<string, string> names)
    {
        var unsure = contender.NotToldApart.Count > 0 ? "~" : "";
        string[] judged = comparison.LessIsBetter is null
            ? []
            : [$"{Figures.Number(contender.EnergyFactor ?? 1)} ×", contender.OnFront ? $"{unsure}yes" : $"{unsure}no"];
        return
        [
            names[contender.Id] + (contender.Count > 1 ? $" (1 of {contender.Count})" : ""),
            Figures.Joules(contender.Joules), Figures.Grams(contender.EmissionsGrams), Figures.Seconds(contender.DurationSeconds),
            .. metrics.Select(metric => contender.Metrics.TryGetValue(metric, out var value) ? Figures.Number(value) : ""),
            .. judged,
        ];
    }

    private static IEnumerable<string> Sentences(ReportComparison comparison, Dictionary<string, string> names)
    {
        if (comparison is { Metric: { } metric, LessIsBetter: { } less })
        {
            yield return $"{(less ? "Less" : "More")} {metric} is better ({(comparison.KnownBy == "set" ? "as set" : "by its name")}). On the front is what no other beats: at least this good for less energy.";
            if (PriceOfBest(comparison, metric, names) is { } price)
            {
                yield return price;
            }
        }
    }

    /// <summary><c>+0.021 accuracy (2.3 %) for 14 times the energy</c>: of the best on the front, over the thriftiest.</summary>
    private static string? PriceOfBest(ReportComparison comparison, string metric, Dictionary<string, string> names)
    {
        var front = comparison.Ranked.Where(contender => contender.OnFront).ToList();
        if (front.Count < 2 || front[0].Metrics[metric] == front[^1].Metrics[metric])
        {
            return null;
        }

        var (least, best) = (front[0], front[^1]);
        var difference = best.Metrics[metric] - least.Metrics[metric];
        var share = least.Metrics[metric] == 0 ? "" : $" ({Figures.Number(100 * difference / Math.Abs(least.Metrics[metric]))} %)";
        return $"{names[best.Id]} has {(difference > 0 ? "+" : "")}{Figures.Number(difference)} {metric}{share} over {names[least.Id]}, for {Figures.Number(best.Joules / least.Joules)} times the energy.";
    }

    private static IEnumerable<string> ShortNotes(ReportComparison comparison, int most)
    {
        if (IsUnsure(comparison))
        {
            yield return NotToldApart;
        }

        if (comparison.Ranked.Count > most || comparison.Unranked.Count > 0)
        {
            yield return $"Not shown: {Math.Max(0, comparison.Ranked.Count - most) + comparison.Unranked.Count} more; eco2test practices REPORT shows all, and why some are not ranked.";
        }

        foreach (var note in comparison.Notes)
        {
            yield return note;
        }
    }

    private static bool IsUnsure(ReportComparison comparison) => comparison.LessIsBetter is not null && comparison.Ranked.Any(contender => contender.NotToldApart.Count > 0);

    private static IEnumerable<string> Notes(ReportComparison comparison, Dictionary<string, string> names, int most, Func<ReportContender, string> name)
    {
        if (comparison.Ranked.Count > most)
        {
            yield return $"Not shown: {comparison.Ranked.Count - most} more.";
        }

        foreach (var beaten in comparison.Ranked.Where(contender => contender.DominatedBy is not null).Take(most))
        {
            var dominating = names.GetValueOrDefault(beaten.DominatedBy!, beaten.DominatedBy!);
            yield return $"{names[beaten.Id]} is beaten by {dominating}{(beaten.NotToldApart.Contains(beaten.DominatedBy!) ? ", if their energies are told apart: their bounds overlap" : "")}.";
        }

        if (IsUnsure(comparison))
        {
            yield return NotToldApart;
        }

        foreach (var unranked in comparison.Unranked.Take(most))
        {
            yield return $"{name(unranked)} ({Figures.Joules(unranked.Joules)}) is not ranked: {unranked.Reason}.";
        }

        if (comparison.Unranked.Count > most)
        {
            yield return $"Not ranked: {comparison.Unranked.Count - most} more.";
        }

        foreach (var note in comparison.Notes)
        {
            yield return note;
        }
    }
}
