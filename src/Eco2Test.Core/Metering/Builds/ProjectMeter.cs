using Eco2Test.Hardware;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>
/// The energy of projects on the node that builds them, which is this process with its children. A node works for one project
/// at a time: one that begins while another is open has interrupted it, and one that waits for others gets nothing meanwhile.
/// Under <c>-mt</c> several nodes are in one process, and nobody says so: one that says something though another has interrupted
/// it is at work beside that, and from then on they share. Of one that is silent all the while nobody knows; the other, which
/// was given everything, may not have used it then.
/// </summary>
internal sealed class ProjectMeter : IDisposable
{
    private readonly object _gate = new();
    private readonly TrackingRun _run;
    private readonly List<Open> _open = [];

    private readonly NodeClock _clock;
    private readonly bool _mayBeSeveral;

    /// <param name="run">The run of the node, which keeps no journal.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="mayBeSeveral">Whether several nodes may be in this process.</param>
    public ProjectMeter(TrackingRun run, NodeClock clock, bool mayBeSeveral = false) => (_run, _clock, _mayBeSeveral) = (run, clock, mayBeSeveral);

    /// <summary>Begins on the real machine; nothing is written.</summary>
    /// <param name="settings">What is set for the node.</param>
    /// <param name="words">The command line of the node.</param>
    public static ProjectMeter Start(RunSettings settings, IReadOnlyList<string> words)
    {
        var (run, clock) = RunStart.OfNode(new RunIdentity("node", null, null, "build"), settings with { KeepsJournal = false });
        return new ProjectMeter(run, clock, BuildCommandLine.MayBeSeveralNodes(words));
    }

    /// <summary>A project begins.</summary>
    /// <param name="key">What tells it from all others.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="settings">What is set for it.</param>
    public void Begin(object key, string name, RunSettings settings)
    {
        lock (_gate)
        {
            // Of one that failed, nobody said that it ended.
            End(key, TestOutcome.Failed);
            Interrupt();
            var window = _run.Open(new WindowRequest { Id = name, DisplayName = name, Kind = WindowKind.Project, Region = settings.Region, Pue = settings.Pue }, parent: null);
            _open.Add(new Open(key, window));
        }
    }

    /// <summary>A project waits for others, or goes on.</summary>
    public void Wait(object key, bool waits)
    {
        lock (_gate)
        {
            if (Find(key) is not { } open || open.Waits == waits)
            {
                return;
            }

            if (waits)
            {
                // It has been at work until now, whoever was thought to have interrupted it.
                GoOnBesideOthers(open);
                DoubtWhoIsSilent(open);
                open.Waits = true;
                _run.Pause(open.Window);
            }
            else
            {
                open.Waits = false;
                Interrupt();
                _open.Remove(open);
                _open.Add(open);
                Resume(open);
            }
        }
    }

    /// <summary>A project begins to compile, or has compiled: meanwhile the compiler server works for it.</summary>
    public void Compile(object key, bool begins)
    {
        lock (_gate)
        {
            var open = Find(key);
            if (open is { Waits: false })
            {
                // Before the server's work is booked.
                GoOnBesideOthers(open);
            }

            if (!_clock.SeesCompilerServer)
            {
                _run.Notice(DiagnosticCodes.ProcessesByNameOnly, "What the compiler server did for the project is not in its figure: on this system one process cannot be told from another.");
            }
            else if (begins)
            {
                _clock.BeginCompile(key);
            }
            else if (_clock.EndCompile(key) is { Share.IsOverlapped: true } work)
            {
                if (open is not null)
                {
                    open.Doubt += CpuDoubt.Of(work);
                }

                _run.Notice(DiagnosticCodes.CompilerServerShared, "Other projects compiled at the same time: what the compiler server did meanwhile is shared out by equal parts, since it does not say for whom it worked.");
            }
        }
    }

    /// <summary>A project has been built.</summary>
    /// <returns>Its figure; <see langword="null"/> when nobody said that it began.</returns>
    public ProjectFigure? End(object key)
    {
        lock (_gate)
        {
            if (Find(key) is { Waits: false } open)
            {
                GoOnBesideOthers(open);
                DoubtWhoIsSilent(open);
            }

            return End(key, TestOutcome.Passed);
        }
    }

    /// <summary>A project has failed, and is not worked on any more.</summary>
    public void Fail(object key)
    {
        lock (_gate)
        {
            End(key, TestOutcome.Failed);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            // A node that is reused lives on, and others would share with it.
            _clock.CancelAll();
            _run.Dispose();
        }
    }

    /// <summary>A project that was to compile is past that, and may not have compiled.</summary>
    public void CancelCompile(object key) => _clock.CancelCompile(key);

    private ProjectFigure? End(object key, TestOutcome outcome)
    {
        _clock.CancelCompile(key);
        if (Find(key) is not { } open)
        {
            return null;
        }

        var closed = _run.Close(open.Window, outcome);
        _open.Remove(open);
        if (_open.Count > 0 && !_open[^1].Waits)
        {
            Resume(_open[^1]);
        }

        return new ProjectFigure(_run, open.Doubt.Widen(closed, open.Window));
    }

    private Open? Find(object key) => _open.Find(each => each.Key.Equals(key));

    private void Interrupt()
    {
        var atWork = _open.FindAll(static each => !each.Window.Account.IsPaused);
        atWork.ForEach(DoubtWhoIsSilent);
        atWork.ForEach(open => _run.Pause(open.Window));
    }

    /// <summary>What those that were thought to have interrupted a project had meanwhile may be its own.</summary>
    /// <remarks>Threads would not tell: those of MSBuild work for now this project, now that.</remarks>
    private void GoOnBesideOthers(Open open)
    {
        if (!open.Window.Account.IsPaused)
        {
            return;
        }

        foreach (var other in _open.Where(static each => !each.Window.Account.IsPaused))
        {
            var now = CpuSeconds(other);
            other.Doubt += new CpuDoubt(TooMuch: now - other.CpuSecondsBefore, TooLittle: 0);
            open.Doubt += new CpuDoubt(TooMuch: 0, TooLittle: now - other.CpuSecondsBefore);
            other.CpuSecondsBefore = now;
        }

        Resume(open);
    }

    /// <summary>
    /// Whom a project has interrupted, and who has said nothing since, has stood still, unless several nodes are in this process:
    /// then all that the project had meanwhile may be theirs.
    /// </summary>
    private void DoubtWhoIsSilent(Open open)
    {
        var silent = _mayBeSeveral ? _open.FindAll(static each => each is { Waits: false, Window.Account.IsPaused: true }) : [];
        if (silent.Count == 0)
        {
            return;
        }

        var now = CpuSeconds(open);
        open.Doubt += new CpuDoubt(TooMuch: now - open.CpuSecondsBefore, TooLittle: 0);
        silent.ForEach(each => each.Doubt += new CpuDoubt(TooMuch: 0, TooLittle: now - open.CpuSecondsBefore));
        open.CpuSecondsBefore = now;
    }

    private void Resume(Open open)
    {
        if (open.Window.Account.IsPaused)
        {
            open.CpuSecondsBefore = CpuSeconds(open);
            _run.Resume(open.Window);
        }
    }

    private double CpuSeconds(Open open) => _run.Look(open.Window).CpuTime.TotalSeconds;

    private sealed record Open(object Key, TrackingWindow Window)
    {
        public bool Waits { get; set; }

        /// <summary>What may be others', or may be its own.</summary>
        public CpuDoubt Doubt { get; set; }

        /// <summary>What it had used when it went on last, or when another went on beside it.</summary>
        public double CpuSecondsBefore { get; set; }
    }
}

/// <summary>What a project used on its node.</summary>
internal sealed class ProjectFigure(TrackingRun run, ClosedWindow closed)
{
    /// <summary>What it used.</summary>
    public Measurement Measurement => closed.Measurement;

    /// <summary>It as a report with one window.</summary>
    /// <param name="identity">Whose report it is.</param>
    public EmissionsReport Report(RunIdentity identity)
    {
        var attachment = run.Attachment(closed);
        var window = closed.Window with { Seq = 1, Parent = null };
        return new EmissionsReport
        {
            Tool = attachment.Tool,
            Run = attachment.Run with
            {
                Project = identity.Project,
                TargetFramework = identity.TargetFramework,
                Configuration = identity.Configuration,
                Kind = identity.Kind,
                StartedAt = window.StartedAt,
                DurationSeconds = window.DurationSeconds,
            },
            Testbed = Testbed.Describe(run.Machine.Cpu, [.. run.Machine.Sensors.Gpus.Select(sensor => sensor.Channel.Device)]),
            Method = attachment.Method,
            Intensities = [attachment.Intensity],
            Pue = attachment.Pue,
            Dataset = new ReportDataset { Version = attachment.Tool.Version, Sha256 = ProductData.Sha256 },
            Totals = new ReportTotals
            {
                EnergyJoules = window.Energy.Joules,
                TrackedJoules = window.Energy.Joules,
                UntrackedJoules = 0,
                LowJoules = window.Energy.LowJoules,
                HighJoules = window.Energy.HighJoules,
                CorrectionJoules = 0,
                OverheadJoules = 0,
                IdleJoules = 0,
                EmissionsGrams = window.EmissionsGrams,
                UntrackedGrams = 0,
                LowGrams = window.LowGrams,
                HighGrams = window.HighGrams,
                Intensity = window.Intensity,
            },
            Notices = run.Notices,
            Windows = [window],
        };
    }
}
