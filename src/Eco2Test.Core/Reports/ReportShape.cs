namespace Eco2Test.Reports;

/// <summary>Finds the nulls that JSON allows where the model does not, so that a damaged file is said to be one.</summary>
internal static class ReportShape
{
    // Seconds. No source of intensity and no price knows a shorter one; next to nothing would be divided by.
    private const double ShortestInterval = 1;

    /// <summary>The member that is null and must not be, or <see langword="null"/>.</summary>
    public static string? NullMember(EmissionsReport report)
    {
        (string Name, bool IsWhole)[] members =
        [
            ("tool", report.Tool is { Name: not null, Version: not null }),
            ("run", IsWhole(report.Run)),
            ("merged", report.Merged is null || report.Merged.All(IsWhole)),
            ("testbed", IsWhole(report.Testbed)),
            ("method", IsWhole(report.Method)),
            ("intensities", report.Intensities is not null && report.Intensities.All(IsWhole)),
            ("dataset", report.Dataset is { Version: not null, Sha256: not null }),
            ("timeline", report.Timeline is null || IsWhole(report.Timeline)),
            ("build", report.Build is null || IsWhole(report.Build)),
            ("prices", report.Prices is null || report.Prices.All(IsWhole)),
            ("totals", report.Totals is { Intensity: not null }),
            ("cost", report.Cost is null or { Timing: not null, Tariff: { Text: not null, Currency: not null } }),
            ("embodied", report.Embodied is null or { Machine.Source: not null }),
            ("budgets", report.Budgets is null || report.Budgets.All(budget => budget is { Scope: not null })),
            ("budgetPolicy", report.BudgetPolicy is null or { Bound: not null, NotMeasurable: not null }),
            ("notices", report.Notices.All(notice => notice is { Code: not null, Message: not null })),
            ("practices", report.Practices is null || PracticesShape.IsWhole(report.Practices)),
            ("windows", report.Windows is not null && report.Windows.All(window => IsWhole(window) && IsWithin(window.Timeline, report.Timeline))),
        ];
        return Array.Find(members, member => !member.IsWhole).Name;
    }

    private static bool IsWhole(ReportPart? part) =>
        part is { Name: not null, Totals.Intensity: not null } && IsWhole(part.Run) && IsWhole(part.Testbed) && IsWhole(part.Method);

    private static bool IsWhole(ReportBuild build) =>
        build.Processes.All(processes => processes is { Role: not null }) && (build.Contains ?? []).All(IsWhole);

    private static bool IsWhole(ReportRun? run) => run is { Id: not null, Project: not null, Kind: not null };

    private static bool IsWhole(ReportTestbed? testbed) =>
        testbed is { Fingerprint: not null, Os: not null, CpuModel: not null } && testbed.Gpus.All(gpu => gpu is not null);

    private static bool IsWhole(ReportMethod? method) =>
        method is { Cpu: not null, Ram: not null } && new[] { method.Cpu, method.Gpu, method.Ram }.All(IsWhole);

    private static bool IsWhole(ReportMethodPart? part) => part is null or { Source: not null, Detail: not null };

    private static bool IsWhole(ReportIntensity? intensity) =>
        intensity is { Key: not null, Region: not null, Name: not null, Kind: not null, Basis: not null, Boundary: not null, Source: not null }
        && intensity.Marginal is null or { Region: not null, Basis: not null, Source: not null };

    private static bool IsWhole(ReportTimeline timeline) =>
        timeline is { TrackedJoules: { Count: > 0 } tracked, UntrackedJoules: { } untracked, IntervalSeconds: >= ShortestInterval }
        && tracked.Count == untracked.Count
        && tracked.Concat(untracked).All(double.IsFinite)
        && tracked.Count * timeline.IntervalSeconds < (DateTimeOffset.MaxValue - timeline.StartedAt).TotalSeconds;

    /// <summary>What a window has by time is in intervals that the report has.</summary>
    private static bool IsWithin(ReportWindowTimeline? window, ReportTimeline? report) =>
        window is null
        || (window is { First: >= 0, Joules: { Count: > 0 } joules } && joules.All(double.IsFinite) && window.First + (long)joules.Count <= report?.TrackedJoules.Count);

    private static bool IsWhole(ReportPrice? price) =>
        price is
        {
            Key: not null, Place: not null, Region: not null, Zone: not null, Source: not null, Kind: not null, Basis: not null, Boundary: not null,
            PueSource: not null, Stretches: not null, WindowGrams: not null,
        }
        && price.Stretches.All(stretch => stretch is { Known: not null })
        && price.Notices.All(notice => notice is { Code: not null, Message: not null });

    private static bool IsWhole(ReportWindow? window) =>
        window is { Id: not null, DisplayName: not null, Energy: not null, Intensity: not null }
        && window.Categories.All(category => category is not null)
        && window.Source is null or { File: not null };
}
