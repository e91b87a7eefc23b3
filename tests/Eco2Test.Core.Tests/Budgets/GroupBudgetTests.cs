using Eco2Test.Budgets;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Budgets;

/// <summary>Budgets of the run and of groups, from settings over the journal to the report. A test works for a second, which is 2 J, 1 to 3.</summary>
public sealed class GroupBudgetTests
{
    [Fact]
    public void A_budget_of_the_run_is_of_all_that_it_used_tracked_or_not_and_says_so()
    {
        var budget = Judged([Group("run", null, "5 J")], run =>
        {
            run.Test("A");
            run.Work(2);
        });

        budget.ShouldBe(budget with { Scope = "run", Pattern = null, EnergyJoules = 5, EmissionsGrams = null, Windows = 1, UsedJoules = 12, LowJoules = 6, HighJoules = 18, Verdict = BudgetVerdict.Exceeded, Fails = true });
        budget.Message.ShouldBe("ECO2001: the whole run of Shop.Tests (2 J tracked, 10 J untracked) used 12 J (modeled, 6–18 J), budget 5 J, over by 140 % (at least 20 %)");
    }

    [Fact]
    public void A_budget_of_a_group_is_of_its_windows_only()
    {
        var judged = All([Group("class", "Shop.ModelTests", "2.5 J"), Group("class", "Shop.OtherTests", "5 J"), Group("category", "slow", null, "1 g"), Group("name", "Shop.*.Train*", "1.9 J")], run =>
        {
            run.Test("Shop.ModelTests.Trains(rows: 10)", Slow);
            run.Test("Shop.ModelTests.Trains(rows: 20)");
            run.Test("Shop.ModelTests.Loads");
            run.Test("Shop.OtherTests.Loads", Slow);
            run.Work(100);
        });

        judged.Select(budget => (budget.Windows, budget.UsedJoules, budget.Verdict)).ShouldBe([
            (3, 6.0, BudgetVerdict.Exceeded), (1, 2.0, BudgetVerdict.Kept), (2, 4.0, BudgetVerdict.Kept), (2, 4.0, BudgetVerdict.Exceeded)]);
        judged[0].Message.ShouldBe("ECO2001: class Shop.ModelTests (3 windows) used 6 J (modeled, 3–9 J), budget 2.5 J, over by 140 % (at least 20 %)");
        judged[1].Message.ShouldBeNull();
        judged[2].UsedGrams.ShouldBe(4 / 3.6e6 * 44.18, 1e-9, "the declared price");
    }

    [Fact]
    public void What_is_inside_a_window_that_matches_is_not_counted_twice()
    {
        var judged = All([Group("name", "*", "5 J"), Group("name", "Shop.Model.Fit", "0.9 J")], run =>
        {
            var test = run.Open("Shop.ModelTests.Trains");
            var fit = run.Open("Shop.Model.Fit", test, request => request with { Kind = WindowKind.Method });
            run.Work(1, fit);
            run.Close(fit);
            run.Work(1, test);
            run.Close(test);
        });

        judged[0].ShouldBe(judged[0] with { Windows = 1, UsedJoules = 4, Verdict = BudgetVerdict.Kept });
        judged[1].ShouldBe(judged[1] with { Windows = 1, UsedJoules = 2, Verdict = BudgetVerdict.Exceeded });
    }

    [Theory]
    [InlineData("Shop.Model", "Shop.Model.Trains", true)]
    [InlineData("Shop.Model", "Shop.ModelTests.Trains", false)]
    [InlineData("Shop.model", "Shop.Model.Trains", false)]
    [InlineData("Shop.Model", "Shop.Model.Inner.Trains", true)]
    [InlineData("Shop.Model+Inner", "Shop.Model.Inner.Trains", true)]
    [InlineData("Shop.Model", "Shop.Model<System.Int32>.Trains(x: \"a.b(c)\")", true)]
    [InlineData("Shop.Model", "Shop.Model`1[System.Int32].Trains(x: 1)", true)]
    [InlineData("Shop.Model<System.Int32>", "Shop.Model`1[System.Int32].Trains(x: 1)", true)]
    [InlineData("Shop.Model<System.String>", "Shop.Model`1[System.Int32].Trains(x: 1)", false)]
    [InlineData("Shop.Model", "Shop.Model(1.5,\"a).b\").Trains", true)]
    [InlineData("Shop.*.Model", "Shop.Ml.Deep.Model.Trains", true)]
    [InlineData("Shop.Tests", "Shop.Tests.ModelTests.Trains", true)]
    [InlineData("Trains", "Shop.Model.Trains", false)]
    [InlineData("Shop.Model.Trains", "Shop.Model.Trains", false)]
    public void A_class_is_itself_whatever_its_type_arguments_and_the_classes_in_it(string pattern, string id, bool isOf) =>
        Judged([Group("class", pattern, "5 J")], run => run.Test(id)).Windows.ShouldBe(isOf ? 1 : 0);

    [Theory]
    [InlineData("Shop.Model.Trains", "Shop.Model.Trains(x: 1)", true)]
    [InlineData("Shop.Model.Trains", "Shop.Model.Trains#3", true)]
    [InlineData("Shop.Model.Trains(x: 1)", "Shop.Model.Trains(x: 1)", true)]
    [InlineData("Shop.Model.Trains(x: 1)", "Shop.Model.Trains(x: 12)", false)]
    [InlineData("Shop.*.Train*", "Shop.Model.Trains(x: 1)", true)]
    [InlineData("*Trains", "Shop.Model.Trains", true)]
    [InlineData("Shop.Model.Train", "Shop.Model.Trains", false)]
    [InlineData("shop.Model.Trains", "Shop.Model.Trains", false)]
    [InlineData("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_name_is_matched_whole_with_its_arguments_or_without(string pattern, string id, bool isOf) =>
        Judged([Group("name", pattern, "5 J")], run => run.Test(id)).Windows.ShouldBe(isOf ? 1 : 0);

    [Fact]
    public void A_group_that_nothing_belongs_to_says_what_to_do_and_fails_where_that_is_asked_for()
    {
        var judged = All([Group("class", "Shop.Gone", "5 J"), Group("category", "slow", "5 J"), Group("name", "Shop.*", "5 J")], run => run.Test("Other.Tests.A"));

        judged.ShouldAllBe(budget => budget.Verdict == BudgetVerdict.NotMeasurable && !budget.Fails);
        Judge([Group("class", "Shop.Gone", "5 J")], new BudgetPolicy(BudgetBound.Lower, NotMeasurableAction.Error), run => run.Test("Other.Tests.A")).Budgets!.ShouldHaveSingleItem().Fails.ShouldBeTrue();
        judged.Select(budget => budget.Message).ShouldBe([
            "ECO2012: class Shop.Gone has a budget and no data: none of 1 window in the report is in it; write the whole name, with the namespace, * standing for anything, and track its tests",
            "ECO2012: category slow has a budget and no data: no tracked test is in it; write the category as the framework has it (a trait as name=value), * standing for anything, and track its tests",
            "ECO2012: name Shop.* has a budget and no data: none of 1 window in the report is in it; write the whole name, with the namespace, * standing for anything, and track its tests"]);
    }

    [Fact]
    public void A_run_without_energy_and_a_group_without_energy_are_no_pass()
    {
        var none = All([Group("run", null, "5 J"), Group("name", "A", "5 J")], run => run.Close(run.Open("A")), report => report with
        {
            Totals = report.Totals with { EnergyJoules = 0, LowJoules = 0, HighJoules = 0, TrackedJoules = 0, UntrackedJoules = 0 },
            Windows = [.. report.Windows.Select(window => window with { Energy = window.Energy with { Joules = 0, LowJoules = 0, HighJoules = 0 } })],
        });

        none.ShouldAllBe(budget => budget.Verdict == BudgetVerdict.NotMeasurable && budget.Message!.StartsWith("ECO2012: "));
        none.Select(budget => budget.Fails).ShouldBe([true, false]);
        var nothing = All([Group("class", "A", "5 J")], _ => { }).Single();
        nothing.Message!.ShouldContain("nothing was tracked; put [TrackEmissions] on the tests");
        nothing.Fails.ShouldBeTrue("a run without data has kept no budget");
    }

    [Fact]
    public void A_budget_that_cannot_be_read_fails_and_is_never_no_budget()
    {
        var settings = Settings(("ECO2TEST_RUN_ENERGY_BUDGET", "5 apples"), ("File.Budgets", BudgetEntry.Write([new("class", "Shop.Model", "5", null)])));

        var report = Report(settings, run => run.Test("Shop.Model.A"));

        report.Budgets.ShouldNotBeNull().Select(budget => (budget.Scope, budget.Verdict, budget.Fails, budget.EnergyJoules, budget.Message)).ShouldBe([
            ("run", BudgetVerdict.NotMeasurable, true, null, "ECO2004: the environment variable ECO2TEST_RUN_ENERGY_BUDGET: 'apples' is not a unit of an energy; use one of uJ, µJ, mJ, J, kJ, MJ, mWh, Wh, kWh"),
            ("class", BudgetVerdict.NotMeasurable, true, null, "ECO2004: budgets in eco2test.json: class 'Shop.Model': energyBudget: '5' has no unit; write an energy such as '500 J'")]);
        report.Notices.Select(notice => notice.Code).ShouldBe(["ECO2004", "ECO2004"]);
        GroupBudgets.Failures(report).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("klass\tShop.Model\t5 J\t")]
    [InlineData("class\t\t5 J\t")]
    [InlineData("class\tShop.Model\t\t")]
    [InlineData("class\tShop.Model\t5 J\t1 apple")]
    [InlineData("class\tShop.Model\t5 J\t\tmore")]
    [InlineData("\n")]
    public void What_is_left_in_an_assembly_and_is_no_list_of_budgets_fails(string listed) =>
        Settings(("File.Budgets", listed)).GroupBudgets.ShouldAllBe(budget => budget.Problem!.StartsWith("ECO2004: budgets in eco2test.json: "));

    [Fact]
    public void An_empty_list_is_no_budget() => Settings(("File.Budgets", "")).GroupBudgets.ShouldBeEmpty();

    [Fact]
    public void Where_another_setting_cannot_be_read_no_budget_of_a_group_is_trusted()
    {
        var report = Report(Settings(("ECO2TEST_RUN_ENERGY_BUDGET", "1 kJ"), ("ECO2TEST_PUE", "x")), run => run.Test("A"));

        var budget = report.Budgets.ShouldHaveSingleItem();
        budget.Fails.ShouldBeTrue();
        budget.Message!.ShouldStartWith("ECO2004: the environment variable ECO2TEST_PUE: ");
    }

    [Fact]
    public void The_nearest_budget_of_a_run_counts()
    {
        Limit(("File.RunEnergyBudget", "1 J")).ShouldBe(1);
        Limit(("File.RunEnergyBudget", "1 J"), ("RunEnergyBudget", "2 J")).ShouldBe(2);
        Limit(("File.RunEnergyBudget", "1 J"), ("RunEnergyBudget", "2 J"), ("ECO2TEST_RUN_ENERGY_BUDGET", "3 J")).ShouldBe(3);
        Settings(("RunEmissionsBudget", "1 mg")).GroupBudgets.ShouldHaveSingleItem().Emissions.ShouldBe(new EmissionsBudget(Emissions.Parse("1 mg")));

        static double? Limit(params (string, string)[] settings) => Settings(settings).GroupBudgets.ShouldHaveSingleItem().Energy?.Limit.Joules;
    }

    [Theory]
    [InlineData("Lower", BudgetVerdict.Warned)]
    [InlineData("Central", BudgetVerdict.Exceeded)]
    public void Groups_are_judged_by_the_bound_of_the_run_and_the_report_says_which(string bound, BudgetVerdict verdict)
    {
        var report = Judge(
            [Group("name", "A", "1.9 J")], new BudgetPolicy(Enum.Parse<BudgetBound>(bound), default), run => run.Test("A"),
            report => report with { Windows = [.. report.Windows.Select(window => window with { Energy = window.Energy with { LowJoules = 1, HighJoules = 3 } })] });

        report.Budgets.ShouldHaveSingleItem().Verdict.ShouldBe(verdict);
        report.BudgetPolicy?.Bound.ShouldBe(bound.ToLowerInvariant());
        (report.BudgetPolicy is null).ShouldBe(bound == "Lower");
    }

    [Fact]
    public void Under_a_debugger_there_is_no_verdict()
    {
        using var run = new FakeRun(new RunSettings { Region = "FR", GroupBudgets = [Group("run", null, "1 J")] }, debugging: true);
        run.Test("A");

        var budget = run.Report().Budgets.ShouldNotBeNull().ShouldHaveSingleItem();

        (budget.Verdict, budget.Message, budget.Fails).ShouldBe((BudgetVerdict.None, null, false));
        run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2025");
    }

    [Fact]
    public void A_run_that_was_cut_off_keeps_no_budget_but_can_exceed_one()
    {
        var judged = All([Group("run", null, "100 J"), Group("run", null, "1 J"), Group("name", "A", "100 J"), Group("name", "A", "0.9 J")], run =>
        {
            run.Work(1, run.Open("A"));
            run.Run.Sample(journal: true);
        });

        judged.Select(budget => budget.Verdict).ShouldBe([BudgetVerdict.NotMeasurable, BudgetVerdict.Exceeded, BudgetVerdict.NotMeasurable, BudgetVerdict.Exceeded]);
        judged[0].Message!.ShouldEndWith("but its process ended before it did; the budget decides nothing");
        judged[2].Message!.ShouldEndWith("but the process ended before all of it did; the budget decides nothing");
        judged[0].Fails.ShouldBeFalse("as of a test, notMeasurable says what becomes of it");
    }

    [Theory]
    [InlineData(1, 0.005, 0, false)]        // One window of 5 ms under a counter of 1 ms.
    [InlineData(5, 0.005, 0, false)]
    [InlineData(11, 0.005, 0, true)]        // 11 of them: 55 ms against 16 ms · √11 = 53 ms.
    [InlineData(100_000, 0.0001, 0, false)] // However many: they are more edge than window.
    [InlineData(16, 0.1, 0.5, false)]       // Half of it of a GPU: 1.6 s against 1.6 s · 4.
    [InlineData(256, 0.1, 0.5, true)]
    public void A_sum_can_be_measured_where_its_windows_cannot(int windows, double seconds, double gpuShare, bool isMeasurable)
    {
        var template = OneWindow() with { DurationSeconds = seconds, Quality = MeasurementQuality.BelowResolution };
        ReportWindow[] all = [.. Enumerable.Range(1, windows).Select(seq => template with { Seq = seq, Energy = template.Energy with { GpuJoules = template.Energy.Joules * gpuShare } })];

        GroupResolution.QualityOf(all).ShouldBe(isMeasurable ? MeasurementQuality.Ok : MeasurementQuality.BelowResolution);
        (GroupResolution.WhyNotMeasurable(all) is null).ShouldBe(isMeasurable);
    }

    [Fact]
    public void Short_windows_that_are_next_to_nothing_of_a_sum_do_not_make_it_unsure()
    {
        var one = OneWindow();
        var tiny = one with { Quality = MeasurementQuality.BelowResolution, DurationSeconds = 1e-5, Energy = one.Energy with { Joules = one.Energy.Joules * 0.01 } };

        GroupResolution.QualityOf([one, tiny]).ShouldBe(MeasurementQuality.Ok);
        GroupResolution.QualityOf([tiny]).ShouldBe(MeasurementQuality.BelowResolution);
        GroupResolution.QualityOf([one with { Quality = MeasurementQuality.Overlapped }, tiny]).ShouldBe(MeasurementQuality.Overlapped);
    }

    [Fact]
    public void A_group_of_short_windows_says_why_it_decides_nothing_unless_its_upper_bound_keeps_it()
    {
        var judged = All([Group("name", "A", "1 J"), Group("name", "A", "1 kJ")], run => run.Test("A"), report => report with
        {
            Windows = [.. report.Windows.Select(window => window with { Quality = MeasurementQuality.BelowResolution, DurationSeconds = 0.0001 })],
        });

        judged.Select(budget => budget.Verdict).ShouldBe([BudgetVerdict.NotMeasurable, BudgetVerdict.Kept]);
        judged[0].Message.ShouldBe("ECO2003: name A (1 window) used 2 J (modeled, 1–3 J), budget 1 J, but 1 of its windows ran for 0.1 ms on average, too short to be measured, also together; the budget decides nothing");
    }

    [Fact]
    public void A_front_end_judges_a_report_by_budgets_that_it_was_given_which_are_nearer_than_its_own()
    {
        var report = Report(new RunSettings { Region = "FR", GroupBudgets = [Group("run", null, "0.9 J", "1 kg"), Group("name", "A", "5 J")] }, run => run.Test("A"));
        report.Budgets![0].Verdict.ShouldBe(BudgetVerdict.Exceeded);

        var judged = report.Judge(RunBudgets.Read(new("1 kJ", "--energy-budget"), default));

        judged.Budgets!.Select(budget => (budget.Scope, budget.EnergyJoules, budget.EmissionsGrams, budget.Verdict)).ShouldBe([
            ("run", 1000.0, 1000.0, BudgetVerdict.Kept), ("name", 5.0, null, BudgetVerdict.Kept)]);
        report.Judge(RunBudgets.Read(default, default)).ShouldBeSameAs(report);

        var unreadable = report.Judge(RunBudgets.Read(default, new("many", "--emissions-budget")));
        GroupBudgets.Failures(unreadable).ShouldHaveSingleItem().ShouldStartWith("ECO2004: --emissions-budget: 'many' does not begin with a number");
    }

    [Fact]
    public void A_run_with_a_budget_and_without_a_report_fails()
    {
        var budgets = new[] { RunBudgets.Read(new("1 kJ", "--energy-budget"), default).Group!, Group("class", "Shop.Model", "1 J") };

        GroupBudgets.WithoutReport(budgets, "no test is tracked").ShouldBe([
            "ECO2012: the whole run has a budget and no data: no test is tracked", "ECO2012: class Shop.Model has a budget and no data: no test is tracked"]);
        GroupBudgets.WithoutReport([], "no test is tracked").ShouldBeEmpty();
    }

    [Fact]
    public void Without_budgets_a_report_has_none()
    {
        var report = Report(new RunSettings { Region = "FR" }, run => run.Test("A"));

        (report.Budgets, report.BudgetPolicy).ShouldBe((null, null));
        ReportJson.Write(report).ShouldNotContain("udgetPolicy");
        GroupBudgets.Failures(report).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_budgets_say_is_in_the_file_of_the_report()
    {
        var report = Report(new RunSettings { Region = "FR", GroupBudgets = [Group("class", "Shop.Model", "1 J")] }, run => run.Test("Shop.Model.A"));

        ReportJson.Read(ReportJson.Write(report)).Budgets.ShouldBe(report.Budgets);
        Should.Throw<FormatException>(() => ReportJson.Read(ReportJson.Write(report).Replace("\"scope\": \"class\"", "\"scope\": null", StringComparison.Ordinal))).Message.ShouldContain("'budgets'");
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_judges_and_says_the_same(string culture) => HostileCulture.Run(culture, () =>
        Judged([Group("run", null, "1.5 J")], run => run.Test("A")).Message.ShouldBe(
            "ECO2001: the whole run of Shop.Tests (2 J tracked, 2 J untracked) used 4 J (modeled, 2–6 J), budget 1.5 J, over by 167 % (at least 33 %)"));

    private static WindowRequest Slow(WindowRequest request) => request with { Categories = ["slow", "owner=ada"] };

    private static ReportWindow OneWindow() => Report(new RunSettings { Region = "FR" }, run => run.Test("A")).Windows.Single();

    private static GroupBudget Group(string scope, string? pattern, string? energy, string? emissions = null) => new(
        scope, pattern,
        energy is null ? null : new EnergyBudget(Energy.Parse(energy)),
        emissions is null ? null : new EmissionsBudget(Emissions.Parse(emissions)));

    private static RunSettings Settings(params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        return RunSettings.Read(new(name => values.GetValueOrDefault(name)), values.GetValueOrDefault) with { Region = "FR" };
    }

    private static ReportGroupBudget Judged(GroupBudget[] budgets, Action<FakeRun> work) => All(budgets, work).ShouldHaveSingleItem();

    private static IReadOnlyList<ReportGroupBudget> All(GroupBudget[] budgets, Action<FakeRun> work, Func<EmissionsReport, EmissionsReport>? change = null) =>
        Judge(budgets, default, work, change).Budgets.ShouldNotBeNull();

    private static EmissionsReport Judge(GroupBudget[] budgets, BudgetPolicy policy, Action<FakeRun> work, Func<EmissionsReport, EmissionsReport>? change = null)
    {
        var settings = new RunSettings { Region = "FR", GroupBudgets = budgets, Budgets = policy };
        var report = Report(settings, work);
        return change is null ? report : GroupBudgets.Judge(change(report), GroupBudgetsSetting.InJournal(settings, [])!);
    }

    private static EmissionsReport Report(RunSettings settings, Action<FakeRun> work)
    {
        using var run = new FakeRun(settings);
        work(run);
        run.Run.Sample(journal: true);
        return run.Report();
    }
}
