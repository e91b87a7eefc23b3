using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>The budgets of tests that state none.</summary>
public sealed class DefaultBudgetTests
{
    [Theory]
    [InlineData(null, null, BudgetVerdict.Exceeded, 0.001, 1e-6)]
    [InlineData("1 kJ", null, BudgetVerdict.Exceeded, 1000.0, 1e-6)]
    [InlineData("1 kJ", "1 g", BudgetVerdict.Kept, 1000.0, 1.0)]
    [InlineData(null, "1 g", BudgetVerdict.Exceeded, 0.001, 1.0)]
    public void A_budget_that_the_test_states_comes_before_the_default_each_by_itself(
        string? energy, string? emissions, BudgetVerdict verdict, double joules, double grams)
    {
        using var run = new FakeRun(Defaults("1 mJ", "1 ug"));

        // 2 J, and 24.5 µg in France.
        var closed = Test(run, new TrackedRow("T", null, energy, emissions, null, Enabled: true, null, 0)).ShouldNotBeNull();

        var window = run.Report().Windows.Single();
        window.Budget.ShouldNotBeNull();
        window.Budget.EnergyJoules.ShouldNotBeNull().ShouldBe(joules, 1e-12);
        window.Budget.EmissionsGrams.ShouldNotBeNull().ShouldBe(grams, 1e-12);
        window.Verdict.ShouldBe(verdict);
        (closed.Failure is not null).ShouldBe(verdict == BudgetVerdict.Exceeded);
    }

    [Theory]
    [InlineData("1 kJ", null, "ECO3008: EnergyBudget of Eco2Test.Core.Tests.Metering.DefaultBudgetTests.An_excluded_test_has_no_budget_and_no_window: '1 kJ' is not allowed: energyBudget in org/eco2test.json(1,19) has locked '500 J', and only what is as tight or tighter may stand nearer")]
    [InlineData("400 J", null, null)]
    [InlineData(null, "FR", null)]
    [InlineData(null, "DE", "ECO3008: Region of Eco2Test.Core.Tests.Metering.DefaultBudgetTests.An_excluded_test_has_no_budget_and_no_window: 'DE' is not allowed: region in org/eco2test.json(1,65) has locked 'FR', which cannot be changed")]
    public void An_attribute_does_not_loosen_what_a_file_has_locked(string? energy, string? region, string? failure)
    {
        using var run = new FakeRun(Defaults("500 J", "1 g") with
        {
            Locked = [new("EnergyBudget", "500 J", "energyBudget in org/eco2test.json(1,19)"), new("Region", "FR", "region in org/eco2test.json(1,65)")],
        });

        var closed = Test(run, new TrackedRow("T", region, energy, null, null, Enabled: true, null, 0)).ShouldNotBeNull();

        closed.Failure.ShouldBe(failure);
    }

    [Fact]
    public void An_excluded_test_has_no_budget_and_no_window()
    {
        using var run = new FakeRun(Defaults("1 uJ", "1 ug"));

        Test(run, null).ShouldBeNull();
        Test(run, new TrackedRow("T", null, null, null, null, Enabled: false, null, 0)).ShouldBeNull();

        run.Report().Windows.ShouldBeEmpty();
    }

    [Fact]
    public void Where_no_attachments_are_wanted_a_test_has_none_and_its_line_and_verdict_all_the_same()
    {
        using var run = new FakeRun(Defaults("1 mJ", "1 ug") with { Attachments = false });

        var closed = Test(run, new TrackedRow("T", null, null, null, null, Enabled: true, null, 0)).ShouldNotBeNull();

        closed.Attachment.ShouldBeNull();
        closed.Line.ShouldStartWith("eco2test: ");
        closed.Failure.ShouldNotBeNull();
        run.Report().Windows.ShouldHaveSingleItem();
    }

    private static ClosedTest? Test(FakeRun run, TrackedRow? row)
    {
        var method = new TestMethod(typeof(DefaultBudgetTests), typeof(DefaultBudgetTests).GetMethod(nameof(An_excluded_test_has_no_budget_and_no_window))!, row);
        var window = run.Run.Tests.Open(method, "key", "Works", [], attempt: 0);
        run.Work(1, window);
        return run.Run.Tests.Close("key", TestOutcome.Passed);
    }

    private static RunSettings Defaults(string energy, string emissions) =>
        new() { Region = "FR", EnergyBudget = Energy.Parse(energy), EmissionsBudget = Emissions.Parse(emissions) };
}
