using System.Globalization;
using System.Reflection;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>One run of a process: its ledger, its windows, and the journal from which its report is made.</summary>
internal sealed class TrackingRun : IDisposable
{
    /// <summary>The cost of an edge is about 10 µs: below this the figure is more edge than window.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMicroseconds(200);

    private readonly EnergyLedger _ledger;
    private readonly TimeProvider _time;
    private readonly long _processStart;
    private readonly PriceList _prices;
    private readonly Journal _journal;
    private readonly RunMachine _machine;
    private readonly ReportTool _tool;
    private readonly ReportRun _report;
    private readonly ReportMethod _method;
    private readonly Sampler? _sampler;

    // Written under the ledger's gate, in the order of the books.
    private readonly List<TrackingWindow> _open = [];
    private readonly HashSet<string> _journaledIntensities = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notices = new(StringComparer.Ordinal);
    private Emissions _closedEmissionsLow;
    private Emissions _closedEmissions;
    private Emissions _closedEmissionsHigh;
    private int _lastSeq;

    public TrackingRun(RunIdentity identity, RunSettings settings, CiContext ci, RunMachine machine, TimeProvider time, bool sampling)
    {
        (_machine, _time, Settings) = (machine, time, settings);
        Folder = new ResultsFolder(settings.ResultsFolder);
        Session = $"{settings.Session ?? Guid.NewGuid().ToString("N")}.{machine.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        Threads = new ThreadSlots(machine.Clock);
        Tests = new TestWindows(this);
        _prices = Prices(settings, out var regionProblem);
        _tool = RunDescription.ThisTool();
        _report = RunDescription.Run(identity, settings, ci, time.GetUtcNow() - machine.AlreadyRunning);
        _method = RunDescription.Method(machine);
        _journal = new Journal(settings.Skip ? null : Folder, $"{ResultsFolder.Stem(_report)}.{Session}");
        _processStart = time.GetTimestamp() - (long)(machine.AlreadyRunning.TotalSeconds * time.TimestampFrequency);
        _ledger = new EnergyLedger(
            machine.Clock, machine.CpuModel, machine.RamModel, machine.AvailableCpus,
            [.. machine.Sensors.Gpus.Select(sensor => new GpuMeter(sensor))], Threads, time, machine.AlreadyRunning);
        Begin([.. settings.Problems, .. regionProblem is null ? Array.Empty<string>() : [regionProblem]]);
        WarmUp();
        _sampler = sampling && !settings.Skip ? new Sampler(this) : null;
    }

    public RunSettings Settings { get; }

    public ResultsFolder Folder { get; }

    public string Session { get; }

    public ThreadSlots Threads { get; }

    /// <summary>The windows of tests.</summary>
    public TestWindows Tests { get; }

    /// <summary>The account of the tracker's own CPU time.</summary>
    public LedgerAccount Overhead => _ledger.Overhead;

    /// <summary>Why settings could not be read; a budget cannot be trusted then.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>The run of a test host, for the tests of an assembly.</summary>
    /// <remarks>A region that is none is a problem of the tests that declare it, not of the run.</remarks>
    public static TrackingRun OfTests(Assembly assembly) => OfThisProcess(
        assembly, "test", Ambient.TableOf(assembly)?.CommonRegion is { } region && RegionCatalog.Default.Find(region) is not null ? region : null);

    /// <summary>The run of a program that starts windows itself.</summary>
    public static TrackingRun OfThisProgram() => OfThisProcess(Assembly.GetEntryAssembly() ?? typeof(TrackingRun).Assembly, "program", null);

    /// <summary>Opens a window; everything spent up to now is booked without it.</summary>
    public TrackingWindow Open(WindowRequest request, TrackingWindow? parent)
    {
        var seq = Interlocked.Increment(ref _lastSeq);
        var window = new TrackingWindow(this, parent, Checked(request), seq, new LedgerAccount(parent?.Account, request.Exempt))
        {
            StartedAt = _time.GetUtcNow(),
            StartTimestamp = _time.GetTimestamp(),
        };
        _ledger.Open(window.Account, window, static opened => opened.Run._open.Add(opened));
        return window;
    }

    /// <summary>A region that is none is said, never a silent default: the window is priced like the run, and no budget is judged with it.</summary>
    private WindowRequest Checked(WindowRequest request)
    {
        if (request.Region is not { } region || RegionCatalog.Default.Find(region) is not null)
        {
            return request;
        }

        var problem = $"Region of {request.Id}: {RegionCatalog.Default.Explain(region)}";
        Notice(DiagnosticCodes.SettingUnreadable, problem);
        return request with
        {
            Region = null,
            Problem = request.HasBudget ? (request.Problem is null ? "" : request.Problem + "\n") + $"{DiagnosticCodes.SettingUnreadable}: {problem}" : null,
        };
    }

    /// <summary>Closes a window, judges its budgets and appends it to the journal. Closing it again gives the same.</summary>
    public ClosedWindow Close(TrackingWindow window, TestOutcome outcome)
    {
        _ledger.Close(window.Account, (Window: window, Outcome: outcome), static (closed, totals) => closed.Window.Run.WhenClosed(closed.Window, closed.Outcome, totals));
        _journal.Flush();
        return window.Closed!;
    }

    private void WhenClosed(TrackingWindow window, TestOutcome outcome, LedgerTotals totals)
    {
        // Windows that are still open inside it close with it, innermost first: they opened later.
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i] is { Account.IsOpen: false } closed)
            {
                _open.RemoveAt(i);
                Settle(closed, ReferenceEquals(closed, window) ? outcome : TestOutcome.Unknown);
            }
        }

        JournalBooks(totals);
    }

    /// <summary>Takes a sample. Called by the sampling thread.</summary>
    public void Sample(bool journal)
    {
        _ledger.Sample((Run: this, Journal: journal), static (sampled, totals) => sampled.Run.WhenSampled(sampled.Journal, totals));
        if (journal)
        {
            _journal.Flush();
        }
    }

    private void WhenSampled(bool journal, LedgerTotals totals)
    {
        for (var i = 0; i < _machine.Sensors.Gpus.Count; i++)
        {
            if (_machine.Sensors.Gpus[i].Fault is { } fault)
            {
                Notice(DiagnosticCodes.SensorFault, $"{fault}; its energy is missing while that lasts.");
            }
        }

        if (journal)
        {
            JournalBooks(totals);
        }
    }

    /// <summary>Says something in the report, once.</summary>
    public void Notice(string code, string message)
    {
        lock (_notices)
        {
            if (_notices.Add(code + message))
            {
                _journal.Add(new JournalEntry { Notice = new ReportNotice { Code = code, Message = message } });
            }
        }
    }

    /// <summary>Why the journal cannot be written, if so.</summary>
    public string? JournalFault => _journal.Fault;

    /// <summary>What is attached to a test.</summary>
    public WindowAttachment Attachment(ClosedWindow closed) => new()
    {
        Tool = _tool,
        Run = _report,
        Method = _method,
        Intensity = closed.Intensity,
        Pue = Settings.Pue,
        Window = closed.Window,
    };

    public void Dispose() => _sampler?.Dispose();

    private static TrackingRun OfThisProcess(Assembly assembly, string kind, string? declaredRegion)
    {
        var settings = RunSettings.Read(EnvironmentVariables.OfThisProcess, RunIdentity.BuildProperties(assembly));
        settings = settings with { Region = settings.Region ?? declaredRegion };
        return new TrackingRun(
            RunIdentity.Of(assembly, kind), settings, CiContext.Read(EnvironmentVariables.OfThisProcess),
            RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System), TimeProvider.System, sampling: true);
    }

    private void Begin(IReadOnlyList<string> problems)
    {
        Problems = problems;
        _journal.Add(new JournalEntry
        {
            Header = new JournalHeader
            {
                Tool = _tool,
                Run = _report,
                Testbed = Testbed.Describe(_machine.Cpu, [.. _machine.Sensors.Gpus.Select(sensor => sensor.Channel.Device)]),
                Method = _method,
                Pue = Settings.Pue,
                Dataset = new ReportDataset { Version = _tool.Version, Sha256 = ProductData.Sha256 },
            },
        });
        JournalIntensity(_prices.OfRun);
        foreach (var problem in problems)
        {
            Notice(DiagnosticCodes.SettingUnreadable, problem[(problem.IndexOf(':') + 2)..]);
        }

        if (_machine.Sensors.Gpus.Count > 0)
        {
            Notice(DiagnosticCodes.GpuShared, "Energy of a GPU above its idle power is booked on the windows that are open; what other processes use of it is not told apart yet, so the bounds run from none to all.");
        }
    }

    /// <summary>
    /// Compiles what opens, closes and journals windows, and opens the journal, while nobody is open who would pay for it.
    /// </summary>
    private void WarmUp()
    {
        var window = Open(new WindowRequest { Id = "warm-up", DisplayName = "warm-up", Kind = WindowKind.Method, Exempt = true }, parent: null);
        ReportJson.Write(new JournalEntry { Window = Close(window, TestOutcome.Unknown).Window });
        _lastSeq = 0;
    }

    /// <summary>Makes the immutable outcome of a window. Under the ledger's gate.</summary>
    private void Settle(TrackingWindow window, TestOutcome outcome)
    {
        var price = PriceOf(window);
        var measurement = Measure(window, price);
        var budget = Judge(window, measurement);
        var report = WindowReport.Of(window, measurement, price, outcome, budget.Verdict);
        window.Closed = new ClosedWindow(report, measurement, budget, price.Report);
        if (window.Request.Exempt)
        {
            return;
        }

        if (window.Account.Parent is null)
        {
            _closedEmissionsLow += measurement.EmissionsLow;
            _closedEmissions += measurement.Emissions;
            _closedEmissionsHigh += measurement.EmissionsHigh;
        }

        JournalIntensity(price);
        if (_journal.IsKept)
        {
            _journal.Add(new JournalEntry { Window = report });
        }
    }

    private Measurement Measure(TrackingWindow window, Price price)
    {
        var account = window.Account;
        var energy = account.Total;
        var emissions = price.Emissions(energy);
        var duration = _time.GetElapsedTime(window.StartTimestamp);
        return new Measurement
        {
            Energy = energy.Central,
            EnergyLow = energy.Low,
            EnergyHigh = energy.High,
            Cpu = account.Cpu.Central,
            Gpu = account.Gpu.Central,
            Ram = account.Ram.Central,
            Self = account.Self,
            Emissions = emissions.Central,
            EmissionsLow = emissions.Low,
            EmissionsHigh = emissions.High,
            CpuTime = TimeSpan.FromSeconds(account.CpuSeconds),
            Duration = duration,
            Provenance = _machine.CpuModel.Provenance,
            Quality = duration < Resolution ? MeasurementQuality.BelowResolution
                : account.Overlapped ? MeasurementQuality.Overlapped
                : MeasurementQuality.Ok,
        };
    }

    private Budgets.BudgetOutcome Judge(TrackingWindow window, Measurement measurement)
    {
        var request = window.Request;
        if (!request.HasBudget)
        {
            return default;
        }

        if (request.Problem is { } problem)
        {
            return new(BudgetVerdict.NotMeasurable, problem, Fails: true);
        }

        if (Problems.Count > 0)
        {
            return new(BudgetVerdict.NotMeasurable, string.Join('\n', Problems), Fails: true);
        }

        if (_machine.IsDebugging())
        {
            Notice(DiagnosticCodes.Debugging, "A debugger is attached: no verdict is given on budgets.");
            return default;
        }

        return Budgets.BudgetJudge.Judge(request.Id, measurement, request.EnergyBudget, request.EmissionsBudget, Settings.Budgets);
    }

    private void JournalBooks(LedgerTotals totals)
    {
        if (_journal.IsKept)
        {
            _journal.Add(Books(totals));
        }
    }

    /// <summary>The sums of this moment, with the windows that are open. Under the ledger's gate.</summary>
    private JournalEntry Books(LedgerTotals totals)
    {
        var open = _open
            .Where(window => !window.Request.Exempt)
            .Select(window =>
            {
                var price = PriceOf(window);
                JournalIntensity(price);
                var measurement = Measure(window, price) with { Quality = MeasurementQuality.Incomplete };
                return WindowReport.Of(window, measurement, price, TestOutcome.Unknown, BudgetVerdict.None);
            })
            .ToList();
        var openRoots = open.Where(window => window.Parent is null).ToList();
        var untracked = _prices.OfRun.Emissions(totals.Untracked);
        return new JournalEntry
        {
            DurationSeconds = _time.GetElapsedTime(_processStart).TotalSeconds,
            Open = open.Count == 0 ? null : open,
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
                EmissionsGrams = _closedEmissions.Grams + openRoots.Sum(window => window.EmissionsGrams) + untracked.Central.Grams,
                UntrackedGrams = untracked.Central.Grams,
                LowGrams = _closedEmissionsLow.Grams + openRoots.Sum(window => window.LowGrams) + untracked.Low.Grams,
                HighGrams = _closedEmissionsHigh.Grams + openRoots.Sum(window => window.HighGrams) + untracked.High.Grams,
                Intensity = _prices.OfRun.Key,
            },
        };
    }

    /// <summary>A nested window is priced as its root, so that grams add up.</summary>
    private Price PriceOf(TrackingWindow window)
    {
        var root = window;
        while (root.Including is { } outer)
        {
            root = outer;
        }

        return _prices.Of(root.Request.Region);
    }

    private void JournalIntensity(Price price)
    {
        if (!_journaledIntensities.Add(price.Key))
        {
            return;
        }

        _journal.Add(new JournalEntry { Intensity = price.Report });
        if (price.Assumed)
        {
            Notice(DiagnosticCodes.RegionAssumed, $"Emissions are priced with WORLD, assumed, {price.Grid.Intensity}: no region is set. Set Region on the attribute, the MSBuild property Eco2TestRegion, or ECO2TEST_REGION.");
        }
    }

    private static PriceList Prices(RunSettings settings, out string? problem)
    {
        problem = null;
        if (settings.Region is { } region && RegionCatalog.Default.Find(region) is null)
        {
            problem = $"{DiagnosticCodes.SettingUnreadable}: ECO2TEST_REGION or Eco2TestRegion: {RegionCatalog.Default.Explain(region)}";
            return new PriceList(RegionCatalog.Default, null, settings.Pue);
        }

        return new PriceList(RegionCatalog.Default, settings.Region, settings.Pue);
    }
}
