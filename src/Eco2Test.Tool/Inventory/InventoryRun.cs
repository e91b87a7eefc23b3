using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Which run a report is of. Runs of one identity that started at different times, as those of a matrix of jobs, are different runs.</summary>
internal sealed record InventoryRunKey(string Id, string Kind, string Project, string? TargetFramework, int? Shard, DateTimeOffset StartedAt);

/// <summary>How a place's electricity is priced: what is added up must be alike.</summary>
internal sealed record InventoryPlace(string Key, string Region, string Name, string Kind, string Basis, string Boundary, bool Assumed);

/// <summary>What a run used and emitted at a place in the year, and the factors by which that was told.</summary>
internal sealed record InventoryPart(InventoryPlace Place, ReportIntensity Intensity, double Pue, InventoryAmounts Amounts);

/// <summary>What an inventory needs of a report.</summary>
internal sealed record InventoryRun
{
    private const string UnknownBasis = "unknown";

    public required InventoryRunKey Key { get; init; }

    public required string Path { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Ownership { get; init; }

    /// <summary>What belongs to the year; empty when nothing does.</summary>
    public required IReadOnlyList<InventoryPart> Parts { get; init; }

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
        return new InventoryRun
        {
            Key = new InventoryRunKey(run.Id, run.Kind, run.Project, run.TargetFramework, run.Shard?.Index, run.StartedAt.ToUniversalTime()),
            Path = path,
            DurationSeconds = run.DurationSeconds,
            Ownership = Ownerships.All.FirstOrDefault(known => known == run.Runner?.Ownership) ?? Ownerships.Unknown,
            Parts = PartsOf(report, roots, share),
            KnowsEmbodied = report.Embodied is not null,
            Turn = (share.Crosses, share.IsDivided),
            IsIncomplete = report.Notices.Any(notice => notice.Code == DiagnosticCodes.RunIncomplete) || report.Windows.Any(window => window.Quality is MeasurementQuality.Incomplete),
            HasFaults = report.Notices.Any(notice => notice.Code is DiagnosticCodes.SensorFault or DiagnosticCodes.JournalFault),
            NotMeasurable = report.Windows.Count(window => window.Quality is MeasurementQuality.BelowResolution || window.Verdict is BudgetVerdict.NotMeasurable),
            IsConserved = IsSum(roots.Sum(root => root.Energy.Joules) + report.Totals.UntrackedJoules, report.Totals.EnergyJoules)
                && IsSum(roots.Sum(root => root.EmissionsGrams) + report.Totals.UntrackedGrams, report.Totals.EmissionsGrams),
        };
    }

    private static bool IsSum(double parts, double whole) => Math.Abs(parts - whole) <= 1e-6 * Math.Max(Math.Abs(whole), 1e-9);

    /// <summary>One part for each place that priced anything.</summary>
    private static List<InventoryPart> PartsOf(EmissionsReport report, IReadOnlyList<ReportWindow> roots, InventoryYear share)
    {
        var parts = new Dictionary<string, InventoryPart>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            Add(root.Intensity, share.Of(root), pue => new InventoryAmounts
            {
                DeviceJoules = root.Energy.Joules,
                LowDeviceJoules = root.Energy.LowJoules,
                HighDeviceJoules = root.Energy.HighJoules,
                BuildingJoules = root.Energy.Joules * pue,
                Grams = root.EmissionsGrams,
                LowGrams = root.LowGrams,
                HighGrams = root.HighGrams,
                EmbodiedGrams = root.EmbodiedGrams ?? 0,
            });
        }

        var totals = report.Totals;
        Add(totals.Intensity, share.OfUntracked(), pue => new InventoryAmounts
        {
            DeviceJoules = totals.UntrackedJoules,
            LowDeviceJoules = totals.LowJoules - roots.Sum(root => root.Energy.LowJoules),
            HighDeviceJoules = totals.HighJoules - roots.Sum(root => root.Energy.HighJoules),
            BuildingJoules = totals.UntrackedJoules * pue,
            Grams = totals.UntrackedGrams,
            LowGrams = totals.LowGrams - roots.Sum(root => root.LowGrams),
            HighGrams = totals.HighGrams - roots.Sum(root => root.HighGrams),
            EmbodiedGrams = report.Embodied?.UntrackedGrams ?? 0,
        });
        return [.. parts.Values];

        void Add(string key, double ofYear, Func<double, InventoryAmounts> amounts)
        {
            if (ofYear == 0 && share.TimeShare == 0)
            {
                return;
            }

            var intensity = report.Intensities.FirstOrDefault(known => known.Key == key) ?? Unknown(key);
            var pue = PueOf(report, intensity);
            var part = parts.GetValueOrDefault(key) ?? new InventoryPart(PlaceOf(intensity), intensity, pue, default);
            parts[key] = part with { Amounts = part.Amounts + amounts(pue).Part(ofYear, share.TimeShare) };
        }
    }

    /// <summary>Reports of the first version have one PUE for all of them.</summary>
    private static double PueOf(EmissionsReport report, ReportIntensity intensity) =>
        report.Intensities.All(known => known is { Pue: 1, PueSource: "none" }) ? report.Pue : intensity.Pue;

    private static InventoryPlace PlaceOf(ReportIntensity intensity) =>
        new(intensity.Key, intensity.Region, intensity.Name, intensity.Kind, intensity.Basis, intensity.Boundary, intensity.Assumed);

    private static ReportIntensity Unknown(string key) => new()
    {
        Key = key, Region = key, Name = key, GramsPerKilowattHour = 0, Kind = UnknownBasis, Basis = UnknownBasis, Boundary = UnknownBasis, Source = UnknownBasis,
    };
}
