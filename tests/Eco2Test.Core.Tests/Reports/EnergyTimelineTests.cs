using Eco2Test.Core.Tests.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Reports;

/// <summary>Where the energy of a run went by time. The made-up machine starts at 01:00, and an interval is five minutes.</summary>
public sealed class EnergyTimelineTests : IDisposable
{
    private readonly FakeRun _run = new();

    [Fact]
    public void A_short_run_is_in_one_interval_that_begins_at_a_multiple_of_five_minutes()
    {
        var machine = new FakeMachine();
        machine.Idle(123);
        using var run = new FakeRun(machine, SensorSet.None);
        run.Test("A");

        var report = run.Report();

        report.Timeline!.StartedAt.ShouldBe(DateTimeOffset.UnixEpoch.AddHours(1));
        report.Timeline.IntervalSeconds.ShouldBe(300);
        report.Timeline.TrackedJoules.ShouldBe([2]);
        report.Timeline.UntrackedJoules.Single().ShouldBe(report.Totals.UntrackedJoules);
        report.Windows.Single().Timeline.ShouldBeNull();
    }

    [Fact]
    public void A_window_over_several_intervals_has_its_energy_where_it_used_it()
    {
        var window = _run.Open("A");
        Work(window, seconds: 299);
        Rest(302);
        Work(window, seconds: 100);
        _run.Close(window);
        Rest(1);
        _run.Run.Sample(journal: true);

        var report = _run.Report();

        var own = report.Windows.Single().Timeline!;
        own.First.ShouldBe(0);
        own.Joules[0].ShouldBe(598, 1e-9);
        own.Joules[1].ShouldBe(0, 1e-9);
        own.Joules[2].ShouldBe(200, 10, "the host's hundredth of a CPU is given back when it closes");
        report.Timeline!.TrackedJoules.ShouldBe(own.Joules);
        report.Timeline.UntrackedJoules.Count.ShouldBe(3);
        FakeRun.ShouldBeConservedByTime(report);
    }

    [Fact]
    public void What_was_used_between_two_books_is_split_by_time()
    {
        _run.Run.Sample(journal: true);
        Rest(200);
        _run.Run.Sample(journal: true);
        var window = _run.Open("A");
        _run.Work(400, window);
        _run.Run.Sample(journal: true);

        var own = _run.Report().Windows.Single().Timeline!;

        // 800 J from second 200 to 600.
        own.First.ShouldBe(0);
        own.Joules[0].ShouldBe(200, 1e-9);
        own.Joules[1].ShouldBe(600, 1e-9);
    }

    [Fact]
    public void A_window_has_no_energy_before_it_started()
    {
        _run.Run.Sample(journal: true);
        Rest(310);
        var window = _run.Open("A");
        _run.Work(10, window);
        _run.Close(window);

        _run.Report().Windows.Single().Timeline.ShouldBeNull("it is in the interval in which it started");
        _run.Report().Timeline!.TrackedJoules[0].ShouldBe(0);
    }

    [Fact]
    public void A_clock_that_is_set_moves_no_energy()
    {
        _run.Machine.ClockJump = TimeSpan.FromHours(-3);
        _run.Test("A");
        _run.Machine.ClockJump = TimeSpan.FromHours(7);
        Rest(300);
        _run.Test("B");

        var report = _run.Report();

        report.Timeline!.TrackedJoules.Count.ShouldBe(2);
        report.Windows.ShouldAllBe(window => window.Timeline != null && window.Timeline.Joules.Count == 1);
        report.Windows.Select(window => window.Timeline!.First).ShouldBe([0, 1]);
        FakeRun.ShouldBeConservedByTime(report);
    }

    [Fact]
    public void A_correction_can_make_what_nobody_used_negative_and_adds_up_all_the_same()
    {
        var journal = Journal(Books(10, untracked: 5), Books(400, untracked: 3), Books(500, untracked: 4));

        var timeline = journal.Timeline!;

        timeline.UntrackedJoules[0].ShouldBe(5 - (2 * 290 / 390.0), 1e-12);
        timeline.UntrackedJoules[1].ShouldBe((-2 * 100 / 390.0) + 1, 1e-12);
        timeline.UntrackedJoules.Sum().ShouldBe(4, 1e-12);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(4e7)]
    public void A_journal_whose_time_is_none_has_no_timeline_and_is_a_report_all_the_same(double seconds)
    {
        var report = Journal(Books(1, untracked: 1), Books(seconds, untracked: 2));

        report.Timeline.ShouldBeNull();
        report.Totals.UntrackedJoules.ShouldBe(2);
    }

    [Fact]
    public void Time_that_goes_backwards_in_a_journal_stands_still()
    {
        var timeline = Journal(Books(301, untracked: 1), Books(-5, untracked: 2), Books(2, untracked: 3)).Timeline!;

        timeline.UntrackedJoules.Count.ShouldBe(2);
        timeline.UntrackedJoules.Sum().ShouldBe(3, 1e-12);
    }

    [Fact]
    public void A_report_whose_lists_do_not_fit_each_other_is_no_report()
    {
        _run.Test("A");
        var report = _run.Report();
        var (timeline, window) = (report.Timeline!, report.Windows[0]);

        foreach (var broken in new[]
        {
            report with { Timeline = timeline with { UntrackedJoules = [1, 2] } },
            report with { Timeline = timeline with { TrackedJoules = [], UntrackedJoules = [] } },
            report with { Timeline = timeline with { TrackedJoules = null! } },
            report with { Timeline = timeline with { IntervalSeconds = 0 } },
            report with { Timeline = timeline with { IntervalSeconds = 1e-320 } },
            report with { Timeline = timeline with { IntervalSeconds = 1e20 } },
            report with { Windows = [window with { Timeline = new ReportWindowTimeline { First = 1, Joules = [1] } }] },
            report with { Windows = [window with { Timeline = new ReportWindowTimeline { First = int.MaxValue, Joules = [1] } }] },
            report with { Windows = [window with { Timeline = new ReportWindowTimeline { First = -1, Joules = [1] } }] },
            report with { Windows = [window with { Timeline = new ReportWindowTimeline { First = 0, Joules = [] } }] },
            report with { Timeline = null, Windows = [window with { Timeline = new ReportWindowTimeline { First = 0, Joules = [1] } }] },
        })
        {
            Should.Throw<FormatException>(() => ReportJson.Read(ReportJson.Write(broken)));
        }
    }

    [Fact]
    public void A_price_with_a_null_in_it_is_no_report()
    {
        var report = SampleReports.Priced();
        var price = report.Prices![0];

        foreach (var broken in new[] { null!, price with { Key = null! }, price with { WindowGrams = null! }, price with { Stretches = [null!] }, price with { Notices = [null!] } })
        {
            Should.Throw<FormatException>(() => ReportJson.Read(ReportJson.Write(report with { Prices = [broken] }))).Message.ShouldContain("'prices'");
        }
    }

    public void Dispose() => _run.Dispose();

    private void Work(TrackingWindow window, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _run.Work(1, window);
            _run.Run.Sample(journal: true);
        }
    }

    private void Rest(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _run.Machine.Idle(1);
            _run.Run.Sample(journal: true);
        }
    }

    /// <summary>The report of a journal with these books.</summary>
    private EmissionsReport Journal(params JournalEntry[] books)
    {
        var header = ReportJson.ReadEntry(File.ReadLines(_run.JournalPath).First())!;
        var lines = books.Prepend(header).Select(entry => System.Text.Encoding.UTF8.GetString(ReportJson.Write(entry)));
        return JournalReader.Read(new StringReader(string.Join('\n', lines) + "\n"));
    }

    private JournalEntry Books(double seconds, double untracked)
    {
        var totals = _run.Report().Totals;
        return new JournalEntry
        {
            DurationSeconds = seconds,
            Totals = totals with { EnergyJoules = untracked, TrackedJoules = 0, UntrackedJoules = untracked },
        };
    }
}
