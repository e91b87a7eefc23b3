using Eco2Test.Generators.Tests.Harness;

namespace Eco2Test.Generators.Tests;

/// <summary>What is said of attributes that have company: around them, beside them, on methods that cannot be wrapped.</summary>
public class TrackingDiagnosticTests
{
    [Theory]
    [InlineData("aws:eu-west-3", "US", true)]
    [InlineData("aws:eu-west-3", "US-CA", true)]
    [InlineData("DE", "aws:eu-west-3", true)]
    [InlineData("aws:eu-west-3", "FR", false)]
    [InlineData("aws:eu-west-3", "France", false)]
    [InlineData("FR", "DE", false)]
    [InlineData("aws:eu-west-3", "aws:us-east-1", false)]
    public async Task A_country_inside_a_cloud_region_that_is_elsewhere_is_pointed_out(string outer, string inner, bool clash)
    {
        var said = await UserProject.Of($$"""
            using Eco2Test;
            [TrackEmissions(Region = "{{outer}}")]
            public class C { [Xunit.Fact, TrackEmissions(Region = "{{inner}}")] public void M() { } }
            """, Framework.XunitV3).Diagnose();

        said.Select(line => line.Split(": ")[0]).ShouldBe(clash ? [$"info ECO1007 at Region = \"{inner}\""] : []);
    }

    [Theory]
    [InlineData("EnergyBudget", "0 J", true)]
    [InlineData("EnergyBudget", "1 uJ", true)]
    [InlineData("EnergyBudget", "49 uJ", true)]
    [InlineData("EnergyBudget", "50 uJ", false)]
    [InlineData("EmissionsBudget", "0.0002 ug", true)]
    [InlineData("EmissionsBudget", "0.0003 ug", false)]
    public async Task A_budget_that_nothing_measurable_keeps_is_warned_of(string property, string budget, bool below)
    {
        var said = await Diagnose($"[Fact, TrackEmissions({property} = \"{budget}\")] public void M() {{ }}");

        said.Select(line => line.Split(" (about")[0]).ShouldBe(
            below ? [$"warning ECO1014 at {property} = \"{budget}\": {property} '{budget}' is less than any test costs that is long enough to be measured"] : []);
    }

    [Fact]
    public void The_limits_are_below_every_figure_of_the_tables()
    {
        var data = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../data"));
        var coefficients = Table("power-coefficients.csv").Split('\n').Select(row => row.Split(',')).ToList();
        var watts = coefficients.Where(row => row[0] == "vcpu-max").Select(row => Number(row[3]) - Number(coefficients.Single(min => min[0] == "vcpu-min" && min[2] == row[2])[3]));
        var grids = System.Text.RegularExpressions.Regex.Matches(Table("grid-intensity.csv"), @",([\d.]+),(average|marginal),").Select(row => Number(row.Groups[1].Value)).Where(grams => grams > 0).ToList();

        // The widest lower bound of a coefficient is 0.4.
        (watts.Min() * 0.4).ShouldBeGreaterThan(Diagnostics.AttributeRules.LeastJoules / 200e-6);
        grids.Min().ShouldBeGreaterThan(19);

        string Table(string name) => File.ReadAllText(Path.Combine(data, name));
    }

    [Theory]
    [InlineData("[Fact, TrackEmissions] public void M() { }", "")]
    [InlineData("[Fact, TrackEmissions(Region = \"FR\", Enabled = true)] public void M() { }", "")]
    [InlineData("[Fact, TrackEmissions(Region = \"DE\")] public void M() { }", null)]
    [InlineData("[Fact, TrackEmissions(Enabled = false)] public void M() { }", null)]
    [InlineData("[Fact, TrackEmissions(Comparison = \"x\")] public void M() { }", null)]
    public async Task What_says_no_more_than_its_class_is_redundant(string member, string? redundant) =>
        (await UserProject.Of($$"""using Eco2Test; using Xunit; [TrackEmissions(Region = "FR")] public class C { {{member}} }""", Framework.XunitV3).Diagnose())
            .Select(line => line[..12]).ShouldBe(redundant is null ? [] : ["info ECO1012"]);

    [Fact]
    public async Task What_the_class_does_not_reach_is_not_redundant() =>
        (await UserProject.Of("""
            using Eco2Test;
            [assembly: TrackEmissions]
            [TrackEmissions] public class Tests { [Xunit.Fact] public void M() { } [TrackEmissions] public void Helper() { } }
            [TrackEmissions] public class Ordinary { [TrackEmissions] internal void Hidden() { } [TrackEmissions] public void Redundant() { } }
            [TrackEmissions(Enabled = false)] public class Off { [Xunit.Fact, TrackEmissions(Enabled = true)] public void M() { } }
            """, Framework.XunitV3).Diagnose()).ShouldBe(
            [
                "info ECO1012 at TrackEmissions: [TrackEmissions] on 'Tests' says nothing that does not hold there without it",
                "info ECO1012 at TrackEmissions: [TrackEmissions] on 'Ordinary.Redundant()' says nothing that does not hold there without it",
            ]);

    [Fact]
    public async Task MinimumSeconds_is_for_the_exact_form_whose_attribute_is_never_redundant() =>
        (await UserProject.Of("""
            using Eco2Test;
            using Xunit;
            [TrackEmissions] public partial class C
            {
                [Fact, TrackEmissions(MinimumSeconds = 2)] public void Test() { }
                [Fact, TrackEmissions(MinimumSeconds = 2)] public partial void Exact();
                private void ExactCore() { }
                [Fact, TrackEmissions] public partial void Plain();
                private void PlainCore() { }
            }
            public class D { [TrackEmissions(MinimumSeconds = 0.5)] public void Ordinary() { } }
            """, Framework.XunitV3).Diagnose()).ShouldBe(
            [
                "warning ECO1018 at MinimumSeconds = 2: MinimumSeconds has no effect on 'Test': only a body in a method of its own can be repeated; make 'Test' partial with its body in 'TestCore'",
                "warning ECO1018 at MinimumSeconds = 0.5: MinimumSeconds has no effect on 'Ordinary': only a body in a method of its own can be repeated; make 'Ordinary' partial with its body in 'OrdinaryCore'",
            ]);

    [Fact]
    public async Task Where_the_package_is_switched_off_nothing_is_said()
    {
        var project = UserProject.Of("[assembly: Eco2Test.TrackEmissions(Region = \"Frnace\")]");

        (await (project with { Properties = project.Properties.Add("build_property.Eco2TestSkip", "true") }).Diagnose()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Methods_that_cannot_be_wrapped_are_warned_of_with_the_reason() =>
        (await UserProject.Of("""
            using Eco2Test;
            using System.Collections.Generic;
            using System.Runtime.InteropServices;
            using System.Threading.Tasks;
            public static class C
            {
                [TrackEmissions] public static async void Void() => await Task.Yield();
                [TrackEmissions, DllImport("x")] public static extern int Extern();
                [TrackEmissions] private static T Hidden<T>(T x) => x;
                [TrackEmissions] public static IEnumerable<int> Rows() { yield return 1; }
                [TrackEmissions] public static IEnumerable<int> NoIterator() => [];
            }
            """).Diagnose()).Select(line => line.Split("; ")[0]).ShouldBe(
            [
                "warning ECO1008 at TrackEmissions: 'C.Void()' is not tracked: of an 'async void' method nothing tells when it ends",
                "warning ECO1013 at TrackEmissions: 'C.Extern()' is not tracked: what measures it would overwrite the error that the native code leaves for Marshal.GetLastPInvokeError",
                "warning ECO1009 at TrackEmissions: 'C.Hidden<T>(T)' is not tracked here: generated code cannot reach a private or protected method that is generic or in a generic type",
                "info ECO1017 at TrackEmissions: 'C.Rows()' is an iterator: it is charged while it works out an item, not while its caller works on it",
            ]);

    [Fact]
    public async Task A_class_that_reaches_a_method_that_cannot_be_wrapped_has_it_said_at_the_method() =>
        (await UserProject.Of("""
            using System.Threading.Tasks;
            [Eco2Test.TrackEmissions] public class C
            {
                public async void Void() => await Task.Yield();
                [Eco2Test.TrackEmissions(Enabled = false)] public async void Excluded() => await Task.Yield();
                private async void Helper() => await Task.Yield();
            }
            """).Diagnose()).Select(line => line.Split(": ")[0]).ShouldBe(["warning ECO1008 at Void"]);

    [Fact]
    public async Task An_attribute_on_what_implements_or_overrides_says_that_calls_through_the_base_are_not_tracked() =>
        (await UserProject.Of("""
            using Eco2Test;
            public interface IModel { void Fit(); [TrackEmissions] void Tracked(); }
            public class Model : IModel { [TrackEmissions] public void Fit() { } [TrackEmissions] public void Tracked() { } [TrackEmissions] public virtual void Own() { } }
            public class Better : Model { public override void Own() { } [TrackEmissions] public override string ToString() => ""; }
            """).Diagnose()).ShouldBe(
            [
                "info ECO1019 at TrackEmissions: Calls of 'Model.Fit()' through 'IModel.Fit()' are not tracked, since that has no attribute; put it there",
                "info ECO1019 at TrackEmissions: Calls of 'Better.ToString()' through 'object.ToString()' are not tracked, since that has no attribute; put it there",
            ]);

    [Fact]
    public async Task Uses_of_a_tracked_method_that_are_not_tracked_are_reported_where_they_are() =>
        (await UserProject.Of("""
            using Eco2Test;
            using System;
            using System.Linq.Expressions;
            public class Model
            {
                [TrackEmissions] public virtual int Fit(int rows) => rows > 0 ? Fit(rows - 1) : 0;
                [TrackEmissions(Enabled = false)] public int Off(int rows) => rows;
                public int Fit(string other) => 0;
            }
            public class Better : Model
            {
                public override int Fit(int rows) => base.Fit(rows);
                public void Uses<T>(T generic, dynamic loose, Model model) where T : Model
                {
                    model.Fit(1);
                    model?.Fit(1);
                    model.Fit("other");
                    Func<int, int> group = model.Fit;
                    Func<int, int> off = model.Off;
                    Func<string, int> other = model.Fit;
                    Expression<Func<int>> tree = () => model.Fit(2);
                    generic.Fit(3);
                    loose.Fit(4);
                    model.Fit(loose);
                    _ = nameof(model.Fit);
                    _ = nameof(Fit);
                    Fit(rows: 1);
                }
            }
            public class Fit { /// <summary><see cref="Fit"/></summary>
                public Fit Make() => new Fit(); }
            """).Diagnose()).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)] + " " + line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split("here: ").Last().Split("; ")[0]).ShouldBe(
            [
                "warning ECO1009 at Fit a 'base' call cannot be redirected: it would call itself for ever",
                "info ECO1010 at Fit 'Model.Fit(int)' is not tracked when it is called through this delegate: a delegate or function pointer calls the method itself, not what is generated for a call",
                "warning ECO1009 at Fit a call in an expression tree is data, and redirecting it would change the tree",
                "warning ECO1009 at Fit a call on a type parameter cannot be redirected without boxing",
                "info ECO1011 at Fit a 'dynamic' call is bound when it runs, where it cannot be redirected",
                "info ECO1011 at Fit a 'dynamic' call is bound when it runs, where it cannot be redirected",
            ]);

    [Fact]
    public async Task A_hook_that_somebody_wrote_beside_the_generated_one_is_warned_of()
    {
        const string hook = """
            public class OwnHook
            {
                public void Before() => Eco2Test.Runtime.TestHook.Enter(typeof(OwnHook).Assembly, typeof(OwnHook), null!, "key", null, new string[0], 0);
                public void Lock() => System.Threading.Monitor.Enter(this);
            }
            """;

        (await UserProject.Of(hook, Framework.XunitV3).Diagnose()).ShouldBe(
            ["warning ECO1015 at Eco2Test.Runtime.TestHook.Enter: The package's own hook of XunitV3 opens and closes the window of each test; a second one opens it twice"]);
        (await UserProject.Of(hook).Diagnose()).ShouldBeEmpty("nothing else opens windows there");
    }

    [Theory]
    [InlineData("XunitV3", "[Fact, T]", true)]
    [InlineData("XunitV2", "[Fact, T]", true)]
    [InlineData("XunitV3", "[Fact, T]", false, "[Collection(\"Alone\")]")]
    [InlineData("XunitV3", "[Fact, T]", false, "[Collection(typeof(Alone))]")]
    [InlineData("XunitV3", "[Fact, T]", true, "[Collection(\"Together\")]")]
    [InlineData("XunitV3", "[Fact, T]", false, "", "[assembly: CollectionBehavior(DisableTestParallelization = true)]")]
    [InlineData("XunitV3", "[Fact, T]", false, "", "[assembly: CollectionBehavior(MaxParallelThreads = 1)]")]
    [InlineData("XunitV3", "[Fact, T]", false, "", "[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]")]
    [InlineData("XunitV3", "[Fact, T]", true, "", "[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass)]")]
    [InlineData("NUnit", "[Test, T]", false)]
    [InlineData("NUnit", "[Test, T, Parallelizable]", true)]
    [InlineData("NUnit", "[Test, T]", true, "[Parallelizable]")]
    [InlineData("NUnit", "[Test, T, NonParallelizable]", false, "[Parallelizable(ParallelScope.All)]")]
    [InlineData("NUnit", "[Test, T]", false, "[Parallelizable(ParallelScope.None)]")]
    [InlineData("NUnit", "[Test, T]", true, "", "[assembly: Parallelizable(ParallelScope.Fixtures)]")]
    [InlineData("NUnit", "[Test, T]", false, "", "[assembly: Parallelizable]")]
    [InlineData("NUnit", "[Test, T]", false, "[NonParallelizable]", "[assembly: Parallelizable(ParallelScope.All)]")]
    [InlineData("MSTest", "[TestMethod, T]", false)]
    [InlineData("MSTest", "[TestMethod, T]", true, "", "[assembly: Parallelize]")]
    [InlineData("MSTest", "[TestMethod, T]", false, "", "[assembly: Parallelize(Workers = 1)]")]
    [InlineData("MSTest", "[TestMethod, T, DoNotParallelize]", false, "", "[assembly: Parallelize]")]
    [InlineData("TUnit", "[Test, T]", true)]
    [InlineData("TUnit", "[Test, T, NotInParallel]", false)]
    [InlineData("TUnit", "[Test, T]", false, "[NotInParallel]")]
    [InlineData("TUnit", "[Test, T]", false, "", "[assembly: NotInParallel]")]
    [InlineData("MSTest", "[TestMethod, T]", false, "[DoNotParallelize]", "[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]")]
    public async Task A_budgeted_test_that_may_run_beside_others_is_pointed_out(string name, string test, bool parallel, string onClass = "", string onAssembly = "")
    {
        var framework = Framework.Named(name);
        var space = framework == Framework.NUnit ? "NUnit.Framework" : framework == Framework.MSTest ? "Microsoft.VisualStudio.TestTools.UnitTesting" : framework == Framework.TUnit ? "TUnit.Core" : "Xunit";
        var collections = space == "Xunit"
            ? "[CollectionDefinition(\"Alone\", DisableParallelization = true)] public class Alone { } [CollectionDefinition(\"Together\")] public class Together { }"
            : "";
        var said = await UserProject.Of($$"""
            using Eco2Test;
            using {{space}};
            using T = Eco2Test.TrackEmissionsAttribute;
            {{onAssembly}}
            {{collections}}
            {{onClass}} public class C { {{test.Replace("T]", "T(EnergyBudget = \"5 J\")]").Replace("T,", "T(EnergyBudget = \"5 J\"),")}} public void M() { } }
            public class Other { {{test.Replace(", T", "")}} public void M() { } }
            """, framework).Diagnose();

        said.Select(line => line.Split(": ")[0]).ShouldBe(parallel ? ["info ECO1016 at T(EnergyBudget = \"5 J\")"] : []);
    }

    [Theory]
    [InlineData("[Fact, TrackEmissions] public void M() { }")]
    [InlineData("[Fact, TrackEmissions(EnergyBudget = \"5 J\", Enabled = false)] public void M() { }")]
    public async Task A_test_without_a_budget_may_run_beside_others(string member) =>
        (await UserProject.Of($$"""using Eco2Test; using Xunit; public class C { {{member}} } public class D { [Fact] public void M() { } }""", Framework.XunitV3).Diagnose()).ShouldBeEmpty();

    [Fact]
    public async Task The_only_class_of_xUnit_runs_beside_nothing_and_a_class_with_a_budget_is_judged_as_a_whole()
    {
        const string only = "[Eco2Test.TrackEmissions(EnergyBudget = \"5 J\")] public class C { [Xunit.Fact] public void M() { } [Xunit.Fact] public void N() { } }";

        (await UserProject.Of(only, Framework.XunitV3).Diagnose()).ShouldBeEmpty();
        (await UserProject.Of(only + "public class D { [Xunit.Fact] public void M() { } }", Framework.XunitV3).Diagnose()).ShouldBe(
        [
            "info ECO1016 at Eco2Test.TrackEmissions(EnergyBudget = \"5 J\"): 'C' has a budget and may run beside other tests, with which it shares what nothing tells apart; "
            + "a [Collection] with DisableParallelization keeps it alone",
        ]);
    }

    [Fact]
    public async Task Severities_are_set_in_the_editorconfig()
    {
        var project = UserProject.Of("""
            using Eco2Test; using Xunit;
            [TrackEmissions] public class C { [Fact, TrackEmissions] public void M() { } [Fact, TrackEmissions(EnergyBudget = "1 uJ")] public void N() { } }
            """, Framework.XunitV3);

        (await project.Diagnose()).Select(line => line.Split(" at ")[0]).ShouldBe(["info ECO1012", "warning ECO1014"]);
        (await (project with { EditorConfig = "[*.cs]\ndotnet_diagnostic.ECO1012.severity = error\ndotnet_diagnostic.ECO1014.severity = none\n" }).Diagnose())
            .Select(line => line.Split(" at ")[0]).ShouldBe(["error ECO1012"]);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static Task<string[]> Diagnose(string member) =>
        UserProject.Of($"using Eco2Test; using Xunit; public class ModelTests {{ {member} }}", Framework.XunitV3).Diagnose();
}
