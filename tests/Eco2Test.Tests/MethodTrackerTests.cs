using System.Runtime.CompilerServices;
using Eco2Test.Reports;
using Eco2Test.Runtime;

namespace Eco2Test.Tests;

/// <summary>What generated wrappers call around a method, called as they call it.</summary>
[Collection(OneRun.Name)]
public sealed class MethodTrackerTests
{
    /// <summary>They share the one run, and the table, of this process; the run and its journal start with the first window.</summary>
    static MethodTrackerTests()
    {
        RuntimeHelpers.RunClassConstructor(typeof(TestHookTests).TypeHandle);
        Call(Tracker("Shop.Model.Fit(Int32)"));
    }

    [Fact]
    public void A_call_is_a_window_with_what_its_row_asks_for()
    {
        Call(Tracker("Shop.Model.Fit(Int32)"));

        var window = Windows("Shop.Model.Fit(Int32)")[^1];
        window.Kind.ShouldBe(WindowKind.Method);
        window.Source.ShouldBe(new ReportSource { File = "Model.cs", Line = 3 });
        window.Comparison.ShouldBe("models");
        window.Intensity.ShouldBe("DE");
        TrackingWindow.Current.ShouldBeNull();
    }

    [Fact]
    public void A_method_of_a_class_has_the_row_of_the_class_and_a_name_of_its_own()
    {
        Call(new MethodTracker(typeof(TestHookTests), "Shop.Store", "Shop.Store+Shelf.Count()"));

        Windows("Shop.Store.Shelf.Count").ShouldHaveSingleItem().Intensity.ShouldBe("SE");
    }

    [Fact]
    public void In_a_test_it_is_inside_the_window_of_the_test()
    {
        EnterTest("Tracked", "nested");
        Call(Tracker("Shop.Model.Fit(Int32)"));
        TestHook.Exit("nested", TestOutcome.Passed).ShouldNotBeNull().Failure.ShouldBeNull();

        var inner = Windows("Shop.Model.Fit(Int32)").Last(window => window.Parent is not null);
        Report().Windows.Single(window => window.Seq == inner.Parent).Id.ShouldEndWith(".Tracked");
        inner.Intensity.ShouldBe("FR", "a nested window is priced as its root");
    }

    [Fact]
    public void A_budget_that_is_exceeded_fails_the_test_that_called()
    {
        EnterTest("Tracked", "greedy");
        Call(Tracker("Shop.Model.Greedy()"));

        var result = TestHook.Exit("greedy", TestOutcome.Passed).ShouldNotBeNull();

        result.Failure.ShouldNotBeNull().ShouldStartWith("ECO2001: Shop.Model.Greedy used ");
        result.Line.ShouldContain("ECO2001: Shop.Model.Greedy");
    }

    [Fact]
    public void It_never_replaces_a_tests_own_failure()
    {
        EnterTest("Tracked", "greedy and failed");
        Call(Tracker("Shop.Model.Greedy()"));

        TestHook.Exit("greedy and failed", TestOutcome.Failed).ShouldNotBeNull().Failure.ShouldBeNull();
    }

    [Fact]
    public void Outside_of_tests_the_verdict_is_in_the_report_and_the_caller_sees_nothing()
    {
        Should.NotThrow(() => Call(Tracker("Shop.Model.Greedy()")));

        Windows("Shop.Model.Greedy")[^1].Verdict.ShouldBe(BudgetVerdict.Exceeded);
    }

    [Fact]
    public void A_budget_that_cannot_be_read_is_said()
    {
        EnterTest("Tracked", "malformed");
        Call(Tracker("Shop.Model.Malformed()"));

        TestHook.Exit("malformed", TestOutcome.Passed).ShouldNotBeNull().Failure.ShouldNotBeNull().ShouldContain("ECO2004: EnergyBudget of Shop.Model.Malformed");
    }

    [Theory]
    [InlineData("Shop.Model.Excluded()")]
    [InlineData("Shop.Model.NotInTheTable()")]
    public void What_is_excluded_or_in_no_table_is_only_called(string target)
    {
        var tracker = Tracker(target);
        using var scope = tracker.Enter();

        TrackingWindow.Current.ShouldBeNull();
    }

    [Fact]
    public void A_fault_of_the_tracker_does_not_reach_the_call()
    {
        var tracker = new MethodTracker(null!, "row", "target");

        Should.NotThrow(() => Call(tracker));
        Should.NotThrow(() => Call(tracker));
    }

    [Fact]
    public void Recursion_is_one_window()
    {
        var before = Windows("Shop.Model.Fit(Int32)").Count;
        Recurse(Tracker("Shop.Model.Fit(Int32)"), 5);

        Windows("Shop.Model.Fit(Int32)").Count.ShouldBe(before + 1);

        static void Recurse(MethodTracker tracker, int depth)
        {
            using var scope = tracker.Enter();
            if (depth > 0)
            {
                Recurse(tracker, depth - 1);
            }
        }
    }

    [Fact]
    public async Task A_call_goes_on_until_its_task_is_completed()
    {
        var source = new TaskCompletionSource<int>();
        var before = Windows("Shop.Model.Fit(Int32)").Count;

        var task = Tracked();
        TrackingWindow.Current.ShouldBeNull();
        Windows("Shop.Model.Fit(Int32)", incomplete: false).Count.ShouldBe(before);
        source.SetResult(5);

        task.ShouldBeSameAs(source.Task);
        (await task).ShouldBe(5);
        Windows("Shop.Model.Fit(Int32)").Count.ShouldBe(before + 1);

        Task<int> Tracked()
        {
            var scope = Tracker("Shop.Model.Fit(Int32)").Enter();
            try
            {
                return scope.Complete(source.Task);
            }
            finally
            {
                scope.Dispose();
            }
        }
    }

    [Fact]
    public async Task Short_work_is_repeated_for_as_long_as_is_asked()
    {
        var (runs, tracker) = (0, Tracker("Shop.Model.Short()"));
        var scope = tracker.Enter();
        scope.Repeat(() => ++runs).ShouldBe(runs, "the result of the last run");
        scope.Dispose();

        runs.ShouldBeGreaterThan(1);
        Windows("Shop.Model.Short")[^1].Count.ShouldBe(runs);

        var asynchronous = tracker.Enter();
        (await asynchronous.Complete(asynchronous.RepeatAsync(async () =>
        {
            await Task.Yield();
            return ++runs;
        }))).ShouldBe(runs);
        asynchronous.Dispose();
    }

    [Fact]
    public void Where_it_cannot_be_repeated_that_is_said()
    {
        Call(Tracker("Shop.Model.Short()"));

        Report().Notices.ShouldContain(notice => notice.Code == "ECO2004" && notice.Message.StartsWith("MinimumSeconds of Shop.Model.Short is not heeded", StringComparison.Ordinal));
    }

    [Fact]
    public void The_body_of_a_test_in_the_exact_form_is_in_the_tests_own_window()
    {
        const string Target = "Eco2Test.Tests.TestHookTests+Suite.Exact()";
        EnterTest("Exact", "exact");
        var runs = 0;
        var scope = Tracker(Target).Enter();
        scope.Repeat(() => { runs++; });
        scope.Dispose();
        TrackingWindow.Current.ShouldNotBeNull("the test goes on");
        TestHook.Exit("exact", TestOutcome.Passed).ShouldNotBeNull();

        var window = Windows("Eco2Test.Tests.TestHookTests.Suite.Exact").ShouldHaveSingleItem();
        window.Kind.ShouldBe(WindowKind.Test);
        window.Count.ShouldBe(runs);
    }

    [Fact]
    public void An_iterator_that_nobody_enumerates_closes_its_window_when_it_is_collected()
    {
        var before = Windows("Shop.Model.Fit(Int32)", incomplete: false).Count;
        Make();
        SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Windows("Shop.Model.Fit(Int32)", incomplete: false).Count > before;
            },
            TimeSpan.FromMinutes(1)).ShouldBeTrue();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Make()
        {
            var scope = Tracker("Shop.Model.Fit(Int32)").Enter();
            scope.Complete(Rows()).ShouldNotBeNull();
            scope.Dispose();
        }

        static IEnumerable<int> Rows()
        {
            yield return 1;
        }
    }

    private static MethodTracker Tracker(string target) => new(typeof(TestHookTests), target, target);

    private static void Call(MethodTracker tracker)
    {
        using var scope = tracker.Enter();
        Thread.SpinWait(2_000_000);
    }

    private static void EnterTest(string method, string key) => TestHook.Enter(
        typeof(TestHookTests).Assembly, typeof(TestHookTests.Suite), typeof(TestHookTests.Suite).GetMethod(method)!, key, method, [], attempt: 0);

    private static List<ReportWindow> Windows(string id, bool incomplete = true) =>
        [.. Report().Windows.Where(window => window.Id == id && (incomplete || window.Quality != MeasurementQuality.Incomplete))];

    private static EmissionsReport Report() =>
        JournalReader.Read(Directory.GetFiles(Environment.GetEnvironmentVariable("ECO2TEST_RESULTS")!, "*.eco2test.journal").ShouldHaveSingleItem());
}
