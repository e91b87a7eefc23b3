using System.Globalization;
using System.Reflection;
using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Cost;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>One run of a process: its ledger, its windows, and the journal from which its report is made.</summary>
internal sealed class TrackingRun : IDisposable
{
    /// <summary>A driver that wakes its GPUs may take this long; what it takes longer than that is not waited for.</summary>
    private static readonly TimeSpan FirstReadingLimit = TimeSpan.FromSeconds(1);

    private readonly EnergyLedger _ledger;
    private readonly TimeProvider _time;
    private readonly long _processStart;
    private readonly WindowSettlement _settlement;
    private readonly RunJournal _journal;
    private readonly RunMachine _machine;
    private readonly RunNotices _notices;
    private readonly ReportTool _tool;
    private readonly ReportRun _report;
    private readonly ReportMethod _method;
    private readonly GpuMeter[] _gpus;
    private readonly GpuLane? _gpuLane;
    private readonly Sampler? _sampler;
    private readonly Price _priceOfRun;

    // Written under the ledger's gate, in the order of the books.
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
        var prices = Prices(settings, out var regionProblem);
        _priceOfRun = prices.OfRun;
        Problems = [.. settings.Problems, .. regionProblem is null ? Array.Empty<string>() : [regionProblem]];
        _tool = RunDescription.ThisTool();
        _report = RunDescription.Run(identity, settings, ci, machine, time.GetUtcNow() - machine.AlreadyRunning);
        _method = RunDescription.Method(machine);
        _journal = new RunJournal(new Journal(settings.Skip || !settings.KeepsJournal ? null : Folder, $"{ResultsFolder.Stem(_report)}.{Session}"), prices.OfRun, mostWindowsOfOneId);
        _processStart = time.GetTimestamp() - (long)(machine.AlreadyRunning.TotalSeconds * time.TimestampFrequency);
        _gpus = [.. machine.Sensors.Gpus.Select((sensor, index) => new GpuMeter(sensor, settings.ExclusiveGpus.Contains(index)))];
        _settlement = new WindowSettlement(settings, prices, _method, time, IsDebugging) { Problems = Problems, CpuModel = machine.CpuModel.Provenance };
        _notices = new RunNotices(_journal, machine.Sensors, _gpus);
        Begin(prices.OfRun);
        warmUp?.Wait(machine.Clock);
        _ledger = new EnergyLedger(
            machine.Clock, new CpuMeter(machine.CpuModel, machine.AvailableCpus, machine.MachineCpus, machine.Sensors.Packages),
            new MemoryMeter(machine.RamModel, machine.Sensors.Memory), _gpus, Threads, time, machine.AlreadyRunning, machine.IsLater, machine.BackgroundShare);
        WarmUp();
        if (sampling && !settings.Skip)
        {
            _gpuLane = _gpus.Length == 0 ? null : new GpuLane(this, _gpus, time);
            _gpuLane?.AskAndWait(FirstReadingLimit);
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

    /// <summary>The run of a test host, for the tests of an assembly.</summary>
    /// <remarks>A region that is none is a problem of the tests that declare it, not of the run.</remarks>
    public static TrackingRun OfTests(Assembly assembly) => OfThisProcess(
        assembly, "test", Ambient.TableOf(assembly)?.CommonRegion);

    /// <summary>The run of a program that starts windows itself.</summary>
    public static TrackingRun OfThisProgram()
    {
        var run = OfThisProcess(Assembly.GetEntryAssembly() ?? typeof(TrackingRun).Assembly, "program", null);
        ProgramReport.WriteAtExitOf(run);
        return run;
    }

    /// <summary>The run of another process, a test host, seen from outside: it has no windows, all of it is untracked.</summary>
    /// <param name="identity">What it runs the tests of.</param>
    /// <param name="settings">What is asked of the run.</param>
    /// <param name="processId">The number of the process.</param>
    /// <param name="clock">The clock of the process.</param>
    public static TrackingRun OfOtherProcess(RunIdentity identity, RunSettings settings, int processId, IProcessClock clock)
    {
        var environment = EnvironmentVariables.OfThisProcess;
        var machine = RunMachine.This(settings.CpuPower, environment, TimeProvider.System, settings.CpuModel) with
        {
            Clock = clock,
            AlreadyRunning = LinuxProcessClock.Age(processId) is { } age && age > TimeSpan.Zero ? age : TimeSpan.Zero,
            IsDebugging = static () => false,
        };
        settings = settings with { Session = ResultsFolder.SessionOutside(settings.Session ?? Guid.NewGuid().ToString("N"), processId) };
        return new TrackingRun(identity, settings, CiContext.Read(environment), machine, TimeProvider.System, sampling: true);
    }

    /// <summary>The run of a process that somebody else works in, this one included: all that it spends is of the windows that are open.</summary>
    /// <param name="identity">Whose run it is.</param>
    /// <param name="settings">What is asked for; nothing is written where they keep no journal.</param>
    /// <param name="processId">The number of the process.</param>
    public static TrackingRun Watching(RunIdentity identity, RunSettings settings, int processId)
    {
        var machine = RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System, settings.CpuModel);
        return new TrackingRun(identity, settings, CiContext.Read(EnvironmentVariables.OfThisProcess), machine.Watching(processId), TimeProvider.System, sampling: true);
    }

    /// <summary>The clock that the run goes by.</summary>
    public TimeProvider Time => _time;

    /// <summary>The machine.</summary>
    public RunMachine Machine => _machine;

    /// <summary>The price of electricity of this run, by the clock that it goes by; <see langword="null"/> when none is set.</summary>
    public TariffClock? Tariff => RunDescription.Tariff(Settings, _time);

    /// <summary>The price that a window has by itself.</summary>
    public Price PriceOf(WindowRequest request) => _settlement.PriceOf(request);

    /// <summary>How CPU, GPU and RAM are known.</summary>
    public ReportMethod Method => _method;

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
        Volatile.Write(ref _samples, new RunSamples(_priceOfRun));
        SampleLedger(journal: false, closeInterval: true);
        _sampler?.LookOften();
    }

    /// <summary>Opens a window; everything spent up to now is booked without it.</summary>
    public TrackingWindow Open(WindowRequest request, TrackingWindow? parent)
    {
        var seq = Interlocked.Increment(ref _lastSeq);
        var window = new TrackingWindow(this, parent, Checked(request), seq, new LedgerAccount(parent?.Account, request.Exempt))
        {
            StartedAt = _time.GetUtcNow(),
            StartTimestamp = _time.GetTimestamp(),
        };
        _ledger.Open(window.Account, window, static opened => opened.Run.WhenOpened(opened));
        _sampler?.LookOften();
        if (_gpuLane is not null && MayUseGpus())
        {
            _gpuLane.Ask();
        }

        return window;
    }

    private void WhenOpened(TrackingWindow window)
    {
        if (window.Account.Parent is null)
        {
            Announce(window);
        }

        _open.Add(window);
        if (window.Request.HasBudget && window.Root is { Neighbours: null } root)
        {
            Introduce(root);
        }

        HasWindows |= !window.Request.Exempt;
        window.Sum = _journal.SumOf(window);
    }

    /// <summary>Roots in which a budget may hang on what ran beside them are told of a new one.</summary>
    private void Announce(TrackingWindow window)
    {
        foreach (var other in _open)
        {
            other.Neighbours?.Meet(window);
        }
    }

    /// <summary>From its first budget on a root takes down what runs beside it, as that budget may hang on it.</summary>
    private void Introduce(TrackingWindow root)
    {
        root.Neighbours = new();
        foreach (var other in _open)
        {
            if (other.Account.Parent is null && !ReferenceEquals(other, root))
            {
                root.Neighbours.Meet(other);
            }
        }
    }

    private bool MayUseGpus()
    {
        foreach (var gpu in _gpus)
        {
            if (gpu.MayBeOurs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A region that is none is said, never a silent default: the window is priced like the run, and no budget is judged with it.</summary>
    private WindowRequest Checked(WindowRequest request)
    {
        if (request.Region is not { } region || Settings.Regions.Find(region) is not null)
        {
            return request;
        }

        var problem = $"Region of {request.Id}: {Settings.Regions.Explain(region)}";
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
        if (_gpuLane is not null && window.Account.IsOpen && MayUseGpus())
        {
            Synchronize();
            _gpuLane.AskAndWait();
        }

        _ledger.Close(window.Account, (Window: window, Outcome: outcome), static (closed, totals) => closed.Window.Run.WhenClosed(closed.Window, closed.Outcome, totals));
        _journal.Flush();
        return window.Closed!;
    }

    /// <summary>Lets a window receive only what flows with it: an iterator whose consumer is at work.</summary>
    public void Pause(TrackingWindow window) => _ledger.Pause(window.Account);

    /// <summary>Ends a pause; returns whether the window is open.</summary>
    public bool Resume(TrackingWindow window) => _ledger.Resume(window.Account);

    /// <summary>Work on a GPU goes on after the call that started it has returned: waits for it, as the user said how.</summary>
    private void Synchronize()
    {
        if (Ambient.IsSynchronizing)
        {
            return;
        }

        Ambient.IsSynchronizing = true;
        foreach (var synchronizer in Ambient.Synchronizers)
        {
            try
            {
                synchronizer.Synchronize();
            }
            catch (Exception fault)
            {
                Notice(DiagnosticCodes.TrackerFault, $"What was given to TrackingWindow.SynchronizeWith failed: {FaultText.Of(fault)}");
            }
        }

        Ambient.IsSynchronizing = false;
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
        ReadGpusOfMachine();
        SampleLedger(journal: false, closeInterval: true);
        return _ledger.Advance(use => use);
    }

    private void ReadGpusOfMachine()
    {
        if (_gpuLane is not null)
        {
            _gpuLane.AskAndWait();
        }
        else
        {
            ReadGpus();
        }
    }

    /// <summary>Takes a sample. Called by the sampling thread.</summary>
    /// <param name="journal">Whether the books are written.</param>
    /// <param name="closeInterval">Whether what is slow even for a sample is done too (<see cref="EnergyLedger.Sample"/>).</param>
    public void Sample(bool journal, bool closeInterval = true)
    {
        try
        {
            ReadGpus();
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
        _ledger.Sample((Run: this, Journal: journal), static (sampled, totals) => sampled.Run.WhenSampled(sampled.Journal, totals), closeInterval);
        if (journal)
        {
            _journal.Restore();
            _journal.Flush();
        }
    }

    private void ReadGpus()
    {
        _gpuLane?.Watch();
        if (_gpuLane is null)
        {
            foreach (var gpu in _gpus)
            {
                gpu.Read(alsoProcesses: true);
                _ledger.TakeReading(gpu);
            }
        }
    }

    private void WhenSampled(bool journal, LedgerTotals totals)
    {
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
                _journal.Window(window, _priceOfRun.Emissions(part), _priceOfRun);
            }

            CloseBooks(totals);
        });
        Notice(DiagnosticCodes.TestsSampled, RunSamples.Remark(rows.Count));
    }

    public void Dispose()
    {
        _sampler?.Dispose();
        _gpuLane?.Dispose();
        Dispose(_machine.Sensors);
        (_machine.Clock as IDisposable)?.Dispose();
    }

    private static void Dispose(SensorSet sensors)
    {
        Dispose(sensors.Packages);
        Dispose(sensors.Memory);
        Dispose(sensors.Gpus);
    }

    private static void Dispose(IReadOnlyList<IEnergySensor> sensors)
    {
        for (var i = 0; i < sensors.Count; i++)
        {
            sensors[i].Dispose();
        }
    }

    /// <summary>The devices of this machine, without a run.</summary>
    public static IReadOnlyList<AvailableDevice> DevicesOfThisMachine()
    {
        var settings = RunSettings.Read(EnvironmentVariables.OfThisProcess, RunIdentity.BuildProperties(Assembly.GetEntryAssembly() ?? typeof(TrackingRun).Assembly));
        var machine = RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System, settings.CpuModel);
        try
        {
            return RunDescription.Devices(machine);
        }
        finally
        {
            Dispose(machine.Sensors);
        }
    }

    private static TrackingRun OfThisProcess(Assembly assembly, string kind, string? declaredRegion)
    {
        var warmUp = RunWarmUp.Begin(TimeProvider.System);
        var environment = Ambient.Host?.Over(EnvironmentVariables.OfThisProcess) ?? EnvironmentVariables.OfThisProcess;
        var settings = RunSettings.Read(environment, RunIdentity.BuildProperties(assembly));
        settings = settings with { Region = settings.Region ?? (declaredRegion is not null && settings.Regions.Find(declaredRegion) is not null ? declaredRegion : null) };
        var (identity, ci) = (RunIdentity.Of(assembly, kind), CiContext.Read(EnvironmentVariables.OfThisProcess));
        var machine = RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System, settings.CpuModel);
        if (Ambient.HasEndedRun)
        {
            machine = machine with { AlreadyRunning = TimeSpan.Zero, IsLater = true };
        }

        return new TrackingRun(identity, settings, ci, machine, TimeProvider.System, sampling: true, warmUp);
    }

    private void Begin(Price declared)
    {
        var actual = ActualPrice(out var actualProblem);
        _journal.Begin(new JournalHeader
        {
            Tool = _tool,
            Run = _report,
            Testbed = Testbed.Describe(_machine.Cpu, [.. _machine.Sensors.Gpus.Select(sensor => sensor.Channel.Device)]),
            Method = _method,
            Pue = declared.Pue,
            Tariff = Tariff?.Report,
            Dataset = new ReportDataset { Version = _tool.Version, Sha256 = ProductData.Sha256 },
            Actual = actual?.Report,
            EmbodiedMachine = RunDescription.Embodied(Settings, _machine),
            FunctionalUnit = Settings.FunctionalUnit,
            Budgets = GroupBudgetsSetting.InJournal(Settings, Problems),
        });
        foreach (var problem in Problems)
        {
            Notice(DiagnosticCodes.SettingUnreadable, problem[(problem.IndexOf(':') + 2)..]);
        }

        if (actualProblem is not null)
        {
            Notice(DiagnosticCodes.SettingUnreadable, actualProblem);
        }

        if (_machine.CpuModel.Problem is { } unsound)
        {
            Notice(DiagnosticCodes.TrackerFault, unsound);
        }

        foreach (var replaced in Settings.Regions.Replaced())
        {
            Notice(DiagnosticCodes.IntensityRemark, replaced);
        }

        _notices.Begin();
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
        window.Closed = closed;
        NoteFailure(window, closed.Budget);
        NoteUnheeded(window);
        if (!window.Request.Exempt)
        {
            _notices.OfWindow(window.Account.Gpu, Ambient.Synchronizers.Count > 0);
            NoteOverlap(closed);
            _journal.Window(window, closed.Window, closed.Measurement, price);
        }
    }

    /// <summary>A method whose budget is exceeded fails the test that it is in, and outside tests nobody.</summary>
    private void NoteFailure(TrackingWindow window, BudgetOutcome budget)
    {
        if (!budget.Fails || window.Request.Kind != WindowKind.Method)
        {
            return;
        }

        for (var outer = window.Including; outer is not null; outer = outer.Including)
        {
            if (outer.Request.Kind == WindowKind.Test)
            {
                outer.FailureInside ??= budget.Message;
            }
        }
    }

    /// <summary>A budget that even the upper bound keeps does not depend on neighbours: nothing is to be done.</summary>
    private void NoteOverlap(ClosedWindow closed)
    {
        if (closed.Overlap is { } overlap && closed.HangsOnBounds)
        {
            Notice(DiagnosticCodes.BudgetNotMeasurable, overlap);
        }
    }

    private void NoteUnheeded(TrackingWindow window)
    {
        if (window.Request is { Minimum.Ticks: > 0 } request && window.Runs == 0)
        {
            Notice(DiagnosticCodes.SettingUnreadable, $"MinimumSeconds of {request.Id} is not heeded: only a partial method with its body in a method named …Core is repeated.");
        }
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

    /// <summary>The price of where the run really is, beside the declared ones. A place that is none is said; no budget hangs on it.</summary>
    private Price? ActualPrice(out string? problem)
    {
        problem = null;
        if (Settings.ActualRegion is not { } region)
        {
            return null;
        }

        if (Settings.Regions.FindPlace(region) is not { } place)
        {
            problem = $"ECO2TEST_ACTUAL_REGION or Eco2TestActualRegion: {Settings.Regions.Explain(region)}";
            return null;
        }

        return new Price(place, Assumed: false, Settings.Pue);
    }

    private static PriceList Prices(RunSettings settings, out string? problem)
    {
        problem = null;
        if (settings.Region is { } region && settings.Regions.Find(region) is null)
        {
            problem = $"{DiagnosticCodes.SettingUnreadable}: ECO2TEST_REGION or Eco2TestRegion: {settings.Regions.Explain(region)}";
            return new PriceList(settings.Regions, null, settings.Pue);
        }

        return new PriceList(settings.Regions, settings.Region, settings.Pue);
    }
}
