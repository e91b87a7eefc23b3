using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>How a place's electricity is priced: what is added up must be alike.</summary>
internal sealed record InventoryPlace(string Key, string Region, string Name, string Kind, string Basis, string Boundary, bool Assumed);

/// <summary>What a run used and emitted at a place in the year, and the factors by which that was told.</summary>
internal sealed record InventoryPart(InventoryPlace Place, InventoryFactor Factor, InventoryAmounts Amounts);

/// <summary>What an inventory needs of a report.</summary>
internal sealed record InventoryRun
{
    public required ReportIdentity Key { get; init; }

    public required string Path { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Ownership { get; init; }

    /// <summary>The start of what belongs to the year: that of the run, or of the year where it began before.</summary>
    public required DateTimeOffset StartInYear { get; init; }

    /// <summary>What belongs to the year; empty when nothing does.</summary>
    public required IReadOnlyList<InventoryPart> Parts { get; init; }

    /// <summary>Whether it ran elsewhere than it was declared to, and is counted where it ran.</summary>
    public required bool RanElsewhere { get; init; }

    public required bool KnowsEmbodied { get; init; }

    /// <summary>Whether it goes on into another year, and whether it is divided between the two.</summary>
    public required (bool Crosses, bool IsDivided) Turn { get; init; }

    /// <summary>Whether its process ended before its books were closed, or a window was cut off.</summary>
    public required bool IsIncomplete { get; init; }

    /// <summary>Whether sensors or the journal failed: energy may be missing.</summary>
    public required bool HasFaults { get; init; }

    /// <summary>Windows that are too short to be told, or whose budget could not be judged.</summary>
    public required int NotMeasurable { get; init; }

    /// <summary>Whether roots and untracked energy make the total that the report states.</summary>
    public required bool IsConserved { get; init; }

    /// <summary>Of a report.</summary>
    public static InventoryRun Of(EmissionsReport report, string path, int year)
    {
        var (run, roots) = (report.Run, ReportRows.Of(report, 0).Roots);
        var share = new InventoryYear(report, year);
        var ranAt = InventoryParts.RanAt(report);
        return new InventoryRun
        {
            Key = ReportIdentity.Of(run),
            Path = path,
            DurationSeconds = run.DurationSeconds,
            Ownership = Ownerships.All.FirstOrDefault(known => known == run.Runner?.Ownership) ?? Ownerships.Unknown,
            StartInYear = run.StartedAt.UtcDateTime.Year < year ? new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero) : run.StartedAt,
            Parts = new InventoryParts(report, roots, share).All(),
            RanElsewhere = ranAt is not null,
            KnowsEmbodied = report.Embodied is not null,
            Turn = (share.Crosses, share.IsDivided),
            IsIncomplete = report.Notices.Any(notice => notice.Code == DiagnosticCodes.RunIncomplete) || report.Windows.Any(window => window.Quality is MeasurementQuality.Incomplete),
            HasFaults = report.Notices.Any(notice => notice.Code is DiagnosticCodes.SensorFault or DiagnosticCodes.JournalFault),
            NotMeasurable = report.Windows.Count(window => window.Quality is MeasurementQuality.BelowResolution || window.Verdict is BudgetVerdict.NotMeasurable),
            IsConserved = IsSum(roots.Sum(root => root.Energy.Joules) + report.Totals.UntrackedJoules, report.Totals.EnergyJoules)
                && IsSum(roots.Sum(root => root.EmissionsGrams) + report.Totals.UntrackedGrams, report.Totals.EmissionsGrams)
                && (ranAt is null || IsSum(roots.Sum(root => ranAt.WindowGrams.GetValueOrDefault(root.Seq)) + ranAt.UntrackedGrams, ranAt.EmissionsGrams)),
        };
    }

    private static bool IsSum(double parts, double whole) => Math.Abs(parts - whole) <= 1e-6 * Math.Max(Math.Abs(whole), 1e-9);
}
