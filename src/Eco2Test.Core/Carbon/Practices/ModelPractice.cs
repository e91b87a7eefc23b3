using Eco2Test.Reports;

namespace Eco2Test.Carbon;

/// <summary>
/// Model: the windows that carry one comparison label, energy against a metric, and which of them nothing beats: the Pareto
/// front, as in a chart of cost against accuracy. It reads reports that others made, and throws at nothing in them.
/// </summary>
internal static class ModelPractice
{
    /// <summary>A comparison for each label, in the order in which the labels appear.</summary>
    /// <param name="report">Where the windows are.</param>
    /// <param name="chosen">The metric; <see langword="null"/>: what the report was saved with, else what their names say.</param>
    public static IReadOnlyList<ReportComparison> Of(EmissionsReport report, MetricChoice? chosen = null)
    {
        var bySeq = report.Windows.GroupBy(window => window.Seq).ToDictionary(same => same.Key, same => same.First());
        return [.. report.Windows
            .Where(window => window.Comparison is not null)
            .OrderBy(window => window.Seq)
            .GroupBy(window => window.Comparison!, StringComparer.Ordinal)
            .Select(label => Compare(label.Key, [.. label], bySeq, chosen ?? SavedChoice(report, label.Key)))];
    }

    private static MetricChoice? SavedChoice(EmissionsReport report, string label) =>
        report.Practices?.Model.FirstOrDefault(comparison => comparison.Label == label) is { Metric: { } metric } saved
            ? new(metric, saved.LessIsBetter, saved.KnownBy ?? "name")
            : null;

    private static ReportComparison Compare(string label, List<ReportWindow> windows, Dictionary<int, ReportWindow> bySeq, MetricChoice? chosen)
    {
        var contenders = windows.GroupBy(window => window.Id, StringComparer.Ordinal).Select(same => Contender([.. same], bySeq)).ToList();
        var metric = chosen ?? Choose(contenders.Where(contender => contender.Reason is null));
        var (ranked, unranked) = Parted(contenders, metric);
        return new()
        {
            Label = label,
            Metric = metric?.Name,
            LessIsBetter = metric?.LessIsBetter,
            KnownBy = metric?.LessIsBetter is null ? null : metric.KnownBy,
            Ranked = metric is { LessIsBetter: { } less } ? ParetoFront.Mark(ranked, metric.Name, less) : ranked,
            Unranked = unranked,
            Notes = [.. NotesOf(contenders, metric, windows)],
        };
    }

    /// <summary>The windows of one id are one contender: those of the last attempt that can be compared, as one run.</summary>
    private static ReportContender Contender(List<ReportWindow> windows, Dictionary<int, ReportWindow> bySeq)
    {
        var usable = windows.FindAll(window => WhyNot(window, bySeq) is null);
        var attempt = (usable.Count > 0 ? usable : windows).Max(window => window.Attempt);
        var counted = (usable.Count > 0 ? usable : windows).FindAll(window => window.Attempt == attempt);
        var others = windows.Where(window => window.Attempt != attempt).ToList();
        var runs = counted.Sum(window => Math.Max(1, window.Count));
        double Each(Func<ReportWindow, double> figure) => counted.Sum(figure) / runs;
        return new()
        {
            Id = counted[0].Id,
            Seq = counted[0].Seq,
            Count = runs,
            Joules = Each(window => window.Energy.Joules),
            LowJoules = Each(window => window.Energy.LowJoules),
            HighJoules = Each(window => window.Energy.HighJoules),
            EmissionsGrams = Each(window => window.EmissionsGrams),
            LowGrams = Each(window => window.LowGrams),
            HighGrams = Each(window => window.HighGrams),
            DurationSeconds = Each(window => window.DurationSeconds),
            Metrics = counted.SelectMany(window => window.Metrics).Where(metric => double.IsFinite(metric.Value)).GroupBy(metric => metric.Key, StringComparer.Ordinal)
                .OrderBy(metric => metric.Key, StringComparer.Ordinal)
                .ToDictionary(metric => metric.Key, metric => metric.Average(value => value.Value), StringComparer.Ordinal),
            OtherAttemptsJoules = others.Count == 0 ? null : others.Sum(window => window.Energy.Joules),
            Reason = usable.Count > 0 ? null : WhyNot(counted[0], bySeq),
        };
    }

    private static string? WhyNot(ReportWindow window, Dictionary<int, ReportWindow> bySeq) => window switch
    {
        _ when AroundIt(window, bySeq) is { } around => $"it is inside '{around.Id}', which is compared",
        { Outcome: TestOutcome.Failed } => "the test failed",
        { Outcome: TestOutcome.Skipped } => "the test was skipped",
        { Quality: MeasurementQuality.Incomplete } => "incomplete: the run ended before it did",
        { Quality: MeasurementQuality.BelowResolution } => "below resolution: too short to measure, repeat it (MinimumSeconds, TrackingWindow.Repeat)",
        { Energy: var energy } when !(energy.Joules > 0) || !double.IsFinite(energy.Joules) || !double.IsFinite(energy.LowJoules) || !double.IsFinite(energy.HighJoules) => "it has no energy",
        _ => null,
    };

    /// <summary>A whole is not compared with a part of it.</summary>
    private static ReportWindow? AroundIt(ReportWindow window, Dictionary<int, ReportWindow> bySeq)
    {
        for (var inner = window; inner.Parent is { } seq && seq < inner.Seq && bySeq.TryGetValue(seq, out var outer); inner = outer)
        {
            if (outer.Comparison == window.Comparison)
            {
                return outer;
            }
        }

        return null;
    }

    /// <summary>What says how good a result is, and which way by its name: accuracy before others, then what most recorded.</summary>
    private static MetricChoice? Choose(IEnumerable<ReportContender> contenders) => contenders
        .SelectMany(contender => contender.Metrics.Keys)
        .GroupBy(name => name, StringComparer.Ordinal)
        .Select(name => (Choice: MetricChoice.ByName(name.Key), Count: name.Count()))
        .Where(metric => metric.Choice is { IsQuality: true, LessIsBetter: not null })
        .OrderByDescending(metric => metric.Choice.Name == "accuracy")
        .ThenByDescending(metric => metric.Count)
        .ThenBy(metric => metric.Choice.Name, StringComparer.Ordinal)
        .FirstOrDefault().Choice;

    private static (IReadOnlyList<ReportContender> Ranked, IReadOnlyList<ReportContender> Unranked) Parted(List<ReportContender> contenders, MetricChoice? metric)
    {
        var reasoned = contenders.ConvertAll(contender => contender with { Reason = contender.Reason ?? MetricFault(contender, metric) });
        return (
            [.. reasoned.Where(contender => contender.Reason is null).OrderBy(contender => contender.Joules).ThenBy(contender => contender.Seq)],
            [.. reasoned.Where(contender => contender.Reason is not null)]);
    }

    private static string? MetricFault(ReportContender contender, MetricChoice? metric) =>
        metric is null || contender.Metrics.ContainsKey(metric.Name) ? null : $"it did not record '{metric.Name}'";

    private static IEnumerable<string> NotesOf(List<ReportContender> contenders, MetricChoice? metric, List<ReportWindow> windows)
    {
        if (metric is null)
        {
            var recorded = contenders.SelectMany(contender => contender.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            yield return recorded.Count == 0
                ? "No metric was recorded, so this is by energy alone. Record one: TrackingWindow.Current?.Record(\"accuracy\", value)."
                : $"By energy alone: which way is better is not known by its name of {Listed(recorded)}. Say it: eco2test practices REPORT --metric {recorded[0]}:more (or :less).";
        }
        else if (metric.LessIsBetter is null)
        {
            yield return $"By energy alone: which way is better is not known of '{metric.Name}'. Say --metric {metric.Name}:more or --metric {metric.Name}:less.";
        }

        if (contenders.Exists(contender => contender.OtherAttemptsJoules is not null))
        {
            yield return "Retried tests count with the last attempt that can be compared; the energy of the others is left out of these figures.";
        }

        if (windows.Select(window => window.Intensity).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            yield return "Not all are priced at one place: their CO2e differs by that too.";
        }
    }

    private static string Listed(List<string> names) => names.Count == 1 ? $"'{names[0]}'" : $"'{string.Join("', '", names)}'";
}
