using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A whole run on a machine that stands still until a test moves it, with its journal in a folder of its own.</summary>
internal sealed class FakeRun : IDisposable
{
    private readonly TempFolder _folder;

    public FakeRun(
        RunSettings? settings = null, bool debugging = false, TempFolder? folder = null, double availableCpus = 2, CpuPowerModel? model = null,
        int mostWindowsOfOneId = WindowSums.MostOfOneId, SensorSet? sensors = null, params IGpuSensor[] gpus)
        : this(new FakeMachine { Model = model ?? FakeMachine.TwoWatts }, sensors ?? new SensorSet { Gpus = gpus }, settings, debugging, folder, availableCpus, mostWindowsOfOneId)
    {
    }

    public FakeRun(
        FakeMachine machine, SensorSet sensors, RunSettings? settings = null, bool debugging = false, TempFolder? folder = null, double availableCpus = 2,
        int mostWindowsOfOneId = WindowSums.MostOfOneId)
    {
        (Machine, _folder) = (machine, folder ?? new TempFolder());
        Run = new TrackingRun(
            new RunIdentity("Shop.Tests", "net10.0", "Release", "test"),
            (settings ?? new RunSettings { Region = "FR" }) with { ResultsFolder = _folder },
            new CiContext("github", "77.1", "abc", "main", 42),
            FakeMachine.Describe(Machine, sensors) with
            {
                AvailableCpus = availableCpus,
                CpuModel = Machine.Model,
                ProcessId = 4711,
                IsDebugging = () => debugging,
            },
            Machine,
            sampling: false,
            mostWindowsOfOneId: mostWindowsOfOneId);
    }

    public FakeMachine Machine { get; }

    public TrackingRun Run { get; }

    public string Folder => _folder;

    public string JournalPath => Directory.GetFiles(_folder, "*" + ResultsFolder.JournalExtension).Single();

    /// <summary>Opens a window; <paramref name="more"/> adds to what it is opened with.</summary>
    public TrackingWindow Open(string id, TrackingWindow? parent = null, Func<WindowRequest, WindowRequest>? more = null)
    {
        var request = new WindowRequest { Id = id, DisplayName = id, Kind = WindowKind.Test };
        return Run.Open(more is null ? request : more(request), parent);
    }

    public ClosedWindow Close(TrackingWindow window, TestOutcome outcome = TestOutcome.Passed) => Run.Close(window, outcome);

    /// <summary>A test that works for a second of CPU and of wall time, which is 2 J.</summary>
    public ClosedWindow Test(string id, Func<WindowRequest, WindowRequest>? more = null)
    {
        var window = Open(id, null, more);
        Work(1, window);
        return Close(window);
    }

    /// <summary>Threads work that no window flows with, or one does.</summary>
    public void Work(double seconds, TrackingWindow? by = null)
    {
        by?.Account.AddFlow(TimeSpan.FromSeconds(seconds));
        Machine.WorkOutsideOfFlow(seconds);
        Machine.Idle(seconds);
    }

    /// <summary>What the journal says now, as if the process had been killed.</summary>
    public EmissionsReport Report() => JournalReader.Read(JournalPath);

    /// <summary>The first promise: roots and untracked make the whole, in joules and in grams; what is inside a window is not more than it.</summary>
    public static void ShouldBeConserved(EmissionsReport report)
    {
        var (totals, roots) = (report.Totals, report.Windows.Where(window => window.Parent is null).ToList());
        var tolerance = 1e-12 * Math.Max(1, totals.EnergyJoules);
        (roots.Sum(root => root.Energy.Joules) + totals.UntrackedJoules).ShouldBe(totals.EnergyJoules, tolerance);
        (totals.TrackedJoules + totals.UntrackedJoules).ShouldBe(totals.EnergyJoules, tolerance);
        (roots.Sum(root => root.EmissionsGrams) + totals.UntrackedGrams).ShouldBe(totals.EmissionsGrams, 1e-12 * Math.Max(1, totals.EmissionsGrams));
        totals.ShouldSatisfyAllConditions(
            _ => totals.LowJoules.ShouldBeLessThanOrEqualTo(totals.EnergyJoules + tolerance),
            _ => totals.HighJoules.ShouldBeGreaterThanOrEqualTo(totals.EnergyJoules - tolerance),
            _ => totals.LowGrams.ShouldBeLessThanOrEqualTo(totals.EmissionsGrams + tolerance),
            _ => totals.HighGrams.ShouldBeGreaterThanOrEqualTo(totals.EmissionsGrams - tolerance));
        report.Windows.Select(window => window.Seq).ShouldBeUnique();
        ShouldBeConservedByTime(report);
        foreach (var window in report.Windows)
        {
            window.Energy.LowJoules.ShouldBeGreaterThanOrEqualTo(-tolerance);
            window.Energy.LowJoules.ShouldBeLessThanOrEqualTo(window.Energy.Joules);
            window.Energy.HighJoules.ShouldBeGreaterThanOrEqualTo(window.Energy.Joules);
            window.LowGrams.ShouldBeLessThanOrEqualTo(window.EmissionsGrams);
            window.HighGrams.ShouldBeGreaterThanOrEqualTo(window.EmissionsGrams);
            (window.Energy.CpuJoules + window.Energy.GpuJoules + window.Energy.RamJoules).ShouldBe(window.Energy.Joules, tolerance);
            window.Energy.Joules.ShouldBeGreaterThanOrEqualTo(-tolerance);
            window.Energy.SelfJoules.ShouldBeGreaterThanOrEqualTo(-tolerance);
            report.Intensities.ShouldContain(intensity => intensity.Key == window.Intensity);
            var inside = report.Windows.Where(other => other.Parent == window.Seq).ToList();
            (window.Energy.SelfJoules + inside.Sum(other => other.Energy.Joules)).ShouldBe(window.Energy.Joules, tolerance);
            if (window.Parent is { } parent)
            {
                report.Windows.ShouldContain(other => other.Seq == parent);
            }
        }
    }

    /// <summary>By time too: windows add up over intervals, roots in each of them to tracked, and the intervals to the totals.</summary>
    public static void ShouldBeConservedByTime(EmissionsReport report)
    {
        var (timeline, totals) = (report.Timeline.ShouldNotBeNull(), report.Totals);
        var tolerance = 1e-9 * Math.Max(1, totals.EnergyJoules);
        timeline.TrackedJoules.Sum().ShouldBe(totals.TrackedJoules, tolerance);
        timeline.UntrackedJoules.Sum().ShouldBe(totals.UntrackedJoules, tolerance);
        timeline.UntrackedJoules.Count.ShouldBe(timeline.TrackedJoules.Count);
        var roots = new double[timeline.TrackedJoules.Count];
        foreach (var window in report.Windows)
        {
            var started = (int)Math.Floor((window.StartedAt - timeline.StartedAt).TotalSeconds / timeline.IntervalSeconds);
            var (first, joules) = window.Timeline is { } own ? (own.First, own.Joules)
                : window.Energy.Joules == 0 ? (0, [0.0])
                : (started, [window.Energy.Joules]);
            joules.Sum().ShouldBe(window.Energy.Joules, tolerance);
            for (var i = 0; i < joules.Count && window.Parent is null; i++)
            {
                roots[first + i] += joules[i];
            }
        }

        roots.Zip(timeline.TrackedJoules).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
    }

    public void Dispose()
    {
        Run.Dispose();
        _folder.Dispose();
    }

    internal static EnergyBudget Budget(string text) => new(Eco2Test.Units.Energy.Parse(text));
}
