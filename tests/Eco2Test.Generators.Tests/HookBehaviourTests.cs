using System.Reflection;
using Eco2Test.Generators.Tests.Harness;

namespace Eco2Test.Generators.Tests;

/// <summary>What the hooks tell the run-time and the framework, run with the frameworks themselves.</summary>
public class HookBehaviourTests
{
    private const string FakeMSTestContext = """

        #nullable disable
        public class FakeContext : Microsoft.VisualStudio.TestTools.UnitTesting.TestContext
        {
            public static System.Collections.Generic.List<string> Said = new();
            public override System.Collections.Generic.IDictionary<string, object> Properties { get; } = new System.Collections.Generic.Dictionary<string, object>
            {
                ["FullyQualifiedTestClassName"] = "Shop.ModelTests",
                ["TestName"] = "Trains",
            };
            public FakeContext()
            {
                var runs = typeof(Microsoft.VisualStudio.TestTools.UnitTesting.TestContext).GetProperty("TestRunCount");
                runs.SetValue(this, 2);
            }

            public Microsoft.VisualStudio.TestTools.UnitTesting.UnitTestOutcome Outcome;
            public override Microsoft.VisualStudio.TestTools.UnitTesting.UnitTestOutcome CurrentTestOutcome => Outcome;
            public override void AddResultFile(string fileName) => Said.Add("file " + System.IO.Path.GetFileName(fileName));
            public override void Write(string message) => Said.Add(message);
            public override void Write(string format, params object[] args) => Said.Add(string.Format(format, args));
            public override void WriteLine(string message) => Said.Add(message);
            public override void WriteLine(string format, params object[] args) => Said.Add(string.Format(format, args));
            public override void DisplayMessage(Microsoft.VisualStudio.TestTools.UnitTesting.MessageLevel level, string message) => Said.Add(message);
        }
        """;

    [Fact]
    public void The_hook_of_xUnit_v2_tells_class_and_method_and_no_outcome()
    {
        var project = UserProject.Of("public class Base { [Eco2Test.TrackEmissions] public void Trains() { } } public class Derived : Base { }", Framework.XunitV2).Load();
        var (hook, method) = (Hook(project, "XunitV2HookAttribute"), project.Assembly.GetType("Derived")!.GetMethod("Trains")!);

        Call(hook, "Before", method);
        Call(hook, "After", method);

        project.Log.ShouldBe(["enter Shop.Tests Derived Trains - -", "exit - Unknown"]);
    }

    [Fact]
    public void The_hook_of_xUnit_v2_tells_traits_of_method_class_and_its_bases_and_the_time_limit()
    {
        var project = UserProject.Of("""
            [Xunit.Trait("Owner", "ada")] public class Base { }
            [Xunit.Trait("Category", "slow")] public class Tests : Base { [Xunit.Fact(Timeout = 500), Eco2Test.TrackEmissions, Xunit.Trait("Category", "gpu"), System.Obsolete] public void Trains() { } }
            """, Framework.XunitV2).Load();

        Call(Hook(project, "XunitV2HookAttribute"), "Before", project.Assembly.GetType("Tests")!.GetMethod("Trains")!);

        project.Log.ShouldBe(["enter Shop.Tests Tests Trains - - gpu,slow,Owner=ada 00:00:00.5000000"]);
    }

    [Fact]
    public void The_hook_of_xUnit_v2_fails_a_test_that_is_over_its_budget()
    {
        var project = UserProject.Of(Framework.XunitV2.Test, Framework.XunitV2).Load();
        project.Set("Failure", "ECO2001: too much");

        var fault = Should.Throw<Exception>(() => Call(Hook(project, "XunitV2HookAttribute"), "After", project.Assembly.GetType("ModelTests")!.GetMethod("Trains")!));

        fault.GetType().FullName.ShouldBe("Eco2Test.BudgetExceededException");
        fault.Message.ShouldBe("ECO2001: too much");
    }

    [Fact, Trait("Category", "hooks"), Trait("Owner", "ada")]
    public void The_hook_of_xUnit_v3_attaches_prints_and_tells_id_and_name_of_the_test()
    {
        var project = UserProject.Of(Framework.XunitV3.Test, Framework.XunitV3).Load();
        var (hook, method, test) = (Hook(project, "XunitV3HookAttribute"), project.Assembly.GetType("ModelTests")!.GetMethod("Trains")!, TestContext.Current.Test!);

        Call(hook, "Before", method, test);
        Call(hook, "After", method, test);

        // The test that runs is this one; it has no outcome yet.
        project.Log.ShouldBe([$"enter Shop.Tests ModelTests Trains {test.UniqueID} {test.TestDisplayName} hooks,Owner=ada", $"exit {test.UniqueID} Unknown"]);
        var (name, attachment) = TestContext.Current.Attachments!.Single();
        name.ShouldBe("window.eco2test", "the file is window.eco2test.json: xUnit appends the extension of the media type");
        attachment.AsByteArray().MediaType.ShouldBe("application/json");
        TestContext.Current.TestOutputHelper!.Output.ShouldContain("Eco2Test: 12 J {0}");

        project.Set("Failure", "ECO2001: too much");
        var fault = Should.Throw<Exception>(() => Call(hook, "After", method, test));

        fault.Message.ShouldBe("ECO2001: too much");
        TestContext.Current.TestOutputHelper!.Output.ShouldContain("could not attach window.eco2test.json", customMessage: "an attachment of that name was there");
    }

    [Fact]
    public void A_test_that_is_not_tracked_is_left_alone()
    {
        var project = UserProject.Of(Framework.XunitV3.Test, Framework.XunitV3).Load();
        project.Set("Untracked", true);

        Call(Hook(project, "XunitV3HookAttribute"), "After", project.Assembly.GetType("ModelTests")!.GetMethod("Trains")!, TestContext.Current.Test!);

        (TestContext.Current.Attachments ?? new Dictionary<string, Xunit.Sdk.TestAttachment>()).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper!.Output.ShouldBeEmpty();
    }

    [Fact]
    public void The_hook_of_NUnit_wraps_every_row_attaches_and_tells_the_outcome()
    {
        var project = UserProject.Of(NUnitTests, Framework.NUnit).Load();

        var results = RunNUnit(project);

        results["Shop.ModelTests.Rows(1)"].ShouldBe("Passed | window.eco2test.json | Eco2Test: 12 J {0} | ");
        results["Shop.ModelTests.Rows(2)"].ShouldBe("Passed | window.eco2test.json | Eco2Test: 12 J {0} | ");
        results["Shop.ModelTests.Fails"].ShouldStartWith("Failed | window.eco2test.json | Eco2Test: 12 J {0} | own failure");
        results["Shop.ModelTests.Ignored"].ShouldBe("Skipped |  |  | later");
        Told(project).ShouldBe(
        [
            "enter Shop.Tests Shop.ModelTests Fails # Shop.ModelTests.Fails models", "exit # Failed",
            "enter Shop.Tests Shop.ModelTests Inconclusive # Shop.ModelTests.Inconclusive models", "exit # Skipped",
            "enter Shop.Tests Shop.ModelTests Rows # Shop.ModelTests.Rows(1) models", "exit # Passed",
            "enter Shop.Tests Shop.ModelTests Rows # Shop.ModelTests.Rows(2) small,models", "exit # Passed",
            "enter Shop.Tests Shop.ModelTests Warns # Shop.ModelTests.Warns models", "exit # Passed",
        ]);
    }

    [Fact]
    public void The_hooks_of_NUnit_count_attempts_and_wrap_what_is_set_up_once_and_not_what_is_set_up_for_a_test()
    {
        var project = UserProject.Of("""
            using NUnit.Framework;
            namespace Shop;
            [SetUpFixture]
            public class All
            {
                [OneTimeSetUp] public void Begin() { }
                [OneTimeTearDown] public void End() => throw new System.Exception("cannot end");
            }

            [Eco2Test.TrackEmissions]
            public class ModelTests
            {
                private static int _attempts;
                [OneTimeSetUp] public async System.Threading.Tasks.Task Prepare() => await System.Threading.Tasks.Task.Yield();
                [OneTimeTearDown] public void CleanUp() { }
                [SetUp] public void SetUp() { }
                [TearDown] public void TearDown() { }
                [Test, Retry(3)] public void Trains() => Assert.That(++_attempts, Is.EqualTo(2));
            }
            """, Framework.NUnit).Load();

        RunNUnit(project);

        project.Log.Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"(\d+-)?\d{4}", "#")).ShouldBe(
        [
            "enter fixture Shop.Tests Shop.All.Begin of a namespace", "exit fixture passed",
            "enter fixture Shop.Tests Shop.ModelTests.Prepare", "exit fixture passed",
            "enter Shop.Tests Shop.ModelTests Trains # Shop.ModelTests.Trains", "exit # Failed",
            "enter Shop.Tests Shop.ModelTests Trains # Shop.ModelTests.Trains  attempt 2", "exit # Passed",
            "enter fixture Shop.Tests Shop.ModelTests.CleanUp", "exit fixture passed",
            "enter fixture Shop.Tests Shop.All.End of a namespace", "exit fixture failed",
        ]);
    }

    [Fact]
    public void The_hook_of_NUnit_fails_a_test_that_is_over_its_budget_with_the_message_alone()
    {
        var project = UserProject.Of(NUnitTests, Framework.NUnit).Load();
        project.Set("Failure", "ECO2001: too much");

        RunNUnit(project)["Shop.ModelTests.Rows(1)"].ShouldStartWith("Failed | window.eco2test.json | Eco2Test: 12 J {0} | ");
        RunNUnit(project)["Shop.ModelTests.Rows(1)"].ShouldContain("ECO2001: too much");
    }

    [Fact]
    public void A_full_disk_fails_no_test_of_NUnit()
    {
        var project = UserProject.Of(NUnitTests, Framework.NUnit).Load();
        project.Set("DiskFull", true);

        RunNUnit(project)["Shop.ModelTests.Rows(1)"].ShouldBe("Passed |  | Eco2Test could not attach window.eco2test.json: No space left on device Eco2Test: 12 J {0} | ");
    }

    [Fact]
    public void The_hook_of_MSTest_attaches_prints_and_tells_the_names_and_the_outcome()
    {
        var project = UserProject.Of("""
            using Microsoft.VisualStudio.TestTools.UnitTesting;
            [assembly: TestCategory("all")]
            namespace Shop
            {
                [TestClass, TestCategory("models")]
                public class ModelTests { [TestMethod, TestCategory("slow"), Eco2Test.TrackEmissions] public void Trains() { } }
            }
            """ + FakeMSTestContext, Framework.MSTest).Load();
        var context = Activator.CreateInstance(project.Assembly.GetType("FakeContext")!)!;

        foreach (var outcome in new[] { "Passed", "Failed", "Error", "Timeout", "Aborted", "InProgress", "Inconclusive", "Unknown" })
        {
            SetOutcome(context, outcome);
            CallMSTest(project, "BeforeTest", context);
            CallMSTest(project, "AfterTest", context);
        }

        project.Log.Take(2).ShouldBe(["enter Shop.Tests Shop.ModelTests Trains() FakeContext - slow,models,all attempt 2", "exit FakeContext Passed"]);
        project.Log.Where((_, index) => index % 2 == 1).ShouldBe(
            new[] { "Passed", "Failed", "Failed", "Failed", "Failed", "Failed", "Skipped", "Unknown" }.Select(outcome => $"exit FakeContext {outcome}"));
        Said(project).Take(2).ShouldBe(["file window.eco2test.json", "Eco2Test: 12 J {0}"]);
    }

    [Fact]
    public void The_hook_of_MSTest_fails_a_test_that_is_over_its_budget_and_none_for_a_full_disk()
    {
        var project = UserProject.Of(Framework.MSTest.Test + FakeMSTestContext, Framework.MSTest).Load();
        var context = Activator.CreateInstance(project.Assembly.GetType("FakeContext")!)!;
        project.Set("DiskFull", true);
        CallMSTest(project, "AfterTest", context);
        project.Set("Failure", "ECO2001: too much");

        var fault = Should.Throw<Exception>(() => CallMSTest(project, "AfterTest", context));

        fault.GetType().Name.ShouldBe("AssertFailedException");
        fault.Message.ShouldBe("ECO2001: too much");
        Said(project)[0].ShouldBe("Eco2Test could not attach window.eco2test.json: No space left on device");
    }

    private const string NUnitTests = """
        using NUnit.Framework;
        namespace Shop;
        [Eco2Test.TrackEmissions, Category("models")]
        public class ModelTests
        {
            [TestCase(1), TestCase(2, Category = "small")] public void Rows(int n) { }
            [Test] public void Fails() => Assert.Fail("own failure");
            [Test] public void Inconclusive() => Assert.Inconclusive("cannot tell");
            [Test] public void Warns() => Assert.Warn("careful");
            [Test, Ignore("later")] public void Ignored() { }
        }
        """;

    private static object Hook(LoadedProject project, string name) =>
        project.Assembly.GetCustomAttributes().Single(attribute => attribute.GetType().FullName == "Eco2Test.Generated." + name);

    private static void Call(object hook, string method, params object[] arguments) =>
        hook.GetType().GetMethod(method)!.Invoke(hook, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static void CallMSTest(LoadedProject project, string method, object context) =>
        project.Assembly.GetType("Eco2Test.Generated.TrackEmissionsHook")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [context], null);

    private static void SetOutcome(object context, string outcome)
    {
        var field = context.GetType().GetField("Outcome")!;
        field.SetValue(context, Enum.Parse(field.FieldType, outcome));
    }

    private static List<string> Said(LoadedProject project) => (List<string>)project.Assembly.GetType("FakeContext")!.GetField("Said")!.GetValue(null)!;

    /// <summary>Pairs of enter and exit in the order of the tests' names, without NUnit's numbers.</summary>
    private static IEnumerable<string> Told(LoadedProject project) => project.Log
        .Chunk(2)
        .OrderBy(pair => pair[0].Split(' ')[5], StringComparer.Ordinal)
        .SelectMany(pair => pair)
        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"(?<= )(\d+-)?\d{4}(?= )", "#"));

    /// <summary>Runs the tests with NUnit's own runner; each result as status, attachments, output and message.</summary>
    private static Dictionary<string, string> RunNUnit(LoadedProject project)
    {
        var nunit = project.Context.LoadFromAssemblyName(new("nunit.framework"));
        dynamic runner = Activator.CreateInstance(
            nunit.GetType("NUnit.Framework.Api.NUnitTestAssemblyRunner")!,
            Activator.CreateInstance(nunit.GetType("NUnit.Framework.Api.DefaultTestAssemblyBuilder")!))!;
        runner.Load(project.Assembly, new Dictionary<string, object>());
        dynamic listener = nunit.GetType("NUnit.Framework.Internal.TestListener")!.GetProperty("NULL")!.GetValue(null)!;
        dynamic filter = nunit.GetType("NUnit.Framework.Internal.TestFilter")!.GetField("Empty")!.GetValue(null)!;

        var results = new Dictionary<string, string>();
        Collect(runner.Run(listener, filter), results);
        return results;
    }

    private static void Collect(dynamic result, Dictionary<string, string> results)
    {
        if (!(bool)result.HasChildren)
        {
            var attachments = ((IEnumerable<dynamic>)result.TestAttachments).Select(attachment => Path.GetFileName((string)attachment.FilePath));
            var output = string.Join(' ', ((string)result.Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            results[(string)result.FullName] = $"{result.ResultState.Status} | {string.Join(',', attachments)} | {output} | {result.Message}";
            return;
        }

        foreach (var child in result.Children)
        {
            Collect(child, results);
        }
    }
}
