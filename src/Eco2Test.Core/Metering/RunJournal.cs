using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What a run writes while it lasts, so that its report can be made whenever it ends: what it is, the intensities that are
/// used, notices, each window that closed, and the books. Windows and books are added under the ledger's gate.
/// </summary>
internal sealed class RunJournal(Journal journal, Price priceOfRun, int mostOfOneId)
{
    private readonly HashSet<string> _intensities = new(StringComparer.Ordinal);
    private readonly HashSet<ReportNotice> _notices = [];
    private readonly WindowSums _sums = new(mostOfOneId);
    private Price _priceOfRun = priceOfRun;

    // Of roots that have closed.
    private Emissions _emissionsLow;
    private Emissions _emissions;
    private Emissions _emissionsHigh;

    /// <inheritdoc cref="Journal.Written"/>
    public IReadOnlyList<JournalEntry> Written => journal.Written;

    /// <summary>Whether anything is written at all: what is not need not be made.</summary>
    public bool IsKept => journal.IsKept;

    /// <summary>Why it cannot be written, if so.</summary>
    public string? Fault => journal.Fault;

    /// <summary>The same for a report, which holds no path.</summary>
    public string? FaultForReport => journal.FaultForReport;

    /// <summary>Begins.</summary>
    public void Begin(JournalHeader header)
    {
        journal.Add(new JournalEntry { Header = header });
        Intensity(_priceOfRun);
    }

    /// <summary>Begins anew, with another price of the run: what is read of it is as if it had been this one from the start.</summary>
    public void Begin(JournalHeader header, Price price)
    {
        _priceOfRun = price;
        Begin(header);
    }

    /// <summary>Says something in the report, once.</summary>
    public void Notice(string code, string message)
    {
        var notice = new ReportNotice { Code = code, Message = message };
        lock (_notices)
        {
            if (_notices.Add(notice))
            {
                journal.Add(new JournalEntry { Notice = notice });
            }
        }
    }

    /// <summary>What has been said.</summary>
    public IReadOnlyList<ReportNotice> Notices
    {
        get
        {
            lock (_notices)
            {
                return [.. _notices];
            }
        }
    }

    /// <summary>The sum that a window which opens belongs to, if there are very many of its kind.</summary>
    public WindowSum? SumOf(TrackingWindow window) =>
        IsKept && !window.Request.Exempt ? _sums.Of(window.Request.Id, window.Including?.ReportedSeq, window.Seq) : null;

    /// <summary>Adds a window that closed.</summary>
    public void Window(TrackingWindow window, ReportWindow report, Measurement measurement, Price price)
    {
        if (window.Including is null)
        {
            Add(new BoundedEmissions(measurement.EmissionsLow, measurement.Emissions, measurement.EmissionsHigh));
        }

        Intensity(price);
        if (window.Sum is { } sum)
        {
            _sums.Add(sum, report);
        }
        else if (IsKept)
        {
            journal.Add(new JournalEntry { Window = report });
        }
    }

    /// <summary>Adds a root that was cut out of samples.</summary>
    /// <param name="report">Its row.</param>
    /// <param name="emissions">What it adds to the sums, whose bounds are closer than its own.</param>
    /// <param name="price">Its price.</param>
    public void Window(ReportWindow report, BoundedEmissions emissions, Price price)
    {
        Add(emissions);
        Intensity(price);
        journal.Add(new JournalEntry { Window = report });
    }

    /// <summary>Adds a part of a window that has just closed, before it: it has its price.</summary>
    public void Part(ReportWindow report)
    {
        if (IsKept)
        {
            journal.Add(new JournalEntry { Window = report });
        }
    }

    private void Add(BoundedEmissions ofRoot)
    {
        _emissionsLow += ofRoot.Low;
        _emissions += ofRoot.Central;
        _emissionsHigh += ofRoot.High;
    }

    /// <summary>Adds the sums of this moment, with the windows that are open.</summary>
    public void Books(LedgerTotals totals, TimeSpan duration, List<TrackingWindow> open, WindowSettlement settlement)
    {
        if (!IsKept)
        {
            return;
        }

        foreach (var sum in _sums.TakeChanged())
        {
            journal.Add(new JournalEntry { Window = sum });
        }

        var (grams, low, high) = (_emissions.Grams, _emissionsLow.Grams, _emissionsHigh.Grams);
        List<ReportWindow>? reports = null;
        foreach (var window in open)
        {
            if (window.Request.Exempt)
            {
                continue;
            }

            var (report, price) = settlement.Look(window);
            Intensity(price);
            (reports ??= []).Add(report);
            if (report.Parent is null)
            {
                (grams, low, high) = (grams + report.EmissionsGrams, low + report.LowGrams, high + report.HighGrams);
            }
        }

        var untracked = _priceOfRun.Emissions(totals.Untracked);
        journal.Add(new JournalEntry
        {
            DurationSeconds = duration.TotalSeconds,
            Open = reports,
            Totals = new ReportTotals
            {
                EnergyJoules = totals.Whole.Central.Joules,
                TrackedJoules = totals.Tracked.Central.Joules,
                UntrackedJoules = totals.Untracked.Central.Joules,
                LowJoules = totals.Whole.Low.Joules,
                HighJoules = totals.Whole.High.Joules,
                CorrectionJoules = totals.Correction.Joules,
                OverheadJoules = totals.Overhead.Joules,
                IdleJoules = totals.Idle.Joules,
                EmissionsGrams = grams + untracked.Central.Grams,
                UntrackedGrams = untracked.Central.Grams,
                LowGrams = low + untracked.Low.Grams,
                HighGrams = high + untracked.High.Grams,
                Intensity = _priceOfRun.Key,
            },
        });
    }

    /// <summary>Hands everything to the operating system, which keeps it even when this process is killed.</summary>
    public void Flush() => journal.Flush();

    /// <summary>Makes it anew where its folder was removed.</summary>
    public void Restore() => journal.Restore();

    /// <summary>Lets go of its file, and returns where it lies.</summary>
    public string? Close() => journal.Close();

    private void Intensity(Price price)
    {
        if (!_intensities.Add(price.Key))
        {
            return;
        }

        journal.Add(new JournalEntry { Intensity = price.Report });
        if (price.Assumed)
        {
            Notice(DiagnosticCodes.RegionAssumed, $"Emissions are priced with WORLD, assumed, {price.Grid.Intensity}: no region is set. Set Region on the attribute, the MSBuild property Eco2TestRegion, or ECO2TEST_REGION.");
        }
    }
}
