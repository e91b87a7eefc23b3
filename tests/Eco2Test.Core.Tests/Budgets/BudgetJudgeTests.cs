using Eco2Test.Budgets;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Budgets;

public sealed class BudgetJudgeTests
{
    private static readonly BudgetPolicy Default = default;

    [Fact]
    public void A_budget_that_is_exceeded_fails_and_says_by_how_much_how_we_know_and_how_sure_we_are()
    {
        var outcome = Judge(Used(540, 612, 900), "500 J");

        outcome.Verdict.ShouldBe(BudgetVerdict.Exceeded);
        outcome.Fails.ShouldBeTrue();
        outcome.Message.ShouldBe("ECO2001: X used 612 J (modeled, 540–900 J), budget 500 J, over by 22 % (at least 8 %)");
    }

    [Fact]
    public void What_is_only_probably_over_warns_and_does_not_fail()
    {
        var outcome = Judge(Used(400, 612, 900), "500 J");

        outcome.Verdict.ShouldBe(BudgetVerdict.Warned);
        outcome.Fails.ShouldBeFalse();
        outcome.Message.ShouldBe("ECO2002: X used 612 J (modeled, 400–900 J), budget 500 J, probably over by 22 %, but its lower bound is within");
    }

    [Fact]
    public void What_is_within_is_kept_without_a_word_also_when_its_upper_bound_is_over()
    {
        Judge(Used(100, 200, 300), "500 J").ShouldBe(new BudgetOutcome(BudgetVerdict.Kept, null, Fails: false));
        Judge(Used(100, 200, 900), "500 J").ShouldBe(new BudgetOutcome(BudgetVerdict.Kept, null, Fails: false));
        Judge(Used(500, 500, 500), "500 J").Verdict.ShouldBe(BudgetVerdict.Kept, "what equals its limit is within");
    }

    [Fact]
    public void Without_a_budget_there_is_no_verdict() =>
        BudgetJudge.Judge("X", Used(540, 612, 900), null, null, Default).ShouldBe(new BudgetOutcome(BudgetVerdict.None, null, Fails: false));

    [Theory]
    [InlineData(400, 612, 900, "Lower", BudgetVerdict.Warned)]
    [InlineData(400, 612, 900, "Central", BudgetVerdict.Exceeded)]
    [InlineData(400, 612, 900, "Upper", BudgetVerdict.Exceeded)]
    [InlineData(100, 200, 900, "Lower", BudgetVerdict.Kept)]
    [InlineData(100, 200, 900, "Central", BudgetVerdict.Kept)]
    [InlineData(100, 200, 900, "Upper", BudgetVerdict.Exceeded)]
    [InlineData(600, 700, 900, "Lower", BudgetVerdict.Exceeded)]
    public void The_bound_that_was_chosen_decides(double low, double central, double high, string bound, BudgetVerdict verdict)
    {
        var policy = new BudgetPolicy(Enum.Parse<BudgetBound>(bound), NotMeasurableAction.Warn);

        Judge(Used(low, central, high), "500 J", policy).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void The_excess_is_told_of_the_bound_that_is_over()
    {
        Judge(Used(400, 612, 900), "500 J", new(BudgetBound.Central, default)).Message!.ShouldEndWith("budget 500 J, over by 22 %");
        Judge(Used(100, 200, 900), "500 J", new(BudgetBound.Upper, default)).Message!.ShouldEndWith("budget 500 J, over by up to 80 %");
    }

    [Theory]
    [InlineData(502, "0.4 %")]
    [InlineData(500.02, "0.004 %")]
    [InlineData(541.6, "8.32 %")]
    [InlineData(549.99999, "10 %")]
    [InlineData(612, "22 %")]
    [InlineData(1500, "200 %")]
    [InlineData(4999, "900 %")]
    public void A_small_excess_is_not_rounded_to_none(double joules, string excess) =>
        Judge(Used(joules, joules, joules), "500 J").Message!.ShouldEndWith($"over by {excess} (at least {excess})");

    [Theory]
    [InlineData(5000, 5000, "10 times the budget (at least 10 times)")]
    [InlineData(919_065, 919_065, "1,838 times the budget (at least 1,838 times)")]
    [InlineData(540, 50_000, "100 times the budget (at least 8 %)")]
    public void What_is_many_times_the_budget_is_said_in_times(double low, double joules, string excess) =>
        InCulture.Run("de-DE", () => Judge(Used(low, joules, joules), "500 J").Message!).ShouldEndWith($"budget 500 J, {excess}");

    [Fact]
    public void What_is_many_times_the_budget_at_most_or_probably_is_said_in_times()
    {
        Judge(Used(100, 200, 50_000), "500 J", new(BudgetBound.Upper, default)).Message!.ShouldEndWith("budget 500 J, up to 100 times the budget");
        Judge(Used(100, 50_000, 60_000), "500 J").Message!.ShouldEndWith("budget 500 J, probably 100 times the budget, but its lower bound is within");
    }

    [Theory]
    [InlineData("Warn", false, true)]
    [InlineData("Error", true, true)]
    [InlineData("Ignore", false, false)]
    public void A_window_too_short_to_be_measured_decides_nothing(string action, bool fails, bool says)
    {
        var measurement = Used(540, 612, 900) with { Quality = MeasurementQuality.BelowResolution, Duration = TimeSpan.FromMicroseconds(150) };

        var outcome = Judge(measurement, "500 J", new(BudgetBound.Lower, Enum.Parse<NotMeasurableAction>(action)));

        outcome.Verdict.ShouldBe(BudgetVerdict.NotMeasurable);
        outcome.Fails.ShouldBe(fails);
        outcome.Message.ShouldBe(says
            ? "ECO2003: X used 612 J (modeled, 540–900 J), budget 500 J, but it ran for 0.15 ms, too short to be measured; the budget decides nothing"
            : null);
    }

    [Fact]
    public void A_window_below_resolution_keeps_a_budget_that_even_its_upper_bound_keeps() =>
        Judge(Used(100, 200, 500) with { Quality = MeasurementQuality.BelowResolution }, "500 J", new(default, NotMeasurableAction.Error))
            .ShouldBe(new BudgetOutcome(BudgetVerdict.Kept, null, Fails: false));

    [Fact]
    public void A_window_that_overlapped_is_judged_by_its_bounds()
    {
        Judge(Used(0, 612, 900) with { Quality = MeasurementQuality.Overlapped }, "500 J").Verdict.ShouldBe(BudgetVerdict.Warned);
        Judge(Used(540, 612, 900) with { Quality = MeasurementQuality.Overlapped }, "500 J").Verdict.ShouldBe(BudgetVerdict.Exceeded);
    }

    [Fact]
    public void A_budget_of_zero_is_kept_by_nothing_only_and_its_excess_is_an_amount()
    {
        Judge(Used(0, 0, 0), "0 J").Verdict.ShouldBe(BudgetVerdict.Kept);
        Judge(Used(540, 612, 900), "0 J").Message.ShouldBe("ECO2001: X used 612 J (modeled, 540–900 J), budget 0 J, over by 612 J (at least 540 J)");
    }

    [Fact]
    public void Emissions_are_judged_as_energy_is()
    {
        var outcome = BudgetJudge.Judge("X", Used(540, 612, 900), null, new(Emissions.Parse("5 mg")), Default);

        outcome.Verdict.ShouldBe(BudgetVerdict.Exceeded);
        outcome.Message.ShouldBe("ECO2001: X emitted 6.12 mg CO2e (modeled, 5.4–9 mg), budget 5 mg, over by 22 % (at least 8 %)");
    }

    [Fact]
    public void Of_two_budgets_the_worse_verdict_counts_and_every_message_is_kept()
    {
        var measurement = Used(540, 612, 900);

        BudgetJudge.Judge("X", measurement, new(Energy.Parse("1 kJ")), new(Emissions.Parse("5 mg")), Default).Verdict.ShouldBe(BudgetVerdict.Exceeded);
        BudgetJudge.Judge("X", measurement, new(Energy.Parse("500 J")), new(Emissions.Parse("10 mg")), Default).Verdict.ShouldBe(BudgetVerdict.Exceeded);
        BudgetJudge.Judge("X", measurement, new(Energy.Parse("600 J")), new(Emissions.Parse("10 mg")), Default).Verdict.ShouldBe(BudgetVerdict.Warned);
        var both = BudgetJudge.Judge("X", measurement, new(Energy.Parse("500 J")), new(Emissions.Parse("6 mg")), Default);
        both.Message!.Split('\n').Select(line => line[..7]).ShouldBe(["ECO2001", "ECO2002"]);
        both.Fails.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_reads_the_same_message(string culture) => HostileCulture.Run(culture, () =>
        Judge(Used(540.5, 1612.5, 1900), "500.5 J").Message.ShouldBe("ECO2001: X used 1.61 kJ (modeled, 0.54–1.9 kJ), budget 501 J, over by 222 % (at least 7.99 %)"));

    internal static Measurement Used(double low, double central, double high) => new()
    {
        Energy = Energy.FromJoules(central),
        EnergyLow = Energy.FromJoules(low),
        EnergyHigh = Energy.FromJoules(high),
        Cpu = Energy.FromJoules(central),
        Gpu = Energy.Zero,
        Ram = Energy.Zero,
        Self = Energy.FromJoules(central),
        Emissions = Emissions.FromGrams(central / 1e5),
        EmissionsLow = Emissions.FromGrams(low / 1e5),
        EmissionsHigh = Emissions.FromGrams(high / 1e5),
        CpuTime = TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromSeconds(1),
        Provenance = Provenance.Modeled,
        Quality = MeasurementQuality.Ok,
    };

    private static BudgetOutcome Judge(Measurement measurement, string budget, BudgetPolicy policy = default) =>
        BudgetJudge.Judge("X", measurement, new EnergyBudget(Energy.Parse(budget)), null, policy);
}
