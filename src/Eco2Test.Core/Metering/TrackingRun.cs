using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Cost;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>One run of a process: its ledger, its windows, and the journal from which its report is made.</summary>
internal sealed class TrackingRun : IDisposable
{
    private readonly EnergyLedger _ledger;
    private readonly TimeProvider _time;
    private readonly long _processStart;
    private readonly RunJournal _journal;
    private readonly RunMachine _machine;
    private readonly RunNotices _notices;
    private readonly ReportTool _tool;
    private readonly ReportRun _report;
    private readonly ReportMethod _method;
    private readonly RunGpus _gpus;
    private readonly Sampler? _sampler;

    // Written under the ledger's gate, in the order of the books.
    private RunPrices _prices;
    private WindowSettlement _settlement;
    private readonly List<TrackingWindow> _open = [];
    private RunSamples? _samples;
    private int _lastSeq;

    public TrackingRun(
        RunIdentity identity, RunSettings settings, CiContext ci, RunMachine machine, TimeProvider time, bool sampling, RunWarmUp? warmUp = null,
        int mostWindowsOfOneId = WindowSums.MostOfOneId)
    {
        machine = machine with { CpuModel = CpuPowerModels.Sound(machine.CpuModel, machine.Cpu) };
        (_machine, _time, Settings) = (machine, time, settings);
        // As it is now: a program can change its working directory.
        Folder = new ResultsFolder(Path.GetFullPath(settings.ResultsFolder));
        Session = $"{settings.Session ?? Guid.NewGuid().ToString("N")}.{machine.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        Threads = new ThreadSlots(machine.Clock);
        Tests = new TestWindows(this);
        _prices = new RunPrices(settings);
        Problems = [.. settings.Problems, .. _prices.DeclaredProblem is { } problem ? [$"{DiagnosticCodes.SettingUnreadable}: {problem}"] : Array.Empty<string>()];
        _tool = RunDescription.ThisTool();
        _report = RunDescription.Run(identity, settings, ci, machine, time.GetUtcNow() - machine.AlreadyRunning);
        _method = RunDescription.Method(machine);
        _journal = new RunJournal(new Journal(settings.Skip || !settings.KeepsJournal ? null : Folder, $"{ResultsFolder.Stem(_report)}.{Session}", settings.RemembersJournal), PriceOfRun, mostWindowsOfOneId);
        _processStart = time.GetTimestamp() - (long)(machine.AlreadyRunning.TotalSeconds * time.TimestampFrequency);
        _gpus = new RunGpus(this, machine.Sensors.Gpus);
        _settlement = Settlement();
        _notices = new RunNotices(_journal, machine.Sensors, _gpus.Meters);
        Begin();
        warmUp?.Wait(machine.Clock);
        _ledger = new EnergyLedger(
            machine.Clock, new CpuMeter(machine.CpuModel, machine.AvailableCpus, machine.MachineCpus, machine.Sensors.Packages),
            new MemoryMeter(machine.RamModel, machine.Sensors.Memory), _gpus.Meters, Threads, time, machine.AlreadyRunning, machine.IsLater, machine.BackgroundShare);
        WarmUp();
        if (sampling && !settings.Skip)
        {
            _gpus.StartLane();
            _sampler = new Sampler(this);
        }
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
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The clock that the run goes by.</summary>
    public TimeProvider Time => _time;

    /// <summary>The machine.</summary>
    public RunMachine Machine => _machine;

    /// <summary>The price of electricity of this run, by the clock that it goes by; <see langword="null"/> when none is set.</summary>
    public TariffClock? Tariff => RunDescription.Tariff(Settings, _time);

    /// <summary>The price that a window has by itself.</summary>
    public Price PriceOf(WindowRequest request) => _settlement.PriceOf(request);

    private Price PriceOfRun => _prices.Declared.OfRun;

    /// <summary>How CPU, GPU and RAM are known.</summary>
    public ReportMethod Method => _method;

    /// <summary>Called after each sample, under the ledger's gate, by whoever takes it.</summary>
    public Action? WhenSampled { get; set; }

    /// <summary>Whether any window is open.</summary>
    public bool HasOpenWindows => _ledger.HasOpen;

    /// <summary>Whether anything has been tracked.</summary>
    public bool HasWindows { get; private set; }

    /// <summary>Whether what is used now is somebody's: it is looked at often then.</summary>
    public bool IsWatched => HasOpenWindows || Volatile.Read(ref _samples) is not null;

    /// <summary>From now on, until the run ends, tests without a window are cut out of samples.</summary>
    public void KeepSamples()
    {
        _ledger.IsSampled = true;
        Volatile.Write(ref _samples, new RunSamples(PriceOfRun));
        SampleLedger(journal: false, closeInterval: true);
        _sampler?.LookOften();
    }

    /// <summary>Opens a window; everything spent up to now is booked without it.</summary>
    public TrackingWindow Open(WindowRequest request, TrackingWindow? parent)
    {
        var seq = Interlocked.Increment(ref _lastSeq);
        var window = new TrackingWindow(this, parent, Checked(request), seq, new LedgerAccount(parent?.Account, request.Exempt) { IsShared = request.Kind == WindowKind.Fixture })
        {
            StartedAt = _time.GetUtcNow(),
            StartTimestamp = _time.GetTimestamp(),
        };
        _ledger.Open(window.Account, window, static opened => opened.Run.WhenOpened(opened));
        _sampler?.LookOften();
        _gpus.WhenOpened();
        return window;
    }

    private WindowRequest Checked(WindowRequest request)
    {
        var priced = _prices.Checked(request, out var problem);
        if (problem is not null)
        {
            Notice(DiagnosticCodes.SettingUnreadable, problem);
        }

        return priced;
    }

    private void WhenOpened(TrackingWindow window)
    {
        WindowNeighbours.Introduce(window, _open);
        _open.Add(window);
        HasWindows |= !window.Request.Exempt;
        window.Sum = _journal.SumOf(window);
    }

    /// <summary>Closes a window, judges its budgets and appends it to the journal. Closing it again gives the same.</summary>
    public ClosedWindow Close(TrackingWindow window, TestOutcome outcome)
    {
        if (window.Account.IsOpen)
        {
            _gpus.BeforeClosing();
        }

        _ledger.Close(window.Account, (Window: window, Outcome: outcome), static (closed, totals) => closed.Window.Run.WhenClosed(closed.Window, closed.Outcome, totals));
        _journal.Flush();
        return window.Closed!;
    }

    /// <summary>Lets a window receive only what flows with it: an iterator whose consumer is at work.</summary>
    public void Pause(TrackingWindow window) => _ledger.Pause(window.Account);

    /// <summary>Ends a pause; returns whether the window is open.</summary>
    public bool Resume(TrackingWindow window) => _ledger.Resume(window.Account);

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

        // While others are open, and between the windows of a sum and untracked tests, the sampling thread closes the books, once a second.
        if (_open.Count == 0 && window is { Sum: null, Request.Exempt: false })
        {
            CloseBooks(totals);
        }
    }

    /// <summary>What a window has used up to now; of one that has closed, what closing it gave.</summary>
    public Measurement Look(TrackingWindow window) => _ledger.Advance(_ => window.Closed?.Measurement ?? LookAtOpen(window));

    /// <summary>Without what closing it would give back, so that what is read later is rarely less.</summary>
    private Measurement LookAtOpen(TrackingWindow window)
    {
        var seen = _settlement.Measure(window);
        var background = _ledger.BackgroundOf(window.Account);
        return seen with
        {
            Energy = seen.Energy - background,
            EnergyLow = seen.EnergyLow > background ? seen.EnergyLow - background : Energy.Zero,
            Cpu = seen.Cpu - background,
            Quality = MeasurementQuality.Incomplete,
        };
    }

    /// <summary>What all processes of the machine have used above idle up to now, since the run began.</summary>
    public MachineUse LookAtMachine()
    {
        // How busy others were is learned by a sample only.
        _gpus.ReadAndWait();
        SampleLedger(journal: false, closeInterval: true);
        return _ledger.Advance(use => use);
    }

    /// <summary>Reads GPUs on a thread of their own from now on, where somebody else samples: their drivers can hang.</summary>
    public void WatchGpus() => _gpus.StartLane();

    /// <summary>Takes a sample. Called by the sampling thread.</summary>
    /// <param name="journal">Whether the books are written.</param>
    /// <param name="closeInterval">Whether what is slow even for a sample is done too (<see cref="EnergyLedger.Sample"/>).</param>
    public void Sample(bool journal, bool closeInterval = true)
    {
        try
        {
            _gpus.Sample();
            SampleLedger(journal, closeInterval);
        }
        catch (Exception fault)
        {
            // It runs on a thread of its own, where nobody would catch it.
            Notice(DiagnosticCodes.TrackerFault, $"A sample failed: {FaultText.Of(fault)}");
        }
    }

    private void SampleLedger(bool journal, bool closeInterval)
    {
        _ledger.Sample((Run: this, Journal: journal), static (sampled, totals) => sampled.Run.NoteSample(sampled.Journal, totals), closeInterval);
        if (journal)
        {
            _journal.Restore();
            _journal.Flush();
        }
    }

    private void NoteSample(bool journal, LedgerTotals totals)
    {
        WhenSampled?.Invoke();
        _notices.Look();
        _samples?.Add(_time.GetUtcNow(), totals.Unclaimed);
        if (journal)
        {
            CloseBooks(totals);
        }
    }

    /// <summary>Books the reading that a GPU's driver has just given. For the lane that reads it.</summary>
    public void TakeReading(GpuMeter gpu) => _ledger.TakeReading(gpu);

    /// <summary>A GPU's driver does not answer. For the lane.</summary>
    public void Forget(GpuMeter gpu) => _ledger.Forget(gpu);

    /// <summary>Time since a timestamp of the run's clock.</summary>
    public TimeSpan TimeSince(long timestamp) => _time.GetElapsedTime(timestamp);

    /// <summary>Says something in the report, once.</summary>
    public void Notice(string code, string message) => _journal.Notice(code, message);

    /// <summary>What has been said.</summary>
    public IReadOnlyList<ReportNotice> Notices => _journal.Notices;

    /// <summary>Why the journal cannot be written, if so.</summary>
    public string? JournalFault => _journal.Fault;

    /// <inheritdoc cref="Reports.Journal.Written"/>
    public IReadOnlyList<JournalEntry> JournalWritten => _journal.Written;

    /// <summary>The same for a report, which holds no path.</summary>
    public string? JournalFaultForReport => _journal.FaultForReport;

    /// <summary>What is attached to a test.</summary>
    public WindowAttachment Attachment(ClosedWindow closed) => new()
    {
        Tool = _tool,
        Run = _report,
        Method = _method,
        Intensity = closed.Intensity,
        Pue = closed.Intensity.Pue,
        Window = closed.Window,
    };

    /// <summary>Closes the books for the last time, and returns where the journal lies.</summary>
    /// <param name="tests">When tests ran: those that had no window are cut out of samples, where these were kept.</param>
    public string? End(IReadOnlyList<TimedTest>? tests = null)
    {
        _sampler?.Dispose();
        if (_samples is { } samples)
        {
            SampleLedger(journal: false, closeInterval: true);
            CutOut(samples, [.. (tests ?? []).Where(test => !Tests.HadWindow(test.Method))]);
        }

        SampleLedger(journal: true, closeInterval: true);
        return _journal.Close();
    }

    private void CutOut(RunSamples samples, IReadOnlyList<TimedTest> tests)
    {
        _samples = null;
        if (tests.Count == 0)
        {
            return;
        }

        var rows = samples.Rows(tests, () => Interlocked.Increment(ref _lastSeq));
        _ledger.Claim(rows.Aggregate(BoundedEnergy.Zero, (sum, row) => sum + row.Part), totals =>
        {
            foreach (var (window, part) in rows)
            {
                _journal.Window(window, PriceOfRun.Emissions(part), PriceOfRun);
            }

            CloseBooks(totals);
        });
        Notice(DiagnosticCodes.TestsSampled, RunSamples.Remark(rows.Count));
    }

    public void Dispose()
    {
        _sampler?.Dispose();
        _gpus.Dispose();
        _machine.Sensors.Close();
        (_machine.Clock as IDisposable)?.Dispose();
    }

    /// <summary>
    /// Prices what is still open, and what is nobody's, by other settings: where a build is may be known only when its projects
    /// have been read. Joules stay as they are, and grams of what has closed before do.
    /// </summary>
    /// <returns>Why it is priced as before: a place of those settings is none; <see langword="null"/> when it is priced by them.</returns>
    public string? PriceBy(RunSettings settings)
    {
        var prices = new RunPrices(settings);
        if ((prices.DeclaredProblem ?? prices.ActualProblem) is { } problem)
        {
            return problem;
        }

        _ledger.Advance(_ =>
        {
            _prices = prices;
            _settlement = Settlement();
            _journal.Begin(Header(), PriceOfRun);
            return prices;
        });
        return null;
    }

    private WindowSettlement Settlement() =>
        new(Settings, _prices.Declared, _method, _time, IsDebugging) { Problems = Problems, CpuModel = _machine.CpuModel.Provenance };

    private JournalHeader Header() => new()
    {
        Tool = _tool,
        Run = _report,
        Testbed = Testbed.Describe(_machine.Cpu, [.. _machine.Sensors.Gpus.Select(sensor => sensor.Channel.Device)]),
        Method = _method,
        Pue = PriceOfRun.Pue,
        Tariff = Tariff?.Report,
        Dataset = new ReportDataset { Version = _tool.Version, Sha256 = ProductData.Sha256 },
        Actual = _prices.Actual?.Report,
        EmbodiedMachine = RunDescription.Embodied(Settings, _machine),
        FunctionalUnit = Settings.FunctionalUnit,
        Budgets = GroupBudgetsSetting.InJournal(Settings, Problems),
    };

    private void Begin()
    {
        _journal.Begin(Header());
        _notices.OfSettings(Problems, _prices.ActualProblem, Settings.Regions);
        _notices.OfMachine(_machine.CpuModel);
        _journal.Flush();
    }

    /// <summary>
    /// Compiles what opens, closes and journals windows, and opens the journal, while nobody is open who would pay for it.
    /// </summary>
    private void WarmUp()
    {
        var window = Open(new WindowRequest { Id = "warm-up", DisplayName = "warm-up", Kind = WindowKind.Method, Exempt = true }, parent: null);
        ReportJson.Write(new JournalEntry { Window = Close(window, TestOutcome.Unknown).Window });
        SampleLedger(journal: true, closeInterval: true);
        _lastSeq = 0;
    }

    /// <summary>Makes the immutable outcome of a window. Under the ledger's gate.</summary>
    private void Settle(TrackingWindow window, TestOutcome outcome)
    {
        var (closed, price) = _settlement.Close(window, outcome);
        if (window.Parts is { } parts)
        {
            closed = Part(closed, parts(closed.Window, price, () => Interlocked.Increment(ref _lastSeq)));
        }

        window.Closed = closed;
        _notices.OfWindow(window, closed, isSynchronized: Ambient.Synchronizers.Count > 0);
        if (!window.Request.Exempt)
        {
            _journal.Window(window, closed.Window, closed.Measurement, price);
        }
    }

    /// <summary>Journals the parts of a window, and takes them from what is its own.</summary>
    private ClosedWindow Part(ClosedWindow closed, IReadOnlyList<ReportWindow> parts)
    {
        foreach (var part in parts)
        {
            _journal.Part(part);
        }

        var seq = closed.Window.Seq;
        var self = Energy.FromJoules(closed.Window.Energy.SelfJoules - parts.Where(part => part.Parent == seq).Sum(part => part.Energy.Joules));
        return closed with
        {
            Window = closed.Window with { Energy = closed.Window.Energy with { SelfJoules = self.Joules } },
            Measurement = closed.Measurement with { Self = self },
        };
    }

    private bool IsDebugging()
    {
        var debugging = _machine.IsDebugging();
        if (debugging)
        {
            Notice(DiagnosticCodes.Debugging, "A debugger is attached: no verdict is given on budgets.");
        }

        return debugging;
    }

    /// <summary>Writes the sums of this moment, with the windows that are open. Under the ledger's gate.</summary>
    private void CloseBooks(LedgerTotals totals)
    {
        if (_journal.IsKept)
        {
            // Whoever judges the budgets of groups is another process, and later.
            if (Settings.GroupBudgets.Count > 0)
            {
                IsDebugging();
            }

            _journal.Books(totals, _time.GetElapsedTime(_processStart), _open, _settlement);
        }
    }
}
