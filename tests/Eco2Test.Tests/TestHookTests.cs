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
            new TrackedMethod { Target = Class + ".OverBudget()", Region = "FR", EnergyBudget = "0.001 uJ", EmissionsBudget = "1 kg" },
            new TrackedMethod { Target = Class + ".Malformed()", Region = "FR", EnergyBudget = "5 apples" },
            new TrackedMethod { Target = Class + ".Excluded()", Enabled = false },
            new TrackedMethod { Target = "Eco2Test.Tests.TestHookTests+GenericSuite`1", Region = "FR" },
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
        result.Failure.ShouldContain("budget 0.001 µJ, over by ");
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
        TestHook.Enter(typeof(TestHookTests).Assembly, type, type.GetMethod("Tracked")!, key, "Tracked");

        Id(TestHook.Exit(key, TestOutcome.Passed)).ShouldBe("Eco2Test.Tests.TestHookTests.GenericSuite`1[System.Int32].Tracked");
    }

    [Fact]
    public void Attempts_of_a_retried_test_are_counted()
    {
        Attempt(Run("Tracked", "retried", "Tracked")).ShouldBe(1);
        Attempt(Run("Tracked", "retried", "Tracked")).ShouldBe(2);
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
        TestHook.Enter(typeof(TestHookTests).Assembly, Class, "Tracked", this, "Tracked");

        Id(TestHook.Exit(this, TestOutcome.Passed)).ShouldBe("Eco2Test.Tests.TestHookTests.Suite.Tracked");
    }

    [Theory]
    [InlineData("No.Such.Class", "Tracked")]
    [InlineData(Class, "NoSuchMethod")]
    [InlineData("", "")]
    public void Names_that_are_not_there_are_no_fault_of_the_test(string testClass, string method)
    {
        Should.NotThrow(() => TestHook.Enter(typeof(TestHookTests).Assembly, testClass, method, "key-10", null));
        TestHook.Exit("key-10", TestOutcome.Passed).ShouldBeNull();
    }

    [Fact]
    public void An_exit_without_an_enter_is_nothing() => TestHook.Exit("never entered", TestOutcome.Passed).ShouldBeNull();

    [Fact]
    public void Every_window_is_in_the_journal_when_its_test_has_ended()
    {
        var id = Id(Run("Rows", "journal", "Rows(n: 4711)"));

        var journal = Directory.GetFiles(Environment.GetEnvironmentVariable("ECO2TEST_RESULTS")!, "*.eco2test.journal").ShouldHaveSingleItem();
        var report = Reports.JournalReader.Read(journal);
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
        TestHook.Enter(typeof(TestHookTests).Assembly, typeof(Suite), typeof(Suite).GetMethod(method)!, key, displayName);

    private static string? Id(TestHookResult? result) =>
        JsonDocument.Parse(result.ShouldNotBeNull().Attachment).RootElement.GetProperty("window").GetProperty("id").GetString();

    private static int Attempt(TestHookResult? result) =>
        JsonDocument.Parse(result.ShouldNotBeNull().Attachment).RootElement.GetProperty("window").GetProperty("attempt").GetInt32();

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

        public void Exact()
        {
        }

        public void Plain()
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
