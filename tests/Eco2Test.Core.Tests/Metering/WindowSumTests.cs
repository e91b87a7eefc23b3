using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A run with very many windows of one id keeps the first 10,000 one by one, and the others as one row.</summary>
public sealed class WindowSumTests : IDisposable
{
    private const int More = 250;

    private readonly FakeRun _run = new();

    [Fact]
    public void Windows_beyond_ten_thousand_of_one_id_are_one_row_with_their_spread()
    {
        for (var i = 0; i < WindowSums.MostOfOneId + More; i++)
        {
            var window = _run.Open("A");
            _run.Work(i % 2 == 0 ? 1 : 3, window);
            _run.Close(window);
        }

        _run.Test("B");
        _run.Run.Sample(journal: true);
        var report = _run.Report();

        report.Windows.Count.ShouldBe(WindowSums.MostOfOneId + 2);
        var sum = report.Windows.Single(window => window.Count > 1);
        sum.Count.ShouldBe(More);
        sum.Energy.Joules.ShouldBe(More * 4, 1e-6);
        sum.DurationSeconds.ShouldBe(More * 2, 1e-6);
        sum.Spread!.LeastJoules.ShouldBe(2, 1e-9);
        sum.Spread.MostJoules.ShouldBe(6, 1e-9);
        sum.Spread.StandardDeviationJoules.ShouldBe(2, 1e-6);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Windows_that_repeat_their_work_spread_as_windows_and_not_as_runs()
    {
        using var run = new FakeRun(mostWindowsOfOneId: 0);
        for (var i = 0; i < 4; i++)
        {
            var window = run.Open("A");
            window.Repeat(TimeSpan.FromSeconds(3), () => run.Work(i % 2 == 0 ? 1 : 3, window));
            run.Close(window);
        }

        run.Run.Sample(journal: true);

        // 6 J each: three runs of 2 J, or one of 6 J.
        var sum = run.Report().Windows.Single();
        (sum.Count, sum.Energy.Joules).ShouldBe((8, 24));
        sum.Spread!.ShouldSatisfyAllConditions(
            spread => spread.LeastJoules.ShouldBe(6, 1e-9),
            spread => spread.MostJoules.ShouldBe(6, 1e-9),
            spread => spread.StandardDeviationJoules.ShouldBe(0, 1e-6));
    }

    [Fact]
    public void A_sum_is_written_with_the_books_and_not_with_each_window()
    {
        Fill("A", WindowSums.MostOfOneId);
        _run.Run.Sample(journal: true);
        var before = new FileInfo(_run.JournalPath).Length;

        Fill("A", 5_000);
        _run.Run.Sample(journal: true);

        (new FileInfo(_run.JournalPath).Length - before).ShouldBeLessThan(10_000);
        _run.Report().Windows.Single(window => window.Spread is not null).Count.ShouldBe(5_000);
    }

    [Fact]
    public void What_is_inside_a_window_that_is_part_of_a_sum_is_inside_the_sum()
    {
        Fill("Outer", WindowSums.MostOfOneId);
        for (var i = 0; i < 3; i++)
        {
            var outer = _run.Open("Outer");
            var inner = _run.Open("Inner", outer);
            _run.Work(1, inner);
            _run.Close(inner);
            _run.Close(outer);
        }

        _run.Run.Sample(journal: true);
        var report = _run.Report();

        var sum = report.Windows.Single(window => window.Spread is not null);
        report.Windows.Where(window => window.Id == "Inner").ShouldAllBe(window => window.Parent == sum.Seq);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_run_that_is_killed_between_two_books_keeps_the_sum_that_the_books_know()
    {
        Fill("A", WindowSums.MostOfOneId + 7);
        _run.Run.Sample(journal: true);
        Fill("A", 5);
        _run.Test("B");

        var report = _run.Report();

        FakeRun.ShouldBeConserved(report);
        report.Windows.Single(window => window.Spread is not null).Count.ShouldBe(12, "closing B closed the books");
    }

    public void Dispose() => _run.Dispose();

    private void Fill(string id, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _run.Close(_run.Open(id));
        }
    }
}
