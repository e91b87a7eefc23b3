using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>What is said at compile time, where, and that nothing is said of correct code.</summary>
public class DiagnosticTests
{
    [Fact]
    public async Task An_unknown_region_does_not_compile_and_suggests_the_nearest() =>
        (await Diagnose("""[Fact, TrackEmissions(Region = "Frnace")]""")).ShouldBe(
            ["error ECO1001 at Region = \"Frnace\": Region 'Frnace' is not a known region; did you mean 'FR' (France)?"]);

    [Fact]
    public async Task A_country_of_which_nobody_gives_a_figure_is_named_as_at_run_time() =>
        (await Diagnose("""[Fact, TrackEmissions(Region = "AD")]""")).ShouldBe(
            ["error ECO1001 at Region = \"AD\": Region 'AD' is Andorra, for which no source gives a figure; name the region whose grid feeds it"]);

    [Fact]
    public async Task A_region_that_resembles_none_is_answered_with_the_form_of_a_region() =>
        (await Diagnose("""[Fact, TrackEmissions(Region = "Qqqqqqqqq")]""")).ShouldBe(
            ["error ECO1001 at Region = \"Qqqqqqqqq\": Region 'Qqqqqqqqq' is not a known region; use an ISO 3166 code such as 'FR' or 'US-CA', or a name such as 'France'"]);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ZZ")]
    [InlineData("France\0")]
    public async Task No_text_but_a_region_is_a_region(string region) =>
        (await Diagnose($"[Fact, TrackEmissions(Region = {SymbolDisplay.FormatLiteral(region, quote: true)})]")).Single().ShouldStartWith("error ECO1001 at Region");

    [Theory]
    [InlineData("FR")]
    [InlineData("fr")]
    [InlineData("NA")]
    [InlineData("France")]
    [InlineData("FRANCE")]
    [InlineData("namibia")]
    [InlineData("US-CA")]
    [InlineData(" de ")]
    public async Task Codes_and_names_are_regions_in_any_case(string region) =>
        (await Diagnose($"[Fact, TrackEmissions(Region = \"{region}\")]")).ShouldBeEmpty();

    [Fact]
    public async Task NA_is_Namibia_and_not_a_missing_value() =>
        (await Diagnose("""[Fact, TrackEmissions(Region = "Namibbia")]""")).Single().ShouldEndWith("did you mean 'NA' (Namibia)?");

    [Theory]
    [InlineData("EnergyBudget", "5 apples", "EnergyBudget cannot be read: 'apples' is not a unit of an energy; use one of")]
    [InlineData("EnergyBudget", "-5 J", "EnergyBudget cannot be read: '-5 J' is negative; write an energy such as '500 J'")]
    [InlineData("EnergyBudget", "5 g", "EnergyBudget cannot be read: 'g' is not a unit of an energy")]
    [InlineData("EnergyBudget", "5 KWH", "did you mean 'kWh'? units are case-sensitive")]
    [InlineData("EnergyBudget", "5,5 J", "EnergyBudget cannot be read: '5,5 J' does not begin with a number")]
    [InlineData("EnergyBudget", "500", "EnergyBudget cannot be read: '500' has no unit")]
    [InlineData("EnergyBudget", "", "EnergyBudget cannot be read: it is empty")]
    [InlineData("EmissionsBudget", "5 J", "EmissionsBudget cannot be read: 'J' is not a unit of emissions")]
    [InlineData("EmissionsBudget", "-1 mg", "EmissionsBudget cannot be read: '-1 mg' is negative")]
    public async Task A_budget_that_cannot_be_read_does_not_compile(string property, string text, string message)
    {
        var diagnostic = (await Diagnose($"[Fact, TrackEmissions({property} = \"{text}\")]")).Single();

        diagnostic.ShouldStartWith($"error ECO1002 at {property} = \"{text}\": ");
        diagnostic.ShouldContain(message);
    }

    [Theory]
    [InlineData("EnergyBudget", "500 J")]
    [InlineData("EnergyBudget", "2.5mWh")]
    [InlineData("EmissionsBudget", "10 µg")]
    [InlineData("EmissionsBudget", "1e-3 kg")]
    public async Task A_budget_that_can_be_read_compiles(string property, string text) =>
        (await Diagnose($"[Fact, TrackEmissions({property} = \"{text}\")]")).ShouldBeEmpty();

    [Fact]
    public async Task Each_fault_is_reported_at_its_own_argument_wherever_the_attribute_stands()
    {
        var diagnostics = await UserProject.Of("""
            using Eco2Test;
            using Xunit;
            [assembly: TrackEmissions(Region = "Frnace", EnergyBudget = "1 J")]
            [TrackEmissions(EnergyBudget = "x J")]
            public partial class A { [Fact, TrackEmissions(EmissionsBudget = "x g", Region = "Germny")] public void M() { } }
            public partial class A { }
            public record R { [TrackEmissions(Region = "Spian")] public class Nested { } }
            """, Framework.XunitV3).Diagnose();

        diagnostics.Select(diagnostic => diagnostic.Split(": ")[0]).ShouldBe(
        [
            "error ECO1001 at Region = \"Frnace\"",
            "error ECO1002 at EnergyBudget = \"x J\"",
            "error ECO1002 at EmissionsBudget = \"x g\"",
            "error ECO1001 at Region = \"Germny\"",
            "error ECO1001 at Region = \"Spian\"",
        ]);
    }

    [Fact]
    public async Task A_constant_is_judged_by_its_value() =>
        (await Diagnose("private const string Home = \"Frnace\"; [Fact, TrackEmissions(Region = Home)]")).Single().ShouldStartWith("error ECO1001 at Region = Home: ");

    [Fact]
    public async Task The_parts_of_a_partial_method_are_judged_once() =>
        (await UserProject.Of("""
            using Eco2Test;
            public partial class C { [Xunit.Fact, TrackEmissions(Region = "Frnace")] public partial int M(); }
            public partial class C { public partial int M() => 1; }
            """, Framework.XunitV3).Diagnose()).Length.ShouldBe(1);

    [Fact]
    public async Task A_method_that_is_no_test_is_wrapped_and_not_warned_of() => (await Diagnose("[TrackEmissions]")).ShouldBeEmpty();

    [Fact]
    public async Task A_test_of_a_version_that_cannot_be_hooked_is_warned_of_and_so_is_its_class() =>
        (await UserProject.Of("""
            [assembly: Eco2Test.TrackEmissions]
            namespace Microsoft.VisualStudio.TestTools.UnitTesting { public class TestMethodAttribute : System.Attribute { } public class TestContext { } }
            namespace Shop
            {
                [Eco2Test.TrackEmissions]
                public class C { [Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod, Eco2Test.TrackEmissions] public void M() { } }
            }
            """).Diagnose()).ShouldBe(
            [
                "warning ECO1003 at Eco2Test.TrackEmissions: [TrackEmissions] has no effect on 'Shop.Tests': on an assembly it is for tests, and no framework that is hooked is referenced",
                "warning ECO1003 at Eco2Test.TrackEmissions: [TrackEmissions] has no effect on 'C': its test framework is not hooked in this project: the framework, or this version of it, is not supported",
                "warning ECO1003 at Eco2Test.TrackEmissions: [TrackEmissions] has no effect on 'C.M()': its test framework is not hooked in this project: the framework, or this version of it, is not supported",
            ]);

    [Fact]
    public async Task Accessors_operators_and_functions_inside_a_body_are_warned_of() =>
        (await UserProject.Of("""
            using Eco2Test;
            public class C
            {
                public int P { [TrackEmissions] get => 1; }
                public static C operator +(C a, C b) => a;
                public void M()
                {
                    [TrackEmissions] void Local() { }
                    Local();
                    var lambda = [TrackEmissions(Region = "Frnace")] () => { };
                    lambda();
                }
            }
            """, Framework.XunitV3).Diagnose()).Select(diagnostic => diagnostic.Split(" at ")[0]).ShouldBe(
            ["warning ECO1003", "warning ECO1003", "warning ECO1003", "error ECO1001"]);

    [Theory]
    [InlineData("XunitV2", "[Xunit.Fact]")]
    [InlineData("XunitV2", "[Xunit.Theory]")]
    [InlineData("XunitV2", "[Slow]", "public class SlowAttribute : Xunit.FactAttribute { }")]
    [InlineData("XunitV3", "[Xunit.Fact]")]
    [InlineData("XunitV3", "[Xunit.Theory]")]
    [InlineData("NUnit", "[NUnit.Framework.Test]")]
    [InlineData("NUnit", "[NUnit.Framework.TestCase(1)]")]
    [InlineData("NUnit", "[NUnit.Framework.TestCaseSource(\"X\")]")]
    [InlineData("NUnit", "[NUnit.Framework.Theory]")]
    [InlineData("NUnit", "[Slow]", "public class SlowAttribute : NUnit.Framework.TestAttribute { }")]
    [InlineData("MSTest", "[Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod]")]
    [InlineData("MSTest", "[Slow]", "public class SlowAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute { }")]
    public async Task Every_kind_of_test_of_a_hooked_framework_is_recognised(string framework, string attributes, string more = "") =>
        (await UserProject.Of($"public class C {{ {attributes} [Eco2Test.TrackEmissions] public void M(int n) {{ }} }} {more}", Framework.Named(framework)).Diagnose()).ShouldBeEmpty();

    [Fact]
    public async Task A_test_that_is_inherited_or_left_to_be_written_is_not_warned_of() =>
        (await UserProject.Of("""
            using Eco2Test;
            using Xunit;
            public abstract class Base { [TrackEmissions] public abstract void Later(); [Fact] public virtual void Now() { } }
            public class Derived : Base { [Fact] public override void Later() { } [TrackEmissions] public override void Now() { } }
            """, Framework.XunitV3).Diagnose()).ShouldBeEmpty();

    [Theory]
    [InlineData("Frnace", "error ECO1004 at project: MSBuild property Eco2TestRegion: 'Frnace' is not a known region; did you mean 'FR' (France)?")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    public async Task An_unknown_region_in_the_project_file_does_not_compile(string region, string? expected)
    {
        var project = UserProject.Of("public class C { }");
        project = project with { Properties = project.Properties.Add("build_property.Eco2TestRegion", region) };

        (await project.Diagnose()).ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public async Task An_old_language_is_warned_of_once_and_only_where_the_attribute_is_used()
    {
        const string twice = "using Eco2Test; using Xunit; public class C { [Fact, TrackEmissions] public void M() { } [Fact, TrackEmissions] public void N() { } }";
        var used = UserProject.Of(twice, Framework.XunitV3);

        (await (used with { Language = LanguageVersion.CSharp10 }).Diagnose()).ShouldBe(
        [
            "warning ECO1005 at project: [TrackEmissions] has no effect in this project: the code behind it needs C# 11, and the project is compiled as C# 10.0; set LangVersion to 11 or newer, or remove it",
        ]);
        (await (used with { Language = LanguageVersion.CSharp11 }).Diagnose()).ShouldBeEmpty();
        (await (UserProject.Of("public class C { }", Framework.XunitV3) with { Language = LanguageVersion.CSharp10 }).Diagnose()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public async Task The_culture_of_the_machine_changes_nothing(string culture)
    {
        System.Globalization.CultureInfo.CurrentCulture = new(culture);
        const string attributes = """[Fact, TrackEmissions(Region = "india", EnergyBudget = "1.5 kJ", EmissionsBudget = "1,5 g")]""";

        (await Diagnose(attributes)).ShouldBe(
            ["error ECO1002 at EmissionsBudget = \"1,5 g\": EmissionsBudget cannot be read: '1,5 g' does not begin with a number (digits, with '.' as the decimal point); write emissions such as '10 mg'"]);
        UserProject.Of($"using Eco2Test; using Xunit; public class C {{ {attributes} public void M() {{ }} }}", Framework.XunitV3)
            .Load().Rows.ShouldBe(["C.M() Region=india EnergyBudget=1.5 kJ EmissionsBudget=1,5 g File=ModelTests.cs Line=1"]);
    }

    [Fact]
    public void Every_diagnostic_has_a_page_and_a_link_to_it()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../docs/diagnostics"));
        foreach (var descriptor in UserProject.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics))
        {
            descriptor.HelpLinkUri.ShouldBe($"https://github.com/eco2test/eco2test/blob/main/docs/diagnostics/{descriptor.Id}.md");
            File.ReadAllText(Path.Combine(folder, descriptor.Id + ".md")).ShouldStartWith($"# {descriptor.Id}: ");
        }
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static Task<string[]> Diagnose(string attributes) =>
        UserProject.Of($"using Eco2Test; using Xunit; public class ModelTests {{ {attributes} public void Trains() {{ }} }}", Framework.XunitV3).Diagnose();
}
