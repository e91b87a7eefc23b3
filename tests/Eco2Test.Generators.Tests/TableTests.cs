using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>The table that the module initializer registers.</summary>
public class TableTests
{
    [Fact]
    public void What_is_set_on_a_method_beats_its_class_which_beats_the_assembly_property_by_property()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            [assembly: TrackEmissions(Region = "DE", EnergyBudget = "9 J", EmissionsBudget = "9 g", Comparison = "assembly")]
            [TrackEmissions(Region = "FR", EnergyBudget = "5 J")]
            public class ModelTests
            {
                [TrackEmissions(EnergyBudget = "1 J")] public void Trains() { }
                [TrackEmissions] public void Predicts() { }
            }
            """).Load();

        project.Rows.ShouldBe([
            "Region=DE EnergyBudget=9 J EmissionsBudget=9 g Comparison=assembly",
            "ModelTests Region=FR EnergyBudget=5 J EmissionsBudget=9 g Comparison=assembly File=ModelTests.cs Line=4",
            "ModelTests.Predicts() Region=FR EnergyBudget=5 J EmissionsBudget=9 g Comparison=assembly File=ModelTests.cs Line=7",
            "ModelTests.Trains() Region=FR EnergyBudget=1 J EmissionsBudget=9 g Comparison=assembly File=ModelTests.cs Line=6",
        ]);
    }

    [Fact]
    public void The_module_initializer_registers_the_rows_once_under_its_own_assembly()
    {
        var project = UserProject.Of("public class C { [Eco2Test.TrackEmissions] public void M() { } }").Load();

        project.RegisteredBy.ShouldBe([project.Assembly]);
    }

    [Fact]
    public void A_method_can_be_excluded_from_its_class()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            [TrackEmissions] public class C { [TrackEmissions(Enabled = false)] public void M() { } [TrackEmissions] public void N() { } }
            """).Load();

        project.Row("C", "Enabled").ShouldBe("True");
        project.Row("C.M()", "Enabled").ShouldBe("False");
        project.Row("C.N()", "Enabled").ShouldBe("True");
    }

    [Fact]
    public void An_assembly_can_be_switched_off_and_one_method_on()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            [assembly: TrackEmissions(Enabled = false)]
            public class C { [TrackEmissions] public void Off() { } [TrackEmissions(Enabled = true)] public void On() { } }
            """).Load();

        project.Row("", "Enabled").ShouldBe("False");
        project.Row("C.Off()", "Enabled").ShouldBe("False");
        project.Row("C.On()", "Enabled").ShouldBe("True");
    }

    [Fact]
    public void A_class_is_completed_by_its_nearest_base_class_or_else_by_the_class_around_it()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            [TrackEmissions(Region = "DE", Comparison = "root")] public class Root { }
            public class Middle : Root { }
            [TrackEmissions(EnergyBudget = "1 J")] public class Leaf : Middle { [TrackEmissions] public void M() { } }

            [TrackEmissions(Region = "FR")]
            public class Outer
            {
                public class Between { [TrackEmissions(Comparison = "inner")] public class Inner { [TrackEmissions(EmissionsBudget = "1 g")] public void M() { } } }
                public class Heir : Root { [TrackEmissions] public void M() { } }
            }
            """).Load();

        project.Row("Leaf", "Region").ShouldBe("DE");
        project.Row("Leaf.M()", "Comparison").ShouldBe("root");
        project.Row("Leaf.M()", "EnergyBudget").ShouldBe("1 J");
        project.Row("Outer+Between+Inner", "Region").ShouldBe("FR");
        project.Row("Outer+Between+Inner.M()", "Comparison").ShouldBe("inner");
        project.Row("Outer+Between+Inner.M()", "Region").ShouldBe("FR");
        project.Row("Outer+Heir.M()", "Region").ShouldBe("DE");
    }

    [Fact]
    public void A_base_class_of_another_assembly_counts_too()
    {
        var library = (UserProject.Of("[Eco2Test.TrackEmissions(Region = \"SE\")] public class Base { }") with { AssemblyName = "Library" }).Compile(recorder: true);

        var project = (UserProject.Of("public class C : Base { [Eco2Test.TrackEmissions] public void M() { } }") with { References = [library.ToMetadataReference()] }).Generate(recorder: true);

        project.SyntaxTrees.Last().ToString().ShouldContain("Target = \"C.M()\", Region = \"SE\"");
    }

    [Fact]
    public void An_override_is_completed_by_what_it_overrides()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            public class Base { [TrackEmissions(Region = "NO")] public virtual void M() { } }
            public class Derived : Base { [TrackEmissions(EnergyBudget = "1 J")] public override void M() { } }
            """).Load();

        project.Row("Derived.M()", "Region").ShouldBe("NO");
    }

    [Theory]
    [InlineData("/home/ada/Shop.Tests/", "/home/ada/Shop.Tests/Models/Deep/T.cs", "Models/Deep/T.cs")]
    [InlineData("/home/ada/Shop.Tests", "/home/ada/Shop.Tests/T.cs", "T.cs")]
    [InlineData("/home/ada/Shop.Tests/", "/home/ada/Shop.TestsShared/T.cs", "T.cs")]
    [InlineData("/home/ada/Shop.Tests/", "/home/ada/SHOP.Tests/Models/T.cs", "T.cs")]
    [InlineData("C:\\src\\Shop.Tests\\", "c:\\Src\\Shop.Tests\\Models\\T.cs", "Models/T.cs")]
    [InlineData("", "/home/ada/T.cs", "T.cs")]
    [InlineData("/", "/home/ada/T.cs", "T.cs")]
    [InlineData("/home/ada/Shop.Tests/", "T.cs", "T.cs")]
    public void A_file_is_named_below_the_project_with_slashes_and_never_by_an_absolute_path(string folder, string path, string expected)
    {
        var project = UserProject.Of("") with { Files = [(path, "public class C { [Eco2Test.TrackEmissions] public void M() { } }")] };
        project = project with { Properties = project.Properties.SetItem("build_property.ProjectDir", folder) };

        project.Generated()["Eco2Test.Table.g.cs"].ShouldContain($"File = \"{expected}\"");
    }

    [Fact]
    public void The_line_is_that_of_the_name_not_of_the_attribute()
    {
        var project = UserProject.Of("""


            public partial class C
            {
                [Eco2Test.TrackEmissions(
                    Region = "FR")]
                public
                    void
                    M() { }
            }

            [Eco2Test.TrackEmissions]
            public partial class C { }
            """).Load();

        project.Row("C.M()", "Line").ShouldBe("9");
        project.Row("C", "Line").ShouldBe("13");
    }

    [Fact]
    public void Any_text_survives_the_way_into_the_table()
    {
        const string hostile = "quote \" backslash \\ newline \n return \r tab \t nul \0 braces {0} ü 世界 😀 line\u2028paragraph\u2029 bell \a \uD800 end */ // \"\"\"";
        var project = UserProject.Of($"public class C {{ [Eco2Test.TrackEmissions(Comparison = {SymbolDisplay.FormatLiteral(hostile, quote: true)})] public void M() {{ }} }}").Load();

        project.Row("C.M()", "Comparison").ShouldBe(hostile);
    }

    [Fact]
    public void Values_may_be_constants_of_elsewhere()
    {
        var project = UserProject.Of("""
            public static class Budgets { public const string Small = "1" + " J"; public const string? None = null; }
            public class C { [Eco2Test.TrackEmissions(EnergyBudget = Budgets.Small, Region = Budgets.None)] public void M() { } }
            """).Load();

        project.Rows.ShouldBe(["C.M() EnergyBudget=1 J File=ModelTests.cs Line=2"]);
    }

    [Fact]
    public void An_alias_of_the_attribute_is_the_attribute()
    {
        var project = UserProject.Of("using Green = Eco2Test.TrackEmissionsAttribute; public class C { [Green] public void M() { } }").Load();

        project.Targets.ShouldBe(["C.M()"]);
    }

    [Fact]
    public void An_attribute_of_the_same_name_that_is_not_ours_is_left_alone()
    {
        var project = UserProject.Of("""
            namespace Other { public class TrackEmissionsAttribute : System.Attribute { } }
            namespace Shop { using Other; public class C { [TrackEmissions] public void M() { } } }
            """);

        project.Generated().ShouldBeEmpty();
    }

    [Fact]
    public void The_parts_of_a_partial_class_and_method_make_one_row()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            [TrackEmissions(Region = "FR")] public partial class C { [TrackEmissions] public partial int M(); }
            public partial class C { public partial int M() => 1; }
            """).Load();

        project.Targets.ShouldBe(["C", "C.M()"]);
        project.Row("C.M()", "Region").ShouldBe("FR");
    }

    [Fact]
    public void The_same_text_is_written_in_whatever_order_the_files_come()
    {
        (string, string)[] files =
        [
            (UserProject.Folder + "A.cs", "public class A { [Eco2Test.TrackEmissions] public void M() { } }"),
            (UserProject.Folder + "B.cs", "public class B { [Eco2Test.TrackEmissions] public void M() { } }"),
        ];

        var forward = (UserProject.Of("") with { Files = [.. files] }).Generated();
        var backward = (UserProject.Of("") with { Files = [.. files.Reverse()] }).Generated();

        backward["Eco2Test.Table.g.cs"].ShouldBe(forward["Eco2Test.Table.g.cs"]);
    }

    [Fact]
    public void Without_a_tracked_test_nothing_is_written() =>
        UserProject.Of("public class C { public void M() { } }", Framework.All).Generated().ShouldBeEmpty();

    [Fact]
    public void Below_CSharp_11_nothing_is_written() =>
        (UserProject.Of(Framework.NUnit.Test, Framework.NUnit) with { Language = LanguageVersion.CSharp10 }).Generated().ShouldBeEmpty();

    [Fact]
    public void Five_thousand_tests_fit_into_one_table()
    {
        var methods = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"[TrackEmissions(EnergyBudget = \"{i} J\")] public void M{i}() {{ }}\n"));

        UserProject.Of($"using Eco2Test; public class C {{ {methods} }}").Load().Targets.Length.ShouldBe(5_000);
    }
}
