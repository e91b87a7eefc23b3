using CsCheck;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Metering.Samples;

/// <summary>A run whose tests have no window, from its first sample to its report.</summary>
public sealed class SampledRunTests
{
    [Fact]
    public void Tests_without_a_window_have_rows_of_their_own_and_idle_and_the_tracker_stay_untracked()
    {
        using var fake = new FakeRun();
        fake.Work(3);
        fake.Run.KeepSamples();
        var first = Timed(fake, "Shop.Tests.First", () => Worked(fake, 1));
        fake.Machine.Idle(0.5);
        fake.Run.Sample(journal: true);
        var second = Timed(fake, "Shop.Tests.Second", () => Worked(fake, 2));

        var report = Ended(fake, first, second);

        report.Windows.Select(window => (window.Id, window.Kind, window.Sampled, window.Outcome)).ShouldBe([
            ("Shop.Tests.First", WindowKind.Test, true, TestOutcome.Passed),
            ("Shop.Tests.Second", WindowKind.Test, true, TestOutcome.Passed)]);
        report.Windows.Select(window => window.Energy.Joules).ShouldBe([2.0, 4.0], 1e-9);
        report.Windows.ShouldAllBe(window => window.Quality == MeasurementQuality.Ok && window.Intensity == "FR" && window.Energy.LowJoules < window.Energy.Joules);
        report.Windows.Select(window => window.CpuSeconds).ShouldBe([1.0, 2.0], 1e-9);
        report.Totals.UntrackedJoules.ShouldBe(report.Totals.IdleJoules + 6, 1e-9, "three seconds of work before the first sample");
        report.Notices.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            notice => notice.Code.ShouldBe("ECO2045"),
            notice => notice.Message.ShouldStartWith("2 tests have no window of their own: figures per test are modeled"));
    }

    [Fact]
    public void A_test_with_a_window_gets_nothing_on_top()
    {
        using var fake = new FakeRun();
        fake.Run.KeepSamples();
        var method = typeof(SampledRunTests).GetMethod(nameof(A_test_with_a_window_gets_nothing_on_top))!;
        var tracked = Timed(fake, TestName.MethodOf(typeof(SampledRunTests).FullName!, method.Name), () =>
        {
            var row = new TrackedRow("*", null, null, null, null, Enabled: true, null, 0);
            var window = fake.Run.Tests.Open(new TestMethod(typeof(SampledRunTests), method, row), "key", "a test", [], attempt: 0);
            fake.Work(1, window);
            fake.Run.Tests.Close("key", TestOutcome.Passed);
        });
        var plain = Timed(fake, "Shop.Tests.Plain", () => Worked(fake, 1));

        var report = Ended(fake, tracked, plain);

        report.Windows.Select(window => window.Sampled).ShouldBe([false, true]);
        report.Windows.Select(window => window.Energy.Joules).ShouldBe([2.0, 2.0], 0.05);
    }

    [Fact]
    public void A_test_whose_window_is_exempt_is_cut_out_of_samples()
    {
        using var fake = new FakeRun();
        fake.Run.KeepSamples();
        var test = Timed(fake, "Shop.Tests.Exempt", () =>
        {
            var window = fake.Open("exempt", null, request => request with { Exempt = true });
            fake.Work(1, window);
            fake.Close(window);
        });

        Ended(fake, test).Windows.ShouldHaveSingleItem().Energy.Joules.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void Without_samples_tests_have_no_rows()
    {
        using var fake = new FakeRun();
        var test = Timed(fake, "Shop.Tests.First", () => Worked(fake, 1));

        Ended(fake, test).Windows.ShouldBeEmpty();
    }

    [Fact]
    public void Where_a_test_ran_for_long_its_energy_is_where_it_ran_by_time()
    {
        using var fake = new FakeRun();
        fake.Run.KeepSamples();
        var test = Timed(fake, "Shop.Tests.Long", () =>
        {
            for (var minute = 0; minute < 12; minute++)
            {
                Worked(fake, 60);
                fake.Run.Sample(journal: true);
            }
        });
        fake.Machine.Idle(900);

        var report = Ended(fake, test);

        report.Timeline!.TrackedJoules.ShouldBe([600.0, 600, 240, 0, 0, 0], 1e-6);
        report.Timeline.UntrackedJoules.Sum().ShouldBe(report.Totals.IdleJoules, 1e-6);
        report.Timeline.UntrackedJoules.ShouldAllBe(joules => joules >= 0);
    }

    private static readonly Gen<(int Work, int Idle, int Tests)[]> Histories =
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 2000], Gen.Int[0, 3]).Array[1, 40];

    [Fact]
    public void Tests_and_untracked_make_the_whole_in_joules_and_grams_and_by_time() => Histories.Sample(history =>
    {
        using var fake = new FakeRun();
        fake.Machine.ResidentBytes = 3L << 30;
        fake.Run.KeepSamples();
        var tests = new List<TimedTest>();
        foreach (var (work, idle, count) in history)
        {
            var test = Timed(fake, "Shop.Tests.Some", () => fake.Work(work / 1000.0));
            tests.AddRange(Enumerable.Repeat(test, count));
            fake.Machine.Idle(idle / 1000.0);
            fake.Run.Sample(journal: work % 3 == 0);
        }

        FakeRun.ShouldBeConserved(Ended(fake, [.. tests]));
    }, iter: 30);

    private static void Worked(FakeRun fake, double seconds)
    {
        fake.Run.Sample(journal: false);
        fake.Work(seconds);
        fake.Run.Sample(journal: false);
    }

    private static TimedTest Timed(FakeRun fake, string method, Action test)
    {
        var started = fake.Machine.GetUtcNow();
        test();
        return new TimedTest
        {
            Method = method, Id = method, DisplayName = method, StartedAt = started, Duration = fake.Machine.GetUtcNow() - started, Outcome = TestOutcome.Passed,
        };
    }

    private static EmissionsReport Ended(FakeRun fake, params TimedTest[] tests) => JournalReader.Read(fake.Run.End(tests).ShouldNotBeNull());
}
