using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>
/// Software Carbon Intensity, <c>SCI = (E × I + M) ÷ R</c> of ISO/IEC 21031:2024, gCO2e for each unit R. E is the energy of the
/// building, I the average of the declared place: no contract and no offset is ever in it. It is that of one test (a root
/// window's <c>emissionsGrams + embodiedGrams</c>, over its count), of the run, and of a functional unit that the user names.
/// </summary>
public sealed record ReportSci
{
    /// <summary>Whether M is in it: where nobody says what making the machine emitted it is not, which is not the same as none.</summary>
    public required bool IncludesEmbodied { get; init; }

    /// <summary>Of the run (R = 1 run), gCO2e; <see langword="null"/> when there is no figure.</summary>
    public double? RunGrams { get; init; }

    /// <summary>Lower bound, from that of the energy; M has no bounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RunLowGrams { get; init; }

    /// <summary>Upper bound, from that of the energy; M has no bounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RunHighGrams { get; init; }

    /// <summary>Of the functional unit; <see langword="null"/> when the user names none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportSciUnit? Unit { get; init; }

    /// <summary>Why there is no figure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Missing { get; init; }

    /// <summary>That of a report.</summary>
    internal static ReportSci Of(EmissionsReport report)
    {
        if (ReportShape.NullMember(report) is { } damaged)
        {
            return new ReportSci { IncludesEmbodied = false, Missing = $"The report has no '{damaged}'." };
        }

        var embodied = report.Embodied?.Grams;
        var pricing = report.Windows.Where(window => window.Parent is null).Select(window => window.Intensity).Append(report.Totals.Intensity).ToHashSet(StringComparer.Ordinal);
        if (report.Intensities.FirstOrDefault(intensity => intensity.Kind != "average" && pricing.Contains(intensity.Key)) is { } other)
        {
            return new ReportSci { IncludesEmbodied = embodied is not null, Missing = $"The intensity of {other.Key} is {other.Kind}: Eco2Test gives a Software Carbon Intensity of averages only." };
        }

        var totals = report.Totals;
        return new ReportSci
        {
            IncludesEmbodied = embodied is not null,
            RunGrams = totals.EmissionsGrams + (embodied ?? 0),
            RunLowGrams = totals.LowGrams + (embodied ?? 0),
            RunHighGrams = totals.HighGrams + (embodied ?? 0),
            Unit = report.FunctionalUnit is { } name ? ReportSciUnit.Of(report, name) : null,
        };
    }

    /// <summary>That of one test (R = 1 test), gCO2e; of a body that was repeated, or of windows that were added up, the mean of one.</summary>
    internal static double OfTest(ReportWindow root) => (root.EmissionsGrams + (root.EmbodiedGrams ?? 0)) / Math.Max(1, root.Count);
}

/// <summary>Software Carbon Intensity of a functional unit that the user names.</summary>
public sealed record ReportSciUnit
{
    /// <summary>The metric that counts it, such as <c>predictions</c>.</summary>
    public required string Name { get; init; }

    /// <summary>R: the sum of that metric over the windows that recorded it, of a repeated window once for each run; <see langword="null"/> when there is no figure.</summary>
    public double? Count { get; init; }

    /// <summary>Of one unit, gCO2e: with all of the run, its untracked energy included.</summary>
    public double? Grams { get; init; }

    /// <summary>Of one unit, gCO2e: only with the root windows in which it was recorded.</summary>
    public double? WindowsGrams { get; init; }

    /// <summary>Why there is no figure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Missing { get; init; }

    internal static ReportSciUnit Of(EmissionsReport report, string name)
    {
        var bySeq = new Dictionary<int, ReportWindow>();
        foreach (var window in report.Windows)
        {
            bySeq[window.Seq] = window;
        }

        var (count, grams, roots) = (0.0, 0.0, new HashSet<int>());
        var recording = report.Windows.Where(window => window.Metrics.ContainsKey(name)).ToList();
        if (recording.Find(window => window.Spread is not null) is { } sum)
        {
            return new ReportSciUnit { Name = name, Missing = $"There is no Software Carbon Intensity per '{name}': {sum.Id} ran so often that only the last of its values was kept. Record the sum in a window around them." };
        }

        foreach (var window in recording)
        {
            // What a window records includes what those inside it recorded of the same.
            var (root, isOutermost) = (window, true);
            while (root.Parent is { } parent && parent < root.Seq && bySeq.TryGetValue(parent, out var outer))
            {
                (root, isOutermost) = (outer, isOutermost && !outer.Metrics.ContainsKey(name));
            }

            count += isOutermost ? window.Metrics[name] * Math.Max(1, window.Count) : 0;
            grams += roots.Add(root.Seq) ? root.EmissionsGrams + (root.EmbodiedGrams ?? 0) : 0;
        }

        var all = report.Totals.EmissionsGrams + (report.Embodied?.Grams ?? 0);
        return count > 0 && double.IsFinite(all / count)
            ? new ReportSciUnit { Name = name, Count = count, Grams = all / count, WindowsGrams = grams / count }
            : new ReportSciUnit { Name = name, Missing = $"There is no Software Carbon Intensity per '{name}': {(recording.Count == 0 ? "no window recorded it" : "its sum is not above 0")}. Record it with TrackingWindow.Current?.Record(\"{name}\", count)." };
    }
}
