using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Makes one report of several: of the projects of a solution, of the frameworks of a project. Every run is in it once, so
/// that joules and grams are conserved: the sums are those of the parts, and root windows and untracked energy still make
/// the whole. What cannot be added up (machines, methods) is kept by part.
/// </summary>
internal static class ReportMerger
{
    /// <summary>Merges reports, each run once.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MergedReports Merge(IReadOnlyList<EmissionsReport> reports)
    {
        var (taken, leftOut) = EachRunOnce(reports);
        return taken.Count switch
        {
            0 => throw new ArgumentException("There is nothing to merge.", nameof(reports)),
            1 => new(taken[0], leftOut),
            _ => new(Merged([.. taken.OrderBy(report => report.Run.Project, StringComparer.Ordinal).ThenBy(report => report.Run.TargetFramework, StringComparer.Ordinal).ThenBy(report => report.Run.StartedAt)]), leftOut),
        };
    }

    /// <summary>
    /// Of two reports of one run that which lasted longer counts: the other was made before its end. A report that sums up
    /// others, or contains them as that of a command contains its builds and tests, stands for those that are given too; of two
    /// that share a run the larger counts. What the package has measured of a project is in the build, or the command, whose
    /// processes it watched.
    /// </summary>
    private static (List<EmissionsReport> Taken, List<EmissionsReport> LeftOut) EachRunOnce(IReadOnlyList<EmissionsReport> reports)
    {
        var (taken, leftOut, known) = (new List<EmissionsReport>(), new List<EmissionsReport>(), new HashSet<ReportIdentity>());
        foreach (var report in reports.OrderByDescending(report => (report.Merged?.Count ?? 1) + (report.Build?.Contains?.Count ?? 0)).ThenByDescending(report => report.Run.DurationSeconds))
        {
            var runs = ReportIdentity.AllOf(report);
            if (runs.Any(known.Contains))
            {
                leftOut.Add(report);
                continue;
            }

            known.UnionWith(runs);
            taken.Add(report);
        }

        var contained = taken.Where(report => taken.Exists(whole => BuildContents.Contains(whole, report))).ToList();
        return ([.. taken.Except(contained)], [.. leftOut, .. contained]);
    }

    private static EmissionsReport Merged(IReadOnlyList<EmissionsReport> reports)
    {
        var intensities = new MergedIntensities();
        var (parts, windows, budgets) = (new List<ReportPart>(), new List<ReportWindow>(), new List<ReportGroupBudget>());
        var timeline = MergedTimeline.Of(reports);
        var (cost, embodied) = (Cost(reports), Embodied(reports));
        foreach (var report in reports)
        {
            var name = ReportWords.Project(report.Run);
            var keys = intensities.Add(report, name);
            parts.AddRange(Parts(report, name, keys));
            windows.AddRange(Renumbered(report, name, keys, windows.Count == 0 ? 0 : windows.Max(window => window.Seq), timeline?.FirstOf(report)).Select(window => window with
            {
                CostAmount = cost is null ? null : window.CostAmount,
                EmbodiedGrams = embodied is null ? null : window.EmbodiedGrams,
            }));
            budgets.AddRange((report.Budgets ?? []).Select(budget => budget with { Project = budget.Project ?? name }));
        }

        return new EmissionsReport
        {
            Tool = RunDescription.ThisTool(),
            Run = Run(reports, parts),
            Merged = parts,
            Testbed = Testbed([.. reports.Select(report => report.Testbed).DistinctBy(testbed => testbed.Fingerprint)]),
            Method = new ReportMethod
            {
                Cpu = Method(reports.Select(report => report.Method.Cpu))!,
                Gpu = Method(reports.Select(report => report.Method.Gpu)),
                Ram = Method(reports.Select(report => report.Method.Ram))!,
            },
            Intensities = intensities.All,
            Pue = Common(reports, report => report.Pue) ?? MeanPue(reports),
            Dataset = new ReportDataset
            {
                Version = Joined(reports.Select(report => report.Dataset.Version)),
                Sha256 = Joined(reports.Select(report => report.Dataset.Sha256)),
            },
            Timeline = timeline?.Sum,
            Build = Contained(reports),
            Totals = Totals([.. reports.Select(report => report.Totals)], parts.MaxBy(part => part.Totals.UntrackedJoules)!.Totals.Intensity),
            Cost = cost,
            Embodied = embodied,
            FunctionalUnit = reports.Select(report => report.FunctionalUnit).Distinct().ToList() is [var unit] ? unit : null,
            Budgets = budgets.Count == 0 ? null : budgets,
            BudgetPolicy = reports.Select(report => report.BudgetPolicy).Distinct().ToList() is [var policy] ? policy : null,
            Notices = Notices(reports),
            Windows = windows,
        };
    }

    /// <summary>What the runs contain is contained in their sum; how each was built is known of each only.</summary>
    private static ReportBuild? Contained(IReadOnlyList<EmissionsReport> reports) =>
        reports.SelectMany(report => report.Build?.Contains ?? []).ToList() is { Count: > 0 } contained ? new ReportBuild { Contains = contained } : null;

    /// <summary>The runs of a report; a report that sums up others is taken apart again.</summary>
    private static IEnumerable<ReportPart> Parts(EmissionsReport report, string name, Func<string, string> keys) => (report.Merged ??
    [
        new ReportPart { Run = report.Run, Testbed = report.Testbed, Method = report.Method, Totals = report.Totals, Windows = report.Windows.Count, Name = name },
    ]).Select(part => part with { Totals = part.Totals with { Intensity = keys(part.Totals.Intensity) } });

    private static IEnumerable<ReportWindow> Renumbered(EmissionsReport report, string name, Func<string, string> keys, int offset, int? first) => report.Windows.Select(window => window with
    {
        Seq = window.Seq + offset,
        Parent = window.Parent + offset,
        Project = window.Project ?? name,
        Intensity = keys(window.Intensity),
        Timeline = window.Timeline is { } own && first is { } shift ? own with { First = own.First + shift } : null,
    });

    /// <summary>What all runs share, and from the first start to the last end.</summary>
    private static ReportRun Run(IReadOnlyList<EmissionsReport> reports, IReadOnlyList<ReportPart> parts)
    {
        var runs = parts.Select(part => part.Run).ToList();
        var start = runs.Min(run => run.StartedAt);
        var projects = runs.Select(run => run.Project).Distinct(StringComparer.Ordinal).ToList();
        return new ReportRun
        {
            Id = Joined(runs.Select(run => run.Id)),
            StartedAt = start,
            DurationSeconds = runs.Max(run => (run.StartedAt - start).TotalSeconds + run.DurationSeconds),
            Project = projects.Count == 1 ? projects[0] : $"{projects.Count} projects",
            TargetFramework = Joined(runs.Select(run => run.TargetFramework)) is { Length: > 0 } frameworks ? frameworks : null,
            Configuration = Only(runs.Select(run => run.Configuration)),
            Kind = Only(runs.Select(run => run.Kind)) ?? "mixed",
            Commit = Only(runs.Select(run => run.Commit)),
            Branch = Only(runs.Select(run => run.Branch)),
            PullRequest = runs.Select(run => run.PullRequest).Distinct().ToList() is [var pullRequest] ? pullRequest : null,
            Ci = Only(runs.Select(run => run.Ci)),
            Runner = reports.Select(report => report.Run.Runner).Distinct().ToList() is [var runner] ? runner : null,
        };
    }

    private static ReportTestbed Testbed(IReadOnlyList<ReportTestbed> testbeds) => testbeds.Count == 1 ? testbeds[0] : new ReportTestbed
    {
        Fingerprint = Joined(testbeds.Select(testbed => testbed.Fingerprint)),
        Os = Joined(testbeds.Select(testbed => testbed.Os)),
        CpuModel = Joined(testbeds.Select(testbed => testbed.CpuModel)),
        LogicalProcessors = testbeds.Max(testbed => testbed.LogicalProcessors),
        MemoryBytes = testbeds.Max(testbed => testbed.MemoryBytes),
        Gpus = [.. testbeds.SelectMany(testbed => testbed.Gpus).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The least certain of the parts', with the widest bounds; <see langword="null"/> when there is none.</summary>
    private static ReportMethodPart? Method(IEnumerable<ReportMethodPart?> parts)
    {
        var known = parts.OfType<ReportMethodPart>().Distinct().ToList();
        return known.Count <= 1 ? known.FirstOrDefault() : new ReportMethodPart
        {
            Provenance = known.Max(part => part.Provenance),
            Source = Joined(known.Select(part => part.Source)),
            Detail = string.Join("; ", known.Select(part => part.Detail).Distinct(StringComparer.Ordinal)),
            Low = known.Min(part => part.Low),
            High = known.Max(part => part.High),
        };
    }

    private static ReportTotals Totals(IReadOnlyList<ReportTotals> totals, string intensity) => new()
    {
        EnergyJoules = totals.Sum(one => one.EnergyJoules),
        TrackedJoules = totals.Sum(one => one.TrackedJoules),
        UntrackedJoules = totals.Sum(one => one.UntrackedJoules),
        LowJoules = totals.Sum(one => one.LowJoules),
        HighJoules = totals.Sum(one => one.HighJoules),
        CorrectionJoules = totals.Sum(one => one.CorrectionJoules),
        OverheadJoules = totals.Sum(one => one.OverheadJoules),
        IdleJoules = totals.Sum(one => one.IdleJoules),
        EmissionsGrams = totals.Sum(one => one.EmissionsGrams),
        UntrackedGrams = totals.Sum(one => one.UntrackedGrams),
        LowGrams = totals.Sum(one => one.LowGrams),
        HighGrams = totals.Sum(one => one.HighGrams),
        Intensity = intensity,
    };

    /// <summary>Of different buildings: the mean, weighted by energy. Each intensity has its own.</summary>
    private static double MeanPue(IReadOnlyList<EmissionsReport> reports)
    {
        var joules = reports.Sum(report => report.Totals.EnergyJoules);
        return joules > 0 ? reports.Sum(report => report.Pue * report.Totals.EnergyJoules) / joules : reports.Average(report => report.Pue);
    }

    /// <summary>The sum where all have the same price of electricity; else nothing: currencies are not converted.</summary>
    private static ReportCost? Cost(IReadOnlyList<EmissionsReport> reports)
    {
        var costs = reports.Select(report => report.Cost).OfType<ReportCost>().ToList();
        return costs.Count < reports.Count || costs.DistinctBy(cost => cost.Tariff with { UtcOffsetMinutes = null }).Count() > 1 ? null : new ReportCost
        {
            Amount = costs.Sum(cost => cost.Amount),
            LowAmount = costs.Sum(cost => cost.LowAmount),
            HighAmount = costs.Sum(cost => cost.HighAmount),
            UntrackedAmount = costs.Sum(cost => cost.UntrackedAmount),
            Tariff = costs[0].Tariff,
            Timing = Only(costs.Select(cost => cost.Timing)) ?? "even",
        };
    }

    /// <summary>The sum where all ran on machines of which the same is known; a part of it would read as all.</summary>
    private static ReportEmbodied? Embodied(IReadOnlyList<EmissionsReport> reports)
    {
        var known = reports.Select(report => report.Embodied).OfType<ReportEmbodied>().ToList();
        return known.Count < reports.Count || known.DistinctBy(embodied => embodied.Machine).Count() > 1 ? null : new ReportEmbodied
        {
            Machine = known[0].Machine,
            Grams = known.Sum(embodied => embodied.Grams),
            UntrackedGrams = known.Sum(embodied => embodied.UntrackedGrams),
        };
    }

    /// <summary>Each once; what is not of all runs says of which it is.</summary>
    private static IReadOnlyList<ReportNotice> Notices(IReadOnlyList<EmissionsReport> reports)
    {
        var notices = reports.SelectMany(report => report.Notices.Distinct().Select(notice => (Name: ReportWords.Project(report.Run), Notice: notice))).ToList();
        return
        [
            .. notices.GroupBy(said => said.Notice)
                .Select(same => same.Count() == reports.Count ? same.Key : same.Key with { Message = $"{Joined(same.Select(said => said.Name))}: {same.Key.Message}" }),
        ];
    }

    private static double? Common(IReadOnlyList<EmissionsReport> reports, Func<EmissionsReport, double> value) =>
        reports.Select(value).Distinct().ToList() is [var only] ? only : null;

    private static string? Only(IEnumerable<string?> values) => values.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;

    private static string Joined(IEnumerable<string?> values) => string.Join(", ", values.Where(value => !string.IsNullOrEmpty(value)).Distinct(StringComparer.Ordinal));
}

/// <summary>What was made of several reports.</summary>
/// <param name="Report">One report of all runs; where there is one only, its own.</param>
/// <param name="LeftOut">Those whose runs are in it already, by another report.</param>
internal sealed record MergedReports(EmissionsReport Report, IReadOnlyList<EmissionsReport> LeftOut);
