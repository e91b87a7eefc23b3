using CsCheck;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

/// <summary>Reports of several projects, as a run of a solution leaves them.</summary>
internal static class MergingReports
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Windows of any ids, that include each other, of any quality and category.</summary>
    private static readonly Gen<EmissionsReport> Any = Gen.Select(
        Gen.Select(Gen.Int[0, 9], Gen.Double[0, 1000], Gen.Enum<MeasurementQuality>(), Gen.Int[0, 3], Gen.Bool).Array[0, 30],
        Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 3], (windows, project, framework, hours) => StartedAt(Start.AddHours(hours), Project(
            $"P{project}.Tests", framework == 0 ? "net8.0" : "net10.0",
            [.. windows.Select((window, index) => SampleReports.Window(index + 1, $"N{window.Item1 % 2}.Class{window.Item1 % 3}<A.B>.M{window.Item1}(x: \"a.b(c\")", window.Item2) with
            {
                Quality = window.Item3,
                Categories = [.. Enumerable.Range(0, window.Item4).Select(category => $"c{category}")],
                Parent = window.Item5 && index > 0 ? index : null,
            })])));

    /// <summary>Any reports, some of them twice.</summary>
    public static readonly Gen<EmissionsReport[]> Several = Any.Array[1, 6];

    private static EmissionsReport StartedAt(DateTimeOffset start, EmissionsReport report) => report with { Run = report.Run with { StartedAt = start } };

    /// <summary>A report of a project.</summary>
    public static EmissionsReport Project(string project, string framework, params IReadOnlyList<ReportWindow> windows)
    {
        var report = SampleReports.Of(windows);
        return report with { Run = report.Run with { Project = project, TargetFramework = framework } };
    }
}
