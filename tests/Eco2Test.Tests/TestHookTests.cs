using System.Text.Json;
using Eco2Test.Runtime;

namespace Eco2Test.Tests;

/// <summary>What the generated hooks call, called as they call it, in the one run that a process has.</summary>
[Collection(OneRun.Name)]
public sealed class TestHookTests
{
    private const string Class = "Eco2Test.Tests.TestHookTests+Suite";

    static TestHookTests()
    {
        TrackedMethods.Register(typeof(TestHookTests).Assembly, [
            new TrackedMethod { Target = Class + ".Tracked()", Region = "FR", File = "Suite.cs", Line = 7, Comparison = "models" },
            new TrackedMethod { Target = Class + ".Rows(Int32)", Region = "FR" },
            new TrackedMethod { Target = Class + ".Overloaded(Int32)", Region = "FR" },
            new TrackedMethod { Target = Class + ".Overloaded(Object)", Region = "SE" },
            new TrackedMethod { Target = Class + ".OverBudget()", Region = "FR", EnergyBudget = "0.001 uJ", EmissionsBudget = "1 kg" },
            new TrackedMethod { Target = Class + ".Malformed()", Region = "FR", EnergyBudget = "5 apples" },
            new TrackedMethod { Target = Class + ".Excluded()", Enabled = false },
            new TrackedMethod { Target = "Eco2Test.Tests.TestHookTests+GenericSuite`1", Region = "FR" },
            new TrackedMethod { Target = Class + ".Categorized()" },
            new TrackedMethod { Target = Class + ".Exact()", Region = "FR", MinimumSeconds = 0.05 },
            new TrackedMethod { Target = "Shop.Model.Fit(Int32)", Region = "DE", File = "Model.cs", Line = 3, Comparison = "models" },
            new TrackedMethod { Target = "Shop.Model.Greedy()", EnergyBudget = "0.001 uJ" },
            new TrackedMethod { Target = "Shop.Model.Malformed()", EnergyBudget = "5 apples" },
            new TrackedMethod { Target = "Shop.Model.Excluded()", Enabled = false },
            new TrackedMethod { Target = "Shop.Model.Short()", MinimumSeconds = 0.05 },
            new TrackedMethod { Target = "Shop.Store", Region = "SE" },
        ], holdsTests: true);
    }

    [Fact]
    public void A_tracked_test_gives_an_attachment_and_a_line()
    {
        var result = Run("Tracked", "key-1", "Tracked").ShouldNotBeNull();

        using var attachment = JsonDocument.Parse(result.Attachment);
        attachment.RootElement.GetProperty("schema").GetString().ShouldBe("eco2test-window/v1");
        var window = attachment.RootElement.GetProperty("window");
        window.GetProperty("id").GetString().ShouldBe("Eco2Test.Tests.TestHookTests.Suite.Tracked");
        window.GetProperty("intensity").GetString().ShouldBe("FR");
        window.GetProperty("comparison").GetString().ShouldBe("models");
        window.GetProperty("source").GetProperty("line").GetInt32().ShouldBe(7);
        window.GetProperty("energy").GetProperty("joules").GetDouble().ShouldBeGreaterThan(0);
        result.Line.ShouldStartWith("eco2test: ");
        result.Line.ShouldContain("[FR]");
        result.Failure.ShouldBeNull();
    }

    [Fact]
    public void A_test_without_the_attribute_gives_nothing()
    {
        Run("Plain", "key-2", "Plain").ShouldBeNull();
        Run("Excluded", "key-3", "Excluded").ShouldBeNull();
    }

    [Fact]
    public void A_test_over_its_budget_must_fail_with_a_message_that_says_all()
    {
        var result = Run("OverBudget", "key-4", "OverBudget").ShouldNotBeNull();

        result.Failure.ShouldNotBeNull().ShouldStartWith("ECO2001: Eco2Test.Tests.TestHookTests.Suite.OverBudget used ");
        result.Failure.ShouldContain(" times the budget (at least ");
        Should.Throw<BudgetExceededException>(result.ThrowIfFailed).Message.ShouldBe(result.Failure);
    }

    [Fact]
    public void A_budget_never_replaces_a_tests_own_failure()
    {
        var result = Run("OverBudget", "key-5", "OverBudget", TestOutcome.Failed).ShouldNotBeNull();

        result.Failure.ShouldBeNull();
        result.Line.ShouldContain("ECO2001", Case.Sensitive, "it is still said");
    }

    [Fact]
    public void A_budget_that_cannot_be_read_is_never_no_budget()
    {
        var result = Run("Malformed", "key-6", "Malformed").ShouldNotBeNull();

        result.Failure.ShouldNotBeNull().ShouldContain("ECO2004: EnergyBudget of ");
        result.Failure.ShouldContain("'apples' is not a unit of an energy");
    }

    [Theory]
    [InlineData("Rows(n: 1)", "Eco2Test.Tests.TestHookTests.Suite.Rows(n: 1)")]
    [InlineData("Some.Name.Rows(2)", "Eco2Test.Tests.TestHookTests.Suite.Rows(2)")]
    [InlineData("Rows (2)", "Eco2Test.Tests.TestHookTests.Suite.Rows(2)")]
    [InlineData("Rows<Int32>(2)", "Eco2Test.Tests.TestHookTests.Suite.Rows<Int32>(2)")]
    [InlineData("Some.Fixture(\"a(b\").Rows(2)", "Eco2Test.Tests.TestHookTests.Suite.Rows(2)")]
    [InlineData(Class + "(\"b(c)\").Rows(2)", "Eco2Test.Tests.TestHookTests.Suite(\"b(c)\").Rows(2)")]
    [InlineData("Rows", "Eco2Test.Tests.TestHookTests.Suite.Rows")]
    [InlineData("a row by its own name", "Eco2Test.Tests.TestHookTests.Suite.Rows(a row by its own name)")]
    [InlineData(Class + ".a row by its own name", "Eco2Test.Tests.TestHookTests.Suite.Rows(a row by its own name)")]
    [InlineData("small model (slow)", "Eco2Test.Tests.TestHookTests.Suite.Rows(small model (slow))")]
    [InlineData("large model (slow)", "Eco2Test.Tests.TestHookTests.Suite.Rows(large model (slow))")]
    public void A_row_is_identified_by_its_arguments(string displayName, string id) =>
        Id(Run("Rows", displayName, displayName)).ShouldBe(id);

    [Fact]
    public void A_generic_class_is_called_by_its_arguments_and_by_no_version_of_their_assemblies()
    {
        var (type, key) = (typeof(GenericSuite<int>), new object());
        TestHook.Enter(typeof(TestHookTests).Assembly, type, type.GetMethod("Tracked")!, key, "Tracked", [], attempt: 0);

        Id(TestHook.Exit(key, TestOutcome.Passed)).ShouldBe("Eco2Test.Tests.TestHookTests.GenericSuite`1[System.Int32].Tracked");
    }

    [Fact]
    public void Attempts_of_a_retried_test_are_counted()
    {
        Attempt(Run("Tracked", "retried", "Tracked")).ShouldBe(1);
        Attempt(Run("Tracked", "retried", "Tracked")).ShouldBe(2);
    }

    [Fact]
    public void The_last_attempt_of_a_retried_test_carries_the_sum_of_all()
    {
        Root(Run("Tracked", "summed", "Tracked", TestOutcome.Failed)).TryGetProperty("attempts", out _).ShouldBeFalse("there is only one");
        var first = Joules(Attempt("summed by the framework", 1));
        var (second, last) = (Attempt("summed by the framework", 2), Attempt("summed by the framework", 3));

        var attempts = Root(last).GetProperty("attempts");
        attempts.GetProperty("count").GetInt32().ShouldBe(3);
        attempts.GetProperty("energyJoules").GetDouble().ShouldBe(first + Joules(second) + Joules(last), 1e-9);
        attempts.GetProperty("lowJoules").GetDouble().ShouldBeLessThan(attempts.GetProperty("energyJoules").GetDouble());
        attempts.GetProperty("highJoules").GetDouble().ShouldBeGreaterThan(attempts.GetProperty("energyJoules").GetDouble());
        attempts.GetProperty("emissionsGrams").GetDouble().ShouldBeGreaterThan(Root(last).GetProperty("window").GetProperty("emissionsGrams").GetDouble());
        last.ShouldNotBeNull().Line.Split('\n')[0].ShouldContain("; 3 attempts: ");
        second.ShouldNotBeNull().Line.ShouldContain("; 2 attempts: ");

        TestHookResult? Attempt(string key, int attempt)
        {
            TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), typeof(Suite).GetMethod("Tracked")!, key, "Tracked", [], attempt);
            Thread.SpinWait(2_000_000);
            return TestHook.Exit(key, TestOutcome.Failed);
        }
    }

    [Fact]
    public void A_framework_that_counts_attempts_begins_anew_with_the_first()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), typeof(Suite).GetMethod("Tracked")!, "two runs of one process", "Tracked", [], attempt: 1);
            Root(TestHook.Exit("two runs of one process", TestOutcome.Passed)).TryGetProperty("attempts", out var _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Categories_are_in_the_window()
    {
        TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), typeof(Suite).GetMethod("Tracked")!, "categories", "Tracked", ["slow", "Owner=ada"], attempt: 0);

        Categories(TestHook.Exit("categories", TestOutcome.Passed)).ShouldBe(["slow", "Owner=ada"]);
    }

    [Fact]
    public void Categories_that_stand_in_attributes_are_read_once_for_a_method_and_never_for_one_that_is_not_tracked()
    {
        var read = new List<string>();
        foreach (var method in new[] { "Categorized", "Categorized", "Plain" })
        {
            TestHook.Enter(typeof(TestHookTests).Assembly, Class, method, null, method, null, Read, attempt: 1, () => false);
            var result = TestHook.Exit(method, TestOutcome.Passed);
            (result is null ? [] : Categories(result)).ShouldBe(result is null ? [] : ["slow"]);
        }

        read.ShouldBe(["Categorized"]);

        IEnumerable<string> Read(Type testClass, System.Reflection.MethodInfo method)
        {
            read.Add(method.Name);
            return ["slow"];
        }
    }

    [Theory]
    [InlineData(1, "FR")]
    [InlineData("a", "SE")]
    [InlineData(null, "SE")]
    public void Of_overloads_the_arguments_choose(object? argument, string region)
    {
        TestHook.Enter(typeof(TestHookTests).Assembly, Class, "Overloaded", [argument], "overloaded", "Overloaded (1)", NoCategories, attempt: 1, () => false);

        Root(TestHook.Exit("overloaded", TestOutcome.Passed)).GetProperty("window").GetProperty("intensity").GetString().ShouldBe(region);
    }

    [Fact]
    public void A_test_that_failed_and_never_said_so_is_closed_when_the_next_begins()
    {
        var (broken, hasFailed) = (new object(), false);
        TestHook.Enter(typeof(TestHookTests).Assembly, Class, "Rows", null, broken, "Rows (left open)", NoCategories, attempt: 1, () => hasFailed);
        hasFailed = true;
        TestHook.Enter(typeof(TestHookTests).Assembly, Class, "Tracked", null, "the next", null, NoCategories, attempt: 1, () => false);
        TestHook.Exit("the next", TestOutcome.Passed);

        var window = Reports.JournalReader.Read(Journal()).Windows.Single(window => window.Id.EndsWith("Rows(left open)", StringComparison.Ordinal));
        window.Quality.ShouldNotBe(MeasurementQuality.Incomplete);
        window.Outcome.ShouldBe(TestOutcome.Failed);
        Id(TestHook.Exit(broken, TestOutcome.Failed)).ShouldBe(window.Id, "had it been cleaning up only, it would still be told");
    }

    [Fact]
    public void A_test_without_a_key_is_closed_when_it_is_out_of_its_time_and_another_begins()
    {
        var method = typeof(Suite).GetMethod("Rows")!;
        TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), method, NoCategories, _ => TimeSpan.FromTicks(1));
        var late = TrackingWindow.Current.ShouldNotBeNull();
        TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), method, NoCategories, _ => throw new InvalidOperationException("it is read once"));
        TrackingWindow.Start("left open by the test");

        Id(TestHook.Exit(null, TestOutcome.Unknown)).ShouldStartWith("Eco2Test.Tests.TestHookTests.Suite.Rows#");
        late.Stop().Quality.ShouldNotBe(MeasurementQuality.Incomplete);
        late.Closed.ShouldNotBeNull().Window.Outcome.ShouldBe(TestOutcome.Failed);
    }

    [Fact]
    public void What_tests_share_is_a_window_of_its_own_where_any_of_them_is_tracked()
    {
        TestHook.EnterFixture(typeof(TestHookTests).Assembly, typeof(Suite), "Prepare", isOfNamespace: false, "fixture");
        TestHook.ExitFixture("fixture", failed: true);
        TestHook.EnterFixture(typeof(TestHookTests).Assembly, typeof(OneRun), "PrepareAll", isOfNamespace: true, "fixture");
        TestHook.ExitFixture("fixture", failed: false);
        TestHook.EnterFixture(typeof(TestHookTests).Assembly, typeof(OneRun), "PrepareNothing", isOfNamespace: false, "fixture");
        TrackingWindow.Current.ShouldBeNull();
        TestHook.ExitFixture("fixture", failed: false);

        Reports.JournalReader.Read(Journal()).Windows.Where(window => window.Kind == WindowKind.Fixture)
            .Select(window => (window.Id, window.Parent, window.Outcome, window.Intensity))
            .ShouldBe([("Eco2Test.Tests.TestHookTests.Suite.Prepare", null, TestOutcome.Failed, "FR"), ("Eco2Test.Tests.OneRun.PrepareAll", null, TestOutcome.Passed, "FR")]);
    }

    [Fact]
    public void The_test_sees_its_window_and_records_metrics_in_it()
    {
        Enter("Tracked", "key-7", "Tracked");
        TrackingWindow.Current.ShouldNotBeNull().Record("accuracy", 0.91);
        var result = TestHook.Exit("key-7", TestOutcome.Passed).ShouldNotBeNull();

        JsonDocument.Parse(result.Attachment).RootElement.GetProperty("window").GetProperty("metrics").GetProperty("accuracy").GetDouble().ShouldBe(0.91);
        TrackingWindow.Current.ShouldBeNull();
    }

    [Fact]
    public void An_untracked_test_sees_no_window()
    {
        Enter("Plain", "key-8", "Plain");
        TrackingWindow.Current.ShouldBeNull();
        TestHook.Exit("key-8", TestOutcome.Passed).ShouldBeNull();
    }

    [Fact]
    public void The_attachment_is_written_to_a_file_of_its_very_name_in_the_results_folder()
    {
        var result = Run("Tracked", "key-9", "Tracked").ShouldNotBeNull();

        var file = result.WriteAttachment();

        Path.GetFileName(file).ShouldBe("window.eco2test.json");
        file.ShouldStartWith(Environment.GetEnvironmentVariable("ECO2TEST_RESULTS")!);
        File.ReadAllBytes(file).ShouldBe(result.Attachment);
    }

    [Fact]
    public void A_framework_that_gives_names_only_finds_the_same_row()
    {
        TestHook.Enter(typeof(TestHookTests).Assembly, Class, "Tracked", null, this, "Tracked", NoCategories, attempt: 1, () => false);

        Id(TestHook.Exit(this, TestOutcome.Passed)).ShouldBe("Eco2Test.Tests.TestHookTests.Suite.Tracked");
    }

    [Theory]
    [InlineData("No.Such.Class", "Tracked")]
    [InlineData(Class, "NoSuchMethod")]
    [InlineData("", "")]
    public void Names_that_are_not_there_are_no_fault_of_the_test(string testClass, string method)
    {
        Should.NotThrow(() => TestHook.Enter(typeof(TestHookTests).Assembly, testClass, method, null, "key-10", null, NoCategories, attempt: 1, () => false));
        TestHook.Exit("key-10", TestOutcome.Passed).ShouldBeNull();
    }

    [Fact]
    public void An_exit_without_an_enter_is_nothing() => TestHook.Exit("never entered", TestOutcome.Passed).ShouldBeNull();

    [Fact]
    public void Every_window_is_in_the_journal_when_its_test_has_ended()
    {
        var id = Id(Run("Rows", "journal", "Rows(n: 4711)"));

        var report = Reports.JournalReader.Read(Journal());
        report.Windows.ShouldContain(window => window.Id == id);
        var roots = report.Windows.Where(window => window.Parent is null).ToList();
        (roots.Sum(window => window.Energy.Joules) + report.Totals.UntrackedJoules).ShouldBe(report.Totals.EnergyJoules, 1e-9 * report.Totals.EnergyJoules);
        (roots.Sum(window => window.EmissionsGrams) + report.Totals.UntrackedGrams).ShouldBe(report.Totals.EmissionsGrams, 1e-9 * report.Totals.EmissionsGrams);
    }

    private static TestHookResult? Run(string method, string key, string displayName, TestOutcome outcome = TestOutcome.Passed)
    {
        Enter(method, key, displayName);
        Thread.SpinWait(2_000_000);
        return TestHook.Exit(key, outcome);
    }

    private static void Enter(string method, object key, string displayName) =>
        TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), typeof(Suite).GetMethod(method)!, key, displayName, [], attempt: 0);

    private static string? Id(TestHookResult? result) =>
        JsonDocument.Parse(result.ShouldNotBeNull().Attachment).RootElement.GetProperty("window").GetProperty("id").GetString();

    private static int Attempt(TestHookResult? result) => Root(result).GetProperty("window").GetProperty("attempt").GetInt32();

    private static double Joules(TestHookResult? result) => Root(result).GetProperty("window").GetProperty("energy").GetProperty("joules").GetDouble();

    private static IEnumerable<string?> Categories(TestHookResult? result) =>
        Root(result).GetProperty("window").GetProperty("categories").EnumerateArray().Select(category => category.GetString());

    private static JsonElement Root(TestHookResult? result) => JsonDocument.Parse(result.ShouldNotBeNull().Attachment).RootElement;

    private static IEnumerable<string> NoCategories(Type testClass, System.Reflection.MethodInfo method) => [];

    private static string Journal() => Directory.GetFiles(Environment.GetEnvironmentVariable("ECO2TEST_RESULTS")!, "*.eco2test.journal").ShouldHaveSingleItem();

#pragma warning disable CA1822, IDE0060, xUnit1013 // Tests of an imaginary suite: only their signatures matter.
    internal sealed class Suite
    {
        public void Tracked()
        {
        }

        public void Rows(int number)
        {
        }

        public void OverBudget()
        {
        }

        public void Malformed()
        {
        }

        public void Excluded()
        {
        }

        public void Categorized()
        {
        }

        public void Exact()
        {
        }

        public void Plain()
        {
        }

        public void Overloaded(int number)
        {
        }

        public void Overloaded(object? something)
        {
        }
    }

    internal sealed class GenericSuite<T>
    {
        public void Tracked()
        {
        }
    }
#pragma warning restore CA1822, IDE0060, xUnit1013
}
