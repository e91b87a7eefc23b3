using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Budgets;

/// <summary>What is said of the budgets of a build and its projects, and what fails of it.</summary>
public sealed class BuildBudgetJudgeTests
{
    private const string Mode = "nodes=2 reuse=on compiler=warm server=off graph=off";

    private static readonly SettingPlace Place = new("buildEnergyBudget", "/home/ada/Shop/eco2test.json", 3, 24);

    [Theory]
    [InlineData(540, 612, 900, true, "error ECO3002: the build of Shop.slnx used 612 J (modeled, 540–900 J), budget 500 J, over by 22 % (at least 8 %)")]
    [InlineData(540, 612, 900, false, "warning ECO3002: the build of Shop.slnx used 612 J (modeled, 540–900 J), budget 500 J, over by 22 % (at least 8 %)")]
    [InlineData(400, 612, 900, true, "warning ECO3003: the build of Shop.slnx used 612 J (modeled, 400–900 J), budget 500 J, probably over by 22 %, but its lower bound is within")]
    [InlineData(400, 612, 900, false, "warning ECO3003: the build of Shop.slnx used 612 J (modeled, 400–900 J), budget 500 J, probably over by 22 %, but its lower bound is within")]
    [InlineData(100, 200, 900, true, null)]
    public void A_build_is_held_against_its_budget(double low, double central, double high, bool isError, string? said)
    {
        var judgement = OfBuild(Report(low, central, high), Budget("500 J") with { IsError = isError });

        Said(judgement).ShouldBe(said is null ? [] : [said]);
        judgement.Fails.ShouldBe(said?.StartsWith("error", StringComparison.Ordinal) == true);
        var judged = judgement.Judged.ShouldHaveSingleItem();
        (judged.Scope, judged.Pattern, judged.EnergyJoules, judged.UsedJoules, judged.Fails).ShouldBe(("build", null, 500, central, judgement.Fails));
        (judged.Message ?? "").ShouldBe(said is null ? "" : said[(said.IndexOf(' ') + 1)..]);
    }

    [Fact]
    public void A_project_is_held_against_its_budget_with_a_code_of_its_own_and_the_place_of_the_budget()
    {
        var judgement = BuildBudgetJudge.OfProject([OfProjects("500 J"), Budget("1 J")], "Shop.Core (net10.0)", BudgetJudgeTests.Used(540, 612, 900), Mode, default, isShadow: false);

        var verdict = judgement.Verdicts.ShouldHaveSingleItem();
        (verdict.Code, verdict.IsError, verdict.Place).ShouldBe(("ECO3001", true, Place));
        verdict.Message.ShouldBe("project Shop.Core (net10.0) used 612 J (modeled, 540–900 J), budget 500 J, over by 22 % (at least 8 %)");
        (judgement.Judged[0].Scope, judgement.Judged[0].Pattern).ShouldBe(("project", "Shop.Core (net10.0)"));
    }

    [Fact]
    public void The_window_of_a_project_in_a_report_is_held_against_its_budget()
    {
        var report = Report(540, 612, 900);
        var window = Window(2, "Shop.Core", WindowKind.Project, 30, 31, 40) with { Parent = 1 };

        BuildBudgetJudge.OfProject([OfProjects("20 J")], "Shop.Core", report, window, default, isShadow: false).Verdicts.ShouldHaveSingleItem().Message
            .ShouldBe("project Shop.Core used 31 J (modeled, 30–40 J), budget 20 J, over by 55 % (at least 50 %)");
        BuildBudgetJudge.OfProject([OfProjects("20 J")], "Shop.Core", report, null, default, isShadow: false).Verdicts.ShouldHaveSingleItem().Message
            .ShouldBe("project Shop.Core has a budget and no data: nothing of it was measured");
    }

    [Fact]
    public void Each_limit_has_a_verdict_of_its_own()
    {
        var judgement = OfBuild(Report(540, 612, 900), Budget("500 J") with { Emissions = new EmissionsBudget(Emissions.Parse("1 kg")) });

        judgement.Judged.Select(judged => judged.Verdict).ShouldBe([BudgetVerdict.Exceeded, BudgetVerdict.Kept]);
        judgement.Verdicts.ShouldHaveSingleItem();
    }

    [Fact]
    public void Emissions_are_held_against_their_limit() =>
        Said(OfBuild(Report(540, 612, 900), Budget("1 kJ") with { Energy = null, Emissions = new EmissionsBudget(Emissions.Parse("5 mg")) }))
            .ShouldBe(["error ECO3002: the build of Shop.slnx emitted 6.12 mg CO2e (modeled, 5.4–9 mg), budget 5 mg, over by 22 % (at least 8 %)"]);

    [Theory]
    [InlineData("Warn", true, "warning")]
    [InlineData("Error", true, "error")]
    [InlineData("Error", false, "warning")]
    [InlineData("Ignore", true, null)]
    public void What_was_cut_off_decides_nothing_below_its_limit(string action, bool isError, string? level)
    {
        var report = Report(100, 200, 300, MeasurementQuality.Incomplete);

        Said(BuildBudgetJudge.OfBuild([Budget("500 J") with { IsError = isError }], report, Policy(action), isShadow: false)).ShouldBe(level is null ? [] :
            [$"{level} ECO3004: the build of Shop.slnx used 200 J (modeled, 100–300 J), budget 500 J, but it was cut off before it ended; the budget decides nothing"]);
        Said(OfBuild(Report(600, 700, 800, MeasurementQuality.Incomplete), Budget("500 J"))).ShouldHaveSingleItem().ShouldStartWith("error ECO3002", customMessage: "it used more already");
    }

    [Fact]
    public void What_is_too_short_to_be_measured_decides_nothing() =>
        Said(OfBuild(Report(100, 200, 600, MeasurementQuality.BelowResolution), Budget("500 J")))
            .ShouldBe(["warning ECO3004: the build of Shop.slnx used 200 J (modeled, 100–600 J), budget 500 J, but it ran for 1000 ms, too short to be measured; the budget decides nothing"]);

    [Theory]
    [InlineData("compiler=warm reuse=on", "compiler=none reuse=on", true)]
    [InlineData("compiler=off", "compiler=none reuse=on", true)]
    [InlineData("compiler=warm reuse=off", "compiler=none reuse=on", false)]
    [InlineData("compiler=none", "compiler=warm reuse=on", false)]
    public void A_limit_holds_for_a_build_that_compiled_nothing_however_it_would_have(string wanted, string mode, bool holds)
    {
        var report = Report(1000, 1000, 1000);
        report = report with { Build = report.Build! with { Mode = mode } };

        Said(OfBuild(report, Budget("500 J") with { Mode = wanted })).ShouldHaveSingleItem().ShouldStartWith(holds ? "error ECO3002" : "warning ECO3004");
    }

    [Theory]
    [InlineData("compiler=warm reuse=on", null)]
    [InlineData("reuse=on  compiler=warm nodes=2 server=off graph=off", null)]
    [InlineData("compiler=cold reuse=on", "and this build was compiler=warm")]
    [InlineData("graph=on nodes=4", "and this build was graph=off nodes=2")]
    public void A_budget_of_another_mode_decides_nothing_and_says_which_it_needs(string wanted, string? differs)
    {
        foreach (var joules in new[] { 100.0, 1000 })
        {
            var said = Said(OfBuild(Report(joules, joules, joules), Budget("500 J") with { Mode = wanted }));

            if (differs is null)
            {
                said.Count.ShouldBe(joules > 500 ? 1 : 0);
            }
            else
            {
                said.ShouldHaveSingleItem().ShouldEndWith($", but the budget is for {wanted}, {differs}; the budget decides nothing");
                said[0].ShouldStartWith("warning ECO3004: the build of Shop.slnx used ");
            }
        }
    }

    [Fact]
    public void Where_nobody_knows_the_mode_a_budget_of_one_decides_nothing() =>
        Said(OfBuild(Report(600, 700, 800) with { Build = null }, Budget("500 J") with { Mode = "graph=on" })).ShouldHaveSingleItem()
            .ShouldEndWith("but the budget is for graph=on, and how this build was run is not known; the budget decides nothing");

    [Fact]
    public void A_budget_without_a_mode_is_judged_and_a_notice_says_what_that_is_worth()
    {
        var judgement = OfBuild(Report(600, 700, 800), Budget("500 J") with { Mode = null });

        judgement.Fails.ShouldBeTrue();
        var notice = judgement.Notices.ShouldHaveSingleItem();
        notice.Code.ShouldBe("ECO3007");
        notice.Message.ShouldContain(Mode);
        OfBuild(Report(600, 700, 800), Budget("500 J")).Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "error")]
    [InlineData(false, "warning")]
    public void A_build_without_data_has_kept_no_budget(bool isError, string level)
    {
        var budget = Budget("500 J") with { IsError = isError };

        Said(OfBuild(null, budget)).ShouldBe([$"{level} ECO3006: the build has a budget and no data: the build has no report; its warnings say why"]);
        Said(OfBuild(Report(0, 0, 0), budget)).ShouldHaveSingleItem().ShouldStartWith($"{level} ECO3006: the build of Shop.slnx has a budget and no data: it has no energy");
        Said(OfBuild(Report(1, 1, 1) with { Windows = [] }, budget)).ShouldHaveSingleItem().ShouldEndWith("no data: its report has no window of the build");
    }

    [Fact]
    public void A_budget_that_cannot_be_read_fails_whatever_its_severity() =>
        Said(OfBuild(Report(1, 1, 1), Budget("1 J") with { Energy = null, IsError = false, Problem = "buildEnergyBudget: '5' has no unit" })).ShouldBe(["error ECO3005: buildEnergyBudget: '5' has no unit"]);

    [Fact]
    public void In_shadow_everything_is_said_and_nothing_fails_nor_can_be_made_to()
    {
        BuildBudget[] budgets =
        [
            Budget("500 J"), Budget("500 J") with { IsError = false, Place = Place with { Line = 4 } },
            Budget("1 J") with { Energy = null, Problem = "'5' has no unit" },
        ];
        var judgement = BuildBudgetJudge.OfBuild(budgets, Report(600, 700, 800), default, isShadow: true);

        judgement.Fails.ShouldBeFalse();
        judgement.Verdicts.ShouldAllBe(verdict => verdict.IsMessage && !verdict.IsError && verdict.Judged!.Fails == false);
        judgement.Judged.ShouldAllBe(judged => !judged.Fails);
        judgement.Verdicts.Select(verdict => $"{verdict.Code}: {verdict.Message}").ShouldBe(
        [
            "ECO3016: would fail: ECO3002: the build of Shop.slnx used 700 J (modeled, 600–800 J), budget 500 J, over by 40 % (at least 20 %)",
            "ECO3002: the build of Shop.slnx used 700 J (modeled, 600–800 J), budget 500 J, over by 40 % (at least 20 %)",
            "ECO3016: would fail: ECO3005: '5' has no unit",
        ]);
        BuildBudgetJudge.OfBuild(budgets[..1], null, Policy("Error"), isShadow: true).Verdicts.ShouldHaveSingleItem().Code.ShouldBe("ECO3016");
    }

    [Fact]
    public void Under_a_debugger_there_is_no_verdict()
    {
        var report = Report(600, 700, 800) with { Notices = [new ReportNotice { Code = "ECO2025", Message = "" }] };

        OfBuild(report, Budget("500 J")).Verdicts.ShouldBeEmpty();
        OfBuild(report, Budget("500 J")).Judged.ShouldHaveSingleItem().Verdict.ShouldBe(BudgetVerdict.None);
        BuildBudgetJudge.OfProject([OfProjects("1 J")], "Shop", BudgetJudgeTests.Used(600, 700, 800), Mode, default, isShadow: false, isDebugging: true).Verdicts.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_budget_of_many_projects_is_said_once()
    {
        OfBuild(Report(600, 700, 800), [.. Enumerable.Range(0, 300).Select(_ => Budget("500 J"))]).Verdicts.ShouldHaveSingleItem();
        var one = OfBuild(Report(600, 700, 800), Budget("500 J") with { Mode = null });
        one.And(one).Verdicts.ShouldHaveSingleItem();
        one.And(one).Notices.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_report_has_what_was_judged()
    {
        var judgement = OfBuild(Report(600, 700, 800), Budget("500 J") with { Mode = null });

        var report = judgement.In(Report(600, 700, 800), Policy("Error"));

        report.Budgets.ShouldHaveSingleItem().Fails.ShouldBeTrue();
        report.BudgetPolicy!.NotMeasurable.ShouldBe("error");
        report.Notices.ShouldContain(notice => notice.Code == "ECO3007");
        ReportJson.Read(ReportJson.Write(report)).Budgets!.Single().Message.ShouldBe(report.Budgets![0].Message);
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_reads_the_same_message(string culture) => HostileCulture.Run(culture, () =>
        Said(OfBuild(Report(540.5, 1612.5, 1900), Budget("500.5 J"))).ShouldBe(["error ECO3002: the build of Shop.slnx used 1.61 kJ (modeled, 0.54–1.9 kJ), budget 501 J, over by 222 % (at least 7.99 %)"]));

    private static BuildBudget Budget(string energy) => new() { IsOfBuild = true, Energy = new EnergyBudget(Energy.Parse(energy)), Mode = "reuse=on", Place = Place };

    private static BuildBudget OfProjects(string energy) => Budget(energy) with { IsOfBuild = false };

    private static BudgetPolicy Policy(string action) => new(BudgetBound.Lower, Enum.Parse<NotMeasurableAction>(action));

    private static BuildJudgement OfBuild(EmissionsReport? report, params BuildBudget[] budgets) => BuildBudgetJudge.OfBuild(budgets, report, default, isShadow: false);

    private static IReadOnlyList<string> Said(BuildJudgement judgement) =>
        [.. judgement.Verdicts.Select(verdict => $"{(verdict.IsError ? "error" : verdict.IsMessage ? "message" : "warning")} {verdict.Code}: {verdict.Message}")];

    private static EmissionsReport Report(double low, double central, double high, MeasurementQuality quality = MeasurementQuality.Ok)
    {
        var sample = SampleReports.Nothing();
        return sample with
        {
            Run = sample.Run with { Project = "Shop.slnx", Kind = "build" },
            Notices = [],
            Build = new ReportBuild { Mode = Mode, Succeeded = true },
            Windows = [Window(1, "Shop.slnx", WindowKind.Build, low, central, high) with { Quality = quality }],
        };
    }

    private static ReportWindow Window(int seq, string id, WindowKind kind, double low, double central, double high)
    {
        var window = SampleReports.Window(seq, id, central);
        return window with
        {
            Kind = kind,
            Energy = window.Energy with { Joules = central, LowJoules = low, HighJoules = high, CpuJoules = central, GpuJoules = 0, RamJoules = 0 },
            EmissionsGrams = central / 1e5,
            LowGrams = low / 1e5,
            HighGrams = high / 1e5,
            DurationSeconds = 1,
        };
    }
}
