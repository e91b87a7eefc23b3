using System.Globalization;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>The runs that were found, each once: a copy of a report, or one that was made again, is counted once and said.</summary>
internal sealed class InventoryRuns(int year)
{
    private readonly Dictionary<ReportIdentity, InventoryRun> _runs = [];
    private readonly List<InventoryRun> _duplicates = [];
    private readonly SortedDictionary<int, int> _ofYears = [];
    private readonly List<(ReportIdentity Run, string Path)> _merged = [];

    /// <summary>The runs of which anything belongs to the year, in the order of their starts.</summary>
    public IReadOnlyList<InventoryRun> OfYear =>
        [.. _runs.Values.Where(run => run.Parts.Count > 0).OrderBy(run => run.Key.StartedAt).ThenBy(run => run.Key.Id, StringComparer.Ordinal).ThenBy(run => run.Path, StringComparer.Ordinal)];

    /// <summary>Other reports of runs that are counted already.</summary>
    public IReadOnlyList<InventoryRun> Duplicates => [.. _duplicates.Where(run => run.Parts.Count > 0)];

    /// <summary>How many reports there are of other years: <c>3 of 2025</c>.</summary>
    public string OtherYears => string.Join(", ", _ofYears.Where(known => known.Key != year).Select(known =>
        string.Create(CultureInfo.InvariantCulture, $"{known.Value} of {known.Key}")));

    /// <summary>Adds the runs of a report that sums up others: they are counted by their own reports, which must be there too.</summary>
    private void AddMerged(IReadOnlyList<ReportPart> parts, string path) =>
        _merged.AddRange(parts.Select(part => (ReportIdentity.Of(part.Run), path)));

    /// <summary>Says so when a run is known by a sum only: what it used where cannot be told from that.</summary>
    public void CheckMerged()
    {
        if (_merged.Find(part => !_runs.ContainsKey(part.Run)) is { Run: { } run, Path: { } path })
        {
            throw new InputException(ToolCodes.NotForInventory, $"'{path}' sums up several runs, and the report of {run.Project}{(run.TargetFramework is null ? "" : $" ({run.TargetFramework})")} is not here: an inventory counts each run by its own report. Give that too.");
        }
    }

    /// <summary>Adds a report. Of two of one run, that which lasted longer counts: the other was made before its end.</summary>
    public void Add(EmissionsReport report, string path)
    {
        if (report.Merged is { } parts)
        {
            AddMerged(parts, path);
            return;
        }

        var run = InventoryRun.Of(report, path, year);
        if (run.Parts.FirstOrDefault(part => part.Place.Kind == "marginal") is { Place.Key: var marginal })
        {
            throw new InputException(ToolCodes.NotForInventory, $"'{path}' is priced with the marginal intensity of {marginal}: an inventory adds up averages. Give the report that the run wrote.");
        }

        var started = run.Key.StartedAt.Year;
        if (!_runs.TryGetValue(run.Key, out var known))
        {
            _runs[run.Key] = run;
            _ofYears[started] = _ofYears.GetValueOrDefault(started) + 1;
            return;
        }

        var isBetter = run.DurationSeconds > known.DurationSeconds;
        _duplicates.Add(isBetter ? known : run);
        _runs[run.Key] = isBetter ? run : known;
    }
}
