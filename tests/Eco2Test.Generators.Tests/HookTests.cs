using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>Which hooks are written, and that they compile wherever a user may need them.</summary>
public class HookTests
{
    public static TheoryData<string> Frameworks => [.. Framework.All.Select(framework => framework.Name)];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void Only_the_hook_of_the_framework_that_is_referenced_is_written(string name)
    {
        var framework = Framework.Named(name);

        string[] hooks = framework == Framework.NUnit ? ["NUnitHook", "NUnitFixtureHook"] : [name + "Hook"];
        UserProject.Of(framework.Test, framework).Generated().Keys.ShouldBe([.. hooks.Select(hook => $"Eco2Test.{hook}.g.cs"), "Eco2Test.Table.g.cs"], ignoreOrder: true);
    }

    [Fact]
    public void For_TUnit_whose_generator_would_not_see_it_no_hook_is_generated_and_the_one_that_is_added_compiles_without_a_warning()
    {
        var project = UserProject.Of(Framework.TUnit.Test, Framework.TUnit);

        project.Generated().Keys.ShouldBe(["Eco2Test.Table.g.cs"]);
        foreach (var nullable in new[] { NullableContextOptions.Disable, NullableContextOptions.Enable })
        {
            var compilation = (project with { Nullable = nullable }).Generate();
            var hook = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith("TUnitHook.cs", StringComparison.Ordinal));
            var bare = compilation.ReplaceSyntaxTree(hook, CSharpSyntaxTree.ParseText(hook.ToString().Replace("#pragma warning disable", ""), (CSharpParseOptions)hook.Options, "Hook.g.cs"));

            UserProject.Complaints(bare.GetDiagnostics(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    public static TheoryData<string, string, string> MembersThatALaterVersionMayLack => new()
    {
        { "XunitV3", "TestDisplayName", "the tests of xUnit v3" },
        { "NUnit", "CurrentRepeatCount", "the tests of NUnit" },
        { "MSTest", "TestRunCount", "the tests of MSTest" },
        { "XunitV2", "After", "the tests of xUnit v2" },
    };

    [Theory]
    [MemberData(nameof(MembersThatALaterVersionMayLack))]
    public async Task A_version_that_lacks_what_a_hook_is_made_of_is_left_alone_and_said_at_compile_time(string name, string member, string tests)
    {
        var (framework, later) = (Framework.Named(name), LaterVersion.Of(name, without: member));
        var project = UserProject.Of(framework.Test) with { References = [later] };

        project.Generated().Keys.ShouldBe(["Eco2Test.Table.g.cs"], $"{tests} are not hooked");
        UserProject.Complaints(project.Generate().GetDiagnostics(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await project.Diagnose()).ShouldHaveSingleItem().ShouldStartWith("warning ECO1003");

        var whole = UserProject.Of(framework.Test) with { References = [LaterVersion.Of(name, without: null)] };
        whole.Generated().Keys.ShouldContain($"Eco2Test.{name}Hook.g.cs");
        UserProject.Complaints(whole.Generate().GetDiagnostics(TestContext.Current.CancellationToken)).ShouldBeEmpty("the stand-in has all that the hook is made of");
    }

    [Fact]
    public void A_version_of_NUnit_before_4_6_has_no_hook_around_fixtures_and_one_around_tests()
    {
        var project = UserProject.Of(Framework.NUnit.Test) with { References = [LaterVersion.Of("NUnit", without: null)] };

        project.Generated().Keys.ShouldBe(["Eco2Test.Table.g.cs", "Eco2Test.NUnitHook.g.cs"], ignoreOrder: true);
    }

    [Fact]
    public void Without_a_framework_there_is_a_table_and_no_hook() =>
        UserProject.Of("public class C { [Eco2Test.TrackEmissions] public void M() { } }").Generated().Keys.ShouldBe(["Eco2Test.Table.g.cs"]);

    [Fact]
    public void The_attribute_on_the_assembly_is_enough()
    {
        var files = UserProject.Of("[assembly: Eco2Test.TrackEmissions]", Framework.NUnit).Generated();

        files.Keys.ShouldContain("Eco2Test.NUnitHook.g.cs");
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void What_is_written_compiles_without_a_warning_against_the_real_runtime(string name)
    {
        var framework = Framework.Named(name);
        foreach (var language in new[] { LanguageVersion.CSharp11, LanguageVersion.CSharp12, LanguageVersion.Latest })
        {
            foreach (var nullable in new[] { NullableContextOptions.Disable, NullableContextOptions.Enable })
            {
                var project = UserProject.Of(framework.Test, framework) with { Language = language, Nullable = nullable };

                UserProject.Complaints(Unsilenced(project.Generate()).GetDiagnostics(TestContext.Current.CancellationToken))
                    .ShouldBeEmpty($"{name}, C# {language}, nullable {nullable}");
            }
        }
    }

    [Fact]
    public void All_hooks_live_in_one_project_and_warnings_may_be_errors()
    {
        var compilation = UserProject.Of("[assembly: Eco2Test.TrackEmissions] [assembly: System.CLSCompliant(true)]", Framework.All).Generate();
        var strict = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error));

        strict.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        strict.SyntaxTrees.Count().ShouldBe(7);
    }

    [Fact]
    public void Names_of_the_user_that_look_like_ours_or_the_systems_do_no_harm()
    {
        const string hostile = """
            [assembly: Eco2Test.TrackEmissions]
            namespace Eco2Test.Generated
            {
                namespace System { public class Exception { } public class Attribute { } }
                namespace Xunit { public class TestContext { } }
                namespace NUnit { public class Framework { } }
                namespace Microsoft { }
                namespace Eco2Test { public class Runtime { } }
                public class TestOutcome { }
                public class Assembly { }
                public class var { }
            }

            namespace Eco2Test { namespace System { } namespace Xunit { } namespace NUnit { } public class TestHook { } }
            namespace Shop { public class Eco2Test { } public class System { } namespace Xunit { } }
            """;

        UserProject.Complaints(UserProject.Of(hostile, Framework.All).Generate().GetDiagnostics(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public void A_test_project_may_see_the_internals_of_another()
    {
        var first = (UserProject.Of("[assembly: Eco2Test.TrackEmissions] [assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Second\")]", Framework.All) with { AssemblyName = "First" }).Generate();
        var second = (UserProject.Of("[assembly: Eco2Test.TrackEmissions]", Framework.All) with { AssemblyName = "Second", References = [first.ToMetadataReference()] }).Generate();
        var strict = second.WithOptions(second.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error));

        strict.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
    }

    [Fact]
    public void A_hook_says_that_it_is_generated_and_names_everything_from_the_root()
    {
        foreach (var (name, text) in UserProject.Of("[assembly: Eco2Test.TrackEmissions]", Framework.All).Generated())
        {
            text.ShouldStartWith("// <auto-generated/>\n#nullable enable\n", customMessage: name);
            text.ShouldNotContain("\nusing ", customMessage: name);
            text.ShouldNotContain('\r', name);
        }
    }

    /// <summary>The pragma that silences warnings spares users what a later framework obsoletes; it must hide nothing of today.</summary>
    private static CSharpCompilation Unsilenced(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
        {
            var text = tree.ToString();
            text.ShouldContain("#pragma warning disable\n");
            compilation = compilation.ReplaceSyntaxTree(
                tree,
                CSharpSyntaxTree.ParseText(text.Replace("#pragma warning disable\n", ""), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return compilation;
    }
}
