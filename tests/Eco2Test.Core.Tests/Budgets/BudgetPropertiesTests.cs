using CsCheck;
using Eco2Test.Budgets;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Budgets;

/// <summary>What must hold of verdicts whatever was measured and whatever the limit is.</summary>
public sealed class BudgetPropertiesTests
{
    private static readonly Gen<Measurement> Measurements = Gen.Select(
        Gen.Double[0, 100].Array[3], Gen.Enum<MeasurementQuality>(), (joules, quality) =>
        {
            Array.Sort(joules);
            return BudgetJudgeTests.Used(joules[0], joules[1], joules[2]) with { Quality = quality };
        });

    private static readonly Gen<BudgetPolicy> Policies = Gen.Select(
        Gen.Enum<BudgetBound>(), Gen.Enum<NotMeasurableAction>(), (bound, action) => new BudgetPolicy(bound, action));

    private static readonly Gen<double> Limits = Gen.Frequency((1, Gen.Const(0.0)), (9, Gen.Double[0, 120]));

    [Fact]
    public void A_higher_limit_never_makes_a_verdict_worse() => Gen.Select(Measurements, Policies, Limits, Limits).Sample(
        (measurement, policy, one, other) =>
            Severity(Judge(measurement, Math.Max(one, other), policy)).ShouldBeLessThanOrEqualTo(Severity(Judge(measurement, Math.Min(one, other), policy))),
        iter: 2_000);

    [Fact]
    public void A_lower_bound_that_is_less_sure_never_turns_a_budget_that_is_kept_into_one_that_is_exceeded() => Gen.Select(Measurements, Policies, Limits, Gen.Double[0, 1]).Sample(
        (measurement, policy, limit, factor) =>
        {
            var wider = measurement with { EnergyLow = measurement.EnergyLow * factor };
            Severity(Judge(wider, limit, policy)).ShouldBeLessThanOrEqualTo(Severity(Judge(measurement, limit, policy)));
        },
        iter: 2_000);

    [Fact]
    public void A_test_fails_only_when_its_budget_is_exceeded_or_when_not_measurable_is_an_error() => Gen.Select(Measurements, Policies, Limits).Sample(
        (measurement, policy, limit) =>
        {
            var outcome = Judge(measurement, limit, policy);
            outcome.Fails.ShouldBe(
                outcome.Verdict == BudgetVerdict.Exceeded
                || (outcome.Verdict == BudgetVerdict.NotMeasurable && policy.NotMeasurable == NotMeasurableAction.Error));
            (outcome.Message is null).ShouldBe(
                outcome.Verdict == BudgetVerdict.Kept
                || (outcome.Verdict == BudgetVerdict.NotMeasurable && policy.NotMeasurable == NotMeasurableAction.Ignore));
        },
        iter: 2_000);

    [Fact]
    public void The_lower_bound_raises_no_false_alarm() => Gen.Select(Measurements, Limits).Sample(
        (measurement, limit) =>
        {
            if (Judge(measurement, limit, default).Verdict == BudgetVerdict.Exceeded)
            {
                measurement.EnergyLow.Joules.ShouldBeGreaterThan(limit);
            }
        },
        iter: 2_000);

    [Fact]
    public void Two_budgets_are_as_bad_as_the_worse_of_them() => Gen.Select(Measurements, Policies, Limits, Limits).Sample(
        (measurement, policy, joules, milligrams) =>
        {
            var emissions = new EmissionsBudget(Emissions.FromGrams(milligrams / 1e5));
            var (ofEnergy, ofEmissions) = (Judge(measurement, joules, policy), BudgetJudge.Judge("X", measurement, null, emissions, policy));

            var both = BudgetJudge.Judge("X", measurement, new EnergyBudget(Energy.FromJoules(joules)), emissions, policy);

            Severity(both).ShouldBe(Math.Max(Severity(ofEnergy), Severity(ofEmissions)));
            both.Fails.ShouldBe(ofEnergy.Fails || ofEmissions.Fails);
            both.Message.ShouldBe((ofEnergy.Message, ofEmissions.Message) switch
            {
                (null, var message) => message,
                (var message, null) => message,
                var (first, second) => $"{first}\n{second}",
            });
        },
        iter: 2_000);

    private static BudgetOutcome Judge(Measurement measurement, double joules, BudgetPolicy policy) =>
        BudgetJudge.Judge("X", measurement, new EnergyBudget(Energy.FromJoules(joules)), null, policy);

    private static int Severity(BudgetOutcome outcome) =>
        Array.IndexOf([BudgetVerdict.None, BudgetVerdict.Kept, BudgetVerdict.NotMeasurable, BudgetVerdict.Warned, BudgetVerdict.Exceeded], outcome.Verdict);
}
