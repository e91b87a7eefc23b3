using Eco2Test.Budgets;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>What is said of a budgeted window that shared energy with others.</summary>
public sealed class OverlapTests
{
    private const string Remedy = "[DoNotParallelize] (MSTest)";

    [Fact]
    public void Its_message_its_line_and_the_report_name_its_neighbours_and_the_remedy()
    {
        using var run = new FakeRun();
        var first = run.Open("Shop.First");
        var judged = run.Open("Shop.Judged", more: request => request with { EnergyBudget = new EnergyBudget(Energy.FromJoules(0.001)) });
        var others = new[] { "Shop.Second", "Shop.Third", "Shop.Fourth" }.Select(id => run.Open(id)).ToList();
        run.Work(1, judged);
        run.Work(4);

        var closed = run.Close(judged);

        closed.Measurement.Quality.ShouldBe(MeasurementQuality.Overlapped);
        closed.Budget.Message.ShouldNotBeNull().ShouldContain("what ran beside it: Shop.First, Shop.Second, Shop.Third and 1 more.");
        closed.Budget.Message.ShouldContain(Remedy);
        closed.Overlap.ShouldNotBeNull();
        foreach (var other in others.Prepend(first))
        {
            run.Close(other).Overlap.ShouldBeNull("it has no budget");
        }
    }

    [Fact]
    public void A_verdict_that_another_figure_within_the_bounds_would_change_is_a_notice_of_the_report_and_no_other_is()
    {
        using var run = new FakeRun();
        var tight = run.Open("Shop.Tight", more: request => request with { EnergyBudget = new EnergyBudget(Energy.FromJoules(8)) });
        var wide = run.Open("Shop.Wide", more: request => request with { EnergyBudget = new EnergyBudget(Energy.FromJoules(1000)) });
        run.Work(1, tight);
        run.Work(1, wide);
        run.Work(4);

        run.Close(tight).HangsOnBounds.ShouldBeTrue();
        run.Close(wide).Budget.Verdict.ShouldBe(BudgetVerdict.Kept);

        run.Report().Notices.Where(notice => notice.Message.Contains(Remedy)).ShouldHaveSingleItem().Message.ShouldStartWith("Shop.Tight shares energy");
    }

    [Fact]
    public void A_window_that_ran_by_itself_says_nothing()
    {
        using var run = new FakeRun();

        run.Test("Shop.Alone", request => request with { EnergyBudget = new EnergyBudget(Energy.FromJoules(0.001)) }).Overlap.ShouldBeNull();
    }
}
