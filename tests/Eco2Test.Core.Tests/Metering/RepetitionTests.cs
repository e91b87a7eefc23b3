namespace Eco2Test.Core.Tests.Metering;

public sealed class RepetitionTests : IDisposable
{
    private readonly FakeRun _run = new();

    [Fact]
    public void Short_work_is_repeated_until_it_is_long_enough_and_its_joules_are_those_of_one_run()
    {
        var window = _run.Open("A");

        window.Repeat(TimeSpan.FromSeconds(2), () => _run.Work(0.25, window)).ShouldBe(8);

        var closed = _run.Close(window);
        closed.Measurement.Count.ShouldBe(8);
        closed.Measurement.Energy.Joules.ShouldBe(4, 1e-9);
        closed.Measurement.EnergyPerRun.Joules.ShouldBe(0.5, 1e-9);
        closed.Window.Count.ShouldBe(8);
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void Long_work_runs_once()
    {
        var window = _run.Open("A");

        window.Repeat(TimeSpan.FromSeconds(2), () => _run.Work(3, window)).ShouldBe(1);
    }

    [Fact]
    public void A_time_that_never_comes_is_no_error()
    {
        var window = _run.Open("A");
        var runs = 0;

        // Nothing else can end it.
        Should.Throw<InvalidOperationException>(() => window.Repeat(TimeSpan.MaxValue, () => _ = ++runs < 3 ? runs : throw new InvalidOperationException()));
        window.Repeat(TimeSpan.MinValue, () => _run.Work(1, window)).ShouldBe(3, "two before, and one");
    }

    [Fact]
    public async Task Work_that_is_awaited_is_repeated_too()
    {
        var window = _run.Open("A");

        var runs = await window.RepeatAsync(TimeSpan.FromSeconds(2), async () =>
        {
            await Task.Yield();
            _run.Work(1, window);
        });

        runs.ShouldBe(2);
    }

    [Fact]
    public void A_budget_is_that_of_one_run()
    {
        var window = _run.Open("A", null, request => request with { EnergyBudget = FakeRun.Budget("0.1 J") });
        window.Repeat(TimeSpan.FromSeconds(2), () => _run.Work(0.5, window));

        var closed = _run.Close(window);

        closed.Budget.Verdict.ShouldBe(BudgetVerdict.Exceeded);
        closed.Budget.Message!.ShouldContain("A used 1 J (modeled, 0.5–1.5 J, mean of 4 runs), budget 100 mJ");
    }

    [Fact]
    public void What_the_work_throws_is_the_callers()
    {
        var window = _run.Open("A");

        Should.Throw<InvalidOperationException>(() => window.Repeat(TimeSpan.FromSeconds(2), () => throw new InvalidOperationException("its own")));

        _run.Close(window).Measurement.Count.ShouldBe(1);
    }

    public void Dispose() => _run.Dispose();
}
