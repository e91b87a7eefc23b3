using System.Globalization;
using BenchmarkDotNet.Running;
using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>What is known of a benchmark: the cost of an operation, or why there is none, and how it is known.</summary>
internal sealed record BenchmarkFigure
{
    /// <summary><see langword="null"/>: there is no figure, and <see cref="Notices"/> say why.</summary>
    public OperationCost? Cost { get; init; }

    /// <summary>How it is known, in a word or two: <c>modeled</c>, <c>measured, below resolution</c>; <see langword="null"/> without a figure.</summary>
    public string? Known => Cost is not { } cost ? null : cost.Provenance.ToString().ToLowerInvariant() + cost.Quality switch
    {
        MeasurementQuality.Ok => "",
        MeasurementQuality.Overlapped => ", shared",
        MeasurementQuality.Incomplete => ", incomplete",
        _ => ", below resolution",
    };

    /// <summary>How energy is known, for a legend.</summary>
    public required string EnergySource { get; init; }

    /// <summary>Which intensity it is priced with, for a legend.</summary>
    public required string EmissionsSource { get; init; }

    /// <summary>What must be said of it.</summary>
    public IReadOnlyList<ReportNotice> Notices { get; init; } = [];

    /// <summary>Lines for those who want to know more.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];

    /// <summary>Of a benchmark that has run.</summary>
    /// <param name="benchmark">It.</param>
    /// <param name="followed">Its process; <see langword="null"/> when none was seen.</param>
    /// <param name="iterations">What BenchmarkDotNet timed.</param>
    /// <param name="fault">What went wrong in following it, if anything did.</param>
    public static BenchmarkFigure Of(BenchmarkCase benchmark, FollowedProcess? followed, StageIterations iterations, string? fault)
    {
        if (followed is null)
        {
            return NotMeasured(benchmark, fault ?? "its process was not seen: the toolchain sends no signals");
        }

        var cost = fault is null && followed.Stage is { } stage ? OperationCost.Of(stage, iterations, followed.Price) : null;
        var figure = new BenchmarkFigure
        {
            Cost = cost,
            EnergySource = Parts(followed.Method, part => $"{part.Provenance.ToString().ToLowerInvariant()} by {part.Source}"),
            EmissionsSource = Pricing(followed.Price),
            Notices = [.. followed.Notices, .. OwnNotices(benchmark, followed, cost, fault)],
        };
        return figure with
        {
            Explanation =
            [
                $"Energy of the devices, above idle. {Parts(followed.Method, part => $"{part.Provenance.ToString().ToLowerInvariant()}, {part.Detail}")}",
                $"Emissions: {figure.EmissionsSource}",
            ],
        };
    }

    /// <summary>Of a benchmark without a figure.</summary>
    public static BenchmarkFigure NotMeasured(BenchmarkCase benchmark, string reason) => new()
    {
        EnergySource = "not known",
        EmissionsSource = "not known",
        Notices = [NotMeasuredNotice(benchmark, reason)],
    };

    private static IEnumerable<ReportNotice> OwnNotices(BenchmarkCase benchmark, FollowedProcess followed, OperationCost? cost, string? fault)
    {
        if (cost is null)
        {
            yield return NotMeasuredNotice(benchmark, fault ?? (followed.Stage is null
                ? "BenchmarkDotNet did not say when its actual run began and ended"
                : "its process used no CPU time that this system shows"));
        }

        if (cost?.Quality == MeasurementQuality.BelowResolution)
        {
            yield return new ReportNotice
            {
                Code = DiagnosticCodes.BenchmarkBelowResolution,
                Message = $"{benchmark.DisplayInfo}: the energy of an operation cannot be told from that of the engine around it; only its bounds say something. Longer or more iterations would help.",
            };
        }

        if (!OperatingSystem.IsLinux() && !followed.IsThisProcess)
        {
            yield return new ReportNotice
            {
                Code = DiagnosticCodes.BenchmarkChildrenUnseen,
                Message = "Processes that a benchmark starts are not seen on this system: their energy is missing.",
            };
        }
    }

    private static ReportNotice NotMeasuredNotice(BenchmarkCase benchmark, string reason) => new()
    {
        Code = DiagnosticCodes.BenchmarkNotMeasured,
        Message = $"{benchmark.DisplayInfo} has no energy figure: {reason}.",
    };

    private static string Parts(ReportMethod method, Func<ReportMethodPart, string> text) =>
        string.Join("; ", new[] { ("CPU", method.Cpu), ("GPU", method.Gpu), ("RAM", method.Ram) }
            .Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}: {text(part.Item2!)}"));

    private static string Pricing(Price price)
    {
        var intensity = StaticIntensity.Of(price.Place, IntensityKind.Average)!;
        return string.Create(CultureInfo.InvariantCulture, $"electricity of {price.Key}, {intensity}; PUE {price.Pue}");
    }
}
