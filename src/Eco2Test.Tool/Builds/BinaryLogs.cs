using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>Makes reports of binary logs, with the samples that were kept of the same build.</summary>
/// <param name="samplesFile">The samples that the user names; <see langword="null"/>: those that lie near a log.</param>
/// <param name="environment">Environment variables.</param>
internal sealed class BinaryLogs(string? samplesFile, EnvironmentVariables environment)
{
    private const string HowToGetThem = "Build with 'eco2test run --samples build.eco2test.samples -- dotnet build -bl:build.binlog'.";

    /// <summary>From the start of a run to its first sample: sensors are looked for meanwhile.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    /// <summary>Whether samples lie near a log that was found in a folder; of others nobody asked for a report.</summary>
    public bool HasSamples(string log) => samplesFile is not null || SamplesFiles.Near(log, environment).Any();

    /// <summary>The report of a log.</summary>
    /// <exception cref="InputException">It is no log, or there are no samples of its build.</exception>
    public EmissionsReport Read(string path)
    {
        var log = BinaryLog.Read(path);
        IReadOnlyList<string> files = samplesFile is not null ? [samplesFile] : [.. SamplesFiles.Near(path, environment)];
        if (files.Count == 0)
        {
            throw NoSamples($"The durations in '{path}' alone are no energy: there are no samples of its build beside it, nor in the folder of build reports. {HowToGetThem}");
        }

        var samples = SamplesOf(log, path, files, out var file);
        return SamplesFiles.ReportsFor(file, path, environment).Where(report => IsOf(samples, report)).MinBy(report => Apart(samples, report)) is { } measured
            ? BinaryLogReport.Of(log, samples, measured, RootOf(log))
            : throw NoSamples($"There is no report of the run in which the samples '{file}' were taken, neither beside them nor in the folder of build reports: 'eco2test run' has written both; put it beside them.");
    }

    private static BuildSamples SamplesOf(BinaryLog log, string path, IReadOnlyList<string> files, out string found)
    {
        var others = new List<BuildSamples>();
        InputException? broken = null;
        foreach (var file in files)
        {
            try
            {
                var samples = SamplesFiles.Read(file);
                if (IsOf(log, samples))
                {
                    found = file;
                    return samples;
                }

                others.Add(samples);
            }
            catch (InputException fault)
            {
                // It may be that of another build.
                broken ??= fault;
            }
        }

        throw broken ?? NoSamples(
            $"'{path}' is of another build than {(files.Count == 1 ? $"the samples '{files[0]}'" : $"any of the {files.Count} files of samples that were found")}: "
            + $"it began {Moment(log.StartedAt)} and ended {Moment(log.EndedAt)}; the samples are {string.Join("; ", others.Select(Span))}. "
            + $"A log has the local time of the machine that wrote it: elsewhere, set TZ to that. {HowToGetThem}");
    }

    private static bool IsOf(BinaryLog log, BuildSamples samples) =>
        samples.Intervals.All is [var first, ..] and [.., var last] && first.From - BinaryLogReport.Tolerance <= log.StartedAt && log.EndedAt <= last.To + BinaryLogReport.Tolerance;

    private static bool IsOf(BuildSamples samples, EmissionsReport report) =>
        samples.Intervals.All is [.., var last] && BinaryLogReport.HasBuild(report)
        && Apart(samples, report) <= LongestStart && last.To <= report.Run.StartedAt.AddSeconds(report.Run.DurationSeconds) + BinaryLogReport.Tolerance;

    private static TimeSpan Apart(BuildSamples samples, EmissionsReport report) => (samples.Intervals.All[0].From - report.Run.StartedAt).Duration();

    private static string Span(BuildSamples samples) =>
        samples.Intervals.All is [var first, ..] and [.., var last] ? $"from {Moment(first.From)} to {Moment(last.To)}" : "none";

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>That of the repository, where the log is read on the machine that wrote it; else the folder of what was built.</summary>
    private static string RootOf(BinaryLog log)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(log.Entry))!;
        return SamplesFiles.IsThere(log.Entry) ? BuildFolder.RootOf(folder) : folder;
    }

    private static InputException NoSamples(string message) => new(ToolCodes.NoSamplesOfBuild, message);
}
