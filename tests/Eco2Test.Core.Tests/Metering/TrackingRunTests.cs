using CsCheck;
using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A run from its first window to the report that is made of its journal.</summary>
public sealed class TrackingRunTests : IDisposable
{
    private readonly FakeRun _run = new();

    [Fact]
    public void Roots_and_untracked_make_the_whole_in_joules_and_in_grams()
    {
        _run.Machine.ResidentBytes = 3L << 30;
        _run.Work(2);
        var french = _run.Open("French");
        _run.Work(1);
        var german = _run.Open("German", null, request => request with { Region = "Germany" });
        _run.Work(3);
        _run.Close(french);
        _run.Work(0.1);
        _run.Close(german);
        _run.Work(5);
        _run.Run.Sample(journal: true);

        var report = _run.Report();

        FakeRun.ShouldBeConserved(report);
        report.Totals.UntrackedGrams.ShouldBe(report.Totals.UntrackedJoules / 3_600_000 * 44.18, 1e-15);
        var window = report.Windows.Single(window => window.Id == "German");
        window.Intensity.ShouldBe("DE");
        window.EmissionsGrams.ShouldBe(window.Energy.Joules / 3_600_000 * 342.06, 1e-15);
    }

    [Fact]
    public void Whatever_opens_and_closes_the_report_adds_up() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 9], Gen.Double[0, 3]).Array[1, 25].Sample(
        history =>
        {
            using var run = new FakeRun();
            var open = new List<TrackingWindow>();
            foreach (var (what, which, amount) in history)
            {
                var chosen = open.Count == 0 ? null : open[which % open.Count];
                switch (what)
                {
                    case 0:
                        open.Add(run.Open($"root {open.Count}", null, request => request with { Region = which % 2 == 0 ? "DE" : null, Exempt = which == 9 }));
                        break;
                    case 1 when chosen is { Request.Exempt: false }:
                        open.Add(run.Open($"nested {open.Count}", chosen, request => request with { Region = "PL" }));
                        break;
                    case 2 when chosen is not null:
                        run.Close(chosen);
                        break;
                    case 3:
                        chosen?.Account.AddFlow(TimeSpan.FromSeconds(amount / 2));
                        run.Work(amount);
                        break;
                    default:
                        run.Run.Sample(journal: true);
                        break;
                }
            }

            run.Run.Sample(journal: true);
            FakeRun.ShouldBeConserved(run.Report());
        },
        iter: 60);

    [Fact]
    public void A_nested_window_is_priced_as_its_root()
    {
        var root = _run.Open("root", null, request => request with { Region = "DE" });
        var nested = _run.Open("nested", root, request => request with { Region = "PL" });
        _run.Work(1);
        _run.Close(nested);
        _run.Close(root);

        _run.Report().Windows.ShouldAllBe(window => window.Intensity == "DE");
        _run.Report().Windows.Single(window => window.Id == "nested").Parent.ShouldBe(root.Seq);
    }

    [Fact]
    public void A_window_inside_one_that_has_closed_belongs_to_the_nearest_that_is_open()
    {
        var root = _run.Open("root", null, request => request with { Region = "DE" });
        var closed = _run.Open("closed", root);
        _run.Close(closed);
        var late = _run.Open("late", closed);
        _run.Work(1);
        _run.Close(late);
        _run.Close(root);

        var report = _run.Report();

        report.Windows.Single(window => window.Id == "late").Parent.ShouldBe(root.Seq);
        report.Windows.Single(window => window.Id == "late").Intensity.ShouldBe("DE");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_window_inside_a_root_that_has_closed_is_a_root()
    {
        var closed = _run.Open("closed", null, request => request with { Region = "DE" });
        _run.Close(closed);
        var late = _run.Open("late", closed);
        _run.Work(1);
        _run.Close(late);

        var window = _run.Report().Windows.Single(window => window.Id == "late");

        window.Parent.ShouldBeNull();
        window.Intensity.ShouldBe("FR");
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void A_run_in_a_container_idles_on_its_part_of_the_processors()
    {
        using var all = new FakeRun();
        using var part = new FakeRun(availableCpus: 1.5);

        Idle(part).ShouldBe(Idle(all) * 0.75, 1e-12);

        static double Idle(FakeRun run)
        {
            run.Machine.Idle(10);
            run.Test("Shop.Works");
            return run.Report().Totals.IdleJoules;
        }
    }

    [Fact]
    public void A_test_without_the_attribute_is_absent_and_its_energy_is_untracked()
    {
        var plain = _run.Open("plain", null, request => request with { Exempt = true });
        _run.Work(1);
        _run.Close(plain);
        _run.Test("tracked");

        var report = _run.Report();

        report.Windows.Select(window => window.Id).ShouldBe(["tracked"]);
        (report.Totals.UntrackedJoules - report.Totals.IdleJoules).ShouldBe(2, 1e-12);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Attempts_outcomes_and_metrics_are_told()
    {
        _run.Close(_run.Open("flaky"), TestOutcome.Failed);
        var second = _run.Open("flaky", null, request => request with { Attempt = 2 });
        second.Record("accuracy", 0.5);
        second.Record("accuracy", 0.91);
        second.Record("rows", 10);
        _run.Work(1);
        _run.Close(second, TestOutcome.Passed);
        second.Record("late", 1);

        var windows = _run.Report().Windows;

        windows.Select(window => (window.Attempt, window.Outcome)).ShouldBe([(1, TestOutcome.Failed), (2, TestOutcome.Passed)]);
        windows[1].Metrics.ShouldBe(new Dictionary<string, double> { ["accuracy"] = 0.91, ["rows"] = 10 }, ignoreOrder: true);
        windows[0].Metrics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_metric_that_is_no_number_is_refused(double value)
    {
        var window = _run.Open("A");

        Should.Throw<ArgumentException>(() => window.Record("loss", value)).Message.ShouldContain("'loss' must be a finite number");
        Should.Throw<ArgumentException>(() => window.Record(" ", 1));

        _run.Close(window).Window.Metrics.ShouldBeEmpty();
    }

    [Fact]
    public void Stopping_twice_gives_the_same()
    {
        var window = _run.Open("A");
        _run.Work(1, window);
        var first = window.Stop();
        _run.Work(5);

        window.Stop().ShouldBeSameAs(first);
        window.Dispose();

        first.Energy.Joules.ShouldBe(2, 1e-12);
        first.Duration.ShouldBe(TimeSpan.FromSeconds(1));
        _run.Report().Windows.Count.ShouldBe(1);
    }

    [Fact]
    public void A_process_that_is_killed_leaves_its_open_windows_incomplete_and_the_sums_conserved()
    {
        var root = _run.Open("root", null, request => request with { EnergyBudget = FakeRun.Budget("1 J") });
        var nested = _run.Open("nested", root);
        _run.Work(2);
        _run.Test("beside");
        _run.Run.Sample(journal: true);

        var report = _run.Report();

        report.Windows.Where(window => window.Quality == MeasurementQuality.Incomplete).Select(window => window.Seq).ShouldBe([root.Seq, nested.Seq], ignoreOrder: true);
        report.Windows.Single(window => window.Id == "root").ShouldSatisfyAllConditions(
            window => window.Outcome.ShouldBe(TestOutcome.Unknown),
            window => window.Verdict.ShouldBe(BudgetVerdict.None, "what has not ended is not judged"));
        report.Notices.ShouldContain(notice => notice.Code == "ECO2024" && notice.Message.Contains("2 windows were open"));
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Closing_a_window_closes_those_inside_it_with_it()
    {
        var root = _run.Open("root");
        var nested = _run.Open("nested", root);
        _run.Work(1);

        _run.Close(root);

        nested.Closed!.Window.Outcome.ShouldBe(TestOutcome.Unknown);
        nested.Stop().ShouldBeSameAs(nested.Closed.Measurement);
        _run.Report().Windows.Select(window => (window.Id, window.Outcome)).ShouldBe([("nested", TestOutcome.Unknown), ("root", TestOutcome.Passed)]);
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void Windows_that_nobody_closes_nest_as_deep_as_they_like()
    {
        const int Depth = 3_000;
        const int SmallStack = 256 * 1024;
        var thread = new Thread(
            () =>
            {
                var outer = _run.Open("outer");
                var innermost = outer;
                for (var i = 0; i < Depth; i++)
                {
                    innermost = _run.Open("inside", innermost);
                }

                _run.Work(1, innermost);
                _run.Close(outer);
            },
            SmallStack);
        thread.Start();
        thread.Join();

        var report = _run.Report();
        report.Windows.Count.ShouldBe(Depth + 1);
        report.Windows.ShouldAllBe(window => Math.Abs(window.Energy.Joules - 2) < 1e-9);
        report.Windows.Sum(window => window.Energy.SelfJoules).ShouldBe(2, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_is_skipped_or_over_goes_on_measuring_for_those_who_ask(bool skip)
    {
        var sensors = new SensorSet { Packages = [new FakeCounter()], Gpus = [new FakeSensor()] };
        using var run = new FakeRun(new RunSettings { Region = "FR", Skip = skip }, sensors: sensors);
        var open = run.Open("open");
        run.Run.Dispose();
        run.Run.Dispose();

        var late = run.Open("late", open);
        run.Work(1, late);
        late.Record("accuracy", 1);
        late.Repeat(TimeSpan.Zero, () => run.Work(1, late)).ShouldBe(1);
        Parallel.For(0, 8, _ => late.Stop());

        late.Stop().CpuTime.ShouldBe(TimeSpan.FromSeconds(2));
        open.Stop().Energy.ShouldBeGreaterThanOrEqualTo(late.Stop().Energy);
        run.Run.Sample(journal: true);
        Directory.GetFiles(run.Folder).Length.ShouldBe(skip ? 0 : 1);
    }

    [Fact]
    public void A_budget_is_judged_with_the_bound_that_the_settings_choose()
    {
        using var strict = new FakeRun(new RunSettings { Region = "FR", Budgets = new BudgetPolicy(BudgetBound.Central, NotMeasurableAction.Warn) });

        _run.Test("A", request => request with { EnergyBudget = FakeRun.Budget("1.5 J") }).Budget.Verdict.ShouldBe(BudgetVerdict.Warned);
        strict.Test("A", request => request with { EnergyBudget = FakeRun.Budget("1.5 J") }).Budget.Verdict.ShouldBe(BudgetVerdict.Exceeded);
        _run.Test("B", request => request with { EnergyBudget = FakeRun.Budget("0.5 J") }).Budget.Message
            .ShouldBe("ECO2001: B used 2 J (modeled, 1–3 J), budget 500 mJ, over by 300 % (at least 100 %)");
    }

    [Fact]
    public void A_window_shorter_than_an_edge_decides_no_budget()
    {
        var window = _run.Open("A", null, request => request with { EnergyBudget = FakeRun.Budget("1 mJ") });
        _run.Work(0.0001);

        var closed = _run.Close(window);

        closed.Measurement.Quality.ShouldBe(MeasurementQuality.BelowResolution);
        closed.Budget.Verdict.ShouldBe(BudgetVerdict.Kept, "0.3 mJ at most");
        var tight = _run.Open("B", null, request => request with { EnergyBudget = FakeRun.Budget("0.1 mJ") });
        _run.Work(0.0001);
        _run.Close(tight).Budget.Verdict.ShouldBe(BudgetVerdict.NotMeasurable);
    }

    [Fact]
    public void Under_a_debugger_no_verdict_is_given_and_that_is_said()
    {
        using var debugged = new FakeRun(debugging: true);

        var closed = debugged.Test("A", request => request with { EnergyBudget = FakeRun.Budget("0.1 J") });

        closed.Budget.ShouldBe(new BudgetOutcome(BudgetVerdict.None, null, Fails: false));
        debugged.Run.Sample(journal: true);
        debugged.Report().Notices.ShouldContain(notice => notice.Code == "ECO2025");
    }

    [Fact]
    public void A_setting_that_cannot_be_read_fails_the_windows_that_have_a_budget_and_leaves_others_alone()
    {
        using var run = new FakeRun(new RunSettings { Region = "FR", Problems = ["ECO2004: the environment variable ECO2TEST_PUE: 'x' is not a power usage effectiveness"] });

        run.Test("plain").Budget.ShouldBe(default);
        var budgeted = run.Test("budgeted", request => request with { EnergyBudget = FakeRun.Budget("1 kJ") });

        budgeted.Budget.ShouldBe(new BudgetOutcome(BudgetVerdict.NotMeasurable, "ECO2004: the environment variable ECO2TEST_PUE: 'x' is not a power usage effectiveness", Fails: true));
        run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2004" && notice.Message == "the environment variable ECO2TEST_PUE: 'x' is not a power usage effectiveness");
    }

    [Fact]
    public void A_run_in_an_unknown_region_is_priced_as_the_world_assumed_and_fails_budgets()
    {
        using var run = new FakeRun(new RunSettings { Region = "Frnace" });

        run.Test("plain").Intensity.Key.ShouldBe("WORLD (assumed)");
        var budgeted = run.Test("budgeted", request => request with { EmissionsBudget = new EmissionsBudget(Emissions.FromGrams(1000)) });

        budgeted.Budget.Fails.ShouldBeTrue();
        budgeted.Budget.Message!.ShouldStartWith("ECO2004: ");
        budgeted.Budget.Message!.ShouldContain("did you mean 'FR' (France)?");
        run.Report().Notices.Select(notice => notice.Code).ShouldBe(["ECO2010", "ECO2004"], ignoreOrder: true);
    }

    [Fact]
    public void A_window_in_an_unknown_region_is_said_and_its_budget_is_not_judged()
    {
        var plain = _run.Test("plain", request => request with { Region = "Frnace" });
        var budgeted = _run.Test("budgeted", request => request with { Region = "Frnace", EnergyBudget = FakeRun.Budget("1 kJ") });

        plain.Budget.ShouldBe(default);
        plain.Intensity.Key.ShouldBe("FR");
        budgeted.Budget.ShouldBe(new BudgetOutcome(BudgetVerdict.NotMeasurable, "ECO2004: Region of budgeted: 'Frnace' is not a known region; did you mean 'FR' (France)?", Fails: true));
        _run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2004" && notice.Message.StartsWith("Region of plain: 'Frnace' is not a known region"));
    }

    [Fact]
    public void A_run_without_a_region_says_that_its_price_is_assumed()
    {
        using var run = new FakeRun(new RunSettings());
        run.Test("A");

        var report = run.Report();

        report.Notices.Single().Code.ShouldBe("ECO2010");
        report.Intensities.Single().Assumed.ShouldBeTrue();
        report.Totals.Intensity.ShouldBe("WORLD (assumed)");
    }

    [Fact]
    public void The_overhead_of_the_building_is_in_the_grams_and_not_in_the_joules()
    {
        using var run = new FakeRun(new RunSettings { Region = "FR", Pue = 1.5 });

        var closed = run.Test("A");

        closed.Window.Energy.Joules.ShouldBe(2, 1e-12);
        closed.Window.EmissionsGrams.ShouldBe(2 / 3_600_000.0 * 1.5 * 44.18, 1e-15);
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void A_sensor_that_fails_is_a_notice_once_and_no_exception()
    {
        var sensor = new FakeSensor { Works = false };
        using var run = new FakeRun(gpus: sensor);
        run.Run.Sample(journal: true);
        run.Run.Sample(journal: true);

        run.Report().Notices.Count(notice => notice.Code == "ECO2021").ShouldBe(1);
        run.Report().Notices.ShouldContain(notice => notice.Message.StartsWith("Fake GPU: lost"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_model_whose_figures_cannot_be_is_replaced_by_an_average_and_said(double factor)
    {
        var watts = FakeMachine.TwoWatts.ActivePower;
        using var run = new FakeRun(model: FakeMachine.TwoWatts with { ActivePower = new BoundedPower(watts.Low * factor, watts.Central * factor, watts.High * factor) });

        var closed = run.Test("A");

        closed.Measurement.Energy.ShouldBeGreaterThan(Energy.Zero);
        closed.Measurement.Provenance.ShouldBe(Provenance.Assumed);
        run.Report().Method.Cpu.Source.ShouldBe("average-vcpu");
        run.Report().Notices.Single().ShouldSatisfyAllConditions(
            notice => notice.Code.ShouldBe("ECO2023"),
            notice => notice.Message.ShouldStartWith("The model of CPU power 'fake' (2 W busy above 1 W idle) gives powers that cannot be"));
        FakeRun.ShouldBeConserved(run.Report());
    }

    [Fact]
    public void A_journal_that_cannot_be_written_changes_no_measurement()
    {
        var folder = new TempFolder();
        Directory.Delete(folder);
        File.WriteAllText(folder, "a file where the folder should be");
        using var run = new FakeRun(folder: folder);

        var closed = run.Test("A");

        closed.Measurement.Energy.Joules.ShouldBe(2, 1e-12);
        run.Run.JournalFault.ShouldNotBeNull();
        File.Delete(run.Folder);
        run.Test("B");
        run.Run.JournalFault.ShouldBeNull();
        run.Report().Windows.Select(window => window.Id).ShouldBe(["A", "B"]);
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_writes_the_same_journal(string culture) => HostileCulture.Run(culture, () =>
    {
        using var run = new FakeRun();
        run.Test("A", request => request with { EnergyBudget = FakeRun.Budget("0.5 J") }).Budget.Message
            .ShouldBe("ECO2001: A used 2 J (modeled, 1–3 J), budget 500 mJ, over by 300 % (at least 100 %)");
        FakeRun.ShouldBeConserved(run.Report());
    });

    public void Dispose() => _run.Dispose();
}
