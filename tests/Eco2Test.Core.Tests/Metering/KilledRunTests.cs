using System.Text;
using CsCheck;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Whatever a run has done, and wherever its journal is cut off: what it leaves adds up, in joules and in grams.</summary>
public sealed class KilledRunTests
{
    private enum What
    {
        Open,
        OpenInside,
        OpenExempt,
        Close,
        Work,
        WorkOfNobody,
        Repeat,
        GpuWorks,
        GpuFails,
        GpuIsOthers,
        Rest,
        RestLong,
        ClockJumps,
        Sample,
        CloseBooks,
    }

    private static readonly string?[] Regions = ["DE", "PL", null, "SE", "no region"];

    [Fact]
    public void A_run_that_is_killed_at_any_moment_leaves_a_report_that_adds_up() =>
        Gen.Select(Gen.Select(Gen.Enum<What>(), Gen.Int[0, 9], Gen.Double[0, 3]).Array[1, 60], Gen.Double[0, 1].Array[8]).Sample(
            (history, cuts) =>
            {
                using var story = new Story();
                foreach (var (what, which, amount) in history)
                {
                    story.Play(what, which, amount);
                }

                var journal = story.End();
                foreach (var cut in cuts)
                {
                    ShouldAddUp(journal.AsSpan(0, (int)(cut * journal.Length)));
                }
            },
            iter: 100);

    [Fact]
    public void What_closed_unwritten_inside_a_window_that_closed_last_is_no_more_than_that()
    {
        // Of one id the second is added up with all that follow, and their sum is written with the books only.
        using var run = new FakeRun(mostWindowsOfOneId: 1);
        run.Open("beside");
        var outer = run.Open("outer");
        run.Close(run.Open("inside", outer));
        run.Open("inside", outer);
        run.Work(1);
        run.Machine.Idle(100);
        run.Run.Sample(journal: true);
        run.Close(outer);

        var report = run.Report();

        FakeRun.ShouldBeConserved(report);
        var (closed, inside) = (report.Windows.Single(window => window.Id == "outer").Energy, report.Windows.Last(window => window.Id == "inside").Energy);
        (inside.Joules, inside.CpuJoules, inside.SelfJoules).ShouldBe((closed.Joules, closed.CpuJoules, closed.Joules));
        inside.HighJoules.ShouldBeGreaterThan(inside.Joules);
    }

    /// <summary>A journal without books is none; one with books adds up.</summary>
    private static void ShouldAddUp(ReadOnlySpan<byte> journal)
    {
        using var text = new StringReader(Encoding.UTF8.GetString(journal));
        try
        {
            FakeRun.ShouldBeConserved(JournalReader.Read(text));
        }
        catch (FormatException)
        {
            Encoding.UTF8.GetString(journal).Split('\n').SkipLast(1).ShouldNotContain(line => line.Contains("\"totals\":", StringComparison.Ordinal));
        }
    }

    private sealed class Story : IDisposable
    {
        private readonly FakeSensor _gpu = new() { Processes = [new GpuProcess(4711, 1)] };
        private readonly FakeRun _run;
        private readonly List<TrackingWindow> _open = [];

        public Story()
        {
            _run = new FakeRun(mostWindowsOfOneId: 2, gpus: _gpu);
            _run.Machine.ResidentBytes = 3L << 30;
        }

        public void Play(What what, int which, double amount)
        {
            var chosen = _open.Count == 0 ? null : _open[which % _open.Count];
            switch (what)
            {
                case What.Open:
                    _open.Add(_run.Open($"root {which % 3}", null, request => request with { Region = Regions[which % 5] }));
                    break;
                case What.OpenInside when chosen is { Request.Exempt: false }:
                    _open.Add(_run.Open($"inside {which % 2}", chosen, request => request with { Region = Regions[which % 5] }));
                    break;
                case What.OpenExempt:
                    _open.Add(_run.Open("exempt", null, request => request with { Exempt = true }));
                    break;
                case What.Close when chosen is not null:
                    _run.Close(chosen);
                    _open.RemoveAll(window => window.Closed is not null);
                    break;
                case What.Work:
                    _run.Work(amount, chosen);
                    break;
                case What.WorkOfNobody:
                    _run.Work(amount);
                    break;
                case What.Repeat:
                    chosen?.Repeat(TimeSpan.FromSeconds(1), () => _run.Work(0.4, chosen));
                    break;
                case What.GpuWorks:
                    (_gpu.Works, _gpu.Cumulative) = (true, _gpu.Cumulative + Energy.FromJoules(amount * 100));
                    break;
                case What.GpuFails:
                    (_gpu.Works, _gpu.Cumulative) = (which < 5, Energy.Zero);
                    break;
                case What.GpuIsOthers:
                    _gpu.Processes = which < 5 ? [new GpuProcess(1, 0.5)] : [new GpuProcess(4711, 0.5), new GpuProcess(1, 0.25)];
                    break;
                case What.Rest:
                    _run.Machine.Idle(amount);
                    break;
                case What.RestLong:
                    _run.Machine.Idle(amount * 300);
                    break;
                case What.ClockJumps:
                    _run.Machine.ClockJump += TimeSpan.FromMinutes(20 * (which - 4.5));
                    break;
                case What.Sample:
                    _run.Run.Sample(journal: false);
                    break;
                case What.CloseBooks:
                    _run.Run.Sample(journal: true);
                    break;
            }
        }

        /// <summary>The journal as it stands, with windows open or not.</summary>
        public byte[] End()
        {
            _run.Run.Sample(journal: true);
            return File.ReadAllBytes(_run.JournalPath);
        }

        public void Dispose() => _run.Dispose();
    }
}
